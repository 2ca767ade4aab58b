"""One side of a comparison: what the papers of a build say, whichever form it comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import GraphNotFound, KgraphError, ReadError
from kgraph.exporters.tables import arrow_table
from kgraph.store import versions

if TYPE_CHECKING:
    import pyarrow

__all__ = ["Parts", "Side", "side_of"]

Parts = tuple[str | None, ...]
Place = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Side:
    """What the papers of a build say.

    ``names`` has the name of each node, ``papers`` and ``entities`` those that papers are or name.
    ``facts`` are subject, predicate and object with the surest score, ``results`` paper, entity,
    metric, value, measured on and versus with theirs. ``mentions`` lead from a place in a paper to
    the entity that stands there; empty where the form has none. ``known`` has what vocabularies
    say. Where it is not known who says what (``scored`` is False), all of it is in ``facts``.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    papers: frozenset[str] = frozenset()
    entities: frozenset[str] = frozenset()
    facts: Mapping[Parts, float] = field(default_factory=dict)
    results: Mapping[Parts, float] = field(default_factory=dict)
    mentions: Mapping[Place, str] = field(default_factory=dict)
    known: frozenset[Parts] = frozenset()
    scored: bool = True


def side_of(place: str | Path) -> Side:
    """The side that a path is: a build's folder, ``folder@N`` for a version of it, a Turtle or an annotations file.

    Of a Turtle file it is not known where entities are named, who says what and how surely. Raises
    :class:`~kgraph.errors.GraphNotFound` where there is no graph,
    :class:`~kgraph.errors.KgraphError` for a version that the folder does not keep, and
    :class:`~kgraph.errors.ReadError` for a file that is damaged.
    """
    path = Path(place)
    if not path.exists():
        path = _version(str(place))
    side = _side(_tables_of_folder(path) if path.is_dir() else _tables_of_file(path))
    return replace(side, scored=path.suffix != ".ttl")


def _version(place: str) -> Path:
    """The folder of a version: ``exports@3`` the third, ``exports@-1`` the one before the newest."""
    folder, at, number = place.rpartition("@")
    known = {version.number: version.path for version in versions(Path(folder))} if at else {}
    if not known or not number.removeprefix("-").isdecimal():
        raise GraphNotFound(place)
    wanted = int(number) if int(number) > 0 else max(known) + int(number)
    if wanted not in known:
        which = f"version {wanted}" if wanted > 0 else "version before its first"
        raise KgraphError(f"{folder} has no {which}: it keeps {', '.join(map(str, known))}")
    return known[wanted]


_Tables = Callable[[str, Sequence[str]], "pyarrow.Table"]
"""Gives the columns of a table, both by their names."""


def _tables_of_folder(folder: Path) -> _Tables:
    from pyarrow.parquet import ParquetFile

    if not (folder / "tables").is_dir():
        raise GraphNotFound(str(folder))

    def table(name: str, columns: Sequence[str]) -> pyarrow.Table:
        path = folder / "tables" / f"{name}.parquet"
        try:
            with ParquetFile(path) as file:
                if missing := sorted({*columns} - {*file.schema_arrow.names}):
                    told = f"it has no {', '.join(missing)}: run `kgraph build` again"
                    raise ReadError(str(path), None, told)
                return file.read(columns=[*columns])
        except (OSError, ValueError) as error:
            raise ReadError(str(path), None, f"it is no Parquet or damaged: {error}") from error

    return table


def _tables_of_file(path: Path) -> _Tables:
    from kgraph.graph import Graph, assemble
    from kgraph.knowledge import load
    from kgraph.ontology import load_ontology
    from kgraph.readers.reading import read
    from kgraph.vocabulary import Vocabulary

    if path.suffix == ".ttl":
        graph = Graph(load(path).nx, ())
    else:
        found = read([path], strict=True)
        if not found.annotations:
            raise ReadError(str(path), None, "it holds no annotations: give a build's folder, .ttl or annotations")
        graph = assemble(found.annotations, ontology=load_ontology(), vocabulary=Vocabulary())
    return lambda name, columns: arrow_table(graph, name).select([*columns])


def _side(table: _Tables) -> Side:
    papers = dict(_rows(table, "papers", "id", "title"))
    entities = {id: name for id, name, count in _rows(table, "entities", "id", "name", "papers") if count}
    edge = ("subject", "predicate", "object")
    roles = {row[:3]: row[3] for row in _rows(table, "facts", *edge, "score", "kind") if row[4] == "role"}
    relations = list(_rows(table, "relations", *edge, "score", "papers", "vocabulary"))
    stated = {row[:3]: row[3] for row in relations if row[4] or not row[5]}
    measured = _rows(table, "results", "paper", "entity", "metric", "value", "measured_on", "versus", "score")
    named = _rows(table, "mentions", "paper", "start", "end", "text", "entity")
    return Side(
        names=dict(_rows(table, "entities", "id", "name")) | papers,
        papers=frozenset(papers),
        entities=frozenset(entities),
        facts=roles | stated,
        results={row[:-1]: row[-1] for row in measured},
        mentions={row[:-1]: row[-1] for row in named},
        known=frozenset(row[:3] for row in relations if row[5]),
    )


def _rows(table: _Tables, name: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(column.to_pylist() for column in table(name, columns)), strict=True)
