"""Runs the encoder over many texts: windows, batches of like length, vectors of words.

onnxruntime and nothing else. The encoder is quantised to eight bits, each output channel by its
own scale, which keeps its vectors at a cosine of about 0.995 to those in full precision.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.model.heads import Text
from kgraph.extraction.model.wordpieces import Words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

__all__ = ["encode", "score_spans"]

Floats = NDArray[np.float32]

WINDOW = 512
OVERLAP = 128
PIECES_PER_BATCH = 512
"""What a processor's cache holds: batches of 4,096 pieces take 1.8 times as long a text, and padding besides."""
_CLS, _SEP = 101, 102

Window = tuple[int, int, int]
"""The number of a text, and of its pieces the first and the one behind the last."""


def encode(session: InferenceSession, texts: Sequence[Words]) -> list[Text]:
    """The vectors of each text, in order.

    A text longer than the encoder's window is read in windows that overlap by 128 pieces; each
    piece's vector is taken from the window in which it is farther from the edge.
    """
    windows = [(number, *window) for number, words in enumerate(texts) for window in _windows(len(words.pieces))]
    windows.sort(key=lambda window: (window[2] - window[1], window))
    width = session.get_outputs()[0].shape[2]
    hidden: list[Floats] = [np.zeros((len(words.pieces), width), dtype=np.float32) for words in texts]
    wholes: list[list[Floats]] = [[] for _ in texts]
    for batch in _batches(windows):
        states = session.run(None, _inputs(texts, batch))[0]
        for (number, start, stop), vectors in zip(batch, states, strict=True):
            total = len(hidden[number])
            left = OVERLAP // 2 if start > 0 else 0
            right = OVERLAP // 2 if stop < total else 0
            hidden[number][start + left : stop - right] = vectors[1 + left : 1 + stop - start - right]
            wholes[number].append(vectors[0])
    return [_text(words, states, whole) for words, states, whole in zip(texts, hidden, wholes, strict=True)]


def _text(words: Words, hidden: Floats, wholes: Sequence[Floats]) -> Text:
    first = hidden[words.first]
    sums = np.concatenate(
        [np.zeros_like(hidden[:1]) if len(hidden) else np.zeros((1, hidden.shape[1]), np.float32), first]
    )
    np.cumsum(sums, axis=0, out=sums)
    return Text(first, hidden[words.last], sums, np.mean(wholes, axis=0))


def _windows(pieces: int) -> list[tuple[int, int]]:
    """Where windows begin and end: one where the text fits, else each as full as can be.

    >>> _windows(300), _windows(900)
    ([(0, 300)], [(0, 510), (382, 892), (764, 900)])
    """
    room = WINDOW - 2
    if pieces <= room:
        return [(0, pieces)]
    starts = range(0, pieces - OVERLAP, room - OVERLAP)
    return [(start, min(start + room, pieces)) for start in starts]


def _batches(windows: Sequence[Window]) -> Iterator[list[Window]]:
    """Neighbours in length together, as many as fit; padding is what is left under the longest."""
    batch: list[Window] = []
    for window in windows:
        if batch and (len(batch) + 1) * (window[2] - window[1] + 2) > PIECES_PER_BATCH:
            yield batch
            batch = []
        batch.append(window)
    if batch:
        yield batch


def _inputs(texts: Sequence[Words], batch: Sequence[Window]) -> dict[str, NDArray[np.int64]]:
    shape = (len(batch), max(stop - start for _, start, stop in batch) + 2)
    pieces, spellings, mask = (np.zeros(shape, np.int64) for _ in range(3))
    for row, (number, start, stop) in enumerate(batch):
        count = stop - start
        pieces[row, 0], pieces[row, count + 1] = _CLS, _SEP
        pieces[row, 1 : count + 1] = texts[number].pieces[start:stop]
        spellings[row, 1 : count + 1] = texts[number].spellings[start:stop]
        mask[row, : count + 2] = 1
    return {"pieces": pieces, "spellings": spellings, "mask": mask}


def score_spans(session: InferenceSession, text: Text) -> Floats:
    """The scores of every stretch of words of a text: (words, longest stretch, types + 1)."""
    made: Floats = session.run(None, {"first": text.first[None], "last": text.last[None]})[0][0]
    return made
