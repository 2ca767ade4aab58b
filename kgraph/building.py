"""One build: from what was read to the files in a folder."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from kgraph.errors import ReadError
from kgraph.model import Annotation
from kgraph.stages import BATCH, Engine, Progress, Resolver

if TYPE_CHECKING:
    from kgraph.graph import Graph, Tally
    from kgraph.readers.reading import Reading
    from kgraph.resolution.curation import Curation
    from kgraph.snapshot import Request, Snapshot
    from kgraph.validation import Finding

__all__ = ["LARGE", "Built", "make", "resolve", "resolved", "rulings_of"]

LARGE = 50_000
"""Papers from which on a graph is assembled on the disk, without pictures."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made: the inputs as read, how much was found, the files written, what its shapes object to.

    ``graph`` is None where it was assembled on the disk. ``remarks`` tell what was found damaged in
    the store and made again.
    """

    reading: Reading
    counted: Tally
    graph: Graph | None
    paths: tuple[Path, ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()


def make(
    snapshot: Snapshot,
    folder: Path,
    *,
    fresh: bool = False,
    engine: Engine | None,
    progress: Progress | None,
) -> Built:
    """The graph of a snapshot, in the folder; for whoever holds the folder's lock.

    Raises what :func:`kgraph.pipeline.build` does.
    """
    from kgraph.incremental import Kept, annotate, annotate_aside, keep
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.resolution.curation import curate
    from kgraph.snapshot import remaining, to_snapshot_record
    from kgraph.store import commit, parts_of, staged
    from kgraph.writing import write_account, write_graph, write_large_graph

    request, everything, reading = snapshot.request, snapshot.reading, remaining(snapshot)
    rulings = rulings_of(Path(request.curation) if request.curation else None)
    known = curate(load_vocabulary(), rulings, load_ontology().types)
    config = Path(request.config) if request.config else None
    store = request.store or parts_of(folder)
    large = len(reading.papers) + len(reading.annotations) > LARGE if request.on_disk is None else request.on_disk
    how: _How = {"config": config, "fresh": fresh, "engine": engine, "progress": progress}
    annotations: Iterable[Annotation]
    if large:
        names, remarks = annotate_aside(everything.papers, store, **how)
        annotations = Kept(store, names, reading.papers, reading.annotations)
    else:
        found, remarks = annotate(everything.papers, store, **how)
        staying = {paper.id for paper in reading.papers}
        annotations = [*(a for a in found if a.paper.id in staying), *reading.annotations]
    remarks += keep(everything.annotations, store)
    write = write_large_graph if large else write_graph
    with staged(folder) as place:
        written = write(
            resolved(annotations, rulings),
            place,
            vocabulary=known,
            base_iri=request.base_iri,
            engine=engine,
            progress=progress,
        )
        files = [*written.files, *write_account(written, place, reading=reading, settings=_settings(request))]
        commit(folder, to_snapshot_record(snapshot))
    if not request.store:  # else others may use it too
        _forget(folder)
    paths = tuple(folder / file.relative_to(place) for file in files)
    return Built(reading, written.counted, written.graph, paths, written.findings, tuple(remarks))


class _How(TypedDict):
    """What both ways to annotate take."""

    config: Path | None
    fresh: bool
    engine: Engine | None
    progress: Progress | None


def _forget(folder: Path) -> None:
    """Remove what was extracted with settings that no version has any more: an older model, vocabulary or kgraph."""
    from kgraph.store import forget_parts, parts_of, snapshot_of, versions

    with contextlib.suppress(ReadError):  # of a version whose account is damaged it is not known what it has
        forget_parts(parts_of(folder), [snapshot_of(version)["extraction"] for version in versions(folder)])


def rulings_of(path: Path | None) -> Curation:
    """What people decided, as a file says it; nothing where there is none."""
    from kgraph.ontology import load_ontology
    from kgraph.resolution.curation import Curation
    from kgraph.resolution.curation_file import read_curation

    if path is None:
        return Curation()
    here = Path.cwd()  # what is wrong is told of the file as people would name it from where they stand
    return read_curation(path.relative_to(here) if path.is_relative_to(here) else path, load_ontology())


def resolved(annotations: Iterable[Annotation], rulings: Curation) -> Iterator[Annotation]:
    """The annotations with ids, a batch at a time, in the light of all of them and of what people decided.

    They are gone through twice before the first comes out, so an iterator will not do.
    """
    from kgraph.ontology import load_ontology, load_vocabulary
    from kgraph.resolution.resolver import VocabularyResolver

    resolver = VocabularyResolver(load_vocabulary(), load_ontology())
    return resolve(annotations, resolver.informed_by(annotations).curated_by(rulings, annotations))


def resolve(annotations: Iterable[Annotation], resolver: Resolver) -> Iterator[Annotation]:
    """The annotations with the id of every entity, in their order, a batch at a time."""
    waiting = iter(annotations)
    while batch := list(islice(waiting, BATCH)):
        yield from resolver.resolve(batch)


def _settings(request: Request) -> dict[str, Any]:
    """What a build was asked for, for its manifest: files by what they hold."""
    from kgraph.ontology import load_vocabulary

    return {
        "base_iri": request.base_iri,
        "config": _told(Path(request.config)) if request.config else None,
        "curation": Path(request.curation).read_text(encoding="utf-8") if request.curation else None,
        "listing_date": request.listing_date,
        "vocabulary": load_vocabulary().digest,
    }


def _told(config: Path) -> str | dict[str, str]:
    """What replaced the shipped pipeline: the configuration itself, or the SHA-256 of each file of a model."""
    if config.is_dir():
        files = sorted(path for path in config.iterdir() if path.is_file())
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return config.read_text(encoding="utf-8")
