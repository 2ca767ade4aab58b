// A picture of the graph as it is seen: islands, links, dust, discs, names. It knows of no window and no pointer.

import type { ZoomTransform } from "d3-zoom";
import { shortened } from "./elements";
import type { Graph } from "./graph";
import type { Lit } from "./links";
import { place, type Disc, type Label, type Wanted } from "./labels";
import type { Pen } from "./pen";
import { growth, type Sight } from "./sight";
import type { Theme } from "./themes";

export const FAMILY = '"Inter Variable", system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif';
export const FONTS = [`500 12px ${FAMILY}`, `650 13px ${FAMILY}`];

const NEVER_LEFT_OUT = 16; // of the nodes in sight, the most named, whose names may cover a disc
const MOST_LIT = 400; // links of the chosen node that are drawn, the surest

export interface Scene {
  readonly graph: Graph;
  readonly theme: Theme;
  readonly view: ZoomTransform;
  readonly width: number;
  readonly height: number;
  /** Where the free part of the window ends on the right. */
  readonly edge: number;
  readonly sight: Sight;
  readonly shown: Uint8Array;
  readonly lit: Lit | null;
  readonly region: number | null;
  readonly hover: number | null;
  readonly moving: boolean;
  readonly dust: {
    readonly image: HTMLCanvasElement;
    readonly box: { left: number; top: number; right: number; bottom: number };
  } | null;
}

const at = ({ graph, view }: Scene, node: number): [number, number] => [
  graph.x[node]! * view.k + view.x,
  graph.y[node]! * view.k + view.y,
];

export const radiusAt = (graph: Graph, node: number, scale: number): number =>
  Math.max(1.6, (graph.radius[node]! / 8) * growth(scale));

const isLit = ({ lit }: Scene, node: number): boolean => lit === null || lit.near.has(node);

export const paint = (pen: Pen, scene: Scene, labels: readonly Label[]): void => {
  pen.ground(scene.theme.ground, scene.width, scene.height);
  paintIslands(pen, scene);
  paintLinks(pen, scene);
  paintDust(pen, scene);
  paintDiscs(pen, scene);
  paintChoice(pen, scene);
  for (const { text, x, y, across, down, font, colour, alpha } of labels) {
    pen.text(text, x + across, y + down, font, colour, scene.theme.ground, alpha);
  }
};

/** How far an island reaches beyond the middles of its outermost nodes, in pixels. */
const roundness = (scale: number): number => Math.max(5, 22 * scale);

const paintIslands = (pen: Pen, { graph, theme, view, width, height, region }: Scene): void => {
  const round = roundness(view.k);
  graph.regions.forEach(({ x, y, radius, outline }, number) => {
    const [across, down, reach] = [x * view.k + view.x, y * view.k + view.y, radius * view.k + round];
    if (across + reach < 0 || across - reach > width || down + reach < 0 || down - reach > height || outline.length < 4) return;
    const corners = outline.map((value, place) => value * view.k + (place % 2 ? view.y : view.x));
    pen.island(corners, round, number === region ? theme.chosenIsland : theme.island, 1);
  });
};

/** The strongest links of what is seen, thin; nothing of them while the window moves over many. */
const paintLinks = (pen: Pen, scene: Scene): void => {
  const { graph, theme, sight, lit, moving, view } = scene;
  if (!lit && !(moving && sight.discs.length > 700)) {
    const [inside, across]: [number[], number[]] = [[], []];
    for (const [left, right] of strongest(graph, sight)) {
      (graph.region[left] === graph.region[right] ? inside : across).push(...at(scene, left), ...at(scene, right));
    }
    const width = Math.min(1.2, 0.6 + view.k * 0.4);
    pen.lines(across, { colour: theme.line, width, alpha: 0.1 });
    pen.lines(inside, { colour: theme.line, width, alpha: 0.34 });
  }
  if (!lit) return;
  const many = lit.links.length > 160;
  const places: number[] = [];
  for (let link = 0; link < Math.min(lit.links.length, 2 * MOST_LIT); link += 2) {
    const [left, right] = [lit.links[link]!, lit.links[link + 1]!];
    if (scene.shown[left] && scene.shown[right]) places.push(...at(scene, left), ...at(scene, right));
  }
  pen.bows(places, {
    colour: lit.path ? theme.accent : theme.line,
    width: lit.path ? 2.5 : 1.1,
    alpha: lit.path ? 0.9 : many ? 0.4 : 0.75,
  });
};

/** The strongest links of each node that are seen with both their ends, as pairs. */
export function* strongest(graph: Graph, { discs }: Sight): Generator<readonly [number, number]> {
  const seen = new Set(discs);
  for (let link = 0; link < graph.left.length; link += 1) {
    const [left, right] = [graph.left[link]!, graph.right[link]!];
    if (seen.has(left) && seen.has(right)) yield [left, right];
  }
}

const paintDust = (pen: Pen, scene: Scene): void => {
  const { graph, theme, sight, view, lit, dust } = scene;
  const faint = lit ? 0.1 : 0.5;
  if (dust && sight.dust.length > 3000) {
    const { image, box } = dust;
    pen.image(
      image,
      box.left * view.k + view.x,
      box.top * view.k + view.y,
      (box.right - box.left) * view.k,
      (box.bottom - box.top) * view.k,
      faint,
    );
    return;
  }
  theme.types.forEach((colour, type) => {
    const places = sight.dust.flatMap((node) => (graph.type[node] === type ? [...at(scene, node), 1.1] : []));
    pen.discs(places, colour, faint);
  });
};

const paintDiscs = (pen: Pen, scene: Scene): void => {
  const { graph, theme, sight, view } = scene;
  const groups = new Map<number, number[]>();
  for (const node of sight.discs) {
    const group = graph.type[node]! * 2 + (isLit(scene, node) ? 1 : 0);
    const places = groups.get(group) ?? [];
    if (places.length === 0) groups.set(group, places);
    places.push(...at(scene, node), radiusAt(graph, node, view.k));
  }
  for (const bright of [0, 1]) {
    theme.types.forEach((colour, type) => {
      const places = groups.get(type * 2 + bright);
      if (places) pen.discs(places, colour, bright ? 1 : 0.13, { colour: theme.ring, width: view.k < 0.3 ? 0.6 : 1 });
    });
  }
};

const paintChoice = (pen: Pen, scene: Scene): void => {
  const { graph, theme, view, lit, hover, shown } = scene;
  const ring = (node: number, wide: number): void =>
    pen.discs([...at(scene, node), radiusAt(graph, node, view.k) + 3], "none", 1, { colour: theme.accent, width: wide });
  if (hover !== null && shown[hover]) ring(hover, 1.5);
  if (lit && lit.node !== null) ring(lit.node, 2.5);
  if (lit?.path) for (const node of lit.near) ring(node, 2.5);
};

/** The names of what is seen, the chosen first, then the regions', then the nodes' by their importance. */
export const labelled = (scene: Scene, rank: Uint32Array): Label[] => {
  const { graph, sight, view, lit, width, height } = scene;
  const discs: Disc[] = [];
  const nodes = sight.discs.filter((node) => isLit(scene, node));
  for (const node of nodes) {
    const [x, y] = at(scene, node);
    if (x > -80 && x < width + 80 && y > -40 && y < height + 40)
      discs.push({ x, y, radius: radiusAt(graph, node, view.k) * 0.9 });
  }
  const named = lit ? [] : regionNames(scene);
  const said = growth(view.k) === view.k ? "" : named.map(({ text }) => text).join("\n");
  nodes.sort((a, b) => Number(b === lit?.node) - Number(a === lit?.node) || rank[a]! - rank[b]!);
  const telling = Math.max(3, graph.papers[nodes[NEVER_LEFT_OUT] ?? -1] ?? 3);
  const room = Math.round((width * height) / 13_000);
  const wanted = (function* (): Generator<Wanted> {
    yield* named;
    for (const node of nodes) if (!said.includes(graph.names[node]!)) yield* nodeName(scene, node, telling);
  })();
  return place(wanted, discs.slice(0, 1500), lit ? Math.max(room, 60) : room, scene.edge);
};

const regionNames = ({ graph, theme, view, width, height, shown }: Scene): Wanted[] => {
  if (graph.regions.length < 2) return [];
  const least = Math.min(width, height);
  return graph.regions
    .flatMap(({ name, radius, outline, shore }, number) => {
      const reach = radius * view.k;
      if (!name || reach < 20 || reach > least * 0.7 || outline.length < 6 || !shownIn(graph, shown, number)) return [];
      const size = Math.round(Math.min(16, Math.max(11, 8 + reach * 0.045)));
      return [
        {
          key: -1 - number,
          text: reach > 60 ? name : name.split(" · ")[0]!,
          font: `650 ${size}px ${FAMILY}`,
          size,
          region: true,
          over: false,
          colour: growth(view.k) > view.k ? theme.text : theme.quiet,
          alpha: 1,
          x: shore.x * view.k + view.x,
          y: shore.y * view.k + view.y,
          radius: shore.half * view.k + roundness(view.k) + size * 0.5,
        },
      ];
    })
    .sort((a, b) => b.radius - a.radius);
};

const shownIn = ({ region, size }: Graph, shown: Uint8Array, wanted: number): boolean => {
  for (let node = 0; node < size; node += 1) if (shown[node] && region[node] === wanted) return true;
  return false;
};

function* nodeName(scene: Scene, node: number, telling: number): Generator<Wanted> {
  const { graph, theme, view, lit } = scene;
  const paper = graph.isPaper(node);
  const chosen = node === lit?.node;
  const radius = radiusAt(graph, node, view.k);
  if (paper && !lit && view.k < 1.5) return;
  if (!lit && radius < 2.4) return;
  const size = chosen ? 14 : Math.round(Math.min(15, 10.2 + radius * 0.22) * 2) / 2;
  const [x, y] = at(scene, node);
  const weight = chosen ? 650 : 500;
  yield {
    key: node,
    text: shortened(graph.names[node]!, paper ? 46 : 32),
    font: `${weight} ${size}px ${FAMILY}`,
    size,
    region: false,
    over: chosen || graph.papers[node]! >= telling,
    colour: paper ? theme.quiet : theme.text,
    alpha: 1,
    x,
    y,
    radius,
  };
}
