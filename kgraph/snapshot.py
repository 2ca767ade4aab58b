"""What a build was made from: enough to make it again, without its inputs, from its store."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import orjson

from kgraph.errors import KgraphError, ReadError
from kgraph.extraction.fingerprint import fingerprint
from kgraph.incremental import rows
from kgraph.iri import DATA, arxiv_id, paper_node
from kgraph.model import Annotation, Paper
from kgraph.ontology import load_vocabulary
from kgraph.readers.reading import Provenance, Reading
from kgraph.records import from_own_record
from kgraph.stages import Note, Skipped
from kgraph.store import GIVEN, annotation_key, part_names, text_key
from kgraph.text import title_key

__all__ = ["Request", "Snapshot", "recall", "remaining", "restore", "to_snapshot_record", "withdraw"]

FORMAT = 1
"""Of the record of a snapshot: another kgraph may write another."""

T = TypeVar("T", Paper, Annotation)


@dataclass(frozen=True, slots=True)
class Request:
    """What a build is asked for beside its inputs; files by their full paths."""

    base_iri: str = DATA
    config: str | None = None
    curation: str | None = None
    listing_date: str | None = None
    store: str | None = None
    on_disk: bool | None = None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a build was asked for and what it read; ``withdrawn`` has the papers that stay out, id to title."""

    request: Request
    reading: Reading
    withdrawn: Mapping[str, str] = field(default_factory=dict)


def to_snapshot_record(snapshot: Snapshot) -> dict[str, Any]:
    """The snapshot as JSON knows it; the papers' texts, and what was found in them, stay in the store."""
    request, reading = snapshot.request, snapshot.reading
    config = Path(request.config) if request.config else None
    return {
        "format": FORMAT,
        "request": asdict(request),
        "withdrawn": dict(snapshot.withdrawn),
        "extraction": fingerprint(config, load_vocabulary().digest),
        "papers": [_told(text_key(paper), paper) for paper in reading.papers],
        "annotations": [_told(annotation_key(annotation), annotation.paper) for annotation in reading.annotations],
        "skipped": [asdict(skipped) for skipped in reading.skipped],
        "notes": [asdict(note) for note in reading.notes],
        "sources": [asdict(source) for source in reading.sources],
    }


def _told(key: str, paper: Paper) -> list[Any]:
    return [key, paper.id, paper.date, paper.authors, paper.organization, paper.sources]


def recall(record: Mapping[str, Any], default_store: str) -> Snapshot:
    """The snapshot again.

    Raises :class:`~kgraph.errors.ReadError` where another kgraph has written it, or where the store
    has lost a paper of it.
    """
    reason = "the build was made by another kgraph: run `kgraph build` with all inputs again"
    if record.get("format") != FORMAT:
        raise ReadError(default_store, None, reason)
    try:
        return _recalled(record, default_store)
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError(default_store, None, reason) from error


def _recalled(record: Mapping[str, Any], default_store: str) -> Snapshot:
    request = Request(**record["request"])
    store = request.store or default_store
    told = {key: about for key, *about in (*record["papers"], *record["annotations"])}
    names = [name for settings in (record["extraction"], GIVEN) for name in part_names(store, settings)]
    found: dict[str, Annotation] = {}
    for row in rows(store, names, []):
        if row.key in told:
            held = orjson.loads(row.annotation)
            id, date, authors, organization, sources = told[row.key]
            paper = Paper(id, held["title"], held["abstract"], date, authors, organization, tuple(sources))
            found[row.key] = from_own_record(held, paper)
    if lost := len(told.keys() - found.keys()):
        count = f"{lost} papers" if lost > 1 else "a paper"
        raise ReadError(store, None, f"the text of {count} is lost: run `kgraph build` with all inputs again")
    reading = Reading(
        [found[key].paper for key, *_ in record["papers"]],
        [found[key] for key, *_ in record["annotations"]],
        [Skipped(**skipped) for skipped in record["skipped"]],
        [Note(**note) for note in record["notes"]],
        [Provenance(**source) for source in record["sources"]],
    )
    return Snapshot(request, reading, record["withdrawn"])


def withdraw(snapshot: Snapshot, names: Sequence[str]) -> Snapshot:
    """The snapshot with papers withdrawn, named by id, node or IRI.

    Raises :class:`~kgraph.errors.KgraphError` for a name that no paper of the graph has.
    """
    is_out = _sieve(snapshot.withdrawn)
    papers = {paper.id: paper.title for paper in _papers(snapshot.reading) if not is_out(paper)}
    ids = [_named(name, papers, snapshot.request.base_iri, "the graph has no paper") for name in names]
    return replace(snapshot, withdrawn={**snapshot.withdrawn, **{id: papers[id] for id in ids}})


def restore(snapshot: Snapshot, names: Sequence[str]) -> Snapshot:
    """The snapshot with withdrawn papers brought back; raises as :func:`withdraw` does."""
    known = dict(snapshot.withdrawn)
    ids = {_named(name, known, snapshot.request.base_iri, "nobody has withdrawn") for name in names}
    return replace(snapshot, withdrawn={id: title for id, title in known.items() if id not in ids})


def remaining(snapshot: Snapshot) -> Reading:
    """What was read without the papers withdrawn, of which notes tell."""
    reading, is_out = snapshot.reading, _sieve(snapshot.withdrawn)
    if not snapshot.withdrawn:
        return reading
    notes = [
        Note(source, f"{paper.title!r} is withdrawn: `kgraph remove --undo {paper.id}` brings it back")
        for paper in _papers(reading)
        if is_out(paper)
        for source in paper.sources
    ]
    return replace(
        reading,
        papers=[paper for paper in reading.papers if not is_out(paper)],
        annotations=[annotation for annotation in reading.annotations if not is_out(annotation.paper)],
        notes=sorted({*reading.notes, *notes}),
    )


def _papers(reading: Reading) -> list[Paper]:
    return [*reading.papers, *(annotation.paper for annotation in reading.annotations)]


def _sieve(withdrawn: Mapping[str, str]) -> Callable[[Paper], bool]:
    """Tells whether a paper is withdrawn: by its id, or by its title, since a paper may get its id later."""
    titles = {title_key(title) for title in withdrawn.values()}
    return lambda paper: paper.id in withdrawn or title_key(paper.title) in titles


def _named(name: str, papers: Mapping[str, str], base_iri: str, otherwise: str) -> str:
    """The id of the paper that a name means."""
    nodes = {paper_node(id): id for id in papers}
    for id in (name, arxiv_id(name), nodes.get(name), nodes.get(name.removeprefix(base_iri))):
        if id is not None and id in papers:
            return id
    near = difflib.get_close_matches(name, papers, n=1)
    hint = f"; did you mean {near[0]}, {papers[near[0]]!r}?" if near else ""
    raise KgraphError(f"{otherwise} {name!r}{hint}")
