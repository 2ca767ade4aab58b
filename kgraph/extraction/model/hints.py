"""What the vocabularies and patterns say of a text, as numbers that the model reads beside it.

A stretch of words that they take for a mention adds to the score of the same stretch, and a little
to those of stretches that begin or end with it or cross it; how much, is learned for each type and
for each level of what stands behind the hint: a concept of a vocabulary is more than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.marks import MENTIONS, text_of
from kgraph.extraction.model.structure import word_span
from kgraph.extraction.model.wordpieces import Words
from kgraph.text import normal_form

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.model import Entity

__all__ = ["LEVELS", "RELATIONS", "Hint", "hint_owners", "hint_relations", "hint_spans", "hints_of", "linked_names"]

Ints = NDArray[np.intp]

_BARS = (0.55, 0.72)
LEVELS = 2 * (len(_BARS) + 1)
"""How much stands behind a hint: three ranges of its score, without and with a concept of a vocabulary."""
RELATIONS = 5
"""Ways in which a stretch of words may touch a hint that it is not: see :func:`hint_relations`."""


@dataclass(frozen=True, slots=True, order=True)
class Hint:
    """Characters of a text that are taken for a mention; ``entity`` numbers what they name in this text."""

    start: int
    end: int
    type: str
    score: float
    linked: bool
    entity: int


def hints_of(doc: Doc) -> tuple[Hint, ...]:
    """The spans that earlier components have set, those of one entity of ``doc._.kgraph_entities`` under one number."""
    text = text_of(doc)
    owner = {
        (mention.start, mention.end): number
        for number, entity in enumerate(doc._.kgraph_entities)
        for mention in entity.mentions
    }
    others: dict[str, int] = {}
    made = []
    for span in doc.spans.get(MENTIONS, ()):
        place = (span.start_char, span.end_char)
        number = owner.get(place)
        if number is None:
            number = others.setdefault(normal_form(text[slice(*place)]), len(owner) + len(others))
        made.append(Hint(*place, span.label_, span._.kgraph_score, bool(span.id_), number))
    return tuple(sorted(made))


def hint_owners(hints: Iterable[Hint], text: str) -> dict[str, int]:
    """The number of the entity that each form hinted at names."""
    return {text[hint.start : hint.end]: hint.entity for hint in hints}


def linked_names(entities: Iterable[Entity], hints: Iterable[Hint]) -> frozenset[str]:
    """The names of those entities that a vocabulary knows."""
    linked = {hint.start for hint in hints if hint.linked}
    return frozenset(entity.name for entity in entities if any(mention.start in linked for mention in entity.mentions))


def _level(hint: Hint) -> int:
    return sum(hint.score >= bar for bar in _BARS) + (len(_BARS) + 1) * hint.linked


def hint_spans(hints: Sequence[Hint], words: Words, types: Sequence[str]) -> Ints:
    """The hints in words: rows of first word, word behind the last, level and type in one number; types known only."""
    made = []
    for hint in hints:
        span = word_span(words, hint.start, hint.end)
        if span is not None and hint.type in types:
            made.append((*span, _level(hint) * len(types) + types.index(hint.type)))
    return np.array(made, dtype=np.intp).reshape(-1, 3)


def hint_relations(spans: Ints, words: int, longest: int, types: int) -> tuple[Ints, Ints, Ints]:
    """How stretches of words stand to the hints that they touch: first words, lengths less one, kinds; each once.

    A kind numbers the relation (begins with a hint, ends with one, within one, around one, across one's
    end; or is one, by its level) and the hint's type: ``relation * types + type``, below
    ``(RELATIONS + LEVELS) * types``.

    >>> starts, lengths, kinds = hint_relations(np.array([[1, 3, 0]]), 3, 2, types=1)
    >>> list(zip(starts.tolist(), lengths.tolist(), kinds.tolist()))
    [(0, 1, 4), (1, 0, 0), (1, 1, 5), (2, 0, 1)]
    """
    found = [np.zeros(0, dtype=np.intp)]
    count = (RELATIONS + LEVELS) * types
    for start, end, number in spans.tolist():
        offsets, lengths, relations = _around(end - start, longest)
        level, type = divmod(number, types)
        first = offsets + start
        inside = (first >= 0) & (first + lengths < words)
        kinds = (relations + level * (relations == RELATIONS)) * types + type
        found.append(((first * longest + lengths) * count + kinds)[inside])
    stretches, kinds = np.divmod(np.unique(np.concatenate(found)), count)
    return *np.divmod(stretches, longest), kinds


@lru_cache(maxsize=64)
def _around(length: int, longest: int) -> tuple[Ints, Ints, Ints]:
    """The stretches that touch one of that length: first word from its own, length less one, relation."""
    first, size = np.mgrid[1 - longest : length, 1 : longest + 1].reshape(2, -1)
    behind = first + size
    begins, ends = first == 0, behind == length
    relations = np.select(
        [begins & ends, begins, ends, (first > 0) & (behind < length), (first < 0) & (behind > length)],
        [RELATIONS, 0, 1, 2, 3],
        4,
    )
    touching = behind > 0
    return first[touching], size[touching] - 1, relations[touching]
