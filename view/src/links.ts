// Which links are drawn, and which of them lies under the hand.

import type { Graph } from "./graph";
import { bent } from "./pen";
import type { State } from "./state";

/** What stands out: the chosen node, those near it, and the links between them as pairs. */
export interface Lit {
  readonly node: number | null;
  readonly near: ReadonlySet<number>;
  readonly links: readonly number[];
  readonly path: boolean;
}

/** What a state makes stand out: a path, a link, or a node with its links; null where it names none. */
export const litOf = (graph: Graph, state: State, shown: Uint8Array, path: readonly number[] | null): Lit | null => {
  const node = graph.numbers.get(state.node ?? "") ?? null;
  const link = graph.numbers.get(state.link ?? "") ?? null;
  if (path?.length) return { node: null, near: new Set(path), links: pairs(path), path: true };
  if (node === null) return null;
  if (link !== null) return { node, near: new Set([node, link]), links: [node, link], path: true };
  const near = graph.neighbours(node);
  const around = state.hops === 2 ? ones(shown) : [...near];
  return { node, near: new Set([node, ...around]), links: linksOf(graph, node, near, state, shown), path: false };
};

/** The links to draw for a chosen node: its own, surest first, and with a focus those among what is shown. */
const linksOf = (graph: Graph, node: number, near: ReadonlySet<number>, { hops }: State, shown: Uint8Array): number[] => {
  const own = graph
    .linksOf(node)
    .sort((a, b) => b.score - a.score)
    .flatMap(({ other }) => [node, other]);
  if (hops === 0) return own;
  const within = (other: number): boolean => (hops === 2 ? shown[other] === 1 : near.has(other));
  for (let link = 0; link < graph.left.length; link += 1) {
    if (within(graph.left[link]!) && within(graph.right[link]!)) own.push(graph.left[link]!, graph.right[link]!);
  }
  return own;
};

const pairs = (path: readonly number[]): number[] => path.slice(1).flatMap((node, before) => [path[before]!, node]);

const ones = (flags: Uint8Array): number[] => Array.from(flags.keys()).filter((node) => flags[node]);

export type Point = readonly [number, number];

/** The pair of nodes whose line passes a point of the window; null where none does. `at` gives the place of a node there. */
export const passing = (
  links: Iterable<Point>,
  at: (node: number) => Point,
  [x, y]: Point,
  bows: boolean,
  reach = 5,
): Point | null => {
  let best: Point | null = null;
  let nearest = reach;
  for (const link of links) {
    const [from, to] = [at(link[0]), at(link[1])];
    const corners: Point[] = bows ? curve(from, to) : [from, to];
    for (let step = 1; step < corners.length; step += 1) {
      const distance = distanceTo(corners[step - 1]!, corners[step]!, x, y);
      if (distance < nearest) [best, nearest] = [link, distance];
    }
  }
  return best;
};

const STEPS = 12;

/** The line that a pen draws as a bow, as a few straight pieces. */
const curve = (from: Point, to: Point): Point[] => {
  const [bendX, bendY] = bent(...from, ...to);
  return Array.from({ length: STEPS + 1 }, (_, step) => {
    const on = step / STEPS;
    const [before, bend, after] = [(1 - on) ** 2, 2 * on * (1 - on), on ** 2];
    return [before * from[0] + bend * bendX + after * to[0], before * from[1] + bend * bendY + after * to[1]];
  });
};

const distanceTo = (from: Point, to: Point, x: number, y: number): number => {
  const [across, down] = [to[0] - from[0], to[1] - from[1]];
  const along = Math.max(0, Math.min(1, ((x - from[0]) * across + (y - from[1]) * down) / (across ** 2 + down ** 2 || 1)));
  return Math.hypot(x - from[0] - along * across, y - from[1] - along * down);
};
