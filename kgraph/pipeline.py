"""The whole flow on one page: files → papers → annotations → graph → files.

>>> import json, pathlib, tempfile
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> paper = {"title": "FastConv: convolution on an FPGA", "abstract": "We propose FastConv, which runs on an FPGA."}
>>> _ = (folder / "papers.jsonl").write_text(json.dumps(paper))
>>> built = build([folder / "papers.jsonl"], folder / "exports")
>>> len(built.graph.annotations), (folder / "exports" / "graph.ttl").exists()
(1, True)
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import EvaluationError
from kgraph.iri import DATA
from kgraph.model import Annotation
from kgraph.stages import Extractor, Resolver

if TYPE_CHECKING:
    from kgraph.graph import Graph
    from kgraph.readers.reading import Reading

__all__ = ["BATCH", "Built", "Progress", "annotate", "build", "extract"]

BATCH = 64
"""Papers that go through the stages together; their number never changes what comes out."""

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Shows how far a loop is: the items, how many they are, what is done with them."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the inputs as read, the graph, and the files written."""

    reading: Reading
    graph: Graph
    paths: tuple[Path, ...]


def annotate(
    reading: Reading, extractor: Extractor, resolver: Resolver, *, progress: Progress | None = None
) -> Iterator[Annotation]:
    """Annotations of all papers that were read, those that came annotated among them, sorted by paper."""
    track = progress or _silently
    found = track(extractor.extract(reading.papers), len(reading.papers), "reading abstracts")
    everything = sorted([*found, *reading.annotations], key=lambda annotation: annotation.paper.id)
    waiting = iter(everything)
    while batch := list(islice(waiting, BATCH)):
        yield from resolver.resolve(batch)


def extract(
    inputs: Sequence[str | Path],
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, list[Annotation]]:
    """The inputs as read and the annotation of every paper, sorted by paper.

    ``config`` is a spaCy configuration that replaces the shipped pipeline. Raises
    :class:`~kgraph.errors.ReadError` for an input that is not there, or with ``strict`` for the
    first block that cannot be read, and :class:`~kgraph.errors.ExtractionError` for a pipeline
    that cannot be made.
    """
    from kgraph.extraction.pipeline import load_extractor
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.readers.reading import read
    from kgraph.resolution.resolver import VocabularyResolver

    reading = read(inputs, listing_date=listing_date, strict=strict)
    vocabulary, ontology = load_vocabulary(), load_ontology()
    extractor = load_extractor(config, vocabulary=vocabulary, ontology=ontology)
    resolver = VocabularyResolver(vocabulary, ontology)
    return reading, list(annotate(reading, extractor, resolver, progress=progress))


def build(
    inputs: Sequence[str | Path],
    output: str | Path = "exports",
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    base_iri: str = DATA,
    progress: Progress | None = None,
) -> Built:
    """Read the inputs and write the graph in every form into the output folder.

    Each file appears whole or not at all; the same inputs give the same bytes. Beside what
    :func:`extract` raises, :class:`~kgraph.errors.ExportError` where a file cannot be written.
    """
    from kgraph.graph import assemble
    from kgraph.ontology import load_ontology, load_vocabulary

    reading, annotations = extract(inputs, listing_date=listing_date, strict=strict, config=config, progress=progress)
    graph = assemble(annotations, ontology=load_ontology(), vocabulary=load_vocabulary(), base_iri=base_iri)
    return Built(reading, graph, tuple(_export(graph, reading, Path(output), progress or _silently)))


def evaluate(
    gold: str | Path,
    annotations: str | Path | None = None,
    *,
    config: Path | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Scores of annotations against hand-made ones; without annotations, of the pipeline's own."""
    from kgraph.evaluate import evaluate as score
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.readers.reading import read

    wanted = read([gold], strict=True).annotations
    if not wanted:
        raise EvaluationError(f"{gold} holds no annotations: JSONL with an 'entities' list in each object is needed")
    if annotations is not None:
        found = read([annotations], strict=True).annotations
    else:
        papers = [annotation.paper for annotation in wanted]
        found = _run(Reading(papers=papers), vocabulary=load_vocabulary(), config=config, progress=progress)
    return score(wanted, found, ontology=load_ontology())


def _silently(items: Iterable[Any], _total: int, _what: str) -> Iterable[Any]:
    return items
