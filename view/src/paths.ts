// Walks along the links.

import type { Graph } from "./graph";

/** The nodes at most so many links away from a node, itself among them; only through nodes that are `open`. */
export const within = (graph: Graph, from: number, hops: number, open: Uint8Array): Set<number> => {
  const found = new Set([from]);
  let edge = [from];
  for (let hop = 0; hop < hops; hop += 1) {
    const next: number[] = [];
    for (const node of edge) {
      for (const other of graph.neighbours(node)) {
        if (!open[other] || found.has(other)) continue;
        found.add(other);
        next.push(other);
      }
    }
    // What nearly every paper names is shown but not walked through: two hops would show everything.
    edge = next.filter((node) => !graph.hub.has(node));
  }
  return found;
};

/** One of the shortest paths between two nodes, through the rarest nodes where there are several; empty where there is none.
 *
 *  What nearly every paper names (a hub) connects everything and says nothing, so it is passed only where nothing else leads on. */
export const path = (graph: Graph, from: number, to: number, open: Uint8Array): number[] => {
  const aside = search(graph, from, to, (node) => open[node] === 1 && !graph.hub.has(node));
  return aside.length > 0 ? aside : search(graph, from, to, (node) => open[node] === 1);
};

const search = (graph: Graph, from: number, to: number, passes: (node: number) => boolean): number[] => {
  if (from === to) return [from];
  const before = new Map<number, number>([[from, from]]);
  let edge = [from];
  while (edge.length > 0 && !before.has(to)) {
    const next: number[] = [];
    for (const node of edge) {
      for (const other of graph.neighbours(node)) {
        if (before.has(other) || (other !== to && !passes(other))) continue;
        before.set(other, node);
        next.push(other);
      }
    }
    edge = next.sort((a, b) => graph.papers[a]! - graph.papers[b]! || a - b);
  }
  if (!before.has(to)) return [];
  const steps = [to];
  while (steps[0] !== from) steps.unshift(before.get(steps[0]!)!);
  return steps;
};
