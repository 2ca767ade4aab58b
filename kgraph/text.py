"""Pure functions on strings: one place for how kgraph compares names.

Two rules run through the whole package. *Offsets never move*: what is done to a text before
matching replaces characters one for one (:func:`clean`, :func:`fold`). *A name is compared by
its normal form* (:func:`normal_form`): case, hyphens and plural aside, numbers kept.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["clean", "fold", "normal_form", "passage", "shortened", "singular", "title_key"]

_HYPHENS = "-\u00ad\u2010\u2011\u2012\u2013\u2014\u2212_"
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t"
_FOLDED_TO_SPACE = str.maketrans(dict.fromkeys(_HYPHENS + _SPACES, " "))
# Controls, surrogates that no encoding can carry, and the marks that turn the direction of text
# (an abstract must not be able to reorder the page around it, CVE-2021-42574).
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def clean(text: str) -> str:
    r"""The text with every control character replaced by a space, so that offsets stay.

    >>> clean("a\x00b")
    'a b'
    """
    return _UNSAFE.sub(" ", text)


def fold(text: str) -> str:
    """The text for matching: lower case, every hyphen and odd space a plain space, same length.

    >>> fold("State‑Space Models")
    'state space models'
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # 'İ' becomes two characters: keep those that would grow
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered.translate(_FOLDED_TO_SPACE)


def passage(title: str, abstract: str) -> str:
    r"""What offsets count: ``title + "\n" + abstract``.

    >>> passage("A title", "An abstract.")
    'A title\nAn abstract.'
    """
    return f"{title}\n{abstract}"


def shortened(text: str, most: int) -> str:
    """The text, or its beginning in at most so many characters and with a sign that there is more.

    >>> shortened("State space models", 12)
    'State space…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def title_key(title: str) -> str:
    """What makes two titles the same: their letters and digits, case folded.

    >>> title_key("Fast-er: A Title!") == title_key("faster  a title")
    True
    """
    return re.sub(r"[\W_]+", "", title.casefold())


# Words that end in s and are no plural; what ends in ss, us, is is told by its ending.
_SINGULAR = frozenset({
    "bias", "atlas", "chaos", "lens", "physics", "robotics", "mathematics", "statistics", "kinematics", "dynamics",
    "mechanics", "electronics", "photonics", "genomics", "proteomics", "linguistics", "optics", "graphics",
    "analytics", "forensics", "diagnostics", "logistics", "semantics", "ethics", "economics", "haptics",
    "kubernetes", "always", "news", "series", "species", "gas", "canvas", "pandas", "keras",
    "jenkins", "texas", "paris", "windows", "macos", "ios", "dos", "aws", "mass", "less", "os", "fps", "flops", "tops",
    "gflops", "tflops", "mflops", "pflops", "bops", "iops", "gops", "rouges", "das", "opus", "cross", "across", "loss",
    "bonus", "bus", "campus", "census", "consensus", "corpus", "focus", "status", "virus",
})  # fmt: skip
_IRREGULAR = {
    "analyses": "analysis", "avalanches": "avalanche", "caches": "cache", "calories": "calorie", "canoes": "canoe",
    "cookies": "cookie", "corpora": "corpus", "criteria": "criterion", "headaches": "headache",
    "hypotheses": "hypothesis", "indices": "index", "leaves": "leaf", "matrices": "matrix", "movies": "movie",
    "niches": "niche", "phenomena": "phenomenon", "quizzes": "quiz", "selfies": "selfie", "shoes": "shoe",
    "syntheses": "synthesis", "theses": "thesis", "toes": "toe", "vertices": "vertex",
}  # fmt: skip

_PLURAL_IN_US = re.compile(r"(?:gpg|[a-z])pus|(?:mc|al|ml|bm)us|(?:re|ge)lus|grus|menus")

_NO_PLURAL = re.compile(r"[\dA-Z]S\W*$")


@lru_cache(maxsize=1 << 16)
def singular(word: str) -> str:
    """The singular of an English noun in lower case; an unknown ending is left alone.

    >>> [singular(word) for word in ("gpus", "batches", "sizes", "memories", "matrices", "loss", "dnns")]
    ['gpu', 'batch', 'size', 'memory', 'matrix', 'loss', 'dnn']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if len(word) < 4 or not word.endswith("s") or word in _SINGULAR or word.endswith(("ss", "is")):
        return word
    if word.endswith("us") and not _PLURAL_IN_US.fullmatch(word):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "oes")) or (word.endswith("es") and word[:-2] in _SINGULAR):
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=1 << 16)
def normal_form(name: str) -> str:
    """The form under which two spellings of one name meet.

    Compatibility characters, case, hyphens, spaces and a plural last word do not tell names
    apart; digits, ``+``, ``#`` and points between digits do. A name of other signs alone is left
    with them, since nothing else tells it from the next.

    >>> normal_form("Graph-Neural  Networks") == normal_form("graph neural network")
    True
    >>> normal_form("Qwen2.5") == normal_form("Qwen25")
    False
    """
    folded = fold(unicodedata.normalize("NFKC", name)).casefold()
    folded = re.sub(r"(?<!\d)\.|\.(?!\d)|[^\w.+#@%*/ ]+", " ", folded)
    words = folded.split()
    if words and not _NO_PLURAL.search(name):
        words[-1] = singular(words[-1])
    return " ".join(words or unicodedata.normalize("NFKC", name).split())
