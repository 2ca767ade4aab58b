"""Names that a paper introduces by saying so: before the colon of its title, after *called*, in bold type.

What shape alone does not tell (*Neon*, *Agent Lightning*) is told by how it is brought in.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from kgraph.extraction.evidence import INTRODUCED
from kgraph.extraction.kinds import kind_of_name
from kgraph.extraction.marks import Found, occurrences, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_introductions"]

_WORD = r"[A-Z]\w{0,40}(?:[.+-]\w{1,20}){0,4}\+{0,2}"
_NAME = rf"{_WORD}(?: {_WORD}){{0,3}}"
_TITLE_HEAD = re.compile(r"([A-Z][\w.+-]{0,40}(?: [A-Za-z0-9][\w.+-]{0,40}){0,3})(?:: | [\u2013\u2014] | -- )")
_CALLED = re.compile(
    r"\b(?:called|named|dubbed|termed|coined|denoted as|referred to as|namely)\s"
    rf"[\"'“‘*{{]{{0,3}}(?:\\\w+\{{)?({_NAME})"
)
_PRESENTED = re.compile(
    r"\b(?:[Ww]e|paper|work|article|study|report)\s(?:\w+ly\s|also\s|then\s|further\s)?"
    r"(?:propose|present|introduce|develop|describe|release|design|build|devise|unveil)s?\s"
    rf"({_NAME})(?=,| \(|:|\.| [-\u2013\u2014]| to | that | for |\swhich)"
)
_EMPHASIS = re.compile(r"\\(?:textbf|textit|texttt|emph|textsc|textsf|text)\{([^{}\\]{2,40})\}")
_MOST = 32
"""Names of one paper at most: a text that introduces more is none that a person wrote."""


def find_introductions(doc: Doc) -> Iterator[Found]:
    """Every place of the names that the text introduces."""
    text = text_of(doc)
    title_end = max(doc._.kgraph_abstract - 1, 0)
    names = list(islice(dict.fromkeys(_introduced(text, title_end)), _MOST))
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for name, start in occurrences(names, text):
        places[name].append((start, start + len(name)))
    for name, spans in places.items():
        kind = kind_of_name(name, text, spans, title_end) or "Method"
        for start, end in spans:
            yield Found(start, end, kind, INTRODUCED)


def _introduced(text: str, title_end: int) -> Iterator[str]:
    head = _TITLE_HEAD.match(text, 0, title_end)
    if head and head.group(1) in text[title_end:]:
        yield head.group(1)
    for pattern in (_CALLED, _PRESENTED, _EMPHASIS):
        for match in pattern.finditer(text, title_end):
            if any(character.isupper() for character in match.group(1)):
                yield match.group(1)
