"""Daily Papers listings: what the trending papers page shows, copied or extracted as text."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kgraph.iri import paper_key
from kgraph.model import Paper
from kgraph.readers.dates import PrintedDate, iso_date, listed_on
from kgraph.readers.labelling import abstractness, label
from kgraph.readers.layout import Byline, Heading, Page, Prose, has_furniture, pages
from kgraph.readers.limits import excerpt, flaw
from kgraph.stages import Note, Skipped, Source
from kgraph.text import clean

__all__ = ["ListingReader"]

# What a title begins with: a word, a quotation, a formula. Markup, code and tables begin otherwise.
_TITLE_BEGINS = re.compile(r"[\w\"'“‘(¿¡$\\*]")
_ENDS_A_TEXT = frozenset(".!?…:;}])'\"”’/*")


class ListingReader:
    r"""Reads Daily Papers listings in both layouts (:mod:`kgraph.readers.layout`).

    ``listing_date`` is the day of the listing, from which dates without a year take theirs; where
    it is None, the year is inferred from the dates printed with one, and a note says so.

    >>> text = "Fast Sorting\n\nWe sort. It is fast.\n\n  • 2 authors\n·\nAug 20\n"
    >>> reader = ListingReader(listing_date=datetime.date(2025, 12, 10))
    >>> [paper] = reader.read(Source("page.txt", text))
    >>> paper.title, paper.date, paper.authors
    ('Fast Sorting', '2025-08-20', 2)
    """

    name = "Daily Papers listing"

    def __init__(self, *, listing_date: datetime.date | None = None) -> None:
        self._listing_date = listing_date

    def recognises(self, text: str) -> bool:
        """Whether a text has a page's head or a byline, or else titles and abstracts in strict turn."""
        return has_furniture(text) or _takes_turns(text)

    def read(self, source: Source) -> Iterator[Paper | Skipped | Note]:
        """The papers of a listing in its order; what is broken costs only the paper it stands in."""
        empty = True
        for page in pages(clean(source.text)):
            empty = False
            yield from _read_page(page, source.name, self._listing_date)
        if empty:
            yield Skipped(source.name, None, "the listing holds no papers")


def _takes_turns(text: str) -> bool:
    """Titles and abstracts in strict turn and nothing else, both of unmistakable shape."""
    for page in pages(clean(text)):
        texts = [block.text for block in page.blocks if isinstance(block, Prose)]
        if len(texts) < 2 or " " not in texts[0] or not _TITLE_BEGINS.match(texts[0]):
            return False
        whole = texts[:-1] if len(texts) > 2 else texts  # the last may be cut, where only the beginning is seen
        return all((abstractness(text) > 0) == (number % 2 == 1) for number, text in enumerate(whole))
    return False


@dataclass(slots=True)
class _Draft:
    """The blocks of one paper, as they are found."""

    title: Prose | None
    abstract: list[Prose] = field(default_factory=list)
    byline: Byline | None = None


def _read_page(page: Page, name: str, listing_date: datetime.date | None) -> Iterator[Paper | Skipped | Note]:
    first = page.blocks[0]
    heading = first.date if isinstance(first, Heading) else None
    for block in page.blocks[1:]:
        if isinstance(block, Heading):
            yield Skipped(name, block.line, "a date that stands with no paper: left out")
    dates = [block.date for block in page.blocks if isinstance(block, Byline) and block.date]
    listed = listed_on(heading, dates, listing_date)
    yield from _note_on_years(name, dates, listed, told=listing_date is not None or bool(heading and heading.year))
    drafts = _drafts(page)
    for draft in drafts:
        yield from _finish(draft, name, listed)
    if drafts and (last := drafts[-1]).abstract and not last.byline and not _is_whole(last.abstract[-1].text):
        where = last.abstract[-1].line
        yield Note(name, f"line {where}: the page seems to break off in the middle of this abstract: kept as it is")


def _is_whole(text: str) -> bool:
    """Whether a text ends as texts end: with a mark, or with an address on the web."""
    last = text.rsplit(maxsplit=1)[-1]
    return last[-1] in _ENDS_A_TEXT or "." in last or "/" in last or last == "URL"


def _note_on_years(
    name: str, dates: Sequence[PrintedDate], listed: datetime.date | None, *, told: bool
) -> Iterator[Note]:
    bare = sum(date.year is None for date in dates)
    if not bare or told:
        return
    papers = "1 paper's date has" if bare == 1 else f"{bare} papers' dates have"
    if listed is None:
        yield Note(name, f"{papers} no year and nothing tells it, so no date: give --listing-date YYYY-MM-DD")
    else:
        reason = f"the listing prints years up to {listed.year - 1}, and only those before its own"
        yield Note(name, f"{papers} no year: read as {listed.year}, since {reason}; --listing-date says otherwise")


def _drafts(page: Page) -> list[_Draft]:
    """The blocks put together paper by paper, those without a title or an abstract among them."""
    blocks = [block for block in page.blocks if not isinstance(block, Heading)]
    kinds = label(
        [block.text if isinstance(block, Prose) else None for block in blocks], one_line_each=page.one_line_each
    )
    drafts: list[_Draft] = []
    last = None
    for block, kind in zip(blocks, kinds, strict=True):
        if isinstance(block, Byline):
            if last is None or last == "byline":
                drafts.append(_Draft(None))
            drafts[-1].byline = block
        elif kind == "title":
            drafts.append(_Draft(block))
        elif last == "title" or (last == "abstract" and not page.one_line_each):
            drafts[-1].abstract.append(block)
        else:
            drafts.append(_Draft(None, [block]))
        last = kind
    return drafts


def _finish(draft: _Draft, name: str, listed: datetime.date | None) -> Iterator[Paper | Skipped]:
    """The paper that a draft tells of, or why it tells of none; and what of it cannot be used."""
    byline = draft.byline or Byline(0)
    title = draft.title.text if draft.title else ""
    abstract = " ".join(paragraph.text for paragraph in draft.abstract)
    first = draft.title or (draft.abstract[0] if draft.abstract else byline)
    if not title and not abstract:
        yield Skipped(name, byline.line, "a line of authors and date without a paper before it")
        return
    if reason := flaw(title, abstract):
        yield Skipped(name, first.line, reason, excerpt(title or abstract))
        return
    if byline.unreadable:
        yield Skipped(name, byline.line, "no date as the listing prints them: left out", excerpt(byline.unreadable))
    date = iso_date(byline.date, listed) if byline.date else None
    if byline.date and listed and date is None:
        printed = f"{byline.date.month:02}-{byline.date.day:02}"
        yield Skipped(name, byline.line, f"there is no day {printed} in {listed.year}: left out")
    yield Paper(
        id=paper_key(title),
        title=title,
        abstract=abstract,
        date=date,
        authors=byline.authors,
        organization=byline.organization,
        sources=(name,),
    )
