r"""``tables/*.parquet``: the graph as tables for pandas, Polars and DuckDB.

Six tables, whose columns :data:`TABLES` describes; the descriptions stand in the files too, as
metadata of the columns. Keys are the graph's: a paper is ``paper/2401.00001``, an entity
``hardware/nvidia-a100``, in every table. Offsets count characters of ``title + "\n" + abstract``,
scores lie above 0 and up to 1. Two tables hold facts: ``facts`` what each paper and the
vocabularies *say*, a row a statement; ``relations`` what is *so* between two entities, joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from kgraph.files import whole
from kgraph.graph import Graph, facts, members, results, vocabulary_facts
from kgraph.iri import paper_node

if TYPE_CHECKING:
    import pyarrow

__all__ = ["TABLES", "Column", "Table", "TablesExporter", "arrow_table"]

_ROWS_AT_ONCE = 1 << 14  # a row group, and what is held in memory

Row = tuple[Any, ...]


class Column(NamedTuple):
    """A column: its name, its type in Arrow's words, what it holds."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and what gives its rows."""

    columns: tuple[Column, ...]
    rows: Callable[[Graph], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class TablesExporter:
    """Writes the tables, a row group at a time."""

    name: str = "tables"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the files into ``tables/`` in the folder; give their paths."""
        from pyarrow.parquet import ParquetWriter

        paths = []
        for name, table in TABLES.items():
            path = folder / "tables" / f"{name}.parquet"
            schema = _schema(table.columns)
            rows = table.rows(graph)
            with whole(path) as stream, ParquetWriter(stream, schema, compression="zstd") as writer:
                while batch := list(islice(rows, _ROWS_AT_ONCE)):
                    writer.write_table(_arrow(batch, schema))
            paths.append(path)
        return paths


def arrow_table(graph: Graph, name: str) -> pyarrow.Table:
    """One of the tables in memory."""
    table = TABLES[name]
    return _arrow(list(table.rows(graph)), _schema(table.columns))


def _schema(columns: Iterable[Column]) -> pyarrow.Schema:
    import pyarrow

    types = {
        "string": pyarrow.string(),
        "int32": pyarrow.int32(),
        "double": pyarrow.float64(),
        "bool": pyarrow.bool_(),
        "list<string>": pyarrow.list_(pyarrow.string()),
    }
    return pyarrow.schema(
        [
            pyarrow.field(column.name, types[column.type], metadata={"description": column.description})
            for column in columns
        ]
    )


def _arrow(rows: list[Row], schema: pyarrow.Schema) -> pyarrow.Table:
    """The rows in Arrow's memory, by way of JSON: ``pyarrow.array`` would import pandas for it, half a second."""
    import orjson
    from pyarrow import Table
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    if not rows:
        return schema.empty_table()
    names = schema.names
    lines = b"\n".join([orjson.dumps(dict(zip(names, row, strict=True))) for row in rows])
    found = read_json(
        BytesIO(lines),
        read_options=ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    return Table.from_arrays(found.columns, schema=schema)  # with the descriptions, which the reader drops


def _papers(graph: Graph) -> Iterator[Row]:
    relations = {paper_node(annotation.paper.id): len(annotation.relations) for annotation in graph.annotations}
    for id, about in graph.nx.nodes(data=True):
        if about["kind"] == "paper":
            names = ("label", "abstract", "date", "year", "authors", "organization")
            handle = [other for _, other, key in graph.nx.out_edges(id, keys=True) if key == "submittedBy"]
            entities = sum(kind == "role" for *_, kind in graph.nx.out_edges(id, data="kind"))
            counts = entities, relations.get(id, 0), graph.nx.in_degree(id)
            yield id, *map(about.get, names), handle[0] if handle else None, members(about["source"]), *counts


def _entities(graph: Graph) -> Iterator[Row]:
    for id, about in graph.nx.nodes(data=True):
        if about["kind"] == "entity":
            above = [other for _, other, key in graph.nx.out_edges(id, keys=True) if key == "broader"]
            lists = members(about.get("aliases", "")), above, members(about.get("links", ""))
            yield id, about["type"], about["label"], about["papers"], about["vocabulary"], *lists


def _mentions(graph: Graph) -> Iterator[Row]:
    for annotation in graph.annotations:
        paper = paper_node(annotation.paper.id)
        yield from sorted(
            (paper, entity.id, entity.type, mention.start, mention.end, mention.text, entity.score)
            for entity in annotation.entities
            for mention in entity.mentions
        )


def _facts(graph: Graph) -> Iterator[Row]:
    for fact in facts(graph):
        first = fact.mentions[0] if fact.mentions else fact
        ends = *_named(graph, fact.subject), fact.predicate, *_named(graph, fact.object)
        yield *ends, None, None, fact.kind, fact.paper, fact.score, first.start, first.end, len(fact.mentions)
    for id, about in graph.nx.nodes(data=True):
        if about["kind"] == "entity":
            for name, value in vocabulary_facts(about):
                number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
                text = str(value).lower() if isinstance(value, bool) else str(value)
                yield *_named(graph, id), name, None, None, None, text, number, "value", None, 1.0, None, None, 0


def _relations(graph: Graph) -> Iterator[Row]:
    for subject, object, predicate, data in graph.nx.edges(keys=True, data=True):
        if data["kind"] in {"relation", "broader"}:
            ends = *_named(graph, subject), predicate, *_named(graph, object)
            yield *ends, data["papers"], data["score"], data["vocabulary"]


def _results(graph: Graph) -> Iterator[Row]:
    for id, about, ends in results(graph):
        named = (_named(graph, ends.get(key))[:2] for key in ("resultOf", "metric", "measuredOn", "versus"))
        value = about["value"], about.get("numericValue"), about.get("unit")
        (entity, metric, on, versus) = named
        place = about["score"], about.get("start"), about.get("end")
        yield id, ends.get("inPaper"), *entity, *metric, *value, *on, *versus, *place


def _named(graph: Graph, id: str | None) -> tuple[str | None, str | None, str | None]:
    """A node with its label and type, for whom a join is one too many."""
    if id is None:
        return None, None, None
    about = graph.nx.nodes[id]
    return id, about["label"], about.get("type", "Paper")


def _ends(subject: str, object: str) -> tuple[Column, ...]:
    return (
        Column("subject", "string", f"{subject}: its node"),
        Column("subject_name", "string", "its label; a paper's title"),
        Column("subject_type", "string", "its type; Paper for a paper"),
        Column("predicate", "string", "the property's name in the ontology"),
        Column("object", "string", f"{object}: its node"),
        Column("object_name", "string", "its label"),
        Column("object_type", "string", "its type"),
    )


def _thing(name: str, description: str) -> tuple[Column, Column]:
    return Column(name, "string", f"{description}: its node"), Column(f"{name}_name", "string", "its label")


_SCORE = Column("score", "double", "how sure the extraction is, above 0 and up to 1")
_START = Column("start", "int32", "characters of title, line feed and abstract before it")
_END = Column("end", "int32", "characters of title, line feed and abstract up to and with its last")

TABLES = {
    "papers": Table(
        (
            Column("id", "string", "the paper's node"),
            Column("title", "string", "its title"),
            Column("abstract", "string", "its abstract"),
            Column("date", "string", "ISO 8601, as exact as known: 2024, 2024-03 or 2024-03-11"),
            Column("year", "int32", "the year of that date"),
            Column("authors", "int32", "how many authors the input states"),
            Column("organization", "string", "the handle that submitted it, to the letter"),
            Column("organization_id", "string", "that organization's node"),
            Column("sources", "list<string>", "the inputs that list it"),
            Column("entities", "int32", "how many entities it names"),
            Column("relations", "int32", "how many relations it states"),
            Column("results", "int32", "how many results it states"),
        ),
        _papers,
    ),
    "entities": Table(
        (
            Column("id", "string", "the entity's node"),
            Column("type", "string", "its class in the ontology"),
            Column("name", "string", "its canonical name"),
            Column("papers", "int32", "how many papers name it"),
            Column("vocabulary", "bool", "whether a vocabulary knows it"),
            Column("aliases", "list<string>", "other names, and forms that papers use"),
            Column("broader", "list<string>", "nodes of what it is a kind of or belongs to"),
            Column("links", "list<string>", "IRIs of the same thing elsewhere"),
        ),
        _entities,
    ),
    "mentions": Table(
        (
            Column("paper", "string", "the paper's node"),
            Column("entity", "string", "the entity's node"),
            Column("type", "string", "the type given to it in this paper"),
            _START,
            _END,
            Column("text", "string", "the characters from start to end"),
            _SCORE,
        ),
        _mentions,
    ),
    "facts": Table(
        (
            *_ends("the paper or the entity that the fact is about", "the entity that it leads to"),
            Column("value", "string", "instead of an object: the literal that a vocabulary knows"),
            Column("number", "double", "that literal as a number, in the unit that the predicate names"),
            Column("kind", "string", "role (of an entity in a paper), relation, broader, or value"),
            Column("paper", "string", "the node of the paper that states it; null where the vocabularies do"),
            _SCORE,
            Column("start", "int32", "where its sentence, or the first mention of a role's entity, starts"),
            Column("end", "int32", "where that ends"),
            Column("mentions", "int32", "how many mentions a role rests on"),
        ),
        _facts,
    ),
    "relations": Table(
        (
            *_ends("the entity that the relation is about", "the entity that it leads to"),
            Column("papers", "int32", "how many papers state it"),
            Column("score", "double", "the score of the surest of them; 1 where only a vocabulary states it"),
            Column("vocabulary", "bool", "whether a vocabulary states it"),
        ),
        _relations,
    ),
    "results": Table(
        (
            Column("id", "string", "the result's node"),
            Column("paper", "string", "the node of the paper that states it"),
            *_thing("entity", "what achieved it"),
            *_thing("metric", "what was measured"),
            Column("value", "string", "the value to the letter, with qualifier and unit"),
            Column("numeric_value", "double", "the number in it, in that unit, where there is exactly one"),
            Column("unit", "string", "the unit in it: %, x, ms"),
            *_thing("measured_on", "the data set, hardware or task that it was measured on"),
            *_thing("versus", "the baseline that it is relative to"),
            _SCORE,
            _START,
            _END,
        ),
        _results,
    ),
}
"""The tables by their file's name."""
