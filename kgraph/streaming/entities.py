"""Entities and their edges, summed up over all papers and sorted, with what the vocabularies know."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path

import orjson

from kgraph.errors import ExtractionError
from kgraph.exporters.tables import arrow_rows
from kgraph.graph import Edge, described, known_edges
from kgraph.ontology import Ontology
from kgraph.streaming.contributing import Contributed
from kgraph.streaming.database import Database, parquet
from kgraph.streaming.files import columns, write_rows
from kgraph.streaming.sorting import STRETCH
from kgraph.vocabulary import Vocabulary

__all__ = ["PAPERS", "Summed", "sum_up"]

PAPERS = "paper/"
"""What the nodes of papers begin with: entities come before them or behind."""

_ENTITIES = columns(id="string", label="string", about="string")
_KNOWN = columns(subject="string", object="string", predicate="string", kind="string")
_CONCEPTS = columns(id="string")

_Named = tuple[str, Mapping[str, int], int]


@dataclass(frozen=True, slots=True)
class Summed:
    """The files of the sums.

    Entities with their attributes, those ``before`` the papers in the order of ids and those
    ``behind``, a stretch to a group; all ``edges`` between entities; and the ``labels`` of the
    entities of each stretch of papers.
    """

    before: Path
    behind: Path
    edges: Path
    labels: Path


def sum_up(
    contributed: Sequence[Contributed], folder: Path, store: Database, *, ontology: Ontology, vocabulary: Vocabulary
) -> Summed:
    """The sums of what all stretches have added.

    Raises :class:`~kgraph.errors.ExtractionError` for an entity whose type is *Paper*.
    """
    names = parquet(*(files.names for files in contributed))
    known = dict(known_edges(_reached(names, store, vocabulary), vocabulary))
    entities = (
        (id, about["label"], orjson.dumps(about).decode())
        for id, called, papers in _named(names, parquet(*(files.papers for files in contributed)), store, known)
        for about in [described(id, called, papers, ontology=ontology, vocabulary=vocabulary)]
    )
    before, behind = folder / "before.parquet", folder / "behind.parquet"
    parts = {True: before, False: behind}
    for path in parts.values():
        write_rows(path, _ENTITIES, (), at_once=STRETCH)
    for is_before, rows in groupby(entities, key=lambda row: row[0] < PAPERS):
        write_rows(parts[is_before], _ENTITIES, rows, at_once=STRETCH)
    told = f"SELECT id, label FROM {parquet(before, behind)}"
    edges = _write_edges([files.edges for files in contributed], known, told, folder, store)
    labels = store.write(
        f"SELECT stretch, id, label FROM (SELECT DISTINCT stretch, id FROM {names}) JOIN ({told}) USING (id) "
        "ORDER BY stretch, id",
        folder / "labels.parquet",
    )
    return Summed(before, behind, edges, labels)


def _reached(names: str, store: Database, vocabulary: Vocabulary) -> set[str]:
    """The concepts that papers name."""
    concepts = arrow_rows(_CONCEPTS, [(id,) for id in vocabulary.concepts])
    query = f"SELECT DISTINCT id FROM {names} WHERE id IN (SELECT id FROM concepts)"
    return {id for (id,) in store.rows(query, concepts=concepts)}


def _named(names: str, papers: str, store: Database, known: Iterable[Edge]) -> Iterator[_Named]:
    """Every entity in the order of the ids, how often papers call it what, and how many papers name it."""
    called = store.rows(f"SELECT id, name, sum(times)::BIGINT FROM {names} GROUP BY id, name ORDER BY id, name")
    naming = store.rows(f"SELECT id, sum(papers)::BIGINT FROM {papers} GROUP BY id ORDER BY id")
    above = ((id,) for id in sorted({object for _, object, _ in known}))
    for id, told in groupby(heapq.merge(called, naming, above, key=itemgetter(0)), key=itemgetter(0)):
        if id.startswith(PAPERS):
            raise ExtractionError(f"{id} is named as an entity of type Paper: the ontology keeps that for the papers")
        rows = list(told)
        times = {name: number for _, name, number in (row for row in rows if len(row) == 3)}
        yield id, times, sum(number for _, number in (row for row in rows if len(row) == 2))


def _write_edges(
    stated: Sequence[Path], known: Mapping[Edge, str], labelled: str, folder: Path, store: Database
) -> Path:
    """The edges between entities, sorted, with the labels of what they lead to."""
    query = f"""
        SELECT subject, object, predicate, coalesce(papers, 0) AS papers, coalesce(score, 1.0) AS score,
               CASE WHEN papers IS NULL THEN kind ELSE 'relation' END AS kind, kind IS NOT NULL AS vocabulary, label
        FROM (SELECT subject, object, predicate, sum(papers)::BIGINT AS papers, max(score) AS score
              FROM {parquet(*stated)} GROUP BY ALL)
        FULL JOIN known USING (subject, object, predicate)
        JOIN ({labelled}) ON object = id
        ORDER BY subject, object, predicate"""
    table = arrow_rows(_KNOWN, [(*edge, kind) for edge, kind in known.items()])
    return store.write(query, folder / "edges.parquet", known=table)
