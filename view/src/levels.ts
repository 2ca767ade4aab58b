// How much is drawn at each scale: the more room there is, the more nodes stand as discs; the others are dust.

import KDBush from "kdbush";
import type { Graph } from "./graph";

const CELL = 54; // pixels: the side of the squares in each of which only a few nodes stand as discs
const IN_A_CELL = 4;
const FEW = 900; // nodes that need no thinning
const LEVELS = 14; // each twice as near as the one before

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** From which scale on each shown node is a disc, so that those in sight are never more than the window has room for.
 *
 *  The most important come first in every part of the picture. Moving it changes nothing; only nearing brings more. */
export const levelsOf = (graph: Graph, shown: Uint8Array, order: Uint32Array, fitted: number): Float32Array => {
  const from = new Float32Array(graph.size).fill(graph.size > FEW ? Infinity : 0);
  if (graph.size <= FEW) return from;
  let waiting = order.filter((node) => shown[node]);
  for (let level = 0; level < LEVELS && waiting.length > 0; level += 1) {
    const scale = fitted * 2 ** level;
    const side = CELL / scale;
    const taken = new Map<number, number>();
    for (let node = 0; node < graph.size; node += 1) {
      if (from[node]! < scale) taken.set(cell(graph, node, side), (taken.get(cell(graph, node, side)) ?? 0) + 1);
    }
    waiting = waiting.filter((node) => {
      const here = cell(graph, node, side);
      const before = taken.get(here) ?? 0;
      if (before >= IN_A_CELL) return true;
      taken.set(here, before + 1);
      from[node] = level === 0 ? 0 : scale;
      return false;
    });
  }
  for (const node of waiting) from[node] = fitted * 2 ** LEVELS;
  return from;
};

const cell = (graph: Graph, node: number, side: number): number =>
  Math.floor(graph.x[node]! / side) * 1_048_576 + Math.floor(graph.y[node]! / side);

/** The nodes in the order of their importance: what most papers name, the core and papers with most links first of equals. */
export const byImportance = (graph: Graph): Uint32Array => {
  const degree = new Uint32Array(graph.size);
  for (let link = 0; link < graph.subject.length; link += 1) {
    degree[graph.subject[link]!]! += 1;
    degree[graph.object[link]!]! += 1;
  }
  const order = Uint32Array.from({ length: graph.size }, (_, node) => node);
  return order.sort((a, b) => graph.papers[b]! - graph.papers[a]! || degree[b]! - degree[a]! || a - b);
};

/** Finds nodes by their place. */
export const placed = (graph: Graph) => {
  const index = new KDBush(graph.size, 64, Int32Array);
  for (let node = 0; node < graph.size; node += 1) index.add(graph.x[node]!, graph.y[node]!);
  index.finish();
  return {
    inside: ({ left, top, right, bottom }: Box): number[] => index.range(left, top, right, bottom),
    around: (x: number, y: number, radius: number): number[] => index.within(x, y, radius),
  };
};

export type Places = ReturnType<typeof placed>;
