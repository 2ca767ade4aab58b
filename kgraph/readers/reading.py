"""The door: from files, folders, globs and standard input to papers, each once."""

from __future__ import annotations

import datetime
import hashlib
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from kgraph.errors import ReadError
from kgraph.iri import paper_key
from kgraph.model import Annotation, Paper
from kgraph.papers import unite
from kgraph.readers.jsonl import JsonLinesReader
from kgraph.readers.limits import excerpt
from kgraph.readers.listing import ListingReader
from kgraph.readers.locating import Located, locate
from kgraph.readers.opening import LARGEST, open_text
from kgraph.stages import Note, Reader, Skipped, Source
from kgraph.text import passage, title_key

__all__ = ["Provenance", "Reading", "read", "readers"]

_HEAD = 16_384  # characters by which a format is recognised
_LEAST_SHARED = 0.3  # of the longer words of two texts that are versions of one


@dataclass(frozen=True, slots=True, order=True)
class Provenance:
    """An input as it was read: its name, the SHA-256 of its bytes, its format (empty where none), its papers."""

    name: str
    sha256: str
    format: str
    papers: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the inputs hold: papers, papers that come annotated, and an account of the rest.

    Everything is sorted, so that the order of the inputs changes nothing.
    """

    papers: list[Paper] = field(default_factory=list)
    annotations: list[Annotation] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)


def readers(*, listing_date: datetime.date | None = None) -> tuple[Reader, ...]:
    """The readers of all formats; the first that recognises a text reads it.

    >>> [reader.name for reader in readers()]
    ['JSON Lines', 'Daily Papers listing']
    """
    return JsonLinesReader(), ListingReader(listing_date=listing_date)


def read(inputs: Sequence[str | Path], *, listing_date: datetime.date | None = None, strict: bool = False) -> Reading:
    r"""Read files, folders, globs and ``-`` (standard input) into papers, each once.

    ``listing_date`` is the day of the listings, whose dates mostly have no year. What cannot be
    read costs only itself and is named in the result; with ``strict`` the first such thing raises
    :class:`~kgraph.errors.ReadError`, as an input does always that is not there.

    >>> import tempfile
    >>> file = Path(tempfile.mkdtemp()) / "papers.jsonl"
    >>> _ = file.write_text('{"title": "Fast Sorting", "abstract": "We sort."}\n{"title": "Half a paper"}\n')
    >>> reading = read([file])
    >>> [paper.title for paper in reading.papers], reading.skipped[0].reason
    (['Fast Sorting'], 'the abstract is missing')
    """
    known = readers(listing_date=listing_date)
    found: list[Paper | Annotation] = []
    skipped: list[Skipped] = []
    notes: list[Note] = []
    sources: list[Provenance] = []
    for item in _everything(inputs, known):
        if isinstance(item, Skipped):
            if strict:
                raise ReadError(item.source, item.line, item.reason)
            skipped.append(item)
        elif isinstance(item, Note):
            notes.append(item)
        elif isinstance(item, Provenance):
            sources.append(item)
        else:
            found.append(item)
    papers, annotations, more = _united(found)
    return Reading(
        papers,
        annotations,
        sorted(set(skipped), key=lambda it: (it.source, it.line or 0, it.reason, it.excerpt)),
        sorted({*notes, *more}),
        sorted(sources),
    )


_Found = Paper | Annotation | Skipped | Note


def _everything(inputs: Sequence[str | Path], known: Sequence[Reader]) -> Iterator[_Found | Provenance]:
    for item in locate(inputs):
        if not isinstance(item, Located):
            yield item
            continue
        try:
            content = _content(item)
        except (OSError, ValueError) as error:  # ValueError: standard input is closed
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            yield Skipped(item.name, None, f"cannot be read: {reason.lower()}")
            continue
        format, parts = _parts(item.name, content, known)
        papers = 0
        for part in parts:
            papers += isinstance(part, Paper | Annotation)
            yield part
        yield Provenance(item.name, hashlib.sha256(content).hexdigest(), format, papers)


def _content(located: Located) -> bytes:
    """The bytes of an input, one more than may be at most."""
    if located.path is not None:
        with located.path.open("rb") as stream:
            return stream.read(LARGEST + 1)
    stdin = getattr(sys.stdin, "buffer", None)
    if stdin is None:
        raise OSError("there is no standard input")
    return bytes(stdin.read(LARGEST + 1))


def _parts(name: str, content: bytes, known: Sequence[Reader]) -> tuple[str, Iterable[_Found]]:
    """The format of an input, empty where it has none, and what the input holds."""
    try:
        opened = open_text(content)
    except ValueError as error:
        return "", [Skipped(name, None, str(error))]
    account: list[_Found] = [Note(name, remark) for remark in opened.remarks]
    account += [Skipped(name, None, loss) for loss in opened.losses]
    head = opened.text.lstrip()[:_HEAD]
    reader = next((reader for reader in known if reader.recognises(head)), None)
    if reader is None:
        formats = " or ".join(reader.name for reader in known)
        return "", [*account, Skipped(name, None, f"no format that kgraph reads ({formats})", excerpt(head))]
    return reader.name, chain(account, reader.read(Source(name, opened.text)))


def _united(found: Sequence[Paper | Annotation]) -> tuple[list[Paper], list[Annotation], list[Note]]:
    """Papers and annotations, each once, and what there is to say of it."""
    strangers = _strangers(found)
    own: list[Paper | Annotation] = []
    notes: list[Note] = []
    for item in found:
        paper = _paper(item)
        if paper.id in strangers and title_key(paper.title) in strangers[paper.id]:
            message = f"{excerpt(paper.title)!r} has the id {paper.id} of another paper: left without it"
            notes += [Note(source, message) for source in paper.sources]
            paper = replace(paper, id=paper_key(paper.title))
            own.append(replace(item, paper=paper) if isinstance(item, Annotation) else paper)
        else:
            own.append(item)
    return *unite(own), [*notes, *_on_differing_abstracts(own)]


def _paper(item: Paper | Annotation) -> Paper:
    return item.paper if isinstance(item, Annotation) else item


def _strangers(found: Iterable[Paper | Annotation]) -> dict[str, set[str]]:
    """By id, the titles of papers that bear another paper's id.

    Two versions of a paper share an id and most of their words, though not always the title. What
    shares the id alone is another paper, which must not be lost in the first.
    """
    by_id: dict[str, list[Paper]] = defaultdict(list)
    for item in found:
        by_id[_paper(item).id].append(_paper(item))
    strangers: dict[str, set[str]] = {}
    for id, papers in by_id.items():
        if len({paper.title for paper in papers}) > 1:
            by_title = {title_key(paper.title): paper for paper in sorted(papers, key=lambda it: it.abstract)}
            first, *others = (by_title[title] for title in sorted(by_title))
            strangers[id] = {title_key(other.title) for other in others if not _alike(first, other)}
    return strangers


def _alike(left: Paper, right: Paper) -> bool:
    ours, theirs = _words(left), _words(right)
    return len(ours & theirs) >= _LEAST_SHARED * len(ours | theirs)


def _words(paper: Paper) -> set[str]:
    return set(re.findall(r"\w{4,}", passage(paper.title, paper.abstract).casefold()))


def _on_differing_abstracts(found: Iterable[Paper | Annotation]) -> Iterator[Note]:
    records: dict[str, list[Paper]] = defaultdict(list)
    for item in found:
        records[title_key(_paper(item).title)].append(_paper(item))
    for papers in records.values():
        texts = {title_key(paper.abstract) for paper in papers} if len(papers) > 1 else set()
        if len(texts) > 1:
            title = excerpt(min(paper.title for paper in papers))
            for source in {source for paper in papers for source in paper.sources}:
                yield Note(source, f"{title!r} comes with {len(texts)} different abstracts: the fullest is kept")
