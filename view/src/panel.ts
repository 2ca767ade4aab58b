// The panel beside the picture: it tells of what is chosen, and offers what can be asked of it.

import { aboutEntity, aboutPaper } from "./about";
import { aboutLink, aboutPath, aboutRegion } from "./connections";
import { button, byId, fill, make, type Child } from "./elements";
import type { Teller } from "./evidence";
import type { Graph } from "./graph";
import { finder } from "./finder";
import type { Picture } from "./picture";
import type { Search } from "./search";
import type { State, Store } from "./state";
import type { Telling } from "./telling";

export interface Actions {
  readonly choose: (node: number, look?: boolean) => void;
  readonly clear: () => void;
}

/** Chooses and forgets: each puts a new question in the place of the one before. */
export const actionsOf = (graph: Graph, store: Store, picture: () => Picture): Actions => ({
  choose: (node, look = true) => {
    const { hidden } = store.get();
    const type = graph.typeOf(node).name;
    store.change({
      node: graph.ids[node]!,
      to: null,
      link: null,
      region: null,
      only: false,
      table: false,
      ...(hidden.has(type) ? { hidden: new Set([...hidden].filter((name) => name !== type)) } : {}),
    });
    if (look) picture().camera.show(lookedAt(graph, picture(), node));
  },
  clear: () => store.change({ node: null, to: null, link: null, hops: 0, region: null, only: false }),
});

/** What should be in sight when a node is chosen: itself and the nearest of its neighbours; all that is shown in a focus. */
const lookedAt = (graph: Graph, picture: Picture, node: number): number[] => {
  const near = [...graph.neighbours(node)].filter((other) => picture.shown().nodes[other]);
  const distance = (other: number): number => Math.hypot(graph.x[other]! - graph.x[node]!, graph.y[other]! - graph.y[node]!);
  return [node, ...near.sort((a, b) => distance(a) - distance(b)).slice(0, Math.min(12, Math.ceil(near.length * 0.7)))];
};

export const panelOf = (graph: Graph, store: Store, picture: Picture, actions: Actions, search: Search) => {
  const panel = byId("panel");
  let telling: Telling | null = null;
  const teller = (): Teller => ({
    graph,
    telling,
    choose: (node) => actions.choose(node),
    link: (node, other) => {
      store.change({ node: graph.ids[node]!, link: graph.ids[other]!, to: null, hops: 0, region: null, only: false });
      picture.camera.show([node, other]);
    },
  });

  const content = (state: State): { title: string; parts: Child[] } | null => {
    const node = graph.numbers.get(state.node ?? "");
    const link = graph.numbers.get(state.link ?? "");
    const { path } = picture.shown();
    if (node !== undefined && path) return { title: "Path", parts: [aboutPath(teller(), path), pathTools(state)] };
    if (node !== undefined && link !== undefined) {
      const back = button("← Back", () => store.change({ link: null }), { class: "quiet-button" });
      return { title: "Why they are linked", parts: [back, aboutLink(teller(), node, link)] };
    }
    if (node !== undefined)
      return {
        title: graph.names[node]!,
        parts: [nodeTools(state, node), graph.isPaper(node) ? aboutPaper(teller(), node) : aboutEntity(teller(), node)],
      };
    const region = state.region === null ? undefined : graph.regions[state.region];
    if (region) return { title: region.name || "A community", parts: [regionTools(state), aboutRegion(teller(), state.region!)] };
    return null;
  };

  const toggle = (text: string, pressed: boolean, onclick: () => void): HTMLElement =>
    button(text, onclick, { class: "choice", "aria-pressed": String(pressed) });
  /** Focus on the chosen node, or the way from it to another. */
  const nodeTools = ({ hops }: State, node: number): Child => {
    const focus = (wanted: number): void => {
      store.change({ hops: store.get().hops === wanted ? 0 : wanted });
      const { nodes, count } = picture.shown();
      if (store.get().hops && count < 5000) picture.camera.show(Array.from(graph.names.keys()).filter((other) => nodes[other]));
    };
    const to = finder(graph, search, {
      label: "Path to",
      hint: "Path to …",
      among: (other) => other !== node,
      pick: (other) => {
        store.change({ to: graph.ids[other]!, hops: 0, link: null });
        picture.camera.show(picture.shown().path ?? []);
      },
    });
    return make(
      "div",
      { class: "tools" },
      make(
        "div",
        { class: "choices", role: "group", "aria-label": "Focus" },
        toggle("Only 1 link away", hops === 1, () => focus(1)),
        toggle("Up to 2 links", hops === 2, () => focus(2)),
      ),
      to,
    );
  };
  const pathTools = (_: State): Child =>
    make(
      "p",
      { class: "copies" },
      button("Close the path", () => store.change({ to: null }), { class: "quiet-button" }),
    );
  const regionTools = ({ only }: State): Child =>
    make(
      "div",
      { class: "tools" },
      toggle("Show nothing else", only, () => store.change({ only: !store.get().only })),
    );

  const show = (state: State, focus: boolean): void => {
    const found = content(state);
    panel.hidden = found === null;
    document.body.classList.toggle("with-panel", found !== null);
    if (!found) return;
    const held =
      document.activeElement instanceof HTMLElement && panel.contains(document.activeElement)
        ? document.activeElement.textContent
        : null;
    fill(
      panel,
      button("×", () => actions.clear(), { class: "close", "aria-label": "Close details" }),
      make("h2", { dir: "auto", id: "panel-title" }, found.title),
      found.parts,
    );
    if (focus) {
      panel.scrollTop = 0;
      if (!byId("filters").contains(document.activeElement)) panel.focus({ preventScroll: true });
    } else if (held !== null) {
      [...panel.querySelectorAll("button")].find(({ textContent }) => textContent === held)?.focus({ preventScroll: true });
    }
  };

  const keys = ["node", "to", "link", "region"] as const;
  store.listen((state, before) => {
    const chosen = keys.some((key) => state[key] !== before[key]);
    if (!chosen && state.hops === before.hops && state.only === before.only) return;
    const gone = chosen && state.node === null && state.region === null && panel.contains(document.activeElement);
    show(state, chosen);
    if (gone) picture.canvas.focus({ preventScroll: true });
  });
  show(store.get(), false);

  return {
    /** The texts have come: what is open is told in full. */
    tell: (texts: Telling): void => {
      telling = texts;
      show(store.get(), false);
    },
  };
};
