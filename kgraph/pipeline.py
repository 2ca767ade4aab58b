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
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.building import LARGE, Built, make, resolve, resolved, rulings_of
from kgraph.errors import EvaluationError, GraphNotFound, ReadError
from kgraph.iri import DATA, data_base
from kgraph.model import Annotation
from kgraph.stages import Engine, Note, Progress

if TYPE_CHECKING:
    from kgraph.evaluate import Evaluation
    from kgraph.readers.reading import Reading
    from kgraph.resolution.curation import Curation
    from kgraph.resolution.resolver import VocabularyResolver

__all__ = ["LARGE", "Built", "build", "evaluate", "extract", "remove", "resolve", "resolver_of"]


def extract(
    inputs: Sequence[str | Path],
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    curation: Path | None = None,
    store: str | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> tuple[Reading, list[Annotation]]:
    """The inputs as read and the annotation of every paper, sorted by paper.

    ``config`` is a spaCy configuration that replaces the shipped pipeline, ``curation`` a file of
    what people decided (docs/guide/curation.md), ``store`` a folder or URL that keeps what is
    extracted for the next time, ``engine`` what extracts. Raises :class:`~kgraph.errors.ReadError`
    for an input that is not there, a curation that contradicts itself or names nothing, or with
    ``strict`` for the first block that cannot be read, and
    :class:`~kgraph.errors.ExtractionError` for a pipeline that cannot be made.
    """
    from kgraph.readers.reading import read

    rulings = rulings_of(curation)
    reading = read(inputs, listing_date=listing_date, strict=strict)
    annotations, remarks = _annotated(reading, rulings, config=config, store=store, engine=engine, progress=progress)
    notes = [*reading.notes, *(Note(store or "", remark) for remark in remarks)]
    return replace(reading, notes=sorted(notes)), annotations


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
    rulings = rulings_of(curation)
    return VocabularyResolver(load_vocabulary(), load_ontology(), gather(annotations), rulings), annotations


def _annotated(
    reading: Reading,
    rulings: Curation,
    *,
    config: Path | None,
    store: str | None = None,
    engine: Engine | None = None,
    progress: Progress | None,
) -> tuple[list[Annotation], list[str]]:
    """Extracted, into a store that goes away where none is given, and resolved; and what to say of the store."""
    from kgraph.incremental import annotate

    with tempfile.TemporaryDirectory(prefix="kgraph-") as place:
        found, remarks = annotate(reading.papers, store or place, config=config, engine=engine, progress=progress)
    everything = [*found, *reading.annotations]
    return sorted(resolved(everything, rulings), key=lambda annotation: annotation.paper.id), remarks


def build(
    inputs: Sequence[str | Path],
    output: str | Path = "exports",
    *,
    listing_date: datetime.date | None = None,
    strict: bool = False,
    config: Path | None = None,
    curation: Path | None = None,
    base_iri: str = DATA,
    store: str | None = None,
    fresh: bool = False,
    on_disk: bool | None = None,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Built:
    """Read the inputs and write the graph in every form into the output folder.

    What an earlier build has extracted is taken from the ``store``, by default one in the output
    folder, unless all is to be ``fresh``; papers withdrawn by :func:`remove` stay out as long.
    The files appear together or not at all, and whatever the store holds, the same inputs give
    the same bytes. More than :data:`LARGE` papers, or whatever is to be made ``on_disk``, never
    stand in memory all at once: what has to be drawn or walked as a whole is then left out.
    Beside what :func:`extract` raises, :class:`~kgraph.errors.ExportError` where a file cannot be
    written, and :class:`~kgraph.errors.KgraphError` while another build writes there.
    """
    from kgraph.readers.reading import read
    from kgraph.snapshot import Request, Snapshot
    from kgraph.store import locked

    request = Request(
        data_base(base_iri),
        str(config.resolve()) if config else None,
        str(curation.resolve()) if curation else None,
        listing_date.isoformat() if listing_date else None,
        store if store is None or "://" in store else str(Path(store).resolve()),
        on_disk,
    )
    folder = Path(output)
    reading = read(inputs, listing_date=listing_date, strict=strict)
    with locked(folder):
        withdrawn, remarks = ({}, []) if fresh else _withdrawn(folder)
        snapshot = Snapshot(request, reading, withdrawn)
        built = make(snapshot, folder, fresh=fresh, engine=engine, progress=progress)
    return replace(built, remarks=(*remarks, *built.remarks))


def remove(
    papers: Sequence[str],
    output: str | Path = "exports",
    *,
    undo: bool = False,
    engine: Engine | None = None,
    progress: Progress | None = None,
) -> Built:
    """Withdraw papers, and every fact that only they support, from a build; or with ``undo`` bring them back.

    ``papers`` are ids, nodes or IRIs. The graph becomes that of the other papers, and later builds into
    the folder leave the withdrawn ones out, until they are brought back or all is made fresh. Raises
    :class:`~kgraph.errors.GraphNotFound` where there is no build,
    :class:`~kgraph.errors.KgraphError` for a paper that it does not have, and
    :class:`~kgraph.errors.ReadError` where the store has lost what the build was made from.
    """
    from kgraph.snapshot import recall, restore, withdraw
    from kgraph.store import locked, parts_of, snapshot_of, versions

    folder = Path(output)
    if not versions(folder):
        raise GraphNotFound(str(folder))
    with locked(folder):
        snapshot = recall(snapshot_of(versions(folder)[-1]), parts_of(folder))
        changed = restore(snapshot, papers) if undo else withdraw(snapshot, papers)
        return make(changed, folder, engine=engine, progress=progress)


def _withdrawn(folder: Path) -> tuple[dict[str, str], list[str]]:
    """The papers that stay out, as the newest version knows whose account is whole; what there is to say of others."""
    from kgraph.store import snapshot_of, versions

    remarks: list[str] = []
    for version in reversed(versions(folder)):
        try:
            return snapshot_of(version)["withdrawn"], remarks
        except ReadError as damaged:
            remarks.append(f"{damaged}: what was withdrawn since the version before is forgotten")
    return {}, remarks


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
        found, _ = _annotated(papers, rulings_of(None), config=config, progress=progress)
    return score(wanted, found, ontology=load_ontology())
