"""Extraction that skips what a store holds.

What is found in a paper depends on its text and on what reads it, on nothing else (the law of a
stage). So annotations are kept under both, and a build with one paper more extracts one paper.
Dates, authors and sources are no part of that: they come from the inputs at each build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeVar

import orjson

from kgraph.errors import ExtractionError, ReadError
from kgraph.extraction.fingerprint import fingerprint
from kgraph.model import Annotation, Paper
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.records import from_own_record
from kgraph.stages import BATCH, Engine, Extractor, Progress
from kgraph.store import (
    GIVEN,
    DamagedPart,
    Row,
    annotation_key,
    part_names,
    read_part,
    remove_parts,
    text_key,
    write_part,
)

__all__ = ["Extraction", "Kept", "annotate", "annotate_aside", "annotations_in", "keep", "rows"]

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Extraction:
    """The work of an engine: a batch of papers goes in, the name of the part with what was found comes out.

    ``store`` is the URL of the parts, ``settings`` the :func:`~kgraph.extraction.fingerprint.fingerprint`
    of the build that asks, which a worker on another machine must share.
    """

    store: str
    config: Path | None
    settings: str

    def __call__(self, batch: Sequence[Paper]) -> str:
        """Extract the batch and write it to the store; twice is as good as once.

        Raises :class:`~kgraph.errors.ExtractionError` where this worker would find something else
        than the one that asks, and :class:`~kgraph.errors.ExportError` where it cannot write.
        """
        extractor = _extractor(self.config, self.settings)
        return write_part(self.store, self.settings, ((text_key(a.paper), a) for a in extractor.extract(batch)))


@cache
def _extractor(config: Path | None, settings: str) -> Extractor:
    """The extractor of this process, loaded once."""
    from kgraph.extraction.pipeline import load_extractor

    vocabulary = load_vocabulary()
    if fingerprint(config, vocabulary.digest) != settings:
        raise ExtractionError("a worker has another kgraph, vocabulary or model than the build: install the same there")
    return load_extractor(config, vocabulary=vocabulary, ontology=load_ontology())


def annotate(
    papers: Sequence[Paper],
    store: str,
    *,
    engine: Engine | None = None,
    config: Path | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> tuple[list[Annotation], list[str]]:
    """The annotation of every paper, in their order, and what there is to say of the store.

    Those that the store holds are taken from there, unless all are to be ``fresh``; the others are
    extracted by the engine, by default in this process, a batch at a time, each kept as soon as
    it is done. Raises what :class:`Extraction` does.
    """
    settings = fingerprint(config, load_vocabulary().digest)
    wanted = {text_key(paper): paper for paper in papers}
    remarks: list[str] = []
    found: dict[str, Annotation] = {}
    for key, annotation in _wanted(rows(store, [] if fresh else part_names(store, settings), remarks), wanted):
        found.setdefault(key, annotation)
    missing = [paper for key, paper in wanted.items() if key not in found]
    names = _extract(missing, store, settings, config=config, engine=engine, progress=progress)
    found.update(_wanted(rows(store, names, remarks), wanted))
    if lost := len(wanted.keys() - found.keys()):
        raise ReadError(store, None, f"what was written of {lost} papers cannot be read back: see to the disk")
    return [found[key] for key in wanted], remarks


def annotate_aside(
    papers: Sequence[Paper],
    store: str,
    *,
    engine: Engine | None = None,
    config: Path | None = None,
    fresh: bool = False,
    progress: Progress | None = None,
) -> tuple[list[str], list[str]]:
    """As :func:`annotate`, but gives the names of the parts, for :func:`annotations_in` to read as often as needed."""
    settings = fingerprint(config, load_vocabulary().digest)
    missing = {text_key(paper): paper for paper in papers}
    remarks: list[str] = []
    names: dict[str, None] = {}
    for name in [] if fresh else part_names(store, settings):
        for row in rows(store, [name], remarks):
            if missing.pop(row.key, None) is not None:
                names[name] = None
    made = _extract([*missing.values()], store, settings, config=config, engine=engine, progress=progress)
    return list(names | dict.fromkeys(made)), remarks


@dataclass(frozen=True, slots=True)
class Kept:
    """Annotations that stay where they are: of papers, in parts of a store, and others; to be gone through at will."""

    store: str
    names: Sequence[str]
    papers: Sequence[Paper]
    others: Sequence[Annotation] = ()

    def __iter__(self) -> Iterator[Annotation]:
        yield from annotations_in(self.names, self.papers, self.store)
        yield from self.others


def annotations_in(names: Iterable[str], papers: Iterable[Paper], store: str) -> Iterator[Annotation]:
    """The annotations that parts hold of these papers, each once, in no order that means anything.

    Raises :class:`~kgraph.errors.ReadError` for a part that has gone bad since it was last read.
    """
    wanted = {text_key(paper): paper for paper in papers}
    for name in names:
        for key, annotation in _wanted(read_part(store, name), wanted):
            del wanted[key]
            yield annotation


def _extract(
    papers: Sequence[Paper],
    store: str,
    settings: str,
    *,
    config: Path | None,
    engine: Engine | None,
    progress: Progress | None,
) -> list[str]:
    """Have the engine extract the papers; the names of the parts that hold them now."""
    if not papers:
        return []
    place = store if "://" in store else str(Path(store).resolve())
    work = Extraction(place, config.resolve() if config else None, settings)
    made = engine.map(work, _batches(papers)) if engine else map(work, _batches(papers))
    names = _paper_by_paper(made, papers)
    return list(dict.fromkeys(progress(names, len(papers), "reading abstracts") if progress else names))


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while batch := tuple(islice(left, BATCH)):
        yield batch


def _paper_by_paper(names: Iterable[str], papers: Sequence[Paper]) -> Iterator[str]:
    """The name of each paper's part, so that progress is counted in papers."""
    for name, batch in zip(names, _batches(papers), strict=True):
        yield from (name for _ in batch)


def _wanted(found: Iterable[Row], wanted: Mapping[str, Paper]) -> Iterator[tuple[str, Annotation]]:
    """Key and annotation of each row that is of a paper wanted; of the papers as they are known now."""
    for row in found:
        if row.key in wanted:
            yield row.key, from_own_record(orjson.loads(row.annotation), wanted[row.key])


def rows(store: str, names: Iterable[str], remarks: list[str]) -> Iterator[Row]:
    """The rows of all these parts; those that are damaged go away, and a remark tells of each."""
    for name in names:
        try:
            yield from read_part(store, name)
        except DamagedPart as damaged:
            remarks.append(f"{damaged}: what it held is read again")
            remove_parts(store, [name])


def keep(annotations: Sequence[Annotation], store: str) -> list[str]:
    """Keep annotations that came as inputs, for the day when the inputs are gone; what there is to say of the store."""
    remarks: list[str] = []
    held = {row.key for row in rows(store, part_names(store, GIVEN), remarks)}
    new = {key: annotation for annotation in annotations if (key := annotation_key(annotation)) not in held}
    for batch in _batches(new.items()):
        write_part(store, GIVEN, batch)
    return remarks
