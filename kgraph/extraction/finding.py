"""Mentions and values from the scores of spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.decoding import Taken
from kgraph.extraction.segments import marginals
from kgraph.extraction.structure import forms_of, word_span
from kgraph.extraction.wordpieces import Words

__all__ = ["chosen", "span_probabilities", "spread"]

Floats = NDArray[Any]


def span_probabilities(scores: Floats, counts: Sequence[int]) -> tuple[Floats, Floats]:
    """From scores (texts, words, longest, types + 1) how likely each stretch is a mention of each type, and a value.

    ``counts`` are the texts' numbers of words. Gives (texts, words, longest, types) and (texts,
    words, longest).
    """
    ends = np.arange(scores.shape[1])[:, None] + np.arange(1, scores.shape[2] + 1)[None]
    beyond = ends[None] > np.asarray(counts)[:, None, None]
    typed = scores[..., :-1]
    highest = typed.max(-1, keepdims=True)
    masses = np.exp(typed - highest)
    sums = masses.sum(-1, keepdims=True)
    joint = np.where(beyond, -1e4, np.log(sums[..., 0]) + highest[..., 0])
    mention = marginals(joint)[1]
    value = marginals(np.where(beyond, -1e4, scores[..., -1]))[1]
    return mention[..., None] * (masses / sums), value


def chosen(probability: Floats, threshold: float, *, known: Iterable[tuple[int, int]] = (), lower: float = 1.0) -> list[Taken]:
    """The stretches whose probability over all types reaches the threshold, in the order of the text.

    The surest goes first where two overlap. For the stretches in ``known`` the bar is ``lower``.
    """
    sure = probability.sum(-1)
    eligible = sure >= threshold
    for start, end in known:
        if start < len(sure) and end - start <= sure.shape[1]:
            eligible[start, end - start - 1] |= bool(sure[start, end - start - 1] >= lower)
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
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", passage):
            span = word_span(words, *match.span())
            if span is not None and free[span[0] : span[1]].all():
                free[span[0] : span[1]] = False
                made.append(Taken(*span, surest[form].type, 0.9 * surest[form].score))
    return sorted(made)
