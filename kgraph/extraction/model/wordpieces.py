"""Texts as the encoder sees them: words, word pieces and how each word was spelled.

A *word* is a run of letters and digits, or one other character (BERT's own division); the
mentions of the guidelines begin and end at words. Its *pieces* are WordPiece's (Schuster and
Nakajima 2012), lower-cased; its *spelling* keeps what that loses. A text longer than the encoder's
window is cut into windows that overlap, between words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

__all__ = ["SPELLINGS", "Words", "spelling", "to_words"]

SPELLINGS = 32
"""How many spellings there are: eight shapes, in the title or not, glued to what is before or not."""

_TITLE, _GLUED = 8, 16


@dataclass(frozen=True, slots=True)
class Words:
    """One text. ``starts`` and ``ends`` are the words' characters; ``first`` gives for each word its
    first piece, ``last`` its last one, in ``pieces`` (without the encoder's own marks);
    ``spellings`` is one number a piece.
    """

    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    first: NDArray[np.int32]
    last: NDArray[np.int32]
    pieces: NDArray[np.int32]
    spellings: NDArray[np.int32]


@lru_cache(maxsize=1 << 16)
def spelling(word: str) -> int:
    """The shape of a word: 0 lower case, 1 Capital, 2 CAPITALS, 3 miXed, 4 digits, 5 to 6 digits and letters, 7 others.

    >>> [spelling(word) for word in ("low", "Rank", "GPU", "mIoU", "40", "4x", "A100", "%")]
    [0, 1, 2, 3, 4, 5, 6, 7]
    """
    if not any(character.isalnum() for character in word):
        return 7
    if any(character.isdigit() for character in word):
        if not any(character.isalpha() for character in word):
            return 4
        return 5 if word.islower() else 6
    if word == word.lower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if word[1:] == word[1:].lower() else 3


def to_words(tokenizer: Tokenizer, texts: Sequence[str], titles: Sequence[int]) -> list[Words]:
    """The texts as words and pieces; ``titles`` says for each at which character its title ends.

    The tokenizer must cut at words as BERT's does and add no marks of its own
    (``add_special_tokens`` is off here).
    """
    made: list[Words] = []
    for text, title, encoding in zip(
        texts, titles, tokenizer.encode_batch(list(texts), add_special_tokens=False), strict=True
    ):
        word_of = np.array([-1 if word is None else word for word in encoding.word_ids], dtype=np.int32)
        offsets = np.array(encoding.offsets, dtype=np.int32).reshape(-1, 2)
        begins = np.flatnonzero(np.diff(word_of, prepend=-2))
        ends = np.append(begins[1:], len(word_of))[: len(begins)] - 1
        starts, stops = offsets[begins, 0], offsets[ends, 1]
        shapes = np.array(
            [spelling(text[start:stop]) for start, stop in zip(starts, stops, strict=True)], dtype=np.int32
        )
        shapes += _TITLE * (starts < title)
        shapes[1:] += _GLUED * (starts[1:] == stops[:-1]).astype(np.int32)
        made.append(
            Words(
                starts=starts,
                ends=stops,
                first=begins.astype(np.int32),
                last=ends.astype(np.int32),
                pieces=np.array(encoding.ids, dtype=np.int32),
                spellings=np.repeat(shapes, ends - begins + 1).astype(np.int32),
            )
        )
    return made
