// What can be told: the nodes, and their links in both directions.

const { nodes: told, drawn: drawnAtFirst, links, regions, types, terms: pairs } = JSON.parse(byId("scene").textContent);
const typeOf = new Map(types.map((type) => [type.name, type]));
const isPaper = (number) => told[number].type === "Paper";
const colourOf = (number) => typeOf.get(told[number].type).colour;
const terms = new Map(pairs);
const word = (term) => terms.get(term) ?? term;
const textOf = (paper) => [...`${told[paper].name}\n${told[paper].abstract}`]; // offsets count code points

/** For each node its links: {other, term, out, score, papers}; `out` where the node is the subject. */
const linksOf = told.map(() => []);
/** For each entity the papers that name it: {paper, role, score, spans}. */
const namedBy = told.map(() => []);
/** For each entity the results it has part in: {paper, result}. */
const resultsOf = told.map(() => []);

const connect = (subject, object, term, about) => {
  linksOf[subject].push({ other: object, term, out: true, ...about });
  linksOf[object].push({ other: subject, term, out: false, ...about });
};
for (const [subject, object, term, papers, score, vocabulary] of links) {
  connect(subject, object, term, { papers, score, vocabulary });
}
told.forEach((node, paper) => {
  for (const [entity, role, score, spans] of node.entities ?? []) {
    connect(paper, entity, role, { score });
    namedBy[entity].push({ paper, role, score, spans });
  }
  for (const result of node.results ?? []) {
    const [entity, metric, , on, versus] = result;
    for (const end of new Set([entity, metric, on, versus])) {
      if (end !== null) resultsOf[end].push({ paper, result });
    }
    if (entity !== metric) connect(entity, metric, "result", { score: 1 });
  }
});
for (const named of namedBy) named.sort((a, b) => b.score - a.score || a.paper - b.paper);

const sentences = globalThis.Intl?.Segmenter ? new Intl.Segmenter("en", { granularity: "sentence" }) : null;

/** Where the sentence around some characters begins and ends; the whole text where none can be told. */
const sentenceAround = (characters, start, end) => {
  const titleEnd = characters.indexOf("\n");
  if (end <= titleEnd) return [0, titleEnd];
  if (!sentences) return [titleEnd + 1, characters.length];
  let from = titleEnd + 1;
  let found = null;
  for (const { segment } of sentences.segment(characters.slice(from).join(""))) {
    const to = from + [...segment].length;
    if (found) found[1] = end > from ? to : found[1];
    else if (start < to) found = [from, to];
    if (found && end <= to) break;
    from = to;
  }
  return found ?? [titleEnd + 1, characters.length];
};

/** The characters of a stretch, mentions marked in the colour of their entity: [{start, end, entity}]. */
const marked = (characters, [from, to], mentions) => {
  const parts = [];
  let at = from;
  for (const { start, end, entity } of [...mentions].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start < at || end > to) continue;
    parts.push(characters.slice(at, start).join(""));
    const about = `${told[entity].name} (${typeOf.get(told[entity].type).label})`;
    parts.push(coloured(make("mark", { title: about }, characters.slice(start, end).join("")), colourOf(entity)));
    at = end;
  }
  parts.push(characters.slice(at, to).join(""));
  return parts;
};
