"""Everything that a build writes, into one folder (docs/reference/files.md)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.stages import Exporter, Progress

if TYPE_CHECKING:
    from kgraph.graph import Graph, Tally
    from kgraph.readers.reading import Reading
    from kgraph.validation import Finding

__all__ = ["write_account", "write_graph"]


def write_graph(graph: Graph, folder: Path, progress: Progress | None = None) -> Iterator[Path]:
    """Write the graph in every form into the folder; give the files' paths."""
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
    for exporter in progress(exporters, len(exporters), "writing") if progress else exporters:
        yield from exporter.export(graph, folder)


def write_account(
    counted: Tally,
    folder: Path,
    *,
    reading: Reading,
    findings: tuple[Finding, ...],
    files: list[Path],
    settings: Mapping[str, Any],
) -> Iterator[Path]:
    """The report for people and the manifest for machines, once the other ``files`` are written."""
    from kgraph.exporters.manifest import write_manifest
    from kgraph.exporters.report import counts, write_report

    found = [" ".join(filter(None, (f.message, f.focus, f.path, f.value))) for f in findings]
    inputs = [(source.name, source.format, source.papers) for source in reading.sources]
    report = write_report(folder, counted, inputs=inputs, skipped=reading.skipped, notes=reading.notes, findings=found)
    yield report
    sources = [asdict(source) for source in reading.sources]
    yield write_manifest(folder, files=[*files, report], inputs=sources, settings=settings, counts=counts(counted))
