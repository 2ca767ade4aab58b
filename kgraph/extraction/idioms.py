"""Turns of phrase in which a technical word is plain English: *pay attention*, *gain momentum*.

Found by reading what the most frequent labels of the vocabularies hit in 20,000 abstracts. A word
stands here when the words right beside it tell its meanings apart; a label that takes a wider look
is marked risky in its vocabulary instead.
"""

from __future__ import annotations

import re

__all__ = ["is_idiom"]

_BEFORE = {
    "attention": r"significant|considerable|increas\w+|much|little|more|great|grow\w+|substantial|widespread|enough|"
    r"special|close|less|insufficient|extensive|wide|research|recent|receiv\w+|attract\w+|gain\w+|garner\w+|draw\w*|"
    r"drew|pa(?:id|y\w*)",
    "momentum": r"gain(?:s|ed|ing)?|gather(?:s|ed|ing)?|buil(?:d|ds|ding|t)|los(?:e|es|ing|t)",
    "recall": r"to|we|users|people|humans|participants",
    "recommendations": r"ma(?:k(?:e|es|ing)|de)|offer(?:s|ed|ing)?|provid(?:e|es|ed|ing)|propos(?:e|ed)|practical|key|"
    r"actionable|concrete|policy|design|methodological|following|clear|specific",
    "speed up": r"to|and|or|can|could|will|would|may|not|also|further|significantly|greatly|drastically|dramatically",
}
_BEHIND = {
    "prompting": r"us|concerns|questions|researchers|recent|calls|efforts|the (?:need|question|community|field)|"
    r"an? (?:shift|need|re\w+)",
    "recalls": r"\w+",
    "recommendations": r"for (?:future|practi\w+|research\w*|polic\w+|further|improv\w+|how|developers|the)|on how",
    "rendering": r"it|them|this|these|such|existing|traditional|conventional|current|many|most",
}
_PLAIN_BEFORE = {word: re.compile(rf"(?<![\w-])(?:{words})\s\Z", re.IGNORECASE) for word, words in _BEFORE.items()}
_PLAIN_BEHIND = {word: re.compile(rf"\s(?:{words})(?!\w)") for word, words in _BEHIND.items()}
_WORDS = _BEFORE.keys() | _BEHIND.keys()
_LONGEST = 20
"""Letters of a word before, at most."""


def is_idiom(text: str, start: int, end: int) -> bool:
    """Whether the characters are plain English there, though elsewhere they name something.

    >>> is_idiom("has received attention", 13, 22), is_idiom("computes attention", 9, 18)
    (True, False)
    >>> is_idiom("rendering them useless", 0, 9), is_idiom("rendering of scenes", 0, 9)
    (True, False)
    """
    word = text[start:end].lower()
    if word not in _WORDS:
        return False
    before, behind = _PLAIN_BEFORE.get(word), _PLAIN_BEHIND.get(word)
    if before is not None and before.search(text, max(0, start - _LONGEST), start):
        return True
    return behind is not None and behind.match(text, end) is not None
