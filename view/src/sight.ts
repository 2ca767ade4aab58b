// What can be seen of the shown nodes: those in and around the window, as discs or as dust.

import type { ZoomTransform } from "d3-zoom";
import type { Graph } from "./graph";
import type { Box, Places } from "./levels";

export interface Sight {
  readonly box: Box;
  readonly scale: number;
  readonly discs: readonly number[];
  readonly dust: readonly number[];
}

const MARGIN = 0.35; // of the window on each side, so that moving a little needs no new look

export const boxOf = (view: ZoomTransform, width: number, height: number, margin = 0): Box => {
  const [left, top] = view.invert([-width * margin, -height * margin]);
  const [right, bottom] = view.invert([width * (1 + margin), height * (1 + margin)]);
  return { left, top, right, bottom };
};

/** Whether a look at a moment ago still holds all that the window shows. */
export const holds = ({ box, scale }: Sight, view: ZoomTransform, width: number, height: number, moving: boolean): boolean => {
  const now = boxOf(view, width, height);
  const near = moving ? Math.abs(Math.log2(view.k / scale)) < 0.2 : view.k === scale;
  return near && now.left >= box.left && now.top >= box.top && now.right <= box.right && now.bottom <= box.bottom;
};

/** A look at the graph: of the shown nodes in and around the window those that have room are discs; `always` are. */
export const look = (
  graph: Graph,
  places: Places,
  levels: Float32Array,
  shown: Uint8Array,
  always: ReadonlySet<number>,
  view: ZoomTransform,
  width: number,
  height: number,
): Sight => {
  const box = boxOf(view, width, height, MARGIN);
  const discs: number[] = [];
  const dust: number[] = [];
  for (const node of places.inside(box)) {
    if (!shown[node]) continue;
    if (levels[node]! <= view.k || always.has(node)) discs.push(node);
    else dust.push(node);
  }
  discs.sort((a, b) => graph.radius[b]! - graph.radius[a]! || a - b); // the small stand on the large
  return { box, scale: view.k, discs, dust };
};

/** How large nodes are drawn at a scale: as the drawing, but from afar they shrink less than it does. */
export const growth = (scale: number): number =>
  scale > NEAR ? Math.min(scale, NEAR + (scale - NEAR) * 0.8) : NEAR * (scale / NEAR) ** 0.35;
const NEAR = 0.4;

/** A picture of all shown nodes as points, for when they are too many to be drawn one by one while the window moves. */
export const dusted = (graph: Graph, shown: Uint8Array, colours: readonly string[]): { image: HTMLCanvasElement; box: Box } => {
  const xs = graph.x as ArrayLike<number>;
  const ys = graph.y as ArrayLike<number>;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let node = 0; node < graph.size; node += 1) {
    left = Math.min(left, xs[node]!);
    top = Math.min(top, ys[node]!);
    right = Math.max(right, xs[node]!);
    bottom = Math.max(bottom, ys[node]!);
  }
  const scale = 2400 / Math.max(right - left, bottom - top, 1);
  const image = document.createElement("canvas");
  image.width = Math.ceil((right - left) * scale) + 2;
  image.height = Math.ceil((bottom - top) * scale) + 2;
  const context = image.getContext("2d")!;
  colours.forEach((colour, type) => {
    context.fillStyle = colour;
    for (let node = 0; node < graph.size; node += 1) {
      if (shown[node] && graph.type[node] === type) context.fillRect((xs[node]! - left) * scale, (ys[node]! - top) * scale, 2, 2);
    }
  });
  return { image, box: { left, top, right: left + image.width / scale, bottom: top + image.height / scale } };
};
