"""Annotations in the order of their papers, each paper once, in a Parquet file of stretches.

Records are too wide for a database's sort, so this one is by hand, as Knuth has it (The Art of
Computer Programming 3, 5.4): runs that fit into memory are sorted and put aside, then merged.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

import orjson

from kgraph.graph import with_ids
from kgraph.iri import paper_node
from kgraph.model import Annotation, Paper
from kgraph.papers import unite
from kgraph.records import from_own_record, to_record
from kgraph.streaming.database import Database, parquet
from kgraph.streaming.files import columns, groups, read_group, write_rows
from kgraph.text import title_key

__all__ = ["STRETCH", "read_annotations", "sort"]

STRETCH = 2048
"""Papers, or entities, that are written together: what is in memory at a time."""

_RUN = 1 << 14  # papers that are sorted in memory
_OF_A_RUN = 1 << 8  # papers of a run that are in memory while runs are merged
_RECORDS = columns(node="string", record="string")
_KEYS = columns(paper="string", title="string")

_Row = tuple[str, str]
"""A paper's node, and its annotation as JSON."""


def sort(annotations: Iterable[Annotation], folder: Path, store: Database) -> Path:
    """Write the annotations sorted by the node of their papers, a stretch to a group; give the file's path.

    Records of one paper become one, as in :func:`kgraph.papers.unite`; these alone are in memory
    together. Entities without an id get one from their name.
    """
    runs: list[Path] = []
    keys: list[Path] = []
    waiting = ((*_row(annotation), *_key(annotation.paper)) for annotation in annotations)
    while run := sorted(islice(waiting, _RUN)):
        number = len(runs)
        keys.append(write_rows(folder / f"{number}.keys", _KEYS, (row[2:] for row in run), at_once=_RUN))
        runs.append(write_rows(folder / f"{number}.run", _RECORDS, (row[:2] for row in run), at_once=_OF_A_RUN))
    doubled = {paper_node(id) for id in _doubled(keys, store)}
    united = unite(_annotation(record) for run in runs if doubled for node, record in _rows(run) if node in doubled)[1]
    once = (_without(doubled, _rows(run)) for run in runs)
    ordered = write_rows(
        folder / "papers.parquet", _RECORDS, heapq.merge(*once, sorted(map(_row, united))), at_once=STRETCH
    )
    for path in (*runs, *keys):
        path.unlink()
    return ordered


def read_annotations(papers: Path, number: int) -> dict[str, Annotation]:
    """The annotations of a stretch by their papers' nodes; a file without papers has one stretch without any."""
    rows = read_group(papers, number) if groups(papers) else []
    return {row["node"]: _annotation(row["record"]) for row in rows}


def _row(annotation: Annotation) -> _Row:
    return paper_node(annotation.paper.id), orjson.dumps(to_record(with_ids(annotation))).decode()


def _key(paper: Paper) -> tuple[str, str]:
    """What two records of one paper have in common, the one or the other."""
    return paper.id, title_key(paper.title) or paper.id


def _annotation(record: str) -> Annotation:
    return from_own_record(orjson.loads(record))


def _rows(run: Path) -> Iterator[_Row]:
    found = chain.from_iterable(read_group(run, number) for number in range(groups(run)))
    return ((row["node"], row["record"]) for row in found)


def _without(doubled: set[str], rows: Iterable[_Row]) -> Iterator[_Row]:
    return (row for row in rows if row[0] not in doubled)


def _doubled(keys: list[Path], store: Database) -> Iterator[str]:
    """The ids of papers whose id or title another record has, too."""
    if keys:
        told = parquet(*keys)
        several = " OR ".join(
            f"{column} IN (SELECT {column} FROM {told} GROUP BY {column} HAVING count(*) > 1)"
            for column in ("title", "paper")
        )
        yield from (paper for (paper,) in store.rows(f"SELECT DISTINCT paper FROM {told} WHERE {several}"))
