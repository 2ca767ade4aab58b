"""What each stretch of papers adds to entities, as tables that can be summed up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from kgraph.graph import Edge, contribution
from kgraph.ontology import Ontology
from kgraph.streaming.files import columns, write_rows
from kgraph.streaming.sorting import read_annotations
from kgraph.vocabulary import Vocabulary

__all__ = ["Contribute", "Contributed"]

_NAMES = columns(stretch="int32", id="string", name="string", times="int32")
_PAPERS = columns(id="string", papers="int32")
_EDGES = columns(subject="string", object="string", predicate="string", papers="int32", score="double")
_AT_ONCE = 1 << 16


@dataclass(frozen=True, slots=True)
class Contributed:
    """The files that one stretch, or several, have left: names of entities, papers that name them, their edges."""

    names: Path
    papers: Path
    edges: Path


@dataclass(frozen=True, slots=True)
class Contribute:
    """The work of an engine: the number of a stretch of papers goes in, the names of three files come out."""

    papers: Path
    folder: Path
    ontology: Ontology
    vocabulary: Vocabulary

    def __call__(self, stretch: int) -> Contributed:
        """Sum up what the papers of a stretch say of entities."""
        names: dict[str, Counter[str]] = {}
        papers: Counter[str] = Counter()
        edges: dict[Edge, tuple[int, float]] = {}
        for annotation in read_annotations(self.papers, stretch).values():
            found = contribution(annotation, self.ontology, self.vocabulary)
            papers.update(found.named.keys())
            for id, called in found.names.items():
                names.setdefault(id, Counter()).update(called)
            for edge, (kind, score) in found.edges.items():
                if kind == "relation":
                    number, surest = edges.get(edge, (0, 0.0))
                    edges[edge] = number + 1, max(surest, score)
        called_so = ((stretch, id, name, times) for id, called in names.items() for name, times in called.items())
        stated = ((*edge, number, score) for edge, (number, score) in edges.items())
        write = self.folder / f"{stretch:06}"
        return Contributed(
            write_rows(write.with_suffix(".names"), _NAMES, called_so, at_once=_AT_ONCE),
            write_rows(write.with_suffix(".papers"), _PAPERS, papers.items(), at_once=_AT_ONCE),
            write_rows(write.with_suffix(".edges"), _EDGES, stated, at_once=_AT_ONCE),
        )
