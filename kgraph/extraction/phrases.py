"""Technical noun phrases by their head word: *4-bit weight quantization*, *LLM inference*, *energy consumption*.

A chunker over word classes (S. Abney, *Parsing by chunks*, 1991) without a tagger: each token becomes
one letter, told by its lexeme and remembered, and one regular expression reads the string of
letters. What a phrase is follows from its last word (:data:`kgraph.extraction.heads.HEADS`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.attrs import IDX, LENGTH, ORTH

from kgraph.extraction.evidence import PHRASE
from kgraph.extraction.heads import (
    ALONE,
    BOUND_ADJECTIVES,
    HEADS,
    METRIC_MODIFIERS,
    MOMENTS,
    NO_METRIC,
    ONLY_BEHIND,
)
from kgraph.extraction.idioms import is_idiom
from kgraph.extraction.lexicon import ADJECTIVES, FUNCTION_WORDS, PARTICIPLES, PLURAL_LOOKS, VERBS
from kgraph.extraction.marks import Found, text_of
from kgraph.text import singular

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["find_phrases"]

_HYPHENS = frozenset("-\u2010\u2011\u2013")
_ADVERB_LOOKS = frozenset("family assembly anomaly poly early reply supply fly butterfly only monopoly".split())
_DIMENSION = re.compile(r"\d[DG]")
_COINED = re.compile(r"(?=.*[A-Z])(?=.*(?:[a-z].*[A-Z]|\d)).*")
_PHRASE = re.compile(r"(?:(?:d-)?[wnha]-?){0,4}[ha](?!-)")
_BY_WAY_OF = frozenset({"via", "through"})
_LAST_COINED = re.compile(r".*n-?")


def find_phrases(doc: Doc) -> Iterator[Found]:
    """The noun phrases of a text that end in a head, as long as words that may modify it reach."""
    text, strings = text_of(doc), doc.vocab.strings
    columns = doc.to_array([ORTH, IDX, LENGTH]).tolist()
    words = [strings[orth] for orth, _, _ in columns]
    classes = _classes(words)
    for match in _PHRASE.finditer(classes):
        first, last = match.start(), match.end() - 1
        if first and classes[first - 1] == "-":  # *real-time inference*: half of a compound is no modifier
            first += 2 if classes[first + 1 : first + 2] == "-" else 1
        head = singular(words[last].lower())
        kind = HEADS[head]
        if head in ONLY_BEHIND and ONLY_BEHIND[head].isdisjoint(word.lower() for word in words[first:last]):
            continue
        if kind == "Task" and first and words[first - 1].lower() in _BY_WAY_OF:
            kind = "Method"
        coined = _LAST_COINED.match(classes, first, last) if kind != "Method" else None
        if coined:  # *ImageNet accuracy*, *LoRA inference*: two things
            first = coined.end()
        if kind == "Metric":
            first = _metric_start(words, first, last)
        if _stands(words, classes, first, last):
            start, end = columns[first][1], sum(columns[last][1:])
            if not is_idiom(text, start, end):
                yield Found(start, end, kind, PHRASE)


def _classes(words: Sequence[str]) -> str:
    """The letters of a text, an adjective that is bound to the word behind it counting as a modifier."""
    classes = [_word_class(word) for word in words]
    for index, word in enumerate(words):
        bound = BOUND_ADJECTIVES.get(word.lower())
        if bound:
            behind = [other.lower() for other in words[index + 1 : index + 3] if other not in _HYPHENS]
            if not bound.isdisjoint(behind[:1]):
                classes[index] = "w"
    return "".join(classes)


def _metric_start(words: Sequence[str], first: int, last: int) -> int:
    """Where the name of a measure begins, one modifier before its head; behind its end where it is none."""
    alone = singular(words[last].lower()) in ALONE
    start = last
    while start > first and (start == last or _HYPHENS.intersection(words[start - 1 : start + 1])):
        start -= 1
    modifier = words[last - 2 if words[last - 1] in _HYPHENS else last - 1].lower() if start < last else ""
    if words[last].lower() == "time" and (
        words[last - 1] in _HYPHENS or modifier in MOMENTS or (start and words[start - 1].lower() == "at")
    ):
        return last + 1
    if modifier in NO_METRIC or (alone and modifier and modifier not in METRIC_MODIFIERS):
        return last if alone else last + 1
    return start


def _stands(words: Sequence[str], classes: str, first: int, last: int) -> bool:
    """Whether the words are a name: no head of a compound, none that needs modifiers without one."""
    behind = words[last + 1 : last + 2]
    if words[last][0].isupper() and behind and behind[0].istitle():
        return False  # *Neural Processing Unit*
    if first < last:
        return True
    return first == last and classes[last] == "a" and classes[max(first - 1, 0)] != "-"


@lru_cache(maxsize=1 << 16)
def _word_class(word: str) -> str:
    """What a word may do in a phrase.

    h is a head, a one that also stands alone, w a word that may modify, n a coined name, d a
    number, - a hyphen; a point, all that ends a phrase.
    """
    lower = word.lower()
    stem = singular(lower)
    if lower in _HYPHENS:
        return "-"
    if stem in HEADS:
        return "a" if stem in ALONE else "h"
    if lower in FUNCTION_WORDS or lower in ADJECTIVES or lower in VERBS or not word[0].isalnum():
        return "."
    if word[0].isdigit():
        return "d" if word.isdigit() else "w" if _DIMENSION.fullmatch(word) else "."
    if _COINED.fullmatch(word):
        return "n"
    if len(word) > 3 and (word.islower() or word.istitle()) and lower not in PARTICIPLES:
        verbal = lower.endswith(("ing", "ed"))
        adverb = lower.endswith("ly") and lower not in _ADVERB_LOOKS
        plural = stem != lower and lower not in PLURAL_LOOKS
        if verbal or adverb or plural:
            return "."
    return "w"
