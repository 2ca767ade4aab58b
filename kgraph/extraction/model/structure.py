"""How mentions stand to each other and how their letters compare: what the heads see beside vectors.

Everything here is plain numpy over the words of one text, the same in training and at run time.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.model.heads import DISTANCES, FORM_FEATURES, PLACES
from kgraph.extraction.model.wordpieces import Words
from kgraph.sentences import sentence_spans
from kgraph.text import normal_form

__all__ = ["between", "form_features", "forms_of", "places", "sentences_of", "word_span"]

Ints = NDArray[np.intp]

_NEAR = np.array([2, 5, 12])


def sentences_of(text: str, title_end: int, words: Words) -> Ints:
    """The number of the sentence in which each word stands; the title is sentence 0."""
    ends = [end for _, end in sentence_spans(text, title_end)]
    return np.minimum(np.searchsorted(ends, words.starts, side="right"), max(0, len(ends) - 1))


def word_span(words: Words, start: int, end: int) -> tuple[int, int] | None:
    """The words that the characters touch, from the first to behind the last; None where there are none."""
    first = int(np.searchsorted(words.ends, start, side="right"))
    behind = int(np.searchsorted(words.starts, end, side="left"))
    return (first, behind) if first < behind else None


def between(left: tuple[Ints, Ints], right: tuple[Ints, Ints], sentences: Ints) -> tuple[Ints, Ints, Ints]:
    """For each pair of stretches of words: from where to where the words between them go, and their distance.

    ``left`` and ``right`` are (starts, ends). Nothing is between stretches of different sentences.
    Distances: 0 to 3 the left one is first, by the number of words between; 4 to 7 it is last;
    8 and 9 a sentence apart; 10 and 11 farther.
    """
    starts, ends = (
        np.broadcast_arrays(left[0][:, None], right[0][None]),
        np.broadcast_arrays(left[1][:, None], right[1][None]),
    )
    low, high = np.minimum(*ends), np.maximum(*starts)
    apart = sentences[starts[1]] - sentences[starts[0]]
    same = apart == 0
    low, high = np.where(same, low, 0), np.where(same, np.maximum(high, low), 0)
    backwards = starts[1] < starts[0]
    distance = np.searchsorted(_NEAR, high - low, side="left") + 4 * backwards
    distance = np.where(same, distance, np.where(np.abs(apart) == 1, 8, 10) + backwards)
    assert int(distance.max(initial=0)) < DISTANCES
    return low, high, distance


def places(members: NDArray[np.bool_], starts: Ints, sentences: Ints) -> NDArray[np.float32]:
    """Where each entity stands: in the title, how often, first and last place, in how many sentences.

    ``members`` is (entities, mentions); gives (entities, PLACES), all about 0 to 1.
    """
    made = np.zeros((len(members), PLACES), dtype=np.float32)
    total = max(1, len(sentences))
    for row, own in enumerate(members):
        where = starts[own]
        inside = sentences[where]
        made[row] = (
            float((inside == 0).any()),
            np.log1p(len(where)) / 3,
            where.min() / total,
            where.max() / total,
            len(set(inside.tolist())) / 5,
        )
    return made


def forms_of(texts: Sequence[str], types: Sequence[int]) -> tuple[list[str], Ints]:
    """The different written forms of the mentions, and for each mention the number of its form.

    Mentions bear one form when they have the same type and the same normal form
    (:func:`kgraph.text.normal_form`); a form is spelled as where it stands first.

    >>> forms_of(["GPUs", "GPU", "FPGA"], [4, 4, 4])
    (['GPUs', 'FPGA'], array([0, 0, 1]))
    """
    found: dict[tuple[str, int], int] = {}
    spelled: list[str] = []
    numbers = []
    for text, type in zip(texts, types, strict=True):
        key = (normal_form(text) or text, type)
        if key not in found:
            found[key] = len(spelled)
            spelled.append(text)
        numbers.append(found[key])
    return spelled, np.array(numbers, dtype=np.intp)


def form_features(text: str, forms: Sequence[str], owners: Mapping[str, int]) -> NDArray[np.float32]:
    """What the letters of each two forms tell of their being one name: (forms, forms, FORM_FEATURES), symmetric.

    ``owners`` numbers the entities that hints make of the forms: of one, of two, or not known of both.
    """
    made = np.zeros((len(forms), len(forms), FORM_FEATURES), dtype=np.float32)
    folded = text.casefold()
    in_brackets = [f"({form.casefold()}" in folded for form in forms]
    for row, one in enumerate(forms):
        for column in range(row + 1, len(forms)):
            other = forms[column]
            short, long = (one, other) if len(one) <= len(other) else (other, one)
            defined = (in_brackets[row] or in_brackets[column]) and _defined(folded, short, long)
            hinted = one in owners and other in owners
            joined = hinted and owners[one] == owners[other]
            features = (*_letters(short, long), defined, joined, hinted and not joined)
            made[row, column] = made[column, row] = features
    return made


def _defined(text: str, short: str, long: str) -> float:
    """Whether the text itself says ``long (short)`` or the other way round."""
    short, long = short.casefold(), long.casefold()
    return float(f"{long} ({short}" in text or f"{long}s ({short}" in text or f"{short} ({long}" in text)


@lru_cache(maxsize=1 << 16)
def _letters(short: str, long: str) -> tuple[float, ...]:
    few, many = normal_form(short).split(), normal_form(long).split()
    bare, plain = ("".join(re.findall(r"\w", " ".join(words))) for words in (few, many))
    initials = "".join(word[0] for word in many)
    size = len(few)
    digits = re.findall(r"\d+", short), re.findall(r"\d+", long)
    joint = len(set(few) & set(many)) / max(1, len(set(few) | set(many)))
    return (
        float(bare == plain),
        float(len(bare) > 1 and bare == initials),
        float(1 < len(bare) <= 8 and len(many) > 1 and sum(map(str.isupper, short)) > 1 and _inside(bare, plain)),
        float(many[-size:] == few and size > 0),
        float(many[:size] == few and size > 0),
        float(bare in plain and bare != ""),
        joint,
        float(digits[0] != digits[1]),
    )


def _inside(short: str, long: str) -> bool:
    """Whether the letters of one stand in the other in this order, the first at its beginning."""
    if short[:1] != long[:1]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
