// Names, sentences and numbers as the panel shows them.

import { coloured, draw, listed, make, number, shortened, type Child } from "./elements";
import type { Graph } from "./graph";
import { sentenceAround, type Mark, type Result, type Telling } from "./telling";
import { cssColour } from "./themes";

/** What the parts of the panel need: the graph, what can be told of it, and how one goes on. */
export interface Teller {
  readonly graph: Graph;
  readonly telling: Telling | null;
  readonly choose: (node: number) => void;
  readonly link: (node: number, other: number) => void;
}

export const dot = ({ graph }: Teller, node: number): HTMLElement =>
  coloured(
    make("span", { class: graph.isPaper(node) ? "dot paper" : "dot", "aria-hidden": "true" }),
    cssColour(graph.typeOf(node)),
  );

export const nameButton = (teller: Teller, node: number, longest = 90): HTMLElement =>
  make(
    "button",
    { type: "button", class: "name", onclick: () => teller.choose(node) },
    dot(teller, node),
    make("bdi", {}, shortened(teller.graph.names[node]!, longest)),
  );

export const titleButton = (teller: Teller, paper: number): HTMLElement =>
  make(
    "button",
    { type: "button", class: "title", dir: "auto", onclick: () => teller.choose(paper) },
    teller.graph.names[paper]!,
  );

export const sure = (score: number): string => `${score} % sure`;

export const section = (title: string, ...content: Child[]): Child => {
  const some = content.flat(3).filter(Boolean);
  return some.length > 0 && make("section", {}, make("h3", {}, title), some as Child[]);
};

/** The characters of a stretch, marked in the colours of what they name. */
export const marked = (
  { graph }: Teller,
  characters: readonly string[],
  [from, to]: readonly [number, number],
  marks: readonly Mark[],
): Child[] => {
  const parts: Child[] = [];
  let at = from;
  for (const { start, end, entity } of [...marks].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at || end > to) continue;
    parts.push(characters.slice(at, start).join(""));
    const title = `${graph.names[entity]!} (${graph.typeOf(entity).label})`;
    parts.push(coloured(make("mark", { title }, characters.slice(start, end).join("")), cssColour(graph.typeOf(entity))));
    at = end;
  }
  parts.push(characters.slice(at, to).join(""));
  return parts;
};

/** The sentence of a paper in which some entities are named, each marked; nothing where its text is not here. */
export const sentence = (
  teller: Teller,
  paper: number,
  entities: readonly number[],
  place?: readonly [number, number],
): Child => {
  const { telling } = teller;
  if (!telling) return null;
  const characters = telling.text(paper);
  const marks = telling.marks(paper).filter(({ entity }) => entities.includes(entity));
  const titleEnd = characters.indexOf("\n");
  const first =
    marks.find(({ start, end }) => start > titleEnd && end <= characters.length) ?? marks.find(({ end }) => end <= titleEnd);
  const [start, end] = place ?? (first ? [first.start, first.end] : [0, 0]);
  if (end === 0 || end > characters.length) return null;
  const stretch = place && start > titleEnd ? ([start, end] as const) : sentenceAround(characters, start, end);
  return make("blockquote", { dir: "auto" }, marked(teller, characters, stretch, marks));
};

/** The results of a node, each with its number large. */
export const results = (teller: Teller, rows: readonly { paper: number; result: Result }[], withPaper: boolean): Child => {
  const name = (node: number): Child => make("bdi", {}, shortened(teller.graph.names[node]!, 60));
  const items = rows.map(
    ({ paper, result: [entity, metric, value, on, versus] }) =>
      () =>
        make(
          "li",
          { class: "result" },
          make("bdi", { class: "value" }, value),
          make("span", {}, name(metric)),
          make(
            "div",
            { class: "quiet" },
            name(entity),
            on !== null && [" on ", name(on)],
            versus !== null && [" versus ", name(versus)],
          ),
          withPaper &&
            make(
              "div",
              {},
              make(
                "button",
                { type: "button", class: "source", dir: "auto", onclick: () => teller.choose(paper) },
                teller.graph.names[paper]!,
              ),
            ),
        ),
  );
  return rows.length > 0 && section(`Results`, listed(make("ul", { class: "rows" }), items, 5));
};

const WIDE = 340;
const HIGH = 56;

/** Papers by year as bars; the numbers stand in words for those who do not see them. */
export const yearChart = (teller: Teller, papers: readonly number[]): Child => {
  const { year } = teller.graph;
  const known = papers.filter((paper) => year[paper]);
  if (known.length < 2) return null;
  const years = known.map((paper) => year[paper]!);
  const [first, last] = [years.reduce((a, b) => Math.min(a, b)), years.reduce((a, b) => Math.max(a, b))];
  if (last - first > 80 || first === last) return null;
  const counts = Array.from({ length: last - first + 1 }, (_, at) => years.filter((one) => one === first + at).length);
  const most = Math.max(...counts);
  const step = Math.min(46, WIDE / counts.length);
  const bars = counts.map((many, at) => {
    const height = (many / most) * (HIGH - 12);
    return draw(
      "g",
      {},
      draw(
        "rect",
        { x: at * step + 1, y: HIGH - height, width: step - 3, height, rx: 2 },
        draw("title", {}, `${first + at}: ${many}`),
      ),
      many > 0 &&
        step > 18 &&
        draw("text", { x: at * step + step / 2 - 0.5, y: HIGH - height - 4, "text-anchor": "middle" }, number(many)),
    );
  });
  const label = `Papers by year: ${counts.map((many, at) => `${first + at}, ${many}`).join("; ")}`;
  const dated = known.length < papers.length ? ` (${number(known.length)} of ${number(papers.length)} have a date)` : "";
  return section(
    `Papers by year${dated}`,
    draw(
      "svg",
      { class: "chart", viewBox: `0 0 ${WIDE} ${HIGH + 16}`, role: "img", "aria-label": label },
      bars,
      draw("text", { x: step / 2 - 0.5, y: HIGH + 13, "text-anchor": "middle" }, String(first)),
      draw("text", { x: (counts.length - 0.5) * step - 0.5, y: HIGH + 13, "text-anchor": "middle" }, String(last)),
    ),
  );
};
