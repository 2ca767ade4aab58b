// Which nodes a state shows.

import type { Graph } from "./graph";
import { path, within } from "./paths";
import type { State } from "./state";

export interface Shown {
  /** 1 for each node that is shown. */
  readonly nodes: Uint8Array;
  readonly count: number;
  /** Papers that name each entity, of those that the filters let through. */
  readonly papers: Uint32Array;
  /** The nodes of the path that is asked for, in its order; null where none is asked for. */
  readonly path: readonly number[] | null;
}

/** Whether a filter beside the types asks something of papers and what they name. */
export const narrows = ({ roles, years, papers, sure }: State): boolean =>
  roles.size > 0 || years !== null || papers > 0 || sure > 0;

export const shownOf = (graph: Graph, state: State): Shown => {
  const papers = narrows(state) ? counted(graph, state) : graph.papers;
  const nodes = new Uint8Array(graph.size);
  const hidden = graph.types.map(({ name }) => state.hidden.has(name));
  for (let node = 0; node < graph.size; node += 1) {
    if (hidden[graph.type[node]!] || (!state.hubs && graph.hub.has(node))) continue;
    if (state.only && state.region !== null && graph.region[node] !== state.region) continue;
    if (narrows(state) && !papers[node]) continue;
    nodes[node] = 1;
  }
  const node = graph.numbers.get(state.node ?? "");
  const to = graph.numbers.get(state.to ?? "");
  const found = node === undefined || to === undefined ? null : path(graph, node, to, nodes);
  const near = found?.length
    ? new Set(found)
    : node !== undefined && state.hops > 0
      ? within(graph, node, state.hops, nodes)
      : null;
  if (near) for (let other = 0; other < graph.size; other += 1) if (!near.has(other)) nodes[other] = 0;
  if (node !== undefined) nodes[node] = 1; // what was asked for by name is never hidden
  return { nodes, papers, path: found, count: nodes.reduce((sum, one) => sum + one, 0) };
};

/** For entities the papers that name them as the filters ask, where those are enough; for papers what they so name. */
const counted = (graph: Graph, { roles, years, papers: least, sure }: State): Uint32Array => {
  const asked = graph.terms.map(([name]) => roles.size === 0 || roles.has(name));
  const counts = new Uint32Array(graph.size);
  const inYears = (paper: number): boolean => !years || (graph.year[paper]! >= years[0] && graph.year[paper]! <= years[1]);
  const holds = (link: number): boolean => {
    const paper = graph.subject[link]!;
    return graph.isPaper(paper) && asked[graph.term[link]!]! && graph.score[link]! >= sure && inYears(paper);
  };
  for (let link = 0; link < graph.subject.length; link += 1) if (holds(link)) counts[graph.object[link]!]! += 1;
  for (let node = 0; node < graph.size; node += 1) if (counts[node]! < least) counts[node] = 0;
  for (let link = 0; link < graph.subject.length; link += 1) {
    if (holds(link) && counts[graph.object[link]!]) counts[graph.subject[link]!]! += 1;
  }
  return counts;
};
