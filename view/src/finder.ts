// A field that finds names as one types: a combobox by the pattern of the ARIA practices guide.

import { coloured, count, fill, make } from "./elements";
import type { Graph } from "./graph";
import type { Search } from "./search";
import { cssColour } from "./themes";

interface Wishes {
  readonly label: string;
  readonly hint: string;
  readonly pick: (node: number) => void;
  readonly among?: (node: number) => boolean;
  readonly key?: string;
}

const MOST = 30;
let fields = 0;

export const finder = (graph: Graph, search: Search, { label, hint, pick, among, key }: Wishes): HTMLElement => {
  const name = `find-${(fields += 1)}`;
  const list = make("ul", { id: name, role: "listbox", "aria-label": `${label}: names found`, hidden: true });
  const field = make("input", {
    type: "search",
    role: "combobox",
    "aria-label": label,
    "aria-autocomplete": "list",
    "aria-controls": name,
    "aria-expanded": "false",
    placeholder: hint,
    autocomplete: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  let answers: readonly number[] = [];
  let active = -1;

  const close = (): void => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const activate = (at: number): void => {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const option = list.children[at];
    if (!option) return;
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  };
  const choose = (at: number): void => {
    const node = answers[at];
    if (node === undefined) return;
    close();
    field.value = "";
    pick(node);
  };
  const answer = (): void => {
    const found = search.answers(field.value, MOST, among);
    answers = found.map(({ node }) => node);
    fill(
      list,
      found.map(({ node, alias }, at) => {
        const about = graph.isPaper(node) ? (graph.dates[node] ?? graph.typeOf(node).label) : count(graph.papers[node]!, "paper");
        return make(
          "li",
          {
            id: `${name}-${at}`,
            role: "option",
            "aria-selected": "false",
            onmousedown: (event: Event) => event.preventDefault(),
            onclick: () => choose(at),
          },
          coloured(make("span", { class: graph.isPaper(node) ? "dot paper" : "dot" }), cssColour(graph.typeOf(node))),
          make(
            "span",
            { class: "found-name", dir: "auto" },
            graph.names[node]!,
            alias !== null && make("span", { class: "alias" }, ` ${alias}`),
          ),
          make("span", { class: "number" }, about),
        );
      }),
      found.length === 0 &&
        make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing of that name"),
    );
    list.hidden = false;
    field.setAttribute("aria-expanded", "true");
    active = -1;
    if (found.length > 0 && field.value.trim()) activate(0);
  };

  field.addEventListener("input", answer);
  field.addEventListener("focus", () => {
    search.ready();
    answer();
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) answer();
      const step = event.key === "ArrowDown" ? 1 : -1;
      if (answers.length > 0) activate((active + step + answers.length) % answers.length);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
  return make("div", { class: "finder" }, field, key !== undefined && make("kbd", { "aria-hidden": "true" }, key), list);
};
