// The legend, which hides types, and the other filters.

import { button, byId, coloured, fill, make, number } from "./elements";
import type { Graph } from "./graph";
import type { Picture } from "./picture";
import { START, type State, type Store } from "./state";
import { cssColour } from "./themes";

export const legendOf = (graph: Graph, store: Store): void => {
  const legend = byId("legend");
  const counts = graph.types.map((_, type) => graph.type.reduce((sum, one) => sum + (one === type ? 1 : 0), 0));
  const buttons = graph.types.map((type, at) => {
    const toggle = (): void => {
      const hidden = new Set(store.get().hidden);
      if (!hidden.delete(type.name)) hidden.add(type.name);
      store.change({ hidden });
    };
    const dot = coloured(
      make("span", { class: type.name === "Paper" ? "dot paper" : "dot", "aria-hidden": "true" }),
      cssColour(type),
    );
    return button(
      [dot, make("span", { class: "label" }, type.label), make("span", { class: "number" }, number(counts[at]!))],
      toggle,
      { "data-type": type.name },
    );
  });
  fill(legend, buttons);
  const follow = ({ hidden }: State): void =>
    buttons.forEach((one, at) => one.setAttribute("aria-pressed", String(!hidden.has(graph.types[at]!.name))));
  store.listen(follow);
  follow(store.get());
};

/** The filters beside the types; each says in its own words what it asks. */
export const filtersOf = (graph: Graph, store: Store, picture: Picture): void => {
  const box = byId("filters");
  const opener = byId("open-filters");
  const known = Array.from(graph.year).filter(Boolean);
  const [first, last] = [known.reduce((a, b) => Math.min(a, b), 9999), known.reduce((a, b) => Math.max(a, b), 0)];
  const years = first < last ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : [];

  const select = (
    label: string,
    options: readonly (readonly [string, string])[],
    change: (value: string) => void,
  ): [HTMLElement, HTMLSelectElement] => {
    const field: HTMLSelectElement = make(
      "select",
      { onchange: () => change(field.value) },
      options.map(([value, text]) => make("option", { value }, text)),
    );
    return [make("label", {}, make("span", {}, label), field), field];
  };
  const [from, fromField] = select(
    "From",
    years.map((year) => [String(year), String(year)]),
    (value) => range(Number(value), Number(toField.value)),
  );
  const [to, toField] = select(
    "to",
    years.map((year) => [String(year), String(year)]),
    (value) => range(Number(fromField.value), Number(value)),
  );
  const range = (a: number, b: number): void => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    store.change({ years: low === first && high === last ? null : [low, high] });
  };
  const [least, leastField] = select(
    "Named by",
    LEAST.map((many) => [String(many), many === 0 ? "any number of papers" : `${many} or more papers`]),
    (value) => store.change({ papers: Number(value) }),
  );
  const [sure, sureField] = select(
    "Confidence",
    SURE.map((percent) => [String(percent), percent === 0 ? "any" : `at least ${percent} %`]),
    (value) => store.change({ sure: Number(value) }),
  );
  const communities = graph.regions.map(({ name }, at) => [String(at), name || `Community ${at + 1}`] as const);
  const [community, communityField] = select("Community", [["", "all"], ...communities], (value) => {
    store.change({ region: value ? Number(value) : null, only: value !== "", node: null, link: null, to: null, hops: 0 });
    picture.camera.show(Array.from(graph.names.keys()).filter((node) => !value || graph.region[node] === Number(value)));
  });
  const roles = graph.roles.map((role) => {
    const toggle: HTMLInputElement = make("input", {
      type: "checkbox",
      value: role,
      onchange: () => {
        const chosen = new Set(store.get().roles);
        if (!chosen.delete(role)) chosen.add(role);
        store.change({ roles: chosen });
      },
    });
    return { role, toggle, row: make("label", { class: "check" }, toggle, graph.word(graph.termNumber.get(role)!)) };
  });
  const hubs: HTMLInputElement = make("input", { type: "checkbox", onchange: () => store.change({ hubs: !hubs.checked }) });
  const hubNames = graph.hubs
    .map((node) => graph.names[node]!)
    .slice(0, 3)
    .join(", ");
  const reset = button(
    "Show everything",
    () => {
      const { hidden, roles: none, years: all, papers, sure: any, hubs: shown, only } = START;
      store.change({ hidden, roles: none, years: all, papers, sure: any, hubs: shown, only });
    },
    { class: "quiet-button" },
  );

  fill(
    box,
    make("h2", {}, "Filters"),
    graph.hubs.length > 0 &&
      make(
        "label",
        { class: "check" },
        hubs,
        make("span", {}, "Hide what most papers name", make("span", { class: "quiet" }, ` (${hubNames} …)`)),
      ),
    years.length > 0 && make("div", { class: "pair", role: "group", "aria-label": "Years" }, from, to),
    least,
    sure,
    community,
    make(
      "fieldset",
      {},
      make("legend", {}, "The part an entity plays in a paper"),
      make(
        "div",
        { class: "checks" },
        roles.map(({ row }) => row),
      ),
    ),
    reset,
  );

  const follow = (state: State): void => {
    fromField.value = String(state.years?.[0] ?? first);
    toField.value = String(state.years?.[1] ?? last);
    leastField.value = String(LEAST.findLast((many) => many <= state.papers) ?? 0);
    sureField.value = String(SURE.findLast((percent) => percent <= state.sure) ?? 0);
    communityField.value = state.only && state.region !== null ? String(state.region) : "";
    hubs.checked = !state.hubs;
    for (const { role, toggle } of roles) toggle.checked = state.roles.has(role);
    const asked = [state.years, state.papers, state.sure, state.only, !state.hubs, state.roles.size].filter(Boolean).length;
    fill(
      opener,
      "Filters",
      asked > 0 && make("span", { class: "badge" }, String(asked), make("span", { class: "aside" }, " set")),
    );
  };
  store.listen(follow);
  follow(store.get());

  const open = (wanted: boolean): void => {
    box.hidden = !wanted;
    opener.setAttribute("aria-expanded", String(wanted));
    if (wanted) box.querySelector<HTMLElement>("input, select")?.focus();
  };
  opener.addEventListener("click", () => open(Boolean(box.hidden)));
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    open(false);
    opener.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (!box.hidden && target instanceof Node && !box.contains(target) && !opener.contains(target)) open(false);
  });
};

const LEAST = [0, 2, 3, 5, 10, 20, 50];
const SURE = [0, 50, 60, 70, 80, 90];
