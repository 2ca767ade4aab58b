// Which names stand in the picture and where: the most telling first, each only where it covers no other.

export interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

export interface Wanted extends Disc {
  /** What the name belongs to: a node, or a region as its number below zero. */
  readonly key: number;
  readonly text: string;
  readonly font: string;
  readonly size: number;
  /** Whether it may cover a disc where there is no room beside. */
  readonly over: boolean;
  /** Whether it is the name of a region, which stands at its upper shore or, where it must, over discs. */
  readonly region: boolean;
  readonly colour: string;
  readonly alpha: number;
}

/** A name at its place, as an offset from what it belongs to, so that it can move along. */
export interface Label extends Wanted {
  readonly across: number;
  readonly down: number;
}

type Edges = readonly [number, number, number, number];

// Below, right, above, left, corners: where people look for a name first.
const SIDES = [
  [0, 1],
  [1, 0],
  [0, -1],
  [-1, 0],
  [0.72, 0.8],
  [-0.72, 0.8],
  [0.72, -0.8],
  [-0.72, -0.8],
] as const;
const SHORES = [
  [0, -1],
  [0, 1],
  [0, 0],
] as const;
const CELL = 64;

/** What already stands somewhere, found by squares of the window. */
const grid = () => {
  const cells = new Map<number, Edges[]>();
  const each = (edges: Edges, visit: (key: number) => boolean): boolean => {
    for (let column = Math.floor(edges[0] / CELL); column <= edges[2] / CELL; column += 1) {
      for (let row = Math.floor(edges[1] / CELL); row <= edges[3] / CELL; row += 1) {
        if (visit(column * 4096 + row)) return true;
      }
    }
    return false;
  };
  return {
    add: (edges: Edges): void =>
      void each(edges, (key) => {
        const here = cells.get(key);
        if (here) here.push(edges);
        else cells.set(key, [edges]);
        return false;
      }),
    hits: (edges: Edges): boolean => each(edges, (key) => (cells.get(key) ?? []).some((other) => overlap(edges, other))),
  };
};

const overlap = (a: Edges, b: Edges): boolean => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

const widths = new Map<string, number>();
const measuring = document.createElement("canvas").getContext("2d")!;

const widthOf = (text: string, font: string): number => {
  const key = font + text;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20_000) widths.clear();
    measuring.font = font;
    width = measuring.measureText(text).width;
    widths.set(key, width);
  }
  return width;
};

/** Forgets what was measured: the fonts have come. */
export const measureAgain = (): void => widths.clear();

/** The names that find a place, the first wanted first; at most so many. Discs are what they should not cover;
 *  no name is cut by a side of the window that what it belongs to stands within. */
export const place = (wanted: Iterable<Wanted>, discs: readonly Disc[], most: number, width: number): Label[] => {
  const names = grid();
  const covered = grid();
  for (const { x, y, radius } of discs) covered.add([x - radius, y - radius, x + radius, y + radius]);
  const labels: Label[] = [];
  const free = (edges: Edges, { x }: Disc, over: boolean): boolean => {
    if ((edges[0] < 2 && x > 0) || (edges[2] > width - 2 && x < width)) return false;
    return !names.hits(edges) && (over || !covered.hits(edges));
  };
  for (const name of wanted) {
    if (labels.length >= most) break;
    const half = widthOf(name.text, name.font) / 2;
    const spots = name.region ? SHORES : SIDES;
    let tried = 0;
    for (const [sideways, upright] of name.over ? [...spots, ...spots] : spots) {
      const across = sideways * (name.radius + 5 + half);
      const down = upright * (name.radius + (name.region ? 0 : 3 + name.size / 2));
      const [x, y] = [name.x + across, name.y + down];
      const edges: Edges = [x - half - 3, y - name.size * 0.62, x + half + 3, y + name.size * 0.62];
      tried += 1;
      if (!free(edges, name, name.region || tried > spots.length)) continue;
      names.add(edges);
      labels.push({ ...name, across, down });
      break;
    }
  }
  return labels;
};
