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

__all__ = ["Extraction", "annotate", "keep", "rows"]

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
    papers_by_key = {text_key(paper): paper for paper in papers}
    found: dict[str, Annotation] = {}
    remarks = [] if fresh else _take(store, part_names(store, settings), papers_by_key, found)
    missing = [paper for key, paper in papers_by_key.items() if key not in found]
    if missing:
        place = store if "://" in store else str(Path(store).resolve())
        work = Extraction(place, config.resolve() if config else None, settings)
        made = engine.map(work, _batches(missing)) if engine else map(work, _batches(missing))
        names = _paper_by_paper(made, missing)
        tracked = progress(names, len(missing), "reading abstracts") if progress else names
        _take(store, dict.fromkeys(tracked), papers_by_key, found)
        if lost := [paper.id for key, paper in papers_by_key.items() if key not in found]:
            raise ReadError(store, None, f"what was written of {len(lost)} papers cannot be read back: see to the disk")
    return [found[key] for key in papers_by_key], remarks


def _batches(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    left = iter(items)
    while batch := tuple(islice(left, BATCH)):
        yield batch


def _paper_by_paper(names: Iterable[str], papers: Sequence[Paper]) -> Iterator[str]:
    """The name of each paper's part, so that progress is counted in papers."""
    for name, batch in zip(names, _batches(papers), strict=True):
        yield from (name for _ in batch)


def _take(store: str, names: Iterable[str], wanted: Mapping[str, Paper], found: dict[str, Annotation]) -> list[str]:
    """Add what the parts hold of the papers wanted; tell of parts that are damaged, which go away."""
    remarks: list[str] = []
    for row in rows(store, names, remarks):
        if row.key in wanted and row.key not in found:
            found[row.key] = from_own_record(orjson.loads(row.annotation), wanted[row.key])
    return remarks


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
