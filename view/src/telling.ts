// What the panel tells: abstracts and their marks. They are unpacked after the first frame, since that needs none of them.

import type { Block } from "./blocks";
import type { Graph } from "./graph";

/** A relation as a paper states it: subject, term, object, score in percent and, where known, the characters of its sentence. */
export type Stated = readonly [number, number, number, number, number?, number?];
/** A result: entity, metric, value, on, versus. */
export type Result = readonly [number, number, string, number | null, number | null];
/** What a vocabulary says: property, value, and the value as Turtle writes it. */
export type Known = readonly [string, string, string];

export interface Told {
  readonly abstract?: string;
  readonly authors?: number;
  readonly organization?: string;
  /** Each entity that the paper names: its number, then pairs of characters where it does. */
  readonly entities?: readonly (readonly number[])[];
  readonly relations?: readonly Stated[];
  readonly results?: readonly Result[];
  readonly facts?: readonly Known[];
  readonly links?: readonly string[];
}

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly entity: number;
}

export interface Evidence {
  readonly paper: number;
  readonly term: number;
  readonly score: number;
}

export const tellingOf = (graph: Graph, block: Block) => {
  const nodes = block.head["nodes"] as Readonly<Record<number, Told>>;
  const of = (node: number): Told => nodes[node] ?? {};

  const relations = new Map<string, { paper: number; stated: Stated }[]>();
  const results = new Map<number, { paper: number; result: Result }[]>();
  for (const [key, { relations: stated = [], results: found = [] }] of Object.entries(nodes)) {
    const paper = Number(key);
    for (const relation of stated) keep(relations, pairKey(relation[0], relation[2]), { paper, stated: relation });
    for (const result of found) {
      const [entity, metric, , on, versus] = result;
      for (const end of new Set([entity, metric, on, versus])) if (end !== null) keep(results, end, { paper, result });
    }
  }

  return {
    of,
    /** Title, a line feed and abstract as characters, which is what places count. */
    text: (paper: number): string[] => [...`${graph.names[paper]!}\n${of(paper).abstract ?? ""}`],
    marks: (paper: number): Mark[] =>
      (of(paper).entities ?? []).flatMap(([entity, ...places]) =>
        twos(places).map(([start, end]) => ({ start, end, entity: entity! })),
      ),
    resultsOf: (node: number): readonly { paper: number; result: Result }[] =>
      graph.isPaper(node) ? (of(node).results ?? []).map((result) => ({ paper: node, result })) : (results.get(node) ?? []),
    /** Who states a relation between two entities, in either direction. */
    between: (a: number, b: number): readonly { paper: number; stated: Stated }[] => relations.get(pairKey(a, b)) ?? [],
  };
};

export type Telling = ReturnType<typeof tellingOf>;

const pairKey = (a: number, b: number): string => (a < b ? `${a} ${b}` : `${b} ${a}`);

const keep = <Key, Item>(map: Map<Key, Item[]>, key: Key, item: Item): void => {
  const items = map.get(key);
  if (items) items.push(item);
  else map.set(key, [item]);
};

const twos = (places: readonly number[]): [number, number][] =>
  Array.from({ length: places.length >> 1 }, (_, at) => [places[2 * at]!, places[2 * at + 1]!]);

const sentences = "Segmenter" in Intl ? new Intl.Segmenter("en", { granularity: "sentence" }) : null;

/** Where the sentence around some characters begins and ends; the whole text where none can be told. */
export const sentenceAround = (characters: readonly string[], start: number, end: number): [number, number] => {
  const titleEnd = characters.indexOf("\n");
  if (end <= titleEnd) return [0, titleEnd];
  if (!sentences) return [titleEnd + 1, characters.length];
  let from = titleEnd + 1;
  let found: [number, number] | null = null;
  for (const { segment } of sentences.segment(characters.slice(from).join(""))) {
    const to = from + [...segment].length;
    if (found) found[1] = end > from ? to : found[1];
    else if (start < to) found = [from, to];
    if (found && end <= to) break;
    from = to;
  }
  return found ?? [titleEnd + 1, characters.length];
};

/** The papers that name an entity, the surest first; all that say so in one way or another. */
export const namedBy = (graph: Graph, entity: number): Evidence[] =>
  graph
    .linksOf(entity)
    .filter(({ other, out }) => !out && graph.isPaper(other))
    .map(({ other, term, score }) => ({ paper: other, term, score }))
    .sort((a, b) => b.score - a.score || a.paper - b.paper);

/** The entities that a paper names, or that the papers of an entity name beside it, with the number of papers for both. */
export const strongest = (graph: Graph, node: number): { other: number; papers: number }[] => {
  const shared = new Map<number, number>();
  const papers = new Set(namedBy(graph, node).map(({ paper }) => paper));
  for (const paper of papers) {
    for (const other of graph.neighbours(paper))
      if (other !== node && !graph.isPaper(other)) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  return [...shared]
    .map(([other, both]) => ({ other, papers: both }))
    .sort((a, b) => weight(graph, b) - weight(graph, a) || graph.mostNamed(a.other, b.other));
};

/** Association strength (van Eck and Waltman 2009), tempered: what all papers name is near to nothing in particular. */
const weight = (graph: Graph, { other, papers }: { other: number; papers: number }): number =>
  papers ** 1.5 / Math.sqrt(Math.max(1, graph.papers[other]!));
