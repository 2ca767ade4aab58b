"""A stretch of the graph read back from the disk, and written: a piece of every file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import orjson

from kgraph.exporters.annotations import generate_annotations
from kgraph.exporters.tables import TABLES, arrow_rows, write_table
from kgraph.files import whole
from kgraph.graph import Link, Node, Stretch, Tally, contribution, tally, type_of
from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.rdf import EVIDENCE, Notation, graph_blocks
from kgraph.streaming.entities import Summed
from kgraph.streaming.files import read_group, read_where
from kgraph.streaming.sorting import read_annotations
from kgraph.vocabulary import Vocabulary

__all__ = ["TEXTS", "Place", "Write", "Written", "piece_name"]


class Place(NamedTuple):
    """Which stretch: of the entities ``before`` the papers or ``behind`` them, or of the ``papers``, and its number."""

    where: str
    number: int


class Written(NamedTuple):
    """The names of the pieces of a stretch that are not empty, and how much there is in it of what."""

    pieces: frozenset[str]
    counted: Tally


_Section = Callable[[Stretch, Notation], Iterator[str]]


def _annotations(stretch: Stretch, _notation: Notation) -> Iterator[str]:
    return (line.decode() for line in generate_annotations(stretch.annotations.values()))


TEXTS: dict[str, tuple[_Section, ...]] = {
    "graph.ttl": (graph_blocks,),
    "evidence.ttl": EVIDENCE,
    "annotations.jsonl": (_annotations,),
}
"""The files that are text, and their sections."""


@dataclass(frozen=True, slots=True)
class Write:
    """The work of an engine: a stretch of the graph goes in; what of it is written comes out.

    A piece is named by its stretch, its file and the number of its section there.
    """

    papers: Path
    summed: Summed
    folder: Path
    base_iri: str
    ontology: Ontology
    vocabulary: Vocabulary

    def __call__(self, place: Place) -> Written:
        """Write every piece of a stretch."""
        stretch = self._papers(place.number) if place.where == "papers" else self._entities(place)
        pieces = frozenset(chain(self._texts(place, stretch), self._tables(place, stretch)))
        return Written(pieces, tally(stretch))

    def _texts(self, place: Place, stretch: Stretch) -> Iterator[str]:
        for file, sections in TEXTS.items():
            notation = Notation(self.base_iri, relative=file == "evidence.ttl")
            for number, section in enumerate(sections):
                if text := "".join(section(stretch, notation)):
                    name = piece_name(place, file, number)
                    with whole(self.folder / name, lasting=False) as stream:
                        stream.write(text.encode())
                    yield name

    def _tables(self, place: Place, stretch: Stretch) -> Iterator[str]:
        for file, table in TABLES.items():
            for number, section in enumerate(table.sections):
                if rows := list(section(stretch)):
                    name = piece_name(place, file, number)
                    write_table(self.folder / name, table, [arrow_rows(table, rows)], lasting=False)
                    yield name

    def _papers(self, number: int) -> Stretch:
        annotations = read_annotations(self.papers, number)
        labels = {row["id"]: row["label"] for row in read_where(self.summed.labels, [("stretch", "==", number)])}
        nodes = [node for annotation in annotations.values() for node in self._nodes(annotation)]
        return Stretch(nodes, annotations, self._named(nodes, labels))

    def _nodes(self, annotation: Annotation) -> Iterator[Node]:
        """The nodes of a paper and its results."""
        found = contribution(annotation, self.ontology, self.vocabulary)
        links: dict[str, list[Link]] = defaultdict(list)
        for subject, object, predicate in sorted(found.edges):
            kind, score = found.edges[subject, object, predicate]
            data = {"kind": kind, "papers": 1, "score": score, "vocabulary": False}
            links[subject].append((object, predicate, data))
        yield from (Node(id, found.nodes[id], links[id]) for id in sorted(found.nodes))

    def _entities(self, place: Place) -> Stretch:
        rows = read_group(self.summed.before if place.where == "before" else self.summed.behind, place.number)
        between = [("subject", ">=", rows[0]["id"]), ("subject", "<=", rows[-1]["id"])]
        links: dict[str, list[Link]] = defaultdict(list)
        labels = {}
        for edge in read_where(self.summed.edges, between):
            data = {name: edge[name] for name in ("kind", "papers", "score", "vocabulary")}
            links[edge["subject"]].append((edge["object"], edge["predicate"], data))
            labels[edge["object"]] = edge["label"]
        nodes = [Node(row["id"], orjson.loads(row["about"]), links[row["id"]]) for row in rows]
        return Stretch(nodes, {}, self._named(nodes, labels))

    def _named(self, nodes: list[Node], labels: dict[str, str]) -> Callable[[str], tuple[str, str]]:
        types: dict[str, str] = {}
        own = {node.id: node.about["label"] for node in nodes}

        def named(id: str) -> tuple[str, str]:
            folder = id.partition("/")[0]
            if folder not in types:
                types[folder] = type_of(id, self.ontology)
            return own[id] if id in own else labels[id], types[folder]

        return named


def piece_name(place: Place, file: str, section: int) -> str:
    """What a piece is called.

    >>> piece_name(Place("papers", 7), "evidence.ttl", 1)
    'papers-000007.evidence.ttl.1'
    """
    return f"{place.where}-{place.number:06}.{file}.{section}"
