"""Mentions and values from the scores of spans."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.model.grouping import Taken
from kgraph.extraction.model.segments import marginals
from kgraph.extraction.model.structure import forms_of, word_span
from kgraph.extraction.model.wordpieces import Words

__all__ = ["chosen", "span_probabilities", "spread"]

Floats = NDArray[Any]


def span_probabilities(scores: Sequence[Floats]) -> tuple[list[Floats], list[Floats]]:
    """How likely each stretch of each text is a mention of each type, and how likely it is a value.

    ``scores`` holds for each text an array (words, longest, types + 1); gives as many arrays
    (words, longest, types) and (words, longest).
    """
    words = max(len(each) for each in scores)
    longest = scores[0].shape[1]
    joint, value = np.full((2, len(scores), words, longest), -1e4)
    kinds = []
    for row, each in enumerate(scores):
        beyond = np.arange(len(each))[:, None] + np.arange(1, longest + 1)[None] > len(each)
        highest = each[..., :-1].max(-1, keepdims=True)
        masses = np.exp(each[..., :-1] - highest)
        sums = masses.sum(-1, keepdims=True)
        kinds.append(masses / sums)
        joint[row, : len(each)] = np.where(beyond, -1e4, (np.log(sums) + highest)[..., 0])
        value[row, : len(each)] = np.where(beyond, -1e4, each[..., -1])
    mention, number = marginals(joint)[1], marginals(value)[1]
    return (
        [mention[row, : len(kind), :, None] * kind for row, kind in enumerate(kinds)],
        [number[row, : len(kind)] for row, kind in enumerate(kinds)],
    )


def chosen(probability: Floats, threshold: float) -> list[Taken]:
    """The stretches whose probability over all types reaches the threshold, in the order of the text.

    The surest goes first where two overlap.
    """
    sure = probability.sum(-1)
    eligible = sure >= threshold
    starts, lengths = np.nonzero(eligible)
    order = np.argsort(-sure[starts, lengths], kind="stable")
    taken: list[Taken] = []
    free = np.ones(len(sure) + 1, dtype=bool)
    for start, length in zip(starts[order].tolist(), lengths[order].tolist(), strict=True):
        end = start + length + 1
        if free[start:end].all():
            free[start:end] = False
            type = int(probability[start, length].argmax())
            taken.append(Taken(start, end, type, min(1.0, float(sure[start, length]))))
    return sorted(taken)


def spread(passage: str, words: Words, found: Sequence[Taken]) -> list[Taken]:
    """One type for every written form (that with most probability), and every other occurrence of each form.

    Occurrences are whole words in the same case that no mention found covers; longer forms go first.
    """
    written = [passage[words.starts[mention.start] : words.ends[mention.end - 1]] for mention in found]
    _, numbers = forms_of(written, [0] * len(written))
    votes: dict[int, dict[int, float]] = {}
    for mention, number in zip(found, numbers.tolist(), strict=True):
        shares = votes.setdefault(number, {})
        shares[mention.type] = shares.get(mention.type, 0.0) + mention.score
    best = {number: min(shares, key=lambda type: (-shares[type], type)) for number, shares in votes.items()}
    made = [Taken(m.start, m.end, best[number], m.score) for m, number in zip(found, numbers.tolist(), strict=True)]
    surest: dict[str, Taken] = {}
    for form, mention in zip(written, made, strict=True):
        if form not in surest or surest[form].score < mention.score:
            surest[form] = mention
    free = np.ones(len(words.starts) + 1, dtype=bool)
    for mention in made:
        free[mention.start : mention.end] = False
    for form in sorted(surest, key=lambda form: (-len(form), form)):
        for start in _occurrences(form, passage):
            span = word_span(words, start, start + len(form))
            if span is not None and free[span[0] : span[1]].all():
                free[span[0] : span[1]] = False
                made.append(Taken(*span, surest[form].type, 0.9 * surest[form].score))
    return sorted(made)


def _occurrences(form: str, passage: str) -> Iterator[int]:
    """Where a form stands in a text as a word of its own; plain search, since a pattern a form costs its compiling."""
    start = passage.find(form)
    while start >= 0:
        end = start + len(form)
        before = start > 0 and form[0].isalnum() and passage[start - 1].isalnum()
        behind = end < len(passage) and form[-1].isalnum() and passage[end].isalnum()
        if not (before or behind):
            yield start
        start = passage.find(form, end)
