"""Capitalised phrases inside a sentence: *Low-Rank Adaptation*, *Gated Foo Units*.

Authors capitalise what they take for a name. In a title, where every word is capitalised, and at
the beginning of a sentence that says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kgraph.extraction.evidence import CAPITALISED
from kgraph.extraction.heads import head_type
from kgraph.extraction.marks import Found, text_of

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_capitals"]

_WORD = r"(?:[A-Z][a-z]+|[A-Z]{2,8}|[23]D)"
_CAPITALISED = re.compile(rf"(?<![\w/.-]){_WORD}(?:[ -]{_WORD}){{0,4}}[ -][A-Z][A-Za-z]+(?![\w-]|/\w)")
_SENTENCE_BEGINS = re.compile(r"(?:[.!?:]['\"”)]?\s|\n)\Z")


def find_capitals(doc: Doc) -> Iterator[Found]:
    """Runs of capitalised words in the abstract whose last word tells what they are."""
    text = text_of(doc)
    for match in _CAPITALISED.finditer(text, doc._.kgraph_abstract):
        start, end = match.span()
        if not _SENTENCE_BEGINS.search(text, max(0, start - 3), start):
            kind = head_type(match.group())
            if kind and any(character.islower() for character in match.group()):
                yield Found(start, end, "Method" if kind == "Task" else kind, CAPITALISED)
