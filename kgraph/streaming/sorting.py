"""Annotations in the order of their papers, each paper once, in a Parquet file of stretches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from kgraph.graph import with_ids
from kgraph.iri import paper_node
from kgraph.model import Annotation
from kgraph.papers import unite
from kgraph.records import from_own_record, to_record
from kgraph.streaming.database import Database, parquet
from kgraph.streaming.files import columns, groups, read_group, write_rows
from kgraph.text import title_key

__all__ = ["STRETCH", "read_annotations", "sort"]

STRETCH = 2048
"""Papers, or entities, that are written together: what is in memory at a time."""

_FOUND = columns(node="string", paper="string", title="string", record="string")


def sort(annotations: Iterable[Annotation], folder: Path, store: Database) -> Path:
    """Write the annotations sorted by the node of their papers, a stretch to a group; give the file's path.

    Records of one paper become one, as in :func:`kgraph.papers.unite`; these alone are in memory
    together. Entities without an id get one from their name.
    """
    unsorted = write_rows(folder / "unsorted.parquet", _FOUND, map(_row, annotations), at_once=STRETCH)
    several = " OR ".join(
        f"{column} IN (SELECT {column} FROM {parquet(unsorted)} GROUP BY {column} HAVING count(*) > 1)"
        for column in ("title", "paper")
    )
    doubled = store.batches(f"SELECT record FROM {parquet(unsorted)} WHERE {several}")
    united = write_rows(folder / "united.parquet", _FOUND, map(_row, _united(doubled)), at_once=STRETCH)
    ordered = store.write(
        f"SELECT node, record FROM {parquet(unsorted)} WHERE NOT ({several}) "
        f"UNION ALL SELECT node, record FROM {parquet(united)} ORDER BY node",
        folder / "papers.parquet",
        rows=STRETCH,
    )
    unsorted.unlink()
    united.unlink()
    return ordered


def read_annotations(papers: Path, number: int) -> dict[str, Annotation]:
    """The annotations of a stretch by their papers' nodes; a file without papers has one stretch without any."""
    rows = read_group(papers, number) if groups(papers) else []
    return {row["node"]: from_own_record(orjson.loads(row["record"])) for row in rows}


def _row(annotation: Annotation) -> tuple[str, str, str, str]:
    known = with_ids(annotation)
    paper = known.paper
    title = title_key(paper.title) or paper.id
    return paper_node(paper.id), paper.id, title, orjson.dumps(to_record(known)).decode()


def _united(batches: Iterable[dict[str, list[str]]]) -> Iterator[Annotation]:
    records = [record for batch in batches for record in batch["record"]]
    yield from unite(from_own_record(orjson.loads(record)) for record in records)[1]
