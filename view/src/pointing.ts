// Pointer and keys on the picture: what is under the hand is told, a click opens it, arrows walk from node to node.

import { byId } from "./elements";
import type { Graph } from "./graph";
import type { Actions } from "./panel";
import type { Picture } from "./picture";
import type { Store } from "./state";

const STEP = 60; // pixels that a key moves the picture

export const pointingOf = (graph: Graph, store: Store, picture: Picture, actions: Actions): void => {
  const { canvas, camera } = picture;
  const spot = (event: MouseEvent): [number, number] => {
    const { left, top } = canvas.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons !== 0) return picture.point(null);
    const [x, y] = spot(event);
    const node = picture.under(x, y);
    picture.point(node, x, y, node === null ? picture.linkUnder(x, y) : null);
  });
  canvas.addEventListener("pointerleave", () => picture.point(null));
  canvas.addEventListener("click", (event) => {
    const [x, y] = spot(event);
    const node = picture.under(x, y, matchMedia("(pointer: coarse)").matches ? 14 : 5) ?? labelUnder(x, y);
    if (node !== null && node >= 0) return actions.choose(node, false);
    const pair = node === null ? picture.linkUnder(x, y) : null;
    if (pair) return tellLink(...pair);
    const { node: chosen, region: open, to, link } = store.get();
    const region = node !== null ? -1 - node : picture.regionUnder(x, y);
    if (chosen !== null || to !== null || link !== null || region === null || region === open) return actions.clear();
    if (graph.regions.length > 1) openRegion(region);
  });
  /** What a name in the picture belongs to: a node, or a region as a number below zero. */
  const labelUnder = (x: number, y: number): number | null => {
    const found = picture.labels().find((label) => {
      const half = (label.text.length * label.size * 0.55) / 2;
      return Math.abs(label.x + label.across - x) < half && Math.abs(label.y + label.down - y) < label.size * 0.7;
    });
    return found?.key ?? null;
  };
  const tellLink = (one: number, other: number): void =>
    store.change({ node: graph.ids[one]!, link: graph.ids[other]!, to: null, hops: 0, region: null, only: false });
  const openRegion = (region: number): void => {
    store.change({ region, node: null, link: null, to: null, hops: 0 });
    camera.show(
      Array.from(graph.names.keys()).filter((node) => graph.region[node] === region),
      1.6,
    );
  };

  /** The shown node that lies nearest in a direction, as the eye would go on. */
  const beside = (from: readonly [number, number], across: number, down: number, but: number | null): number | null => {
    let best: number | null = null;
    let least = Infinity;
    const { nodes } = picture.shown();
    for (let node = 0; node < graph.size; node += 1) {
      if (!nodes[node] || node === but) continue;
      const [x, y] = [graph.x[node]! - from[0], graph.y[node]! - from[1]];
      const [ahead, aside] = [x * across + y * down, Math.abs(x * down) + Math.abs(y * across)];
      if ((across || down) && ahead <= aside * 0.8) continue;
      const cost = ahead + 2 * aside + (across || down ? 0 : Math.hypot(x, y));
      if (cost < least) [best, least] = [node, cost];
    }
    return best;
  };
  let cursor: number | null = null;
  const walk = (across: number, down: number): void => {
    const from = cursor ?? graph.numbers.get(store.get().node ?? "") ?? null;
    const start: readonly [number, number] =
      from === null ? [camera.centre()[0], camera.centre()[1]] : [graph.x[from]!, graph.y[from]!];
    const next = from === null ? beside(start, 0, 0, null) : beside(start, across, down, from);
    if (next === null) return;
    cursor = next;
    const { k, x, y } = camera.view();
    const [left, top] = [graph.x[next]! * k + x, graph.y[next]! * k + y];
    const [wide, high] = [canvas.clientWidth, canvas.clientHeight];
    const away = (at: number, size: number): number => (at < 60 ? 60 - at : at > size - 60 ? size - 60 - at : 0);
    camera.pan(away(left, wide), away(top, high));
    picture.point(next, left + away(left, wide), top + away(top, high));
    byId("said").textContent = `${graph.names[next]!}, ${graph.typeOf(next).label}`;
  };
  const arrows: Record<string, [number, number]> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey) camera.pan(-arrow[0] * STEP, -arrow[1] * STEP);
    else if (arrow) walk(...arrow);
    else if (event.key === "+" || event.key === "=") camera.by(1.4);
    else if (event.key === "-") camera.by(1 / 1.4);
    else if (event.key === "0") camera.whole();
    else if ((event.key === "Enter" || event.key === " ") && cursor !== null) actions.choose(cursor, false);
    else return;
    event.preventDefault();
  });
  canvas.addEventListener("blur", () => {
    cursor = null;
    picture.point(null);
  });
};
