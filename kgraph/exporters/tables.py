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
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kgraph.exporters import rows
from kgraph.exporters.rows import Row
from kgraph.files import whole
from kgraph.graph import Graph, Stretch, in_memory

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "ROWS_AT_ONCE",
    "TABLES",
    "Column",
    "Table",
    "TablesExporter",
    "arrow_rows",
    "arrow_table",
    "write_table",
]

ROWS_AT_ONCE = 1 << 14
"""Rows of a row group, and what is held in memory."""


class Column(NamedTuple):
    """A column: its name, its type in Arrow's words, what it holds."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns and what gives its rows, a section behind the other, of a stretch of the graph."""

    columns: tuple[Column, ...]
    sections: tuple[Callable[[Stretch], Iterator[Row]], ...]


@dataclass(frozen=True, slots=True)
class TablesExporter:
    """Writes the tables, a row group at a time."""

    name: str = "tables"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the files into ``tables/`` in the folder; give their paths."""
        stretch = in_memory(graph)
        paths = []
        for name, table in TABLES.items():
            path = folder / "tables" / f"{name}.parquet"
            write_table(path, table, (arrow_rows(table, batch) for batch in _batches(_rows(table, stretch))))
            paths.append(path)
        return paths


def write_table(path: Path, table: Table, groups: Iterable[pyarrow.Table], *, lasting: bool = True) -> None:
    """Write a table as Parquet, each of these as a group of rows; ``lasting`` as in :func:`kgraph.files.whole`."""
    from pyarrow.parquet import ParquetWriter

    stream_to = whole(path, lasting=lasting)
    with stream_to as stream, ParquetWriter(stream, _schema(table.columns), compression="zstd") as writer:
        for group in groups:
            writer.write_table(group)


def arrow_table(graph: Graph, name: str) -> pyarrow.Table:
    """One of the tables in memory."""
    return arrow_rows(TABLES[name], list(_rows(TABLES[name], in_memory(graph))))


def _rows(table: Table, stretch: Stretch) -> Iterator[Row]:
    return chain.from_iterable(section(stretch) for section in table.sections)


def _batches(found: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(found, ROWS_AT_ONCE)):
        yield batch


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


def arrow_rows(table: Table, batch: list[Row]) -> pyarrow.Table:
    """Rows of a table in Arrow's memory, by way of JSON: ``pyarrow.array`` would import pandas, half a second."""
    import orjson
    from pyarrow import Table as ArrowTable
    from pyarrow.json import ParseOptions, ReadOptions, read_json

    schema = _schema(table.columns)
    if not batch:
        return schema.empty_table()
    names = schema.names
    lines = b"\n".join([orjson.dumps(dict(zip(names, row, strict=True))) for row in batch])
    found = read_json(
        BytesIO(lines),
        read_options=ReadOptions(use_threads=False, block_size=len(lines) + 1),
        parse_options=ParseOptions(explicit_schema=schema, unexpected_field_behavior="error"),
    )
    return ArrowTable.from_arrays(found.columns, schema=schema)  # with the descriptions, which the reader drops


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
        (rows.papers,),
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
        (rows.entities,),
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
        (rows.mentions,),
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
        (rows.stated, rows.known, rows.values),
    ),
    "relations": Table(
        (
            *_ends("the entity that the relation is about", "the entity that it leads to"),
            Column("papers", "int32", "how many papers state it"),
            Column("score", "double", "the score of the surest of them; 1 where only a vocabulary states it"),
            Column("vocabulary", "bool", "whether a vocabulary states it"),
        ),
        (rows.relations,),
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
        (rows.results,),
    ),
}
"""The tables by their file's name."""
