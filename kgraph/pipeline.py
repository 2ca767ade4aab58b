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
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import EvaluationError, GraphNotFound
from kgraph.iri import DATA
from kgraph.model import Annotation
from kgraph.stages import BATCH, Exporter, Resolver

if TYPE_CHECKING:
    from kgraph.evaluate import Evaluation
    from kgraph.graph import Graph
    from kgraph.readers.reading import Reading
    from kgraph.resolution.curation import Curation
    from kgraph.resolution.resolver import VocabularyResolver
    from kgraph.validation import Finding

__all__ = ["Built", "Progress", "build", "evaluate", "extract", "resolve", "resolver_of"]

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Shows how far a loop is: the items, how many they are, what is done with them."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the inputs as read, the graph, the files written, and what its shapes object to."""

    reading: Reading
    graph: Graph
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()


def resolve(annotations: Iterable[Annotation], resolver: Resolver) -> Iterator[Annotation]:
    """The annotations with the id of every entity, sorted by paper, a batch at a time."""
    ordered = iter(sorted(annotations, key=lambda annotation: annotation.paper.id))
    while batch := list(islice(ordered, BATCH)):
        yield from resolver.resolve(batch)


def extract(
    inputs: Sequence[str | Path],
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    curation: Path | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, list[Annotation]]:
    """The inputs as read and the annotation of every paper, sorted by paper.

    ``config`` is a spaCy configuration that replaces the shipped pipeline, ``curation`` a file of
    what people decided (docs/guide/curation.md). Raises :class:`~kgraph.errors.ReadError` for an
    input that is not there, a curation that contradicts itself or names nothing, or with
    ``strict`` for the first block that cannot be read, and
    :class:`~kgraph.errors.ExtractionError` for a pipeline that cannot be made.
    """
    from kgraph.readers.reading import read

    rulings = _rulings(curation)
    reading = read(inputs, listing_date=listing_date, strict=strict)
    return reading, _annotated(reading, rulings, config=config, progress=progress)


def resolver_of(built: str | Path, *, curation: Path | None = None) -> tuple[VocabularyResolver, list[Annotation]]:
    """The annotations of a build (its folder, or a file of them) and the resolver that can explain them.

    Raises :class:`~kgraph.errors.GraphNotFound` where there are none.
    """
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.readers.reading import read
    from kgraph.resolution.evidence import gather
    from kgraph.resolution.resolver import VocabularyResolver

    path = Path(built)
    path = path / "annotations.jsonl" if path.is_dir() else path
    if not path.is_file():
        raise GraphNotFound(str(built))
    annotations = read([path], strict=True).annotations
    rulings = _rulings(curation)
    return VocabularyResolver(load_vocabulary(), load_ontology(), gather(annotations), rulings), annotations


def _rulings(path: Path | None) -> Curation:
    from kgraph.ontology import load_ontology
    from kgraph.resolution.curation import Curation
    from kgraph.resolution.curation_file import read_curation

    return Curation() if path is None else read_curation(path, load_ontology())


def _annotated(
    reading: Reading, curation: Curation, *, config: Path | None, progress: Progress | None
) -> list[Annotation]:
    """Annotations by the shipped extractor and resolver; spaCy is loaded only where papers need it."""
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.resolution.resolver import VocabularyResolver

    vocabulary, ontology = load_vocabulary(), load_ontology()
    found: Iterable[Annotation] = ()
    if reading.papers:
        from kgraph.extraction.pipeline import load_extractor

        extractor = load_extractor(config, vocabulary=vocabulary, ontology=ontology)
        found = (progress or _silently)(extractor.extract(reading.papers), len(reading.papers), "reading abstracts")
    everything = [*found, *reading.annotations]
    resolver = VocabularyResolver(vocabulary, ontology).informed_by(everything).curated_by(curation, everything)
    return list(resolve(everything, resolver))


def build(
    inputs: Sequence[str | Path],
    output: str | Path = "exports",
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    curation: Path | None = None,
    base_iri: str = DATA,
    progress: Progress | None = None,
) -> Built:
    """Read the inputs and write the graph in every form into the output folder.

    Each file appears whole or not at all; the same inputs give the same bytes. Beside what
    :func:`extract` raises, :class:`~kgraph.errors.ExportError` where a file cannot be written.
    """
    from kgraph.graph import assemble
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.readers.reading import read
    from kgraph.resolution.curation import curate
    from kgraph.validation import validate

    rulings = _rulings(curation)
    reading = read(inputs, listing_date=listing_date, strict=strict)
    annotations = _annotated(reading, rulings, config=config, progress=progress)
    ontology = load_ontology()
    vocabulary = curate(load_vocabulary(), rulings, ontology.types)
    graph = assemble(annotations, ontology=ontology, vocabulary=vocabulary, base_iri=base_iri)
    folder = Path(output)
    written = list(_export(graph, folder, progress or _silently))
    settings = {
        "base_iri": base_iri,
        "config": _told(config) if config else None,
        "curation": curation.read_text(encoding="utf-8") if curation else None,
        "listing_date": listing_date.isoformat() if listing_date else None,
        "vocabulary": load_vocabulary().digest,
    }
    built = Built(reading, graph, tuple(written), tuple(validate(folder)))
    return replace(built, paths=(*written, *_account(built, folder, settings)))


def _told(config: Path) -> str | dict[str, str]:
    """What replaced the shipped pipeline: the configuration itself, or the SHA-256 of each file of a model."""
    if config.is_dir():
        files = sorted(path for path in config.iterdir() if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return config.read_text(encoding="utf-8")


def _account(built: Built, folder: Path, settings: dict[str, Any]) -> Iterator[Path]:
    """The report for people and the manifest for machines, once everything else is written."""
    from kgraph.exporters.manifest import write_manifest
    from kgraph.exporters.report import counts, write_report

    reading, graph, written = built.reading, built.graph, built.paths
    findings = [" ".join(filter(None, (f.message, f.focus, f.path, f.value))) for f in built.findings]
    inputs = [(source.name, source.format, source.papers) for source in reading.sources]
    report = write_report(folder, graph, inputs=inputs, skipped=reading.skipped, notes=reading.notes, findings=findings)
    yield report
    sources = [asdict(source) for source in reading.sources]
    yield write_manifest(folder, files=[*written, report], inputs=sources, settings=settings, counts=counts(graph))


def _export(graph: Graph, folder: Path, track: Progress) -> Iterator[Path]:
    from kgraph.exporters.annotations import AnnotationsExporter
    from kgraph.exporters.graphml import GraphmlExporter
    from kgraph.exporters.html import HtmlExporter
    from kgraph.exporters.node_link import NodeLinkExporter
    from kgraph.exporters.tables import TablesExporter
    from kgraph.exporters.turtle import TurtleExporter

    exporters: tuple[Exporter, ...] = (
        TurtleExporter(),
        HtmlExporter(),
        GraphmlExporter(),
        NodeLinkExporter(),
        AnnotationsExporter(),
        TablesExporter(),
    )
    for exporter in track(exporters, len(exporters), "writing"):
        yield from exporter.export(graph, folder)


def evaluate(
    gold: str | Path,
    annotations: str | Path | None = None,
    *,
    config: Path | None = None,
    progress: Progress | None = None,
) -> Evaluation:
    """Scores of annotations against hand-made ones; without annotations, of the pipeline's own."""
    from kgraph.evaluate import evaluate as score
    from kgraph.ontology import load_ontology
    from kgraph.readers.reading import Reading, read

    wanted = read([gold], strict=True).annotations
    if not wanted:
        raise EvaluationError(f"{gold} holds no annotations: JSONL with an 'entities' list in each object is needed")
    if annotations is not None:
        found = read([annotations], strict=True).annotations
    else:
        papers = Reading(papers=[annotation.paper for annotation in wanted])
        found = _annotated(papers, _rulings(None), config=config, progress=progress)
    return score(wanted, found, ontology=load_ontology())


def _silently(items: Iterable[Any], _total: int, _what: str) -> Iterable[Any]:
    return items
