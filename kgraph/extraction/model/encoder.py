"""Runs the encoder over texts: windows, vectors of words.

onnxruntime and nothing else. The encoder is quantised to eight bits, each output channel by its
own scale, which keeps its vectors at a cosine of about 0.995 to those in full precision.

Every window is a run of its own. Eight-bit arithmetic takes one scale for all that is multiplied
together, so that in a batch the texts beside a text would change it; there is no padding to compute;
and a window fits into a processor's cache, which a batch does not: batches of 4,096 pieces took 1.8
times as long a text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.model.heads import Text
from kgraph.extraction.model.wordpieces import Words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["encode", "score_spans", "windows"]

Floats = NDArray[np.float32]

OVERLAP = 4
"""Windows overlap by this part of their size."""
_SHORTEST = 16
_CLS, _SEP = 101, 102


def encode(session: InferenceSession, words: Words, *, window: int) -> Text:
    """The vectors of a text; ``window`` is how many pieces fit.

    A text longer than the encoder's window is read in windows that overlap by a quarter; each
    piece's vector is taken from the window in which it is farther from the edge.
    """
    total = len(words.pieces)
    parts, wholes = [], []
    for start, stop in windows(total, window):
        pieces = np.concatenate([[_CLS], words.pieces[start:stop], [_SEP]]).astype(np.int64)[None]
        spellings = np.concatenate([[0], words.spellings[start:stop], [0]]).astype(np.int64)[None]
        (states,) = session.run(None, {"pieces": pieces, "spellings": spellings, "mask": np.ones_like(pieces)})
        left = window // OVERLAP // 2 if start > 0 else 0
        right = window // OVERLAP // 2 if stop < total else 0
        parts.append(states[0, 1 + left : 1 + stop - start - right])
        wholes.append(states[0, 0])
    return _text(words, np.concatenate(parts), wholes)


def _text(words: Words, hidden: Floats, wholes: Sequence[Floats]) -> Text:
    first = hidden[words.first]
    sums = np.concatenate([np.zeros_like(first[:1]), first])
    np.cumsum(sums, axis=0, out=sums)
    return Text(first, hidden[words.last], sums, np.mean(wholes, axis=0))


def windows(pieces: int, window: int) -> list[tuple[int, int]]:
    """Where windows begin and end: one where the text fits, else each as full as can be.

    >>> windows(300, 512), windows(900, 512)
    ([(0, 300)], [(0, 510), (382, 892), (764, 900)])
    """
    room = window - 2  # the marks before and behind
    if pieces <= room:
        return [(0, pieces)]
    overlap = window // OVERLAP
    return [(start, min(start + room, pieces)) for start in range(0, pieces - overlap, room - overlap)]


def score_spans(session: InferenceSession, text: Text) -> Floats:
    """The scores of every stretch of words of a text: (words, longest stretch, types + 1)."""
    words = len(text.first)
    missing = max(0, _SHORTEST - words)  # the graph takes no text shorter than the longest stretch
    first, last = (np.pad(vectors, ((0, missing), (0, 0)))[None] for vectors in (text.first, text.last))
    made: Floats = session.run(None, {"first": first, "last": last})[0][0, :words]
    return made
