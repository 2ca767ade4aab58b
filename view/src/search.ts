// Search as one types, over names and aliases.

import type { Graph } from "./graph";

const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase();

export interface Answer {
  readonly node: number;
  /** The alias by which it was found; null where its name tells. */
  readonly alias: string | null;
}

const RANKS = 8;

/** Gives the function that answers; the names are made plain at its first call, or before by `ready`. */
export const indexed = (graph: Graph) => {
  let known: { order: Uint32Array; keys: string[] } | null = null;
  /** The nodes, the most named first, and for each its names in a line of their own each. */
  const ready = () => {
    known ??= {
      order: Uint32Array.from(graph.names.keys()).sort(graph.mostNamed),
      keys: graph.names.map((name, node) => `\n${[name, ...(graph.aliases[node] ?? [])].map(plain).join("\n")}\n`),
    };
    return known;
  };

  /** The best answers: a whole name first, then a beginning, a word, any place; names before aliases, much named before rare. */
  const answers = (text: string, most: number, among: (node: number) => boolean = () => true): Answer[] => {
    const { order, keys } = ready();
    const wanted = plain(text.trim());
    const found: number[][] = Array.from({ length: RANKS }, () => []);
    for (const node of order) {
      const at = rank(keys[node]!, wanted);
      if (at !== null && found[at]!.length < most && among(node)) found[at]!.push(node);
    }
    const best = found.flat().slice(0, most);
    return best.map((node) => ({ node, alias: wanted ? aliasOf(graph, node, wanted) : null }));
  };
  return { ready, answers };
};

export type Search = ReturnType<typeof indexed>;

/** How well names answer, by where the first that holds the text does: 0 is it; 2 and 3 begin with it, 4 and 5 have a word
 *  that does, 6 and 7 hold it somewhere, aliases the odd numbers; null where none does. */
const rank = (key: string, wanted: string): number | null => {
  const beginning = key.indexOf(`\n${wanted}`);
  if (beginning >= 0) return key.includes(`\n${wanted}\n`, beginning) ? 0 : beginning > 0 ? 3 : 2;
  const at = key.indexOf(wanted, 1);
  if (at < 0) return null;
  return (" -/(.".includes(key[at - 1]!) ? 4 : 6) + (at > key.indexOf("\n", 1) ? 1 : 0);
};

const aliasOf = (graph: Graph, node: number, wanted: string): string | null => {
  if (plain(graph.names[node]!).includes(wanted)) return null;
  return graph.aliases[node]?.find((alias) => plain(alias).includes(wanted)) ?? null;
};
