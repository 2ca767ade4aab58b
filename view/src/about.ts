// The panel's words on an entity and on a paper.

import { copyButton, count, listed, make, outside, shortened, type Child } from "./elements";
import { dot, marked, nameButton, results, section, sentence, sure, titleButton, yearChart, type Teller } from "./evidence";
import { nodeQuery, turtle } from "./copying";
import { namedBy, strongest } from "./telling";

/** Everything on an entity, from its names to the papers that name it. */
export const aboutEntity = (teller: Teller, node: number): Child[] => {
  const { graph, telling } = teller;
  const told = telling?.of(node) ?? {};
  const papers = namedBy(graph, node);
  const aliases = graph.aliases[node];
  return [
    make(
      "p",
      { class: "kind" },
      dot(teller, node),
      `${graph.typeOf(node).label}, named by ${count(graph.papers[node]!, "paper")}`,
    ),
    aliases && make("p", { class: "quiet", dir: "auto" }, `also: ${shortened(aliases.join(", "), 300)}`),
    tree(teller, node),
    told.facts &&
      section(
        "Known of it",
        make(
          "dl",
          {},
          told.facts.map(([name, value]) => [make("dt", {}, wordOf(teller, name)), make("dd", { dir: "auto" }, value)]),
        ),
      ),
    told.links &&
      section(
        "Elsewhere",
        make(
          "ul",
          { class: "plain" },
          told.links.map((link) => make("li", {}, outside(link, address(link)))),
        ),
      ),
    yearChart(
      teller,
      papers.map(({ paper }) => paper),
    ),
    neighbours(teller, node),
    connections(teller, node),
    telling && results(teller, telling.resultsOf(node), true),
    papers.length > 0 &&
      section(
        "Papers that name it",
        listed(
          make("ul", { class: "rows" }),
          papers.map(
            ({ paper, term, score }) =>
              () =>
                make(
                  "li",
                  {},
                  titleButton(teller, paper),
                  make(
                    "div",
                    { class: "quiet" },
                    [graph.word(term), sure(score), graph.dates[paper]].filter(Boolean).join(" · "),
                  ),
                  sentence(teller, paper, [node]),
                ),
          ),
          8,
        ),
      ),
    copies(teller, node),
  ];
};

/** Everything on a paper: its abstract with what it names marked, its results, what it states. */
export const aboutPaper = (teller: Teller, node: number): Child[] => {
  const { graph, telling } = teller;
  const told = telling?.of(node) ?? {};
  const characters = telling?.text(node) ?? [];
  const arxiv = /^paper\/(\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})$/u.exec(graph.ids[node]!);
  const known = [graph.dates[node], told.authors && count(told.authors, "author"), told.organization].filter(Boolean).join(" · ");
  const stated = (told.relations ?? []).map(
    ([subject, term, object, score]) =>
      () =>
        make(
          "li",
          { class: "stated" },
          nameButton(teller, subject, 40),
          make("span", {}, graph.word(term)),
          nameButton(teller, object, 40),
          linkButton(teller, subject, object, sure(score)),
        ),
  );
  const silent = !telling?.marks(node).length && graph.neighbours(node).size === 0;
  return [
    make("p", { class: "kind" }, dot(teller, node), [graph.typeOf(node).label, known].filter(Boolean).join(" · ")),
    arxiv && make("p", {}, outside(`https://arxiv.org/abs/${arxiv[1]!}`, `arXiv:${arxiv[1]!}`)),
    told.abstract !== undefined &&
      section(
        "Abstract",
        make(
          "p",
          { class: "abstract", dir: "auto" },
          marked(teller, characters, [characters.indexOf("\n") + 1, characters.length], telling!.marks(node)),
        ),
      ),
    telling &&
      told.abstract === undefined &&
      make("p", { class: "quiet" }, "Its abstract is not in this file, which would be too large: it is in graph.ttl."),
    telling && results(teller, telling.resultsOf(node), false),
    connections(teller, node),
    stated.length > 0 && section("It states", listed(make("ul", { class: "rows" }), stated, 8)),
    silent && make("p", { class: "quiet" }, "Nothing was found in this paper."),
    copies(teller, node),
  ];
};

export const wordOf = ({ graph }: Teller, name: string): string => graph.word(graph.termNumber.get(name) ?? -1) || name;

export const linkButton = (teller: Teller, node: number, other: number, text: string): HTMLElement =>
  make(
    "button",
    {
      type: "button",
      class: "why",
      onclick: () => teller.link(node, other),
      "aria-label": `${text}: why ${shortened(teller.graph.names[node]!, 60)} and ${shortened(teller.graph.names[other]!, 60)} are linked`,
    },
    text,
  );

const address = (link: string): string => shortened(link.replace(/^https?:\/\/(www\.)?/u, ""), 60);

const names = (teller: Teller, nodes: readonly number[]): Child =>
  listed(
    make("ul", { class: "names" }),
    nodes.map((node) => () => make("li", {}, nameButton(teller, node, 60))),
    12,
  );

/** The place of a thing among its kinds: from the widest down to it, then what is of its kind. */
const tree = (teller: Teller, node: number): Child => {
  const { graph } = teller;
  const broader = graph.termNumber.get("broader");
  const up = (at: number): number[] =>
    graph
      .linksOf(at)
      .filter(({ term, out }) => term === broader && out)
      .map(({ other }) => other);
  const line: number[] = [];
  for (let above = up(node)[0]; above !== undefined && !line.includes(above) && line.length < 12; above = up(above)[0])
    line.unshift(above);
  const below = graph
    .linksOf(node)
    .filter(({ term, out }) => term === broader && !out)
    .map(({ other }) => other)
    .sort(graph.mostNamed);
  if (line.length === 0 && below.length === 0) return null;
  return section(
    "Its place",
    line.length > 0 &&
      make(
        "ol",
        { class: "line" },
        line.map((above) => make("li", {}, nameButton(teller, above, 40))),
        make("li", { "aria-current": "true" }, shortened(graph.names[node]!, 40)),
      ),
    below.length > 0 && [make("p", { class: "quiet" }, `${count(below.length, "kind")} of it`), names(teller, below)],
  );
};

/** What the papers that name it name most of all beside it. */
const neighbours = (teller: Teller, node: number): Child => {
  const near = strongest(teller.graph, node).slice(0, 40);
  const rows = near.map(
    ({ other, papers }) =>
      () =>
        make("li", {}, nameButton(teller, other, 44), linkButton(teller, node, other, count(papers, "paper"))),
  );
  return near.length > 0 && section("Named together with", listed(make("ul", { class: "rows near" }), rows, 8));
};

/** Links grouped by what they say, each group's nodes by their number of papers. */
const connections = (teller: Teller, node: number): Child => {
  const { graph } = teller;
  const groups = new Map<string, Set<number>>();
  const paper = graph.isPaper(node);
  const broader = graph.termNumber.get("broader");
  const links = graph.linksOf(node).filter(({ other, term, out }) => (paper ? out : !graph.isPaper(other) && term !== broader));
  for (const { other, term, out } of links.sort((a, b) => a.term - b.term || Number(b.out) - Number(a.out))) {
    const title = out ? graph.word(term) : `${graph.word(term)} this`;
    groups.set(title, (groups.get(title) ?? new Set()).add(other));
  }
  return [...groups].map(([title, others]) =>
    section(title, paper ? names(teller, [...others].sort(graph.mostNamed)) : reasons(teller, node, [...others])),
  );
};

const reasons = (teller: Teller, node: number, others: readonly number[]): Child =>
  listed(
    make("ul", { class: "names" }),
    [...others]
      .sort(teller.graph.mostNamed)
      .map((other) => () => make("li", {}, nameButton(teller, other, 44), linkButton(teller, node, other, "why"))),
    10,
  );

const copies = ({ graph, telling }: Teller, node: number): Child =>
  telling &&
  make(
    "p",
    { class: "copies" },
    copyButton("Copy as Turtle", () => turtle(graph, telling, node)),
    copyButton("Copy as SPARQL", () => nodeQuery(graph, node)),
  );
