"""The catalogue made out of a graph: tables of its nodes, names, roles, links and results, and two indexes of words.

The word index is FTS5's (BM25, prefixes); beside it stand all its words by their trigrams, from which a
word that nobody wrote is brought to the likeliest one that somebody did.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from kgraph.ontology import load_ontology
from kgraph.query import Store, select
from kgraph.rdf.plain import Iri

__all__ = ["FILE", "VERSION", "catalogue"]

FILE = "catalogue.sqlite"
VERSION = "2"
"""Changed with the tables, so that a catalogue of other ones is made anew."""

_INDEXES = """
CREATE INDEX named ON name (n);
CREATE INDEX listed ON node (type, papers DESC, label);
CREATE INDEX in_papers ON role (entity, date DESC, paper);
CREATE INDEX in_roles ON role (entity, role);
CREATE INDEX of_paper ON role (paper);
CREATE INDEX links_from ON link (subject, predicate);
CREATE INDEX links_to ON link (object, predicate);
CREATE INDEX results_of ON result (entity);
CREATE INDEX results_in ON result (metric);
CREATE INDEX results_on ON result (place);
CREATE INDEX results_against ON result (versus);
CREATE INDEX results_from ON result (paper);
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (text, row);
CREATE VIRTUAL TABLE word USING fts5 (term, tokenize = 'trigram');
INSERT INTO word (term) SELECT term FROM vocabulary WHERE LENGTH(term) BETWEEN 3 AND 40;
ANALYZE;
"""


def catalogue(store: Store, folder: Path) -> None:
    """Write the catalogue of a graph into the folder; about 15 s a million triples."""
    database = sqlite3.connect(folder / FILE)
    try:
        database.executescript((files("kgraph.web") / "schema.sql").read_text(encoding="utf-8"))
        nodes = _nodes(store, database)
        _names(store, database, nodes)
        _roles(store, database, nodes)
        _links(store, database, nodes)
        _results(store, database, nodes)
        _words(database)
        database.executescript(_INDEXES)
        database.commit()
    finally:
        database.close()


def _rows(store: Store, query: str) -> Iterable[tuple[Any, ...]]:
    return select(store, query).rows


def _nodes(store: Store, database: sqlite3.Connection) -> dict[str, int]:
    """Number every paper and entity; their numbers by their addresses."""
    nodes: dict[str, int] = {}
    for type in load_ontology().types:
        rows = _rows(
            store,
            f"""SELECT ?node (SAMPLE(?l) AS ?label) (EXISTS {{ ?node skos:inScheme kg:vocabulary }} AS ?known)
                {{ ?node a kg:{type} ; skos:prefLabel ?l }} GROUP BY ?node ORDER BY ?node""",
        )
        _insert(store, database, nodes, ((iri, type, label, "", "", bool(known)) for iri, label, known in rows))
    papers = _rows(
        store,
        """SELECT ?node (SAMPLE(?t) AS ?title) (SAMPLE(STR(?d)) AS ?date) (SAMPLE(?a) AS ?abstract)
           { ?node a kg:Paper ; dcterms:title ?t OPTIONAL { ?node dcterms:issued ?d }
             OPTIONAL { ?node dcterms:abstract ?a } } GROUP BY ?node ORDER BY ?node""",
    )
    _insert(store, database, nodes, ((i, "Paper", t, d or "", a or "", False) for i, t, d, a in papers))
    return nodes


def _insert(store: Store, database: sqlite3.Connection, nodes: dict[str, int], rows: Iterable[tuple[Any, ...]]) -> None:
    def numbered() -> Iterator[tuple[Any, ...]]:
        for iri, *about in rows:
            if isinstance(iri, Iri) and iri.startswith(store.base_iri) and iri not in nodes:
                nodes[iri] = len(nodes) + 1
                yield nodes[iri], iri.removeprefix(store.base_iri), *about

    statement = "INSERT INTO node (n, id, type, label, date, abstract, vocabulary) VALUES (?, ?, ?, ?, ?, ?, ?)"
    database.executemany(statement, numbered())


def _names(store: Store, database: sqlite3.Connection, nodes: dict[str, int]) -> None:
    rows = _rows(store, "SELECT ?node ?name { ?node skos:altLabel ?name } ORDER BY ?node ?name")
    database.executemany("INSERT INTO name VALUES (?, ?)", ((nodes[iri], str(n)) for iri, n in rows if iri in nodes))


def _roles(store: Store, database: sqlite3.Connection, nodes: dict[str, int]) -> None:
    """Which paper names what, in its strongest role."""
    strongest: dict[tuple[str, str], str] = {}
    for role in reversed(load_ontology().roles):
        for paper, entity in _rows(store, f"SELECT ?p ?e {{ ?p kg:{role} ?e . ?p a kg:Paper }}"):
            strongest[entity, paper] = role
    dates = dict(database.execute("SELECT n, date FROM node WHERE type = 'Paper'"))
    rows = (
        (nodes[entity], dates[nodes[paper]], nodes[paper], role)
        for (entity, paper), role in sorted(strongest.items())
        if entity in nodes and paper in nodes
    )
    database.executemany("INSERT INTO role VALUES (?, ?, ?, ?)", rows)
    database.execute(
        """UPDATE node SET papers = counted.papers
           FROM (SELECT entity, COUNT(*) AS papers FROM role GROUP BY entity) AS counted WHERE n = counted.entity"""
    )


def _links(store: Store, database: sqlite3.Connection, nodes: dict[str, int]) -> None:
    """What links two entities, and how many papers say so."""
    stated: dict[tuple[str, str, str], int] = {}
    names = ("broader", *load_ontology().predicates)
    for name in names:
        property = "skos:broader" if name == "broader" else f"kg:{name}"
        for subject, object in _rows(store, f"SELECT ?s ?o {{ ?s {property} ?o . ?s skos:prefLabel ?l }}"):
            if subject in nodes and object in nodes:
                stated[subject, name, object] = 0
        counts = f"""SELECT ?s ?o (COUNT(DISTINCT ?paper) AS ?papers) {{ ?x rdf:predicate {property} ;
            rdf:subject ?s ; rdf:object ?o ; kg:inPaper ?paper }} GROUP BY ?s ?o"""
        for subject, object, papers in _rows(store, counts):
            if (subject, name, object) in stated:
                stated[subject, name, object] = papers
    rows = ((nodes[s], p, nodes[o], papers) for (s, p, o), papers in sorted(stated.items()))
    database.executemany("INSERT INTO link VALUES (?, ?, ?, ?)", rows)


def _results(store: Store, database: sqlite3.Connection, nodes: dict[str, int]) -> None:
    rows = _rows(
        store,
        """SELECT ?r ?paper ?entity ?metric ?value ?number ?unit ?place ?versus {
             ?r a kg:Result ; kg:inPaper ?paper ; kg:value ?value
             OPTIONAL { ?r kg:resultOf ?entity } OPTIONAL { ?r kg:metric ?metric }
             OPTIONAL { ?r kg:numericValue ?number } OPTIONAL { ?r kg:unit ?unit }
             OPTIONAL { ?r kg:measuredOn ?place } OPTIONAL { ?r kg:versus ?versus } } ORDER BY ?r""",
    )
    found = (
        (id.removeprefix(store.base_iri), nodes[paper], *map(nodes.get, (entity, metric)), value, number, unit,
         *map(nodes.get, (place, versus)))
        for id, paper, entity, metric, value, number, unit, place, versus in rows
        if paper in nodes
    )  # fmt: skip
    database.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", found)


def _words(database: sqlite3.Connection) -> None:
    """Index every node by its names, papers by their abstracts too."""
    database.execute(
        """INSERT INTO text (rowid, names, body)
           SELECT node.n, node.label || ' ' || COALESCE(other.labels, ''), abstract FROM node
           LEFT JOIN (SELECT n, GROUP_CONCAT(label, ' ') AS labels FROM name GROUP BY n) AS other ON other.n = node.n"""
    )
