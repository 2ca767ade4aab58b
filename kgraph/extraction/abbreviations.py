"""Short forms and what they stand for, as a paper itself defines them: *Mixture-of-Experts (MoE)*.

The algorithm of A. S. Schwartz and M. A. Hearst, *A simple algorithm for identifying abbreviation
definitions in biomedical text* (PSB 2003), both ways round: *long (SHORT)* and *SHORT (long)*.
Two things are added: the plural of an acronym (*LLMs*), and a long form may not run over the end
of a sentence or another bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from spacy.language import Language

from kgraph.extraction.evidence import DEFINED, GUESSED
from kgraph.extraction.heads import head_type
from kgraph.extraction.marks import Found, add, marked, text_of
from kgraph.extraction.names import NO_NAMES

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Definition", "find_definitions", "find_forms", "set_forms"]

_BRACKET = re.compile(r"\(([^()\n]{2,120})\)")
_SHORT = re.compile(r"[\"'“]?([A-Za-z0-9][\w.&/+@$^{}*-]{1,11}?)[\"'”]?(?:\Z|[;,])")
_WORD_BEFORE = re.compile(r"(?<![\w-])([A-Za-z0-9][\w&/+-]{1,11}) \Z")
_STOP = re.compile(r"[.;:?!](?:\s|\Z)|[()\[\]\n]")
_INTRODUCED = re.compile(
    r"(?:propos|introduc|present|employ|develop|us|call|via|leverag|adopt)\w{0,4}\s(?:an?\s|the\s|our\s)?(?:novel\s|new\s)?(?:\\\w+\{)?\Z"
)
_BEHIND_LONG = " ~\"'”’"
_LONGEST = 12
"""Words of a long form at most."""


class Definition(NamedTuple):
    """A short form and its long form, by characters of the text."""

    short_start: int
    short_end: int
    long_start: int
    long_end: int


def find_definitions(text: str) -> Iterator[Definition]:
    """Every place where a text defines a short form, in its order.

    >>> text = "Large language models (LLMs) and RAG (retrieval-augmented generation) help."
    >>> for found in find_definitions(text):
    ...     print(text[found.short_start:found.short_end], "=", text[found.long_start:found.long_end])
    LLMs = Large language models
    RAG = retrieval-augmented generation
    """
    for bracket in _BRACKET.finditer(text):
        inside, opening = bracket.group(1), bracket.start()
        short = _SHORT.match(inside)
        if short and _is_short(short.group(1)):
            start, end = bracket.start(1) + short.start(1), bracket.start(1) + short.end(1)
            long = _long_form(text, opening, short.group(1))
            if long:
                yield Definition(start, end, *long)
                continue
        before = _WORD_BEFORE.search(text, max(0, opening - 16), opening)
        if before and _is_short(before.group(1)) and " " in inside:
            inner = re.split(r"[;,]", inside, maxsplit=1)[0].rstrip()
            end = bracket.start(1) + len(inner)
            begin = _aligned(inner, _letters(before.group(1)))
            if begin == 0:
                yield Definition(*before.span(1), bracket.start(1), end)


def _is_short(word: str) -> bool:
    """Whether a word looks like a short form: a capital, or letters with a digit; no plain number."""
    return any(c.isupper() for c in word) and sum(c.isalnum() for c in word) >= 2 and not word.isdigit()


def _letters(short: str) -> str:
    """What of a short form the long one must hold: its letters and digits, without a plural s."""
    if len(short) > 2 and short.endswith("s") and short[-2].isupper():
        short = short[:-1]
    return "".join(c for c in short.lower() if c.isalnum())


def _long_form(text: str, opening: int, short: str) -> tuple[int, int] | None:
    """Where the long form before a bracket begins and ends; None where there is none."""
    letters = _letters(short)
    window_start = max(0, opening - 20 * _LONGEST)
    stops = list(_STOP.finditer(text, window_start, opening))
    left = stops[-1].end() if stops else window_start
    words = list(re.finditer(r"\S+", text[left:opening]))
    most = min(len(letters) + 5, len(letters) * 2, _LONGEST)
    if not words:
        return None
    left += words[max(0, len(words) - most)].start()
    candidate = text[left:opening].rstrip(_BEHIND_LONG)
    begin = _aligned(candidate, letters)
    if begin is None or candidate[begin:].lower() == short.lower() or len(candidate) - begin <= len(short):
        return None
    return left + begin, left + len(candidate)


def _aligned(long: str, letters: str) -> int | None:
    """Where in the long form the short form's letters begin to be found, read from right to left.

    The first letter must begin a word, and half of them begin words or be capitals there, for
    chance finds letters inside words. Linear in the length of the long form.

    >>> _aligned("of hidden Markov models", "hmm"), _aligned("the index", "tdx")
    (3, None)
    """
    place = len(long)
    lower = long.lower()
    plain = 0  # letters that stand for a word or are shown to
    for index in range(len(letters) - 1, -1, -1):
        place = lower.rfind(letters[index], 0, place)
        while place > 0 and index == 0 and lower[place - 1].isalnum():
            place = lower.rfind(letters[0], 0, place)
        if place < 0:
            return None
        plain += place == 0 or not lower[place - 1].isalnum() or long[place].isupper()
    return place if 2 * plain >= len(letters) else None


def find_forms(doc: Doc) -> Iterator[Found]:
    """Both forms of every definition as mentions.

    Of the type that the long form's head word tells, else of the type that other components gave
    to either form, else methods, for that is what most acronyms of this field are. What a paper
    introduces or applies under a name is a method as well, whatever task the name ends in.
    """
    text = text_of(doc)
    known = {(found.start, found.end): found.type for found in marked(doc)}
    for found in find_definitions(text):
        long, short = (found.long_start, found.long_end), (found.short_start, found.short_end)
        kind = head_type(text[slice(*long)])
        if kind == "Task" and _INTRODUCED.search(text, max(0, long[0] - 40), long[0]):
            kind = "Method"
        kind = kind or known.get(long) or known.get(short)
        if kind or text[slice(*short)] not in NO_NAMES:
            for start, end in (long, short):
                yield Found(start, end, kind or "Method", DEFINED if kind else GUESSED)


@Language.component("kgraph_abbreviations", assigns=["doc._.kgraph_forms", "doc.spans"])
def set_forms(doc: Doc) -> Doc:
    """Set the short forms that a text defines, and both forms as mentions."""
    text = text_of(doc)
    doc._.kgraph_forms = {
        text[found.short_start : found.short_end]: text[found.long_start : found.long_end]
        for found in find_definitions(text)
    }
    add(doc, find_forms(doc))
    return doc
