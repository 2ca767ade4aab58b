// Search as one types, over names and aliases.

import type { Graph } from "./graph";

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const BETWEEN = "\n"; // names of one node, which no name holds once its white space is plain

export interface Answer {
  readonly node: number;
  /** The alias by which it was found; null where its name tells. */
  readonly alias: string | null;
}

/** Gives the function that answers; the names are made plain at its first call, or before by `ready`. */
export const indexed = (graph: Graph) => {
  let keys: string[] | null = null;
  const ready = (): string[] =>
    (keys ??= graph.names.map((name, node) =>
      [name, ...(graph.aliases[node] ?? [])].map((text) => plain(text.replaceAll(BETWEEN, " "))).join(BETWEEN),
    ));

  /** The best answers: a whole name first, then a beginning, a word, any place; names before aliases, much named before rare. */
  const answers = (text: string, most: number, among: (node: number) => boolean = () => true): Answer[] => {
    const wanted = plain(text.trim().replace(/\s+/gu, " "));
    const found: [number, number][] = [];
    ready().forEach((key, node) => {
      if (!key.includes(wanted) || !among(node)) return;
      found.push([wanted ? rank(key, wanted) : 0, node]);
    });
    found.sort(([a, left], [b, right]) => a - b || graph.mostNamed(left, right));
    return found.slice(0, most).map(([, node]) => ({ node, alias: wanted ? aliasOf(graph, node, wanted) : null }));
  };
  return { ready, answers };
};

export type Search = ReturnType<typeof indexed>;

const rank = (key: string, wanted: string): number => {
  let best = 9;
  key.split(BETWEEN).forEach((name, place) => {
    const at = name.indexOf(wanted);
    if (at < 0) return;
    const inside = name === wanted ? 0 : at === 0 ? 1 : /[\s\-/(.]/u.test(name[at - 1]!) ? 2 : 3;
    best = Math.min(best, inside && inside * 2 + (place > 0 ? 1 : 0));
  });
  return best;
};

const aliasOf = (graph: Graph, node: number, wanted: string): string | null => {
  if (plain(graph.names[node]!).includes(wanted)) return null;
  return graph.aliases[node]?.find((alias) => plain(alias).includes(wanted)) ?? null;
};
