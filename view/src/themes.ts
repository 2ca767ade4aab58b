// The colours of the page as its style sheet has them, for what is drawn.

import type { Graph } from "./graph";

const dark = matchMedia("(prefers-color-scheme: dark)");

export interface Theme {
  readonly ground: string;
  readonly island: string;
  readonly chosenIsland: string;
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  readonly ring: string;
  /** The colour of each type, in the order of the legend. */
  readonly types: readonly string[];
}

export const themeOf = (graph: Graph): Theme => {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--${name}`).trim();
  return {
    ground: colour("ground"),
    island: colour("island"),
    chosenIsland: colour("island-chosen"),
    text: colour("text"),
    quiet: colour("quiet"),
    line: colour("line"),
    accent: colour("accent"),
    ring: colour("ring"),
    types: graph.types.map((type) => (dark.matches ? type.dark : type.light)),
  };
};

/** The colour of a type as CSS that follows the light by itself. */
export const cssColour = ({ light, dark: other }: { readonly light: string; readonly dark: string }): string =>
  `light-dark(${light}, ${other})`;

export const onThemeChange = (listener: () => void): void => dark.addEventListener("change", listener);
