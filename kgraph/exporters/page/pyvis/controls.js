// Search, legend, zoom and keys.

const query = byId("query");
const found = byId("found");

const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
let index = null;
const indexed = () => (index ??= told.map((node) => [node.name, ...(node.aliases ?? [])].map(plain)));

/** How well a node answers: a whole name, then a beginning, a word, any place, of the name before the aliases; null if not at all. */
const rank = (keys, wanted) => {
  let best = null;
  keys.forEach((key, number) => {
    const at = key.indexOf(wanted);
    if (at < 0) return;
    const inside = key === wanted ? 0 : at === 0 ? 1 : /[\s\-/(.]/u.test(key[at - 1]) ? 2 : 3;
    const here = inside && inside * 2 + (number > 0 ? 1 : 0);
    if (best === null || here < best) best = here;
  });
  return best;
};
const search = (text) => {
  const wanted = plain(text.trim());
  if (!wanted) return [...place.keys()].sort(mostNamed).slice(0, 30);
  return indexed()
    .map((keys, number) => [rank(keys, wanted), number])
    .filter(([rank]) => rank !== null)
    .sort(([a, left], [b, right]) => a - b || mostNamed(left, right))
    .slice(0, 30)
    .map(([, number]) => number);
};

let answers = [];
let active = -1;
const close = () => {
  found.hidden = true;
  query.setAttribute("aria-expanded", "false");
  query.removeAttribute("aria-activedescendant");
};
const activate = (number) => {
  found.children[active]?.setAttribute("aria-selected", "false");
  active = number;
  const option = found.children[active];
  if (!option) return;
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  query.setAttribute("aria-activedescendant", option.id);
};
const pick = (number) => {
  close();
  query.value = "";
  choose(number);
};
const answer = () => {
  answers = search(query.value);
  found.replaceChildren(...answers.map((number, at) => {
    const about = isPaper(number) ? told[number].date ?? typeOf.get("Paper").label : count(told[number].papers, "paper");
    return make("li", { id: `option-${at}`, role: "option", "aria-selected": "false", onmousedown: (event) => event.preventDefault(), onclick: () => pick(number) },
      dot(number), make("span", { class: "name", dir: "auto" }, told[number].name), make("span", { class: "more" }, about));
  }));
  if (!answers.length) found.append(make("li", { role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing of that name"));
  found.hidden = false;
  query.setAttribute("aria-expanded", "true");
  active = -1;
  if (answers.length && query.value.trim()) activate(0);
};
query.addEventListener("input", answer);
query.addEventListener("focus", answer);
query.addEventListener("blur", close);
query.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (found.hidden) answer();
    const step = event.key === "ArrowDown" ? 1 : -1;
    if (answers.length) activate((active + step + answers.length) % answers.length);
  } else if (event.key === "Enter" && !found.hidden && active >= 0) {
    event.preventDefault();
    pick(answers[active]);
  } else if (event.key === "Escape" && !found.hidden) {
    event.stopPropagation();
    close();
  }
});

const showLegend = () => {
  const numbers = new Map();
  for (const number of place.keys()) numbers.set(told[number].type, (numbers.get(told[number].type) ?? 0) + 1);
  byId("legend").replaceChildren(...types.filter(({ name }) => numbers.has(name)).map(({ name, label, colour }) => {
    const toggle = () => {
      if (!hiddenTypes.delete(name)) hiddenTypes.add(name);
      if (chosen !== null && isHidden(chosen)) choose(null);
      refresh();
      showLegend();
      showCount();
      byId("legend").querySelector(`[data-type="${CSS.escape(name)}"]`)?.focus();
    };
    return make("button", { type: "button", "data-type": name, "aria-pressed": String(!hiddenTypes.has(name)), onclick: toggle },
      coloured(make("span", { class: "dot" }), colour), make("span", { class: "label" }, label), make("span", { class: "number" }, numbers.get(name).toLocaleString("en")));
  }));
};
const showCount = () => {
  const shown = [...place.keys()].filter((number) => !isHidden(number)).length;
  const all = Number(byId("count").dataset.all);
  const others = told.length - place.size;
  const more = others > 0 ? `, the most named; search draws ${others + place.size < all ? count(others, "other") : "the others"}` : "";
  byId("count").textContent = `showing ${shown.toLocaleString("en")} of ${count(all, "node")}${more}`;
};

byId("closer").addEventListener("click", () => zoomBy(1.4));
byId("farther").addEventListener("click", () => zoomBy(1 / 1.4));
byId("whole").addEventListener("click", showWhole);
network.on("click", ({ nodes }) => choose(nodes[0] ?? null, { look: false }));
network.on("hoverNode", () => (frame.style.cursor = "pointer"));
network.on("blurNode", () => (frame.style.cursor = ""));
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== query && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
  } else if (event.key === "Escape") {
    if (byId("help").open) byId("help").open = false;
    else if (chosen !== null) choose(null);
  }
});

showLegend();
showCount();
refresh();
document.documentElement.dataset.ready = "";
