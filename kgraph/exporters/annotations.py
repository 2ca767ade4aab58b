"""``annotations.jsonl``: what was found in each paper, a JSON object a line (:mod:`kgraph.records`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kgraph.files import whole
from kgraph.graph import Graph
from kgraph.model import Annotation
from kgraph.records import to_record

__all__ = ["AnnotationsExporter", "generate_annotations"]


@dataclass(frozen=True, slots=True)
class AnnotationsExporter:
    """Writes the annotations that the graph was made from, sorted by paper: an input of another build."""

    name: str = "annotations"

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the file into the folder; give its path."""
        path = folder / "annotations.jsonl"
        with whole(path) as stream:
            stream.writelines(generate_annotations(graph.annotations))
        return [path]


def generate_annotations(annotations: Iterable[Annotation]) -> Iterator[bytes]:
    """The lines of the file, in the order given.

    >>> from kgraph.model import Paper
    >>> print(next(generate_annotations([Annotation(Paper("2401.00001", "T", "A."))])).decode()[:39])
    {"id":"2401.00001","title":"T","abstrac
    """
    import orjson

    for annotation in annotations:
        yield orjson.dumps(to_record(annotation), option=orjson.OPT_APPEND_NEWLINE)
