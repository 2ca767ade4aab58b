// What the panel tells, in the words of machines: Turtle, and the SPARQL query that gives the same rows.

import type { Graph } from "./graph";
import type { Telling } from "./telling";

const KG = "https://w3id.org/kgraph/ontology#";
const SKOS = "http://www.w3.org/2004/02/skos/core#";
const DCTERMS = "http://purl.org/dc/terms/";
const XSD = "http://www.w3.org/2001/XMLSchema#";
const PREFIXES = { kg: KG, skos: SKOS, dcterms: DCTERMS, xsd: XSD };

const header = (form: "turtle" | "sparql", used: string): string =>
  Object.entries(PREFIXES)
    .filter(([name]) => new RegExp(`(^|[\\s^])${name}:`, "u").test(used))
    .map(([name, iri]) => (form === "turtle" ? `@prefix ${name}: <${iri}> .\n` : `PREFIX ${name}: <${iri}>\n`))
    .join("");

/** An IRI in angle brackets; what may not stand there is escaped. */
const iri = (text: string): string =>
  `<${text.replace(/[\u0000-\u0020<>"{}|^`\\]/gu, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`)}>`;

const nodeIri = (graph: Graph, node: number): string => iri(graph.base + graph.ids[node]!);

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };

const literal = (text: string): string =>
  `"${text.replace(/[\\"\u0000-\u001f\u007f]/gu, (character) => ESCAPES[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0").toUpperCase()}`)}"`;

const DATES: readonly (readonly [RegExp, string])[] = [
  [/^\d{4}-\d{2}-\d{2}$/u, "date"],
  [/^\d{4}-\d{2}$/u, "gYearMonth"],
  [/^\d{4}$/u, "gYear"],
];

const dated = (text: string): string => {
  const kind = DATES.find(([form]) => form.test(text))?.[1];
  return kind ? `${literal(text)}^^xsd:${kind}` : literal(text);
};

const property = (name: string): string => (name === "broader" ? "skos:broader" : `kg:${name}`);

/** What is known of a node as Turtle: a part of graph.ttl. */
export const turtle = (graph: Graph, telling: Telling, node: number): string => {
  const told = telling.of(node);
  const says: [string, string][] = [["a", `kg:${graph.typeOf(node).name}`]];
  if (graph.isPaper(node)) {
    says.push(["dcterms:title", literal(graph.names[node]!)]);
    if (told.abstract !== undefined) says.push(["dcterms:abstract", literal(told.abstract)]);
    const date = graph.dates[node];
    if (date) says.push(["dcterms:issued", dated(date)]);
    if (told.authors !== undefined) says.push(["kg:authorCount", String(told.authors)]);
    if (told.organization !== undefined) says.push(["kg:submittedAs", literal(told.organization)]);
  } else {
    says.push(["skos:prefLabel", literal(graph.names[node]!)]);
    for (const alias of graph.aliases[node] ?? []) says.push(["skos:altLabel", literal(alias)]);
    for (const [name, , value] of told.facts ?? []) says.push([property(name), value]);
    for (const link of told.links ?? []) says.push(["skos:exactMatch", iri(link)]);
  }
  for (const { other, term, out } of graph.linksOf(node)) {
    if (out) says.push([property(graph.terms[term]![0]), nodeIri(graph, other)]);
  }
  const body = `${nodeIri(graph, node)}\n${says.map(([predicate, object]) => `    ${predicate} ${object}`).join(" ;\n")} .\n`;
  return `${header("turtle", body)}\n${body}`;
};

/** The query for the rows that the panel lists of a node: of a paper what it names and how, of an entity the papers that name it. */
export const nodeQuery = (graph: Graph, node: number): string => {
  const here = nodeIri(graph, node);
  const roles = [...graph.roles, "submittedBy"]
    .filter((role) => role !== "mentions")
    .map((role) => `kg:${role}`)
    .join(" ");
  const [paper, entity] = graph.isPaper(node) ? [here, "?entity"] : ["?paper", here];
  const body = [
    graph.isPaper(node) ? "SELECT ?role ?entity ?name WHERE {" : "SELECT ?paper ?title ?role WHERE {",
    graph.isPaper(node) ? "  ?entity skos:prefLabel ?name ." : "  ?paper dcterms:title ?title .",
    `  { VALUES ?role { ${roles} } ${paper} ?role ${entity} }`,
    // A paper that only mentions an entity plays no other part towards it.
    `  UNION { BIND (kg:mentions AS ?role) ${paper} kg:mentions ${entity}`,
    `          FILTER NOT EXISTS { VALUES ?stronger { ${roles.replace(" kg:submittedBy", "")} } ${paper} ?stronger ${entity} } }`,
    graph.isPaper(node) ? "} ORDER BY ?role ?name" : "} ORDER BY ?paper ?role",
  ].join("\n");
  return `${header("sparql", body)}\n${body}\n`;
};

/** The query for the papers that name two things. */
export const linkQuery = (graph: Graph, a: number, b: number): string => {
  const body =
    graph.isPaper(a) || graph.isPaper(b)
      ? `SELECT ?property WHERE {\n  ${nodeIri(graph, graph.isPaper(a) ? a : b)} ?property ${nodeIri(graph, graph.isPaper(a) ? b : a)} .\n}`
      : `SELECT ?paper ?title WHERE {\n  ?paper kg:mentions ${nodeIri(graph, a)} , ${nodeIri(graph, b)} ;\n    dcterms:title ?title .\n} ORDER BY ?paper`;
  return `${header("sparql", body)}\n${body}\n`;
};
