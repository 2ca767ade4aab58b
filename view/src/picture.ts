// The picture in the window: it follows the state, the pointer, the keys and the light.

import { cameraOf, type Covered } from "./camera";
import { byId, count, fill, make, shortened, type Child } from "./elements";
import { shownOf, type Shown } from "./filters";
import type { Graph } from "./graph";
import { measureAgain, type Label } from "./labels";
import { byImportance, levelsOf, placed } from "./levels";
import { litOf, passing, type Lit, type Point } from "./links";
import { FONTS, labelled, paint, radiusAt, strongest, type Scene } from "./painter";
import { canvasPen, type Pen } from "./pen";
import { dusted, growth, holds, look, type Sight } from "./sight";
import type { State, Store } from "./state";
import { onThemeChange, themeOf } from "./themes";

export const pictureOf = (graph: Graph, store: Store, covered: () => Covered) => {
  const canvas = byId<HTMLCanvasElement>("picture");
  const context = canvas.getContext("2d", { alpha: false })!;
  const pen = canvasPen(context);
  const places = placed(graph);
  const order = byImportance(graph);
  const rank = new Uint32Array(graph.size);
  order.forEach((node, at) => (rank[node] = at));

  let theme = themeOf(graph);
  let shown: Shown = shownOf(graph, store.get());
  let lit: Lit | null = null;
  let levels: Float32Array = new Float32Array();
  let dust: Scene["dust"] = null;
  let sight: Sight | null = null;
  let labels: readonly Label[] = [];
  let labelsAt = 0;
  let labelsScale = 1;
  let hover: number | null = null;
  let moving = false;
  let asked = 0;
  let ratio = 1;

  const size = (): [number, number] => [canvas.clientWidth, canvas.clientHeight];
  const always = (): ReadonlySet<number> =>
    lit && lit.near.size <= 400 ? lit.near : new Set(lit?.node === null || !lit ? [] : [lit.node]);

  const sceneNow = (): Scene => {
    const [width, height] = size();
    const view = camera.view();
    if (!sight || !holds(sight, view, width, height, moving))
      sight = look(graph, places, levels, shown.nodes, always(), view, width, height);
    const panel = byId("panel");
    const edge = panel.hidden || panel.offsetWidth > width * 0.6 ? width : panel.offsetLeft;
    return {
      graph,
      theme,
      view,
      width,
      height,
      edge,
      sight,
      shown: shown.nodes,
      lit,
      region: store.get().region,
      hover,
      moving,
      dust,
    };
  };
  /** The names where they stood, moved along with what they belong to. */
  const movedAlong = (scene: Scene): readonly Label[] =>
    labels.map((label) => {
      const { x, y } = label.key < 0 ? graph.regions[-1 - label.key]!.shore : { x: graph.x[label.key]!, y: graph.y[label.key]! };
      return { ...label, x: x * scene.view.k + scene.view.x, y: y * scene.view.k + scene.view.y };
    });
  const frame = (): void => {
    asked = 0;
    const scene = sceneNow();
    const now = performance.now();
    if (!moving || (Math.abs(Math.log2(scene.view.k / labelsScale)) > 0.15 && now - labelsAt > 120)) {
      labels = labelled(scene, rank);
      labelsAt = now;
      labelsScale = scene.view.k;
    } else labels = movedAlong(scene);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paint(pen, scene, labels);
  };
  const refresh = (): void => {
    asked ||= requestAnimationFrame(frame);
  };
  const settle = (): void => {
    sight = null;
    refresh();
  };

  const camera = cameraOf(canvas, graph, covered, (isMoving) => {
    moving = isMoving;
    refresh();
    if (!moving) store.change({ at: whole(camera.centre()) });
  });
  /** No place is kept where all is in sight: the address stays short, and another window fits it anew. */
  const whole = (at: [number, number, number]): State["at"] => {
    const [x, y, scale] = camera.all();
    return Math.abs(at[2] / scale - 1) < 0.02 && Math.hypot(at[0] - x, at[1] - y) * scale < 20 ? null : at;
  };

  const asState = (state: State, before: State | null): void => {
    const chosenNow = graph.numbers.get(state.node ?? "");
    const filtered = !before || asks(state) !== asks(before) || (chosenNow !== undefined && !shown.nodes[chosenNow]);
    if (filtered) {
      shown = shownOf(graph, state);
      levels = levelsOf(graph, shown.nodes, order, camera.fitted());
      dust = graph.size > 3000 ? dusted(graph, shown.nodes, theme.types) : null;
    }
    const chosen = !before || state.node !== before.node || state.link !== before.link || filtered;
    if (chosen) lit = litOf(graph, state, shown.nodes, shown.path);
    if (chosen || state.region !== before.region) settle();
  };

  /** The node under a point of the window; the smallest where several are. */
  const under = (x: number, y: number, reach = 4): number | null => {
    const view = camera.view();
    const [across, down] = view.invert([x, y]);
    let best: number | null = null;
    let nearest = Infinity;
    for (const node of places.around(across, down, (32 * growth(view.k) + reach) / view.k)) {
      if (!shown.nodes[node] || (levels[node]! > view.k && !always().has(node))) continue;
      const distance = Math.hypot(graph.x[node]! - across, graph.y[node]! - down) * view.k - radiusAt(graph, node, view.k);
      if (distance < reach && distance < nearest) [best, nearest] = [node, distance];
    }
    return best;
  };
  /** The link under a point: of the chosen node, or of what is seen where nothing is chosen. */
  const linkUnder = (x: number, y: number): Point | null => {
    const { k, x: left, y: top } = camera.view();
    const at = (node: number): Point => [graph.x[node]! * k + left, graph.y[node]! * k + top];
    if (!lit) return sight && k > LINES_FROM ? passing(strongest(graph, sight), at, [x, y], false) : null;
    const { links } = lit;
    const drawn = Array.from({ length: links.length / 2 }, (_, pair): Point => [links[2 * pair]!, links[2 * pair + 1]!]);
    return passing(
      drawn.filter(([one, other]) => shown.nodes[one] && shown.nodes[other]),
      at,
      [x, y],
      true,
    );
  };
  const regionUnder = (x: number, y: number): number | null => {
    const [across, down] = camera.view().invert([x, y]);
    const found = graph.regions.findIndex((region) => Math.hypot(region.x - across, region.y - down) < region.radius);
    return found < 0 ? null : found;
  };

  const tip = byId("tip");
  /** Tells of a node, or of a link, under the hand. */
  const point = (node: number | null, x = 0, y = 0, link: Point | null = null): void => {
    if (node !== hover) {
      hover = node;
      if (!moving) refresh();
    }
    canvas.style.cursor = node === null && link === null ? "" : "pointer";
    tip.hidden = node === null && link === null;
    if (node !== null) fill(tip, aboutNode(graph, node));
    else if (link) fill(tip, aboutPair(graph, ...link));
    else return;
    const [width] = size();
    tip.style.translate = `${Math.round(Math.min(x + 14, width - tip.offsetWidth - 8))}px ${Math.round(y + 16)}px`;
  };

  const resize = (): void => {
    ratio = Math.min(2, devicePixelRatio || 1);
    canvas.width = Math.round(canvas.clientWidth * ratio);
    canvas.height = Math.round(canvas.clientHeight * ratio);
    camera.resized();
    settle();
  };
  new ResizeObserver(resize).observe(canvas);
  onThemeChange(() => {
    theme = themeOf(graph);
    if (dust) dust = dusted(graph, shown.nodes, theme.types);
    refresh();
  });
  store.listen(asState);
  asState(store.get(), null);
  void Promise.all(FONTS.map((font) => document.fonts.load(font))).then(() => {
    measureAgain();
    settle();
  });

  return {
    canvas,
    camera,
    under,
    linkUnder,
    regionUnder,
    point,
    refresh,
    places,
    shown: () => shown,
    labels: () => labels,
    hover: () => hover,
    /** Draws what is in the window with another pen, in a size of its own. */
    drawWith: (other: Pen): void => {
      const scene = { ...sceneNow(), edge: size()[0], moving: false, hover: null };
      const dots = scene.sight.dust.length < 20_000 ? { ...scene, dust: null } : scene;
      paint(other, dots, labelled(scene, rank));
    },
  };
};

export type Picture = ReturnType<typeof pictureOf>;

const LINES_FROM = 0.5; // the scale from which on single lines can be told apart

const aboutNode = (graph: Graph, node: number): Child => {
  const about = graph.isPaper(node) ? graph.dates[node] : `named by ${count(graph.papers[node]!, "paper")}`;
  return [
    make("strong", { dir: "auto" }, shortened(graph.names[node]!, 120)),
    make("span", {}, [graph.typeOf(node).label, about].filter(Boolean).join(" · ")),
  ];
};

const aboutPair = (graph: Graph, one: number, other: number): Child => {
  const says = graph
    .linksOf(one)
    .filter((link) => link.other === other)
    .map(({ term, out }) => {
      const [subject, object] = out ? [one, other] : [other, one];
      return `${shortened(graph.names[subject]!, 50)} · ${graph.word(term)} · ${shortened(graph.names[object]!, 50)}`;
    });
  return [...new Set(says)].map((text) => make("span", { class: "fact", dir: "auto" }, text));
};

/** All of a state that decides what is shown. */
const asks = (state: State): string => {
  const { hidden, roles, years, papers, sure, hubs, hops, to } = state;
  const around = hops > 0 || to !== null ? [state.node, hops, to] : [];
  return JSON.stringify([[...hidden].sort(), [...roles].sort(), years, papers, sure, hubs, state.only && state.region, around]);
};
