// The panel's words on a link, on a path and on a region.

import { linkQuery } from "./copying";
import { copyButton, count, listed, make, type Child } from "./elements";
import { linkButton } from "./about";
import { nameButton, section, sentence, sure, titleButton, yearChart, type Teller } from "./evidence";
import { namedBy } from "./telling";

/** Why two nodes are linked: what the papers state, each with its sentence, and where else both are named. */
export const aboutLink = (teller: Teller, a: number, b: number): Child[] => {
  const { graph, telling } = teller;
  const paper = [a, b].find(graph.isPaper);
  const stated = telling?.between(a, b) ?? [];
  const stating = new Set(stated.map(({ paper: by }) => by));
  const rows = stated.map(
    ({ paper: by, stated: [subject, term, object, score, start, end] }) =>
      () =>
        make(
          "li",
          {},
          titleButton(teller, by),
          make(
            "div",
            { class: "quiet" },
            `${graph.names[subject]!} ${graph.word(term)} ${graph.names[object]!} · ${sure(score)}`,
          ),
          sentence(teller, by, [a, b], start !== undefined && end !== undefined ? [start, end] : undefined),
        ),
  );
  const both = paper === undefined ? together(teller, a, b).filter((by) => !stating.has(by)) : [];
  const known = graph
    .linksOf(a)
    .filter((link) => link.other === b && link.known)
    .map(({ term, out }) =>
      make("p", {}, `The vocabularies say: ${graph.names[out ? a : b]!} ${graph.word(term)} ${graph.names[out ? b : a]!}.`),
    );
  return [
    make("p", { class: "ends" }, nameButton(teller, a, 60), nameButton(teller, b, 60)),
    known,
    paper !== undefined && roles(teller, paper, paper === a ? b : a),
    rows.length > 0 && section(`Stated by ${count(stating.size, "paper")}`, listed(make("ul", { class: "rows" }), rows, 8)),
    both.length > 0 &&
      section(
        `${rows.length ? "Also named" : "Named"} together in ${count(both.length, "paper")}`,
        listed(
          make("ul", { class: "rows" }),
          both.map(
            (by) => () =>
              make(
                "li",
                {},
                titleButton(teller, by),
                make("div", { class: "quiet" }, graph.dates[by]),
                sentence(teller, by, [a]),
                sentence(teller, by, [b]),
              ),
          ),
          6,
        ),
      ),
    make(
      "p",
      { class: "copies" },
      copyButton("Copy as SPARQL", () => linkQuery(graph, a, b)),
    ),
  ];
};

/** The papers that name both. */
const together = ({ graph }: Teller, a: number, b: number): number[] => {
  const others = new Set(namedBy(graph, b).map(({ paper }) => paper));
  return [...new Set(namedBy(graph, a).map(({ paper }) => paper))].filter((paper) => others.has(paper));
};

const roles = (teller: Teller, paper: number, entity: number): Child =>
  teller.graph
    .linksOf(paper)
    .filter(({ other }) => other === entity)
    .map(({ term, score }) =>
      section(teller.graph.word(term), make("p", { class: "quiet" }, sure(score)), sentence(teller, paper, [entity])),
    );

/** A path as a list of its nodes, with what links each to the next. */
export const aboutPath = (teller: Teller, path: readonly number[]): Child[] => {
  const { graph } = teller;
  if (path.length === 0)
    return [make("p", {}, "No path leads from one to the other through what is shown. Fewer filters may open one.")];
  const words = (a: number, b: number): string =>
    [
      ...new Set(
        graph
          .linksOf(a)
          .filter(({ other }) => other === b)
          .map(({ term, out }) => (out ? graph.word(term) : `${graph.word(term)} this`)),
      ),
    ]
      .slice(0, 3)
      .join(", ");
  return [
    make("p", { class: "kind" }, `${count(path.length - 1, "step")}, by what is rarely named where it can be`),
    make(
      "ol",
      { class: "path" },
      path.map((node, at) => {
        const next = path[at + 1];
        return make(
          "li",
          {},
          nameButton(teller, node, 70),
          next !== undefined && make("div", { class: "quiet" }, words(node, next), " ", linkButton(teller, node, next, "why")),
        );
      }),
    ),
  ];
};

/** A community: what it is about, by type. */
export const aboutRegion = (teller: Teller, region: number): Child[] => {
  const { graph } = teller;
  const members = Array.from(graph.names.keys())
    .filter((node) => graph.region[node] === region)
    .sort(graph.mostNamed);
  const papers = members.filter(graph.isPaper);
  const groups = graph.types
    .map((type, at) => ({ type, nodes: members.filter((node) => graph.type[node] === at) }))
    .filter(({ nodes }) => nodes.length > 0);
  return [
    make(
      "p",
      { class: "kind" },
      `A community of ${count(members.length - papers.length, "entity", "entities")} and ${count(papers.length, "paper")}: more links lead to each other than to the rest.`,
    ),
    yearChart(teller, papers),
    groups.map(({ type, nodes }) =>
      section(
        `${type.label} (${nodes.length.toLocaleString("en")})`,
        type.name === "Paper"
          ? listed(
              make("ul", { class: "rows" }),
              nodes.map(
                (node) => () => make("li", {}, titleButton(teller, node), make("div", { class: "quiet" }, graph.dates[node])),
              ),
              6,
            )
          : listed(
              make("ul", { class: "names" }),
              nodes.map((node) => () => make("li", {}, nameButton(teller, node, 50))),
              10,
            ),
      ),
    ),
  ];
};
