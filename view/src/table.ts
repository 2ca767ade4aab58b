// What is shown as a table, for those who would rather read, sort and copy.

import { button, byId, fill, make, number } from "./elements";
import { dot, type Teller } from "./evidence";
import type { Graph } from "./graph";
import type { Actions } from "./panel";
import type { Picture } from "./picture";
import type { Store } from "./state";

type Order = (a: number, b: number) => number;

const PAGE = 100;

export const tableOf = (graph: Graph, store: Store, picture: Picture, actions: Actions): void => {
  const box = byId("table");
  const opener = byId("open-table");
  const named = new Intl.Collator("en", { numeric: true }).compare;
  const names: Order = (a, b) => named(graph.names[a]!, graph.names[b]!) || a - b;
  const columns: readonly { title: string; order: Order; cell: (node: number) => string; number?: true }[] = [
    { title: "Name", order: names, cell: (node) => graph.names[node]! },
    {
      title: "Type",
      order: (a, b) => graph.type[a]! - graph.type[b]! || graph.mostNamed(a, b),
      cell: (node) => graph.typeOf(node).label,
    },
    {
      title: "Papers",
      order: graph.mostNamed,
      cell: (node) => (graph.isPaper(node) ? "" : number(graph.papers[node]!)),
      number: true,
    },
    {
      title: "Date",
      order: (a, b) => named(graph.dates[b] ?? "", graph.dates[a] ?? "") || a - b,
      cell: (node) => graph.dates[node] ?? "",
    },
    {
      title: "Community",
      order: (a, b) => graph.region[a]! - graph.region[b]! || graph.mostNamed(a, b),
      cell: (node) => graph.regions[graph.region[node]!]?.name ?? "",
    },
  ];
  let by = 2;
  let backwards = false;
  let page = 0;
  const teller: Teller = { graph, telling: null, choose: (node) => actions.choose(node), link: () => undefined };

  const show = (): void => {
    const { nodes, count } = picture.shown();
    const order = columns[by]!.order;
    const rows = Array.from(graph.names.keys())
      .filter((node) => nodes[node])
      .sort(backwards ? (a, b) => order(b, a) : order);
    const pages = Math.max(1, Math.ceil(count / PAGE));
    page = Math.min(page, pages - 1);
    const heads = columns.map(({ title }, at) => {
      const sort = button(title, () => {
        backwards = by === at && !backwards;
        by = at;
        page = 0;
        show();
        box.querySelectorAll<HTMLElement>("th button")[at]?.focus();
      });
      return make("th", { scope: "col", "aria-sort": by === at ? (backwards ? "descending" : "ascending") : "none" }, sort);
    });
    const line = (node: number): HTMLElement =>
      make(
        "tr",
        {},
        columns.map(({ cell, number: numeric }, at) =>
          at === 0
            ? make(
                "th",
                { scope: "row" },
                make(
                  "button",
                  { type: "button", class: "name", onclick: () => actions.choose(node) },
                  dot(teller, node),
                  make("bdi", {}, cell(node)),
                ),
              )
            : make("td", { class: numeric ? "numeric" : null, dir: "auto" }, cell(node)),
        ),
      );
    const turn = (text: string, step: number): HTMLElement =>
      button(
        text,
        () => {
          page += step;
          show();
          box.scrollTop = 0;
        },
        { class: "quiet-button", disabled: page + step < 0 || page + step >= pages },
      );
    fill(
      box,
      make(
        "div",
        { class: "table-head" },
        make("h2", {}, `${number(count)} shown`),
        make(
          "span",
          {},
          turn("← Before", -1),
          ` ${number(page * PAGE + 1)} to ${number(Math.min(count, (page + 1) * PAGE))} `,
          turn("Next →", 1),
        ),
        button("Back to the picture", () => store.change({ table: false }), { class: "quiet-button" }),
      ),
      make(
        "table",
        {},
        make("caption", { class: "aside" }, "What the picture shows"),
        make("thead", {}, make("tr", {}, heads)),
        make("tbody", {}, rows.slice(page * PAGE, (page + 1) * PAGE).map(line)),
      ),
    );
  };

  store.listen((state, before) => {
    if (state.table !== before.table) {
      page = 0;
      reveal(state.table);
    } else if (state.table && state.at === before.at) show();
  });
  const reveal = (wanted: boolean): void => {
    box.hidden = !wanted;
    opener.setAttribute("aria-pressed", String(wanted));
    if (wanted) {
      show();
      box.focus();
    }
  };
  opener.addEventListener("click", () => store.change({ table: !store.get().table }));
  if (store.get().table) reveal(true);
};
