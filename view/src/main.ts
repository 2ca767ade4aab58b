// The page: the map is unpacked, the picture drawn; then the texts come.

import "./style.css";
import { readBlock } from "./blocks";
import type { Covered } from "./camera";
import { byId, fill, number } from "./elements";
import { filtersOf, legendOf } from "./filterbox";
import { finder } from "./finder";
import { graphOf, type Graph } from "./graph";
import { actionsOf, panelOf } from "./panel";
import { pictureOf, type Picture } from "./picture";
import { pointingOf } from "./pointing";
import { FONTS } from "./painter";
import { savingOf, stillOf } from "./saving";
import { indexed } from "./search";
import { keepState, type Store } from "./state";
import { tableOf } from "./table";
import { tellingOf } from "./telling";

/** What lies over the picture, which should look beside it. */
const covered = (): Covered => {
  if (document.documentElement.classList.contains("still")) return { left: 40, top: 40, right: 40, bottom: 50 };
  const wide = innerWidth > 760;
  const panel = byId("panel");
  const aside = panel.hidden ? { width: 0, height: 0 } : { width: panel.offsetWidth + 24, height: panel.offsetHeight };
  const head = byId("head").offsetHeight;
  return wide
    ? { left: 56, top: head + 36, right: 56 + aside.width, bottom: byId("foot").offsetHeight + 24 }
    : { left: 10, top: head + 10, right: 10, bottom: Math.max(byId("foot").offsetHeight, aside.height) + 10 };
};

const countOf = (graph: Graph, store: Store, picture: Picture): void => {
  const line = byId("count");
  const show = (): void => {
    const { count } = picture.shown();
    const { nodes, papers } = graph.totals;
    const all = count === nodes ? `${number(nodes)} nodes` : `${number(count)} of ${number(nodes)} nodes shown`;
    fill(line, graph.size < nodes && count === graph.size ? `the ${number(count)} most linked of ${number(nodes)} nodes` : all);
    line.title = `${number(papers)} papers`;
  };
  store.listen(show);
  show();
};

/** The picture alone, for `kgraph view --png`: nothing lies over it, title and legend stand at its foot. */
const alone = async (graph: Graph, picture: Picture): Promise<void> => {
  document.documentElement.classList.add("still");
  await Promise.all(FONTS.map((font) => document.fonts.load(font)));
  const render = (): void => {
    picture.camera.resized();
    picture.camera.look(picture.camera.all());
    // A canvas of its own, drawn at once: who photographs the page may do so before its next frame.
    const still = stillOf(graph, picture, devicePixelRatio);
    still.id = "still";
    document.getElementById("still")?.remove();
    document.body.append(still);
  };
  addEventListener("resize", render);
  render();
};

const start = async (): Promise<void> => {
  const graph = graphOf(await readBlock(byId("map")));
  const store = keepState();
  const picture = pictureOf(graph, store, covered);
  const actions = actionsOf(graph, store, () => picture);
  const search = indexed(graph);
  byId("search").append(
    finder(graph, search, {
      label: "Search names and titles",
      hint: "Search names and titles",
      key: "/",
      pick: (node) => actions.choose(node),
    }),
  );
  legendOf(graph, store);
  filtersOf(graph, store, picture);
  countOf(graph, store, picture);
  const panel = panelOf(graph, store, picture, actions, search);
  tableOf(graph, store, picture, actions);
  pointingOf(graph, store, picture, actions);
  savingOf(graph, picture);
  byId("closer").addEventListener("click", () => picture.camera.by(1.5));
  byId("farther").addEventListener("click", () => picture.camera.by(1 / 1.5));
  byId("whole").addEventListener("click", () => picture.camera.whole());
  keys(actions.clear);
  if (location.hash === "#still") await alone(graph, picture);
  else lookAsAsked(graph, store, picture);
  addEventListener("popstate", () => lookAsAsked(graph, store, picture));
  requestAnimationFrame(() => {
    document.documentElement.dataset["ready"] = "";
    setTimeout(async () => {
      panel.tell(tellingOf(graph, await readBlock(byId("texts"))));
      search.ready();
      document.documentElement.dataset["told"] = "";
    });
  });
};

/** Looks where the address says, else at what is chosen, else at everything. */
const lookAsAsked = (graph: Graph, store: Store, picture: Picture): void => {
  const { node, region, at } = store.get();
  const chosen = graph.numbers.get(node ?? "");
  if (at) picture.camera.look(at);
  else if (chosen !== undefined) picture.camera.show(picture.shown().path ?? [chosen, ...graph.neighbours(chosen)]);
  else if (region !== null)
    picture.camera.show(Array.from(graph.names.keys()).filter((member) => graph.region[member] === region));
  else picture.camera.whole();
};

const keys = (clear: () => void): void =>
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      byId("search").querySelector("input")!.focus();
    } else if (event.key === "Escape") {
      const open = document.querySelector<HTMLDetailsElement>("details[open]");
      if (open) {
        open.open = false;
        open.querySelector("summary")!.focus();
      } else if (!byId("filters").hidden) byId("open-filters").click();
      else clear();
    }
  });

start().catch((error: unknown) => {
  fill(byId("said"), String(error));
  byId("failed").hidden = false;
  throw error;
});
