// The graph in memory: nodes as columns, links in both directions.

import type { Block } from "./blocks";

export interface Type {
  readonly name: string;
  readonly label: string;
  readonly light: string;
  readonly dark: string;
}
/** The middle of a region's outline, and how far from it the outline reaches up and down. */
export interface Shore {
  readonly x: number;
  readonly y: number;
  readonly half: number;
}
export interface Region {
  readonly shore: Shore;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly outline: readonly number[];
}
/** A link as one of its ends sees it; `out` where that end is the subject. */
export interface Link {
  readonly other: number;
  readonly term: number;
  readonly out: boolean;
  readonly score: number;
  readonly papers: number;
  readonly known: boolean;
}

interface Head {
  readonly title: string;
  readonly base: string;
  readonly totals: { readonly papers: number; readonly nodes: number };
  readonly types: readonly Type[];
  readonly terms: readonly (readonly [string, string])[];
  readonly roles: readonly string[];
  readonly names: readonly string[];
  readonly ids: readonly string[];
  readonly dates: Readonly<Record<number, string>>;
  readonly aliases: Readonly<Record<number, readonly string[]>>;
  readonly hubs: readonly number[];
  readonly regions: readonly Omit<Region, "shore">[];
}

export type Graph = ReturnType<typeof graphOf>;

export const graphOf = ({ head, columns }: Block) => {
  const about = head as unknown as Head;
  const column = <Kind>(name: string): Kind => columns.get(name) as Kind;
  const size = about.names.length;
  const subject = column<Uint32Array>("subject");
  const object = column<Uint32Array>("object");
  for (let at = 1; at < subject.length; at += 1) subject[at]! += subject[at - 1]!; // they are written as differences
  const term = column<Uint8Array>("term");
  const score = column<Uint8Array>("score");
  const stated = column<Uint16Array>("stated");
  const known = column<Uint8Array>("known");
  const type = column<Uint8Array>("type");
  const paperType = about.types.findIndex(({ name }) => name === "Paper");
  const { starts, ends } = bothWays(size, subject, object);

  const isPaper = (node: number): boolean => type[node] === paperType;
  const year = new Uint16Array(size);
  for (const [node, date] of Object.entries(about.dates)) year[Number(node)] = Number(date.slice(0, 4)) || 0;

  const linksOf = (node: number): Link[] => {
    const links: Link[] = [];
    for (let at = starts[node]!; at < starts[node + 1]!; at += 1) {
      const link = ends[at]!;
      const out = subject[link] === node;
      links.push({
        other: out ? object[link]! : subject[link]!,
        term: term[link]!,
        out,
        score: score[link]!,
        papers: stated[link]!,
        known: known[link] === 1,
      });
    }
    return links;
  };

  /** The nodes linked with a node, each once. */
  const neighbours = (node: number): Set<number> => {
    const found = new Set<number>();
    for (let at = starts[node]!; at < starts[node + 1]!; at += 1) {
      const link = ends[at]!;
      found.add(subject[link] === node ? object[link]! : subject[link]!);
    }
    return found;
  };

  return {
    ...about,
    size,
    subject,
    object,
    term,
    score,
    stated,
    known,
    type,
    year,
    isPaper,
    linksOf,
    neighbours,
    paperType,
    regions: about.regions.map((region): Region => ({ ...region, shore: shoreOf(region.outline) })),
    x: column<Int32Array>("x"),
    y: column<Int32Array>("y"),
    radius: column<Uint8Array>("radius"),
    papers: column<Uint32Array>("papers"),
    region: column<Uint16Array>("region"),
    left: column<Uint32Array>("left"),
    right: column<Uint32Array>("right"),
    hub: new Set(about.hubs),
    numbers: new Map(about.ids.map((id, node) => [id, node])),
    termNumber: new Map(about.terms.map(([name], at) => [name, at])),
    word: (at: number): string => about.terms[at]?.[1] ?? "",
    /** The most named first: entities by their papers, then papers in their order. */
    mostNamed: (a: number, b: number): number => column<Uint32Array>("papers")[b]! - column<Uint32Array>("papers")[a]! || a - b,
    typeOf: (node: number): Type => about.types[type[node]!]!,
  };
};

const shoreOf = (outline: readonly number[]): Shore => {
  const [xs, ys] = [outline.filter((_, at) => at % 2 === 0), outline.filter((_, at) => at % 2 === 1)];
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  return { x: (left + right) / 2, y: (top + bottom) / 2, half: (bottom - top) / 2 };
};

/** Which links touch each node: those of node n stand in `ends` from `starts[n]` to `starts[n + 1]`. */
const bothWays = (size: number, subject: Uint32Array, object: Uint32Array) => {
  const starts = new Uint32Array(size + 1);
  for (let link = 0; link < subject.length; link += 1) {
    starts[subject[link]! + 1]! += 1;
    starts[object[link]! + 1]! += 1;
  }
  for (let node = 0; node < size; node += 1) starts[node + 1]! += starts[node]!;
  const ends = new Uint32Array(2 * subject.length);
  const next = starts.slice();
  for (let link = 0; link < subject.length; link += 1) {
    ends[next[subject[link]!]!++] = link;
    ends[next[object[link]!]!++] = link;
  }
  return { starts, ends };
};
