"""Everything that a build writes, into one folder (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.model import Annotation
from kgraph.ontology import load_ontology
from kgraph.stages import Engine, Exporter, Note, Progress
from kgraph.vocabulary import Vocabulary

if TYPE_CHECKING:
    from kgraph.graph import Graph, Tally
    from kgraph.readers.reading import Reading
    from kgraph.validation import Finding

__all__ = ["Written", "write_account", "write_graph", "write_large_graph"]


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a graph, how much is in them of what, and what its shapes object to.

    ``graph`` is None, and nothing was checked, where the graph never stood in memory.
    """

    files: tuple[Path, ...]
    counted: Tally
    graph: Graph | None = None
    findings: tuple[Finding, ...] = ()


def write_graph(
    annotations: Iterable[Annotation],
    folder: Path,
    *,
    vocabulary: Vocabulary,
    base_iri: str,
    engine: Engine | None = None,  # noqa: ARG001 - as its sister has it
    progress: Progress | None = None,
) -> Written:
    """Assemble the graph in memory, write it in every form and check it.

    It is checked beside the writing of all but the Turtle files, on a core of its own: the checker is
    no Python.
    """
    from kgraph.graph import assemble, in_memory, tally
    from kgraph.validation import validate

    graph = assemble(annotations, ontology=load_ontology(), vocabulary=vocabulary, base_iri=base_iri)
    exporters = _exporters()
    tracked = iter(progress(exporters, len(exporters), "writing") if progress else exporters)
    with ThreadPoolExecutor(1) as beside:
        files = next(tracked).export(graph, folder)
        checked = beside.submit(validate, folder)
        files += (path for exporter in tracked for path in exporter.export(graph, folder))
        return Written(tuple(files), tally(in_memory(graph)), graph, tuple(checked.result()))


def write_large_graph(
    annotations: Iterable[Annotation],
    folder: Path,
    *,
    vocabulary: Vocabulary,
    base_iri: str,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Written:
    """Assemble the graph on the disk: the same Turtle, annotations and tables, to the byte, and nothing else."""
    from kgraph.streaming import assemble_on_disk

    streamed = assemble_on_disk(
        annotations,
        folder,
        ontology=load_ontology(),
        vocabulary=vocabulary,
        base_iri=base_iri,
        engine=engine,
        progress=progress,
    )
    return Written(streamed.paths, streamed.counted)


def _exporters() -> tuple[Exporter, ...]:
    """One for each form, that of Turtle first."""
    from kgraph.exporters.annotations import AnnotationsExporter
    from kgraph.exporters.graphml import GraphmlExporter
    from kgraph.exporters.html import HtmlExporter
    from kgraph.exporters.node_link import NodeLinkExporter
    from kgraph.exporters.tables import TablesExporter
    from kgraph.exporters.turtle import TurtleExporter

    return (
        TurtleExporter(),
        HtmlExporter(),
        GraphmlExporter(),
        NodeLinkExporter(),
        AnnotationsExporter(),
        TablesExporter(),
    )


def write_account(written: Written, folder: Path, *, reading: Reading, settings: Mapping[str, Any]) -> Iterator[Path]:
    """The report for people and the manifest for machines, once the other files are there."""
    from kgraph.exporters.manifest import write_manifest
    from kgraph.exporters.report import counts, write_report

    if written.graph is None:
        reading = replace(reading, notes=sorted([*reading.notes, _ON_DISK]))
    found = [" ".join(filter(None, (f.message, f.focus, f.path, f.value))) for f in written.findings]
    inputs = [(source.name, source.format, source.papers) for source in reading.sources]
    report = write_report(
        folder, written.counted, inputs=inputs, skipped=reading.skipped, notes=reading.notes, findings=found
    )
    yield report
    sources = [asdict(source) for source in reading.sources]
    files = [*written.files, report]
    yield write_manifest(folder, files=files, inputs=sources, settings=settings, counts=counts(written.counted))


_ON_DISK = Note(
    "this build",
    "assembled on the disk, hence without graph.html, graph.graphml and graph.json; `kgraph validate` checks it",
)
