"""The Daily Papers page, cut into its blocks: headings, prose, bylines.

A page comes in two layouts. Copied from the browser (A), blocks stand between blank lines::

    new                                       furniture, some of it
    Get trending papers in your email inbox!
    Subscribe
    Daily Papers
    byAK and the research community
    Dec 10                                    the page's day
    Title                                     prose
    Abstract                                  prose
      • 5 authors   or   adobe Adobe          a byline: authors, or a handle and its name,
    ·
    Dec 3, 2024 4                             a day, and the number of comments

Extracted as text (B), title and abstract take turns, a line each, the first title glued to
``Subscribe``, without bylines. A text may hold several pages one after the other, glued or not:
each is cut by its own layout, and dates belong to the page that they stand on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kgraph.readers.dates import PrintedDate, printed_date

__all__ = ["Block", "Byline", "Heading", "Page", "Prose", "has_furniture", "pages"]


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph: a title, an abstract or a part of one."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Byline:
    """What follows an abstract. ``unreadable`` is a text that stands where the date should."""

    line: int
    authors: int | None = None
    organization: str | None = None
    date: PrintedDate | None = None
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """The day at the head of a page."""

    line: int
    date: PrintedDate


Block = Prose | Byline | Heading


@dataclass(frozen=True, slots=True)
class Page:
    """The blocks of a page in their order; ``one_line_each`` is layout B."""

    blocks: tuple[Block, ...]
    one_line_each: bool


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    after_blank: bool


_INVITATION = r"Get trending papers in your email inbox(?: once a day)?!\s*"
_HEAD = re.compile(rf"{_INVITATION}(?:{_INVITATION})*(?:Subscribe)?")
_NEW = re.compile(r"new\s{0,9}\Z")
_FURNITURE = frozenset({"new", "subscribe", "daily papers", "byak and the research community"})
_AUTHORS = re.compile(r"•\s*([0-9][0-9,]{0,8})\s+authors?(?:\s*·\s*(.{1,40}))?")
_HANDLE = re.compile(r"([A-Za-z0-9][\w.-]{0,95})(?:\s+\S.{0,95})?(?<![.!?])")
_DOT = "·"
# A line longer than this was not wrapped by hand, so it is a paragraph of its own.
_LONGEST_WRAPPED = 120
_LONGEST_DATE = 40


def has_furniture(text: str) -> bool:
    r"""Whether a text holds what only Daily Papers pages print: their head, or a byline.

    >>> has_furniture("Title\n\nAbstract.\n\n  • 5 authors\n·\nAug 20\n")
    True
    """
    return bool(_HEAD.search(text)) or any(_AUTHORS.fullmatch(line.strip()) for line in text.split("\n"))


def pages(text: str) -> Iterator[Page]:
    r"""The pages of a text, each with its blocks; line numbers count from 1 in the whole text.

    >>> [page] = pages("A title\n\nAn abstract\nof two lines.\n\n  • 5 authors\n·\nAug 20")
    >>> [block.line for block in page.blocks]
    [1, 3, 6]
    >>> page.blocks[1].text, page.blocks[2].authors
    ('An abstract of two lines.', 5)
    """
    heads = list(_HEAD.finditer(text))
    starts = [0, *(head.end() for head in heads)]
    ends = [*(_start(head) for head in heads), len(text)]
    number, counted = 1, 0
    for start, end in zip(starts, ends, strict=True):
        number, counted = number + text.count("\n", counted, start), start
        glued = text.endswith("Subscribe", 0, start) and not text[start : start + 1].isspace()
        lines = list(_lines(text[start:end], number))
        one_line_each = glued or not any(later.after_blank for _, later in pairwise(lines))
        if blocks := tuple(_blocks(lines, one_line_each=one_line_each)):
            yield Page(blocks, one_line_each)


def _start(head: re.Match[str]) -> int:
    """Where a page begins: some have a line of "new" before the head."""
    new = _NEW.search(head.string, max(0, head.start() - 12), head.start())
    return new.start() if new else head.start()


def _lines(text: str, first: int) -> Iterator[_Line]:
    after_blank = True
    for number, line in enumerate(text.split("\n"), first):
        if stripped := line.strip():
            if stripped.lower() not in _FURNITURE:
                yield _Line(number, stripped, after_blank)
            after_blank = stripped.lower() in _FURNITURE
        else:
            after_blank = True


def _blocks(lines: Sequence[_Line], *, one_line_each: bool) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        found = _byline(lines, at) or _heading(lines, at)
        if found:
            block, at = found
            yield block
            continue
        start, at = at, at + 1
        while at < len(lines) and not lines[at].after_blank and _byline(lines, at) is None:
            at += 1
        yield from _paragraphs(lines[start:at], one_line_each=one_line_each)


def _paragraphs(lines: Sequence[_Line], *, one_line_each: bool) -> Iterator[Prose]:
    """Lines that were wrapped are one paragraph; where a line is too long for that, each is one."""
    if one_line_each or any(len(line.text) > _LONGEST_WRAPPED for line in lines[:-1]):
        yield from (Prose(line.number, line.text) for line in lines)
    else:
        yield Prose(lines[0].number, " ".join(line.text for line in lines))


def _heading(lines: Sequence[_Line], at: int) -> tuple[Heading, int] | None:
    date = printed_date(lines[at].text)
    return (Heading(lines[at].number, date), at + 1) if date else None


def _byline(lines: Sequence[_Line], at: int) -> tuple[Byline, int] | None:
    """The byline that begins at a line, and where the lines go on after it."""
    line, after = lines[at], at
    authors: int | None = None
    organization: str | None = None
    trailing: str | None = None
    if match := _AUTHORS.fullmatch(line.text):
        authors, trailing, after = int(match.group(1).replace(",", "")), match.group(2), at + 1
    elif line.text != _DOT:
        match = _HANDLE.fullmatch(line.text)
        if match is None or at + 1 == len(lines) or lines[at + 1].text != _DOT or lines[at + 1].after_blank:
            return None
        organization, after = match.group(1), at + 1
    if trailing is None:
        dotted = after < len(lines) and lines[after].text == _DOT
        after += dotted
        trailing = _trailing(lines, after, dotted=dotted)
        after += trailing is not None
    date = printed_date(trailing) if trailing else None
    unreadable = trailing if trailing and not date else None
    return Byline(line.number, authors or None, organization, date, unreadable), after


def _trailing(lines: Sequence[_Line], at: int, *, dotted: bool) -> str | None:
    """The date that ends a byline, or what is as short and stands behind the dot in its place."""
    if at == len(lines) or len(lines[at].text) > _LONGEST_DATE:
        return None
    in_block, is_date = not lines[at].after_blank, printed_date(lines[at].text) is not None
    return lines[at].text if (is_date and (in_block or dotted)) or (in_block and dotted) else None
