// The panel: all that is known of the chosen node, with the sentences it rests on.

const panel = byId("panel");

const dot = (number) => coloured(make("span", { class: "dot" }), colourOf(number));
const nameButton = (number) =>
  make("button", { type: "button", class: "name-button", onclick: () => choose(number) }, dot(number), make("bdi", {}, shortened(told[number].name, 90)));
const percent = (score) => `${Math.round(score * 100)} % sure`;

const section = (title, ...content) => (content.flat(2).length ? [make("h3", {}, title), ...content] : []);
const names = (numbers) => listed(make("ul", { class: "names" }), numbers.map((number) => () => make("li", {}, nameButton(number))), 12);

/** Links grouped by what they say, in the ontology's order, each group's nodes by their number of papers. */
const connections = (number) => {
  const groups = new Map([...terms.values()].flatMap((title) => [[title, new Set()], [`${title} this`, new Set()]]));
  for (const { other, term, out } of linksOf[number]) {
    if (isPaper(number) ? !out : isPaper(other) || term === "result") continue;
    const title = out ? word(term) : `${word(term)} this`;
    groups.set(title, (groups.get(title) ?? new Set()).add(other));
  }
  return [...groups].filter(([, others]) => others.size).flatMap(([title, others]) => section(title, names([...others].sort(mostNamed))));
};

const name = (number) => make("bdi", {}, shortened(told[number].name, 90));
const results = (rows, withPaper) => {
  if (!rows.length) return [];
  const items = rows.map(({ paper, result: [entity, metric, value, on, versus] }) => () => {
    const about = [" · ", name(entity), on !== null && [" on ", name(on)], versus !== null && [" versus ", name(versus)]];
    return make("li", {}, make("bdi", { class: "value" }, value), " ", name(metric), about,
      withPaper && make("div", {}, make("button", { type: "button", class: "source-button", dir: "auto", onclick: () => choose(paper) }, told[paper].name)));
  });
  return section("Results", ...listed(make("ul", { class: "papers" }), items, 8));
};

const evidence = (entity, { paper, role, score, spans }) => {
  const characters = textOf(paper);
  const mentions = spans.map(([start, end]) => ({ start, end, entity }));
  const first = mentions.find(({ start }) => start > characters.indexOf("\n")) ?? mentions[0];
  return make("li", {},
    make("button", { type: "button", class: "title-button", dir: "auto", onclick: () => choose(paper) }, told[paper].name),
    make("div", { class: "quiet" }, [word(role), percent(score), told[paper].date].filter(Boolean).join(" · ")),
    first && make("blockquote", { dir: "auto" }, marked(characters, sentenceAround(characters, first.start, first.end), mentions)));
};

const aboutEntity = (number) => {
  const node = told[number];
  const facts = Object.entries(node.facts ?? {}).flatMap(([name, value]) => [make("dt", { class: "quiet" }, word(name)), make("dd", {}, String(value))]);
  const papers = listed(make("ul", { class: "papers" }), namedBy[number].map((named) => () => evidence(number, named)), 10);
  const missing = node.papers - namedBy[number].length;
  return [
    make("p", { class: "quiet" }, dot(number), ` ${typeOf.get(node.type).label}, named by ${count(node.papers, "paper")}`),
    node.aliases && make("p", { class: "quiet", dir: "auto" }, `also: ${shortened(node.aliases.join(", "), 400)}`),
    facts.length ? make("dl", {}, facts) : null,
    node.links && make("p", {}, node.links.flatMap((link) => [outside(link), " "])),
    connections(number),
    results(resultsOf[number], true),
    namedBy[number].length ? section("Papers that name it", papers) : null,
    missing > 0 && make("p", { class: "quiet" }, `${count(missing, "more paper")} in the whole graph`),
  ];
};

const aboutPaper = (number) => {
  const node = told[number];
  const characters = textOf(number);
  const mentions = (node.entities ?? []).flatMap(([entity, , , spans]) => spans.map(([start, end]) => ({ start, end, entity })));
  const arxiv = /^paper\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/u.exec(node.id);
  const known = [node.date, node.authors && count(node.authors, "author"), node.organization].filter(Boolean).join(" · ");
  const stated = (node.relations ?? []).map(([subject, predicate, object, score]) => () =>
    make("li", {}, nameButton(subject), ` ${word(predicate)} `, nameButton(object), make("span", { class: "quiet" }, ` ${percent(score)}`)));
  return [
    make("p", { class: "quiet" }, dot(number), ` ${typeOf.get(node.type).label}`, known && ` · ${known}`),
    arxiv && make("p", {}, outside(`https://arxiv.org/abs/${arxiv[1]}`, `arXiv:${arxiv[1]}`)),
    section("Abstract", make("div", { class: "abstract", dir: "auto" }, marked(characters, [characters.indexOf("\n") + 1, characters.length], mentions))),
    results((node.results ?? []).map((result) => ({ paper: number, result })), false),
    connections(number),
    stated.length ? section("It states", listed(make("ul", { class: "papers" }), stated, 8)) : null,
    !mentions.length && make("p", { class: "quiet" }, "Nothing was found in this paper."),
  ];
};

const tell = (number) => {
  panel.replaceChildren(
    make("button", { type: "button", class: "close", "aria-label": "Close details", onclick: () => choose(null) }, "×"),
    make("h2", { dir: "auto" }, told[number].name),
    ...(isPaper(number) ? aboutPaper(number) : aboutEntity(number)).flat(3).filter(Boolean));
  panel.scrollTop = 0;
};

/** Chooses a node (null: none): it is drawn if it was not, lit with its neighbours, and told of in the panel. */
const choose = (number, { look = true } = {}) => {
  chosen = number;
  panel.hidden = number === null;
  if (number !== null) {
    if (hiddenTypes.delete(told[number].type)) showLegend();
    draw(number);
    tell(number);
    panel.focus({ preventScroll: true });
  } else if (panel.contains(document.activeElement)) {
    byId("query").focus();
  }
  refresh();
  showCount();
  if (number !== null && look) lookAt(number);
};
