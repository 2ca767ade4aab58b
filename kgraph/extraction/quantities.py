r"""Numbers as abstracts print them, with sign, unit, qualifier and range: ``up to 2.3-4.1x``.

arXiv's plain text comes in several spellings of one thing: ``3.5x``, ``3.5times`` (a LaTeX command
that lost its backslash), ``$3.5\times$``, ``3.5\(\times\)``. All are read and none is changed,
since a value is given to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

__all__ = ["Quantity", "quantities"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """``text[start:end]`` is the value with its qualifier; its first number begins at ``number``, its unit at ``unit``.

    ``kind`` tells its unit: ``factor``, ``percent``, ``time``, ``rate``, ``efficiency``, ``energy``,
    ``power``, ``size``, ``score``, ``magnitude`` (orders of), ``count`` (a suffix such as M) or ``bare``.
    """

    start: int
    end: int
    number: int
    unit: int
    kind: str


_UNITS = {
    "factor": r"[x×]|times|fold|\\times|\$\\times\$|\\\(\\times\\\)",
    "percent": r"\\?%|percent(?:age)?(?:[ -]points?)?|pp|points?",
    "time": r"[num]s|[µμ]s|\$\\mu\$s|s|(?:micro|milli)?sec(?:ond)?s?|min|minutes?|hours?|days?",
    "efficiency": r"[kmgtp]?(?:fl)?ops?(?:/s)?/(?:w|watt|mm2|mm\^2|mm²)|[fm]i?ps/m?w",
    "rate": r"[ft]ps|qps|(?:tok(?:en)?|frame|sample|image|request|doc|bit|byte|cycle)s?(?:/| per )s(?:ec)?(?:ond)?s?|"
    r"[kmgt]?bps|[kmgt]i?b/s|(?:[kmgtp]|peta|tera|giga)(?:fl)?op(?:s|s?/s)|[kmg]hz",
    "energy": r"[mnpuµμk]?j(?:/[a-z]+)?|joules?|kwh",
    "power": r"[mnuµμk]?w|watts?",
    "size": r"[kmgt]i?b|bytes?|mm2|mm\^2|mm²|mm\$\^2\$",
    "score": r"db|map|ap|miou|nds",
    "count": r"(?:[kmbgt]|million|billion|trillion)(?: tokens)?",
}
_ANY_UNIT = "|".join(f"(?P<{kind}>{unit})" for kind, unit in _UNITS.items())
_UNIT = re.compile(rf"(?:\\[,; ]|[ \u00a0\u202f~-])?(?:{_ANY_UNIT})(?:/[a-z]+)?(?!\w)", re.IGNORECASE)
_NUMBER = re.compile(r"(?:(?<![^\s(\[$])[+−~≈<>-])?(?<![\w.^])\d+(?:[.,]\d+)*")
_PART_OF_NAME = re.compile(r"[A-Za-z][-/]|\^\{|\{-")  # before a number: GPT-4, TCP/4, 10^{-3}
_WORDS = re.compile(
    r"\b(?:(?:an?|one|two|three|four|five|six|several) orders? of magnitude"
    r"|(?:two|three|four|five|six|seven|eight|nine|ten)(?: times|-?fold))\b",
    re.IGNORECASE,
)
_SIGNS_OF_WORDS = ("magnitude", " times", "fold")
_WRAPPERS = {"$": "$", "\\(": "\\)", "\\textbf{": "}", "{": "}"}
_NOT_A_VALUE = re.compile(r"-?[A-Za-z]|[\d_^]")  # 4-bit, 3D, 4x4, 10^3
_RANGE = re.compile(r"\s?(?:-{1,3}|[–—~]|\$-{1,2}\$|\$?\\sim\$?)\s?|\s(?:up )?to\s")
_OPENING = re.compile(r"(?<!ing )(?<!ges )(?<!\w)(from|between) \Z")  # not that of "ranging from", "ranges from"
_QUALIFIERS = frozenset({
    "up to", "up to a", "up to an", "at least", "at most", "less than", "more than", "fewer than", "greater than",
    "higher than", "lower than", "over", "under", "above", "below", "exceeding", "nearly", "almost", "about", "around",
    "approximately", "roughly", "close to", "up to over", "up to nearly", "as much as", "as high as", "as low as", "~",
})  # fmt: skip
_WORD = re.compile(r"(?<!\S)\S+")
_LONGEST_QUALIFIER = 3
_QUALIFIER_REACH = 24


def quantities(text: str) -> tuple[Quantity, ...]:
    r"""The quantities of a text in its order; numbers inside words and names of formats are none.

    Costs time linear in the text.

    >>> text = "It is up to 3.5x faster than 4-bit GPT-4, from 71.2% to 74.5%, in 12 ms at $2.3\\times$."
    >>> [(text[quantity.start:quantity.end], quantity.kind) for quantity in quantities(text)]
    [('up to 3.5x', 'factor'), ('from 71.2% to 74.5%', 'percent'), ('12 ms', 'time'), ('$2.3\\times$', 'factor')]
    """
    numbers = sorted((*_numerals(text), *_words(text)), key=lambda quantity: quantity.start)
    return tuple(_qualified(text, quantity) for quantity in _ranges(text, numbers))


def _words(text: str) -> Iterator[Quantity]:
    if not any(sign in text for sign in _SIGNS_OF_WORDS):  # most texts: the pattern is slow
        return
    for match in _WORDS.finditer(text):
        kind = "magnitude" if match.group().lower().endswith("magnitude") else "factor"
        yield Quantity(match.start(), match.end(), match.start(), match.end(), kind)


def _numerals(text: str) -> Iterator[Quantity]:
    last = 0
    for match in _NUMBER.finditer(text):
        start, end = match.span()
        if _PART_OF_NAME.fullmatch(text, start - 2, start) and start - 1 != last:
            continue
        unit = _UNIT.match(text, end)
        kind, unit_start = (str(unit.lastgroup), end) if unit else ("bare", end)
        if unit:
            end = unit.end()
        for opening, closing in _WRAPPERS.items():
            if text.endswith(opening, 0, start) and text.startswith(closing, end):
                start, end = start - len(opening), end + len(closing)
                if not unit and (unit := _UNIT.match(text, end)):
                    kind, unit_start, end = str(unit.lastgroup), end, unit.end()
                break
        if not _NOT_A_VALUE.match(text, end):
            last = end
            yield Quantity(start, end, match.start(), unit_start, kind)


def _ranges(text: str, found: list[Quantity]) -> list[Quantity]:
    """The quantities with *A to B* and *between A and B* joined: one value, with the unit of its end."""
    joined: list[Quantity] = []
    for quantity in found:
        last = joined[-1] if joined else None
        if last and last.end <= quantity.start and _are_range(text, last, quantity):
            kind = last.kind if quantity.kind == "bare" else quantity.kind
            word = _opening_word(text, last.start)
            start = last.start - len(word) - 1 if word else last.start
            joined[-1] = Quantity(start, quantity.end, last.number, quantity.unit, kind)
        elif not last or last.end <= quantity.start:
            joined.append(quantity)
    return joined


def _are_range(text: str, first: Quantity, second: Quantity) -> bool:
    between = text[first.end : second.start]
    if between == " and ":
        return _opening_word(text, first.start) == "between"
    return len(between) <= 8 and _RANGE.fullmatch(between) is not None


def _opening_word(text: str, start: int) -> str:
    """The *from* or *between* that opens a range."""
    word = _OPENING.search(text, max(0, start - 16), start)
    return word.group(1) if word else ""


def _qualified(text: str, quantity: Quantity) -> Quantity:
    """The quantity from its qualifier on, the longest that stands before it."""
    opening = max(0, quantity.start - _QUALIFIER_REACH)
    words = list(_WORD.finditer(text, opening, quantity.start))[-_LONGEST_QUALIFIER:]
    if not words or words[-1].end() == quantity.start:
        return quantity
    for first in range(len(words)):
        if " ".join(word.group() for word in words[first:]).lower() in _QUALIFIERS:
            return replace(quantity, start=words[first].start())
    return quantity
