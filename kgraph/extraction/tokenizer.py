"""A tokenizer that keeps technical names whole: ``GPT-4``, ``RISC-V``, ``C++``, ``mIoU@0.5``, ``TOPS/W``.

spaCy's own :class:`~spacy.tokenizer.Tokenizer` with one regular expression. Everything is told by
the *infixes*: a match is a token by itself, so that what must stay whole (an address, ``C++``) is
written before what splits. There are no suffixes and the prefix is a single character, because
spaCy peels affixes off one at a time: a run of 100,000 brackets would cost quadratic time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from spacy.tokenizer import Tokenizer
from spacy.util import registry

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["create_tokenizer", "technical_tokenizer"]

_WHOLE = (
    r"(?:https?|ftp)://[^\s<>\"{}]*[\w/]",  # an address on the web, without the full stop behind it
    r"www\.[^\s<>\"{}]*[\w/]",
    r"(?<![\w.@-])(?:[\w-]{1,40}\.){1,3}(?:com|org|net|io|ai|edu|gov|dev|app|cn|de|uk)/[^\s<>\"{}]*[\w/]",
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[A-Za-z][\w.-]*\w",  # of a mailbox
    r"(?<!\w)(?:C\+\+(?:\d\d)?|[CFJ]\#)(?!\w)",
    r"(?<![\w.])(?:e\.g|i\.e|w\.r\.t|vs|al|approx|resp|Fig|Eq)\.",  # full stops that end no sentence
)
_HYPHEN = "[-\u2010\u2011\u2013]"
_SPLITS = (
    r"[^\w\s.,:'’/+#@&\-\u2010\u2011\u2013]",  # brackets, quotes, signs: always
    r"[.,:](?!\w)",
    r"(?<!\d)[,:]|[,:](?!\d)",  # 1,024 and 10:1 stay whole
    r"(?<=[a-z\d])\.(?=[A-Z][a-z])",  # "…end.Next": a space was forgotten
    r"['’](?:s(?!\w))?",
    r"(?<!\b[A-Za-z])/(?!(?:[A-Za-z]|sec|second|mm2|mm²|watt|Watt|joule|Joule)(?!\w))",  # but TOPS/W, I/O, tokens/sec
    rf"(?<!\b[A-Za-z]){_HYPHEN}(?![\d]|[A-Za-z]\d|[A-Za-z](?!\w))",  # but GPT-4, Cortex-M4, RISC-V, U-Net
    rf"{_HYPHEN}(?!\w)",
    r"(?<=[A-Za-z])\+(?=[A-Za-z])",
    r"(?<!\w)[#@&+]",
    r"(?<=\dx)(?=[A-Z])",  # 48x|GH200
)
_INFIXES = re.compile("|".join(_WHOLE + _SPLITS))
_PREFIX = re.compile(r"[^\w\s](?=\w)")


def technical_tokenizer(nlp: Language) -> Tokenizer:
    """The tokenizer, for a pipeline's vocabulary.

    >>> from spacy.lang.en import English
    >>> nlp = English()
    >>> nlp.tokenizer = technical_tokenizer(nlp)
    >>> [token.text for token in nlp("(GPT-4-based) C++ on RISC-V: 3.5x TOPS/W, mIoU@0.5.")]
    ['(', 'GPT-4', '-', 'based', ')', 'C++', 'on', 'RISC-V', ':', '3.5x', 'TOPS/W', ',', 'mIoU@0.5', '.']
    """
    return Tokenizer(nlp.vocab, prefix_search=_PREFIX.match, infix_finditer=_INFIXES.finditer)


@registry.tokenizers("kgraph.Tokenizer.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], Tokenizer]:
    """What ``[nlp.tokenizer]`` of a spaCy config names as ``kgraph.Tokenizer.v1``."""
    return technical_tokenizer
