// Where the window looks: moved by hand, wheel, fingers and keys.

import { select } from "d3-selection";
import "d3-transition";
import { zoom, zoomIdentity, type D3ZoomEvent, type ZoomTransform } from "d3-zoom";
import type { Graph } from "./graph";

export interface Camera {
  readonly view: () => ZoomTransform;
  readonly fitted: () => number;
  readonly whole: () => void;
  readonly by: (factor: number) => void;
  readonly pan: (across: number, down: number) => void;
  /** Brings points of the drawing into sight, beside what covers the window. */
  readonly show: (nodes: Iterable<number>, nearest?: number) => void;
  readonly centre: () => [number, number, number];
  /** Where and how near the window must look to hold everything. */
  readonly all: () => [number, number, number];
  readonly look: (at: readonly [number, number, number]) => void;
  readonly resized: () => void;
}

export interface Covered {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const NEAREST = 6;

export const cameraOf = (
  surface: HTMLElement,
  graph: Graph,
  covered: () => Covered,
  moved: (moving: boolean) => void,
): Camera => {
  const target = select(surface);
  let view = zoomIdentity;
  const behaviour = zoom<HTMLElement, unknown>().filter(
    (event: MouseEvent) => (!event.ctrlKey || event.type === "wheel") && !event.button,
  );
  target.call(behaviour).on("dblclick.zoom", null);

  const free = () => {
    const { left, top, right, bottom } = covered();
    const width = Math.max(120, surface.clientWidth - left - right);
    const height = Math.max(120, surface.clientHeight - top - bottom);
    return { width, height, x: left + width / 2, y: top + height / 2 };
  };
  const fitting = (left: number, top: number, right: number, bottom: number, nearest: number): ZoomTransform => {
    const { width, height, x, y } = free();
    const scale = Math.min(width / Math.max(1, right - left), height / Math.max(1, bottom - top), nearest);
    return zoomIdentity
      .translate(x, y)
      .scale(scale)
      .translate(-(left + right) / 2, -(top + bottom) / 2);
  };
  const bounds = boundsOf(graph);
  const middle = (of: ZoomTransform): [number, number, number] => {
    const [x, y] = of.invert([surface.clientWidth / 2, surface.clientHeight / 2]);
    return [Math.round(x), Math.round(y), Number(of.k.toPrecision(3))];
  };
  let fitted = 1;
  const limit = (): void => {
    fitted = fitting(...bounds, 1.6).k;
    behaviour.scaleExtent([fitted * 0.6, Math.max(NEAREST, fitted * 4)]);
  };
  limit();
  const go = (to: ZoomTransform, milliseconds = 450): void => {
    if (calm.matches || milliseconds === 0) target.call(behaviour.transform, to);
    else target.transition().duration(milliseconds).call(behaviour.transform, to);
  };
  view = fitting(...bounds, 1.6);
  go(view, 0);
  behaviour
    .on("zoom", ({ transform }: D3ZoomEvent<HTMLElement, unknown>) => {
      view = transform;
      moved(true);
    })
    .on("end", () => moved(false)); // from here on, since nobody listens before there is a camera

  return {
    view: () => view,
    fitted: () => fitted,
    whole: () => go(fitting(...bounds, 1.6)),
    by: (factor) => {
      const { x, y } = free();
      if (calm.matches) target.call(behaviour.scaleBy, factor, [x, y]);
      else target.transition().duration(200).call(behaviour.scaleBy, factor, [x, y]);
    },
    pan: (across, down) => target.call(behaviour.translateBy, across / view.k, down / view.k),
    show: (nodes, nearest = 1.2) => {
      const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
      for (const node of nodes) {
        const around = graph.radius[node]! / 8 + 40;
        box[0] = Math.min(box[0], graph.x[node]! - around);
        box[1] = Math.min(box[1], graph.y[node]! - around);
        box[2] = Math.max(box[2], graph.x[node]! + around);
        box[3] = Math.max(box[3], graph.y[node]! + around);
      }
      if (box[0] < Infinity) go(fitting(...box, Math.max(nearest, fitted)));
    },
    centre: () => middle(view),
    all: () => middle(fitting(...bounds, 1.6)),
    look: ([x, y, scale]) =>
      go(
        zoomIdentity
          .translate(surface.clientWidth / 2, surface.clientHeight / 2)
          .scale(scale)
          .translate(-x, -y),
        0,
      ),
    resized: limit,
  };
};

/** Left, top, right and bottom of all regions. */
const boundsOf = ({ regions }: Graph): [number, number, number, number] => [
  Math.min(...regions.map(({ x, radius }) => x - radius)) - 10,
  Math.min(...regions.map(({ y, radius }) => y - radius)) - 10,
  Math.max(...regions.map(({ x, radius }) => x + radius)) + 10,
  Math.max(...regions.map(({ y, radius }) => y + radius)) + 10,
];
