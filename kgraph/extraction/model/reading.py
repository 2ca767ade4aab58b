"""Reading texts with a model: one pass of the encoder over each, then the mentions and values in it.

The encoder works on threads of its own, so that whoever reads many texts can let it begin with the
next ones (:func:`begin`) while what it found in the last ones is being made use of (:func:`finish`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from kgraph.extraction.model.encoder import Floats, encode, score_spans
from kgraph.extraction.model.finding import chosen, span_probabilities, spread
from kgraph.extraction.model.grouping import Reading
from kgraph.extraction.model.heads import Text
from kgraph.extraction.model.hints import Hint, hint_relations, hint_spans
from kgraph.extraction.model.loading import Model
from kgraph.extraction.model.structure import sentences_of
from kgraph.extraction.model.wordpieces import Words, to_words

__all__ = ["Asked", "Begun", "begin", "cores", "finish", "read"]

_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """A text to read: at which character its title ends, and what vocabularies and patterns hint at."""

    passage: str
    title_end: int
    hints: Sequence[Hint] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """Texts on their way through the encoder; those without words are not, and get no reading."""

    asked: Sequence[Asked]
    words: Sequence[Words]
    encoded: dict[int, Future[tuple[Text, Floats]]]


def read(model: Model, asked: Sequence[Asked]) -> list[Reading | None]:
    """The texts with the mentions and values found; None for one without words."""
    with ThreadPoolExecutor(cores()) as pool:
        return finish(model, begin(model, asked, pool))


def begin(model: Model, asked: Sequence[Asked], pool: ThreadPoolExecutor) -> Begun:
    """Send the texts through the encoder and the head for spans, each a task of the pool."""
    words = to_words(model.tokenizer, [each.passage for each in asked], [each.title_end for each in asked])
    encoded = {
        number: pool.submit(_encoded, model, text, each.hints)
        for number, (each, text) in enumerate(zip(asked, words, strict=True))
        if len(text.starts)
    }
    return Begun(asked, words, encoded)


def finish(model: Model, begun: Begun) -> list[Reading | None]:
    """What was found, once the encoder is through."""
    made: list[Reading | None] = [None] * len(begun.asked)
    # Texts of like length together: the sums over segmentations run over all of them at once.
    order = sorted(begun.encoded, key=lambda number: (len(begun.words[number].starts), number))
    for at in range(0, len(order), _TOGETHER):
        batch = order[at : at + _TOGETHER]
        results = [begun.encoded[number].result() for number in batch]
        mentions, values = span_probabilities([scores for _, scores in results])
        for row, number in enumerate(batch):
            each, words = begun.asked[number], begun.words[number]
            made[number] = Reading(
                each.passage,
                each.title_end,
                words,
                sentences_of(each.passage, each.title_end, words),
                results[row][0],
                tuple(spread(each.passage, words, chosen(mentions[row], model.thresholds.mention))),
                tuple(chosen(values[row][..., None], model.thresholds.value)),
                tuple(each.hints),
            )
    return made


def cores() -> int:
    """How many cores this process may use; engines that run several side by side say so by OpenMP's variable."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _encoded(model: Model, words: Words, hints: Sequence[Hint]) -> tuple[Text, Floats]:
    """The vectors of a text, and the scores of all its stretches of words, what is hinted at counted in."""
    hinted = hint_spans(hints, words, model.labels.types)
    text = encode(model.encoder, words, window=model.window)
    scores = score_spans(model.spans, text)
    starts, lengths, kinds = hint_relations(hinted, len(scores), scores.shape[1], len(model.labels.types))
    np.add.at(scores[..., :-1], (starts, lengths), model.weights["hints"][kinds])
    return text, scores
