"""What does not tell two names apart: spelling, class nouns, short forms. Pure functions on names.

Every rule gives a *key*: names with equal keys are written alike. Equality cannot drift, so no
chain of near-matches ever ties two ends that nobody would call the same. What tells names apart
stays in the key: digits, points between them, ``+``, ``#``, and letters behind a number
(*GPT-4* and *GPT-4o*).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kgraph.text import normal_form

__all__ = ["abbreviates", "alike", "core", "distinct", "is_short", "same_capitals", "short_key", "spelling"]

_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)|\N{TRADE MARK SIGN}|\N{REGISTERED SIGN}")
_ARTICLE = re.compile(r"\A(?:[Tt]he|a|an)\s+(?=\S)|(?<=\bas[\s-])an?[\s-](?=\S)")
_TIMES = re.compile(r"(?<=\d)\s?[×*]\s?(?=\d)")
_VERSION = re.compile(r"(?:(?<=[a-z])V|(?<=[A-Z])v|(?<=\w[\s_-])[vV])(?=\d{1,2}(?:\.\d+)*(?![\d.]*\d))")
_PLURAL_OF_CAPITALS = re.compile(r"(?<=[A-Z])s\Z")
_CAPITALS_AND_S = re.compile(r"(?<=[A-Z]{2})s\Z")
_SEVERAL_WINDOWS = re.compile(r"(?<=[a-z][ -])windows\Z")
_IN_BRACKETS = re.compile(r"\s+\([A-Z][\w-]{1,8}\)(?=\s|\Z)")
_LATEX = re.compile(r"[{$]*\\(?=[a-z])|[{}$]")
_GREEK = re.compile(r"[α-ωΑ-Ω]")
_PER_UNIT = re.compile(r"(?<=[^\W_]{2})\s?/\s?(s|sec|W|J)\Z")
_UNITS = {"s": "second", "sec": "second", "W": "watt", "J": "joule"}
_BRITISH = re.compile(
    r"(?<=[a-z]{2})is(?=(?:ation|ing|ed|er|e)s?\b)|(?<=[a-z]{3})our(?=s?\b|al|ed|ing|hood)"
    r"|(?<=mode|labe|igna|rave|ance|anne|unne)ll(?=ing|ed|er)|(?<=[a-z]{2})tre\b"
)
_ENDINGS = {"is": "iz", "our": "or", "ll": "l", "tre": "ter"}
_NUMBERS_APART = re.compile(r"(?<=\d) +(?=\d)")

_CLASS_NOUNS = {
    "Dataset": "dataset|data set|benchmark|benchmark suite|corpus|collection|leaderboard|benchmark dataset",
    "Hardware": (
        "gpu|cpu|fpga|tpu|npu|soc|mcu|dsp|vpu|apu|ipu|dpu|asic|processor|microprocessor|microcontroller|chip|superchip|"
        "board|card|device|module|kit|developer kit|development kit|development board|dev kit|dev board|"
        "evaluation board|graphics card|graphics processing unit|gpu accelerator|tensor core gpu|fpga board|"
        "fpga card|accelerator|accelerator card|ai accelerator|platform|system|node|server|workstation|supercomputer|"
        "architecture|microarchitecture|single board computer|sensor|camera|ssd|memory|machine|robot|edge device|"
        "instance|neuromorphic chip|neuromorphic processor"
    ),
    "Method": (
        "model|algorithm|method|technique|approach|architecture|mechanism|framework|scheme|strategy|optimizer|"
        "network|backbone|detector|family|series|model family|variant|procedure|policy"
    ),
    "Metric": "score|metric|value|measure",
    "Organization": (
        "inc|ltd|llc|corp|corporation|co|company|gmbh|plc|limited|ag|incorporated|co ltd|s.a|group|team|foundation"
    ),
    "Software": "framework|toolkit|platform|language|programming language|operating system|deep learning framework",
    "Task": "task|problem|application|challenge|workload",
}
_NOUNS = {type: frozenset(nouns.split("|")) for type, nouns in _CLASS_NOUNS.items()}
_LAST_WORDS = {type: frozenset(noun.split()[-1] for noun in nouns) for type, nouns in _NOUNS.items()}
_LONGEST_NOUN = 3
_SHORT = 5
_LONGEST_SHORT = 12
_LONGEST = 120
_COINED = re.compile(r"\w*(?:\d|[a-z][A-Z]|[A-Z]{2})\w*")
_NUMBERED = re.compile(r"[A-Z]+\w*\d\w*")
_MAKES_THE_NAME = frozenset("model network framework backbone family policy system platform".split())
"""Nouns that a name in lower case cannot lose: a language model is no language."""

_MINOR = frozenset("a an and as at by for from in of on or over per the to via with".split())
_PARTS = re.compile(r"[^\W_]+")
_NO_ENDINGS = frozenset({"um", "us"})
"""What ends a word without deriving it from another: *quantum* comes from no stem of *quantized*."""


@lru_cache(maxsize=1 << 16)
def spelling(name: str) -> str:
    """The key under which all spellings of one name meet.

    Beyond :func:`kgraph.text.normal_form`: written in one word or several, a version with or
    without its *v*, articles, possessives, British and American endings, slashes between words.

    >>> spelling("FlashAttention") == spelling("Flash-Attention") == spelling("flash attention")
    True
    >>> spelling("Llama-2-7B") == spelling("LLaMA2 7B") == spelling("Llama v2 7B"), spelling("Llama 27B")
    (True, 'llama27b')
    >>> [spelling(name) for name in ("Qwen2", "Qwen2.5", "GPT-4o", "C++", "frames/s", "I/O")]
    ['qwen2', 'qwen2.5', 'gpt4o', 'c++', 'framespersecond', 'io']
    """
    text = unicodedata.normalize("NFKC", name).strip()
    if not text.isalpha():
        text = _plain(text)
    form = normal_form(_SEVERAL_WINDOWS.sub("window", _CAPITALS_AND_S.sub("", text)))
    form = _BRITISH.sub(_american, form)
    if not form.isalpha():
        form = _NUMBERS_APART.sub("_", form.replace("/", " ")).replace(" ", "")
    return form or name.strip().casefold()


def _plain(text: str) -> str:
    """A name of more than letters without possessives, articles, the sign of times and the v of a version.

    >>> _plain("Multiply-Accumulate (MAC) units"), _plain(r"PixArt-{\\delta}") == _plain("PixArt-δ")
    ('Multiply-Accumulate units', True)
    """
    if not text.isascii():
        text = _GREEK.sub(_spelled_out, text)
    text = _LATEX.sub("", _IN_BRACKETS.sub("", text))
    text = _VERSION.sub("", _TIMES.sub("x", _ARTICLE.sub("", _POSSESSIVE.sub("", text))))
    return _PER_UNIT.sub(lambda unit: f" per {_UNITS[unit[1]]}", text)


def _spelled_out(letter: re.Match[str]) -> str:
    """The name of a Greek letter, as LaTeX has it (Unicode calls one LAMDA)."""
    return unicodedata.name(letter[0]).rpartition(" ")[2].lower().replace("lamda", "lambda")


def _american(match: re.Match[str]) -> str:
    return _ENDINGS[match[0]]


@lru_cache(maxsize=1 << 16)
def core(type: str, name: str) -> str:
    """The name without the nouns behind it that only say what kind of thing it is; else the name.

    >>> core("Hardware", "NVIDIA A100 Tensor Core GPUs"), core("Dataset", "Pile dataset")
    ('NVIDIA A100', 'Pile')
    >>> core("Method", "language model"), core("Method", "Transformer model")
    ('language model', 'Transformer')
    """
    nouns, last_words = _NOUNS.get(type, frozenset()), _LAST_WORDS.get(type, frozenset())
    words = name.split()
    while len(words) > 1 and normal_form(words[-1]) in last_words:
        sizes = (size for size in range(_LONGEST_NOUN, 0, -1) if size < len(words))
        size = next((size for size in sizes if normal_form(" ".join(words[-size:])) in nouns), 0)
        common = " ".join(words[:-1]).islower() and (type == "Metric" or normal_form(words[-1]) in _MAKES_THE_NAME)
        if not size or common:
            break
        words = words[:-size]
    return " ".join(words)


def distinct(type: str, name: str) -> str:
    """The name without its class noun where what is left can be nothing else: a coined name, a product's number.

    >>> distinct("Method", "LLaVA model"), distinct("Method", "language model"), distinct("Method", "World Model")
    ('LLaVA', 'language model', 'World Model')
    >>> distinct("Hardware", "GAP9 microcontroller"), distinct("Hardware", "GPU server")
    ('GAP9', 'GPU server')
    """
    bare = core(type, name)
    if type == "Dataset":  # what is called a data set has a proper name
        return name if bare.islower() else bare
    mark = _NUMBERED if type == "Hardware" else _COINED
    return bare if any(mark.fullmatch(word) for word in re.split(r"[\s-]", bare)) else name


@lru_cache(maxsize=1 << 16)
def is_short(form: str) -> bool:
    """Whether a form looks like a short one: one word of few letters, two of them capitals or one and a digit.

    >>> [is_short(form) for form in ("MoE", "LLMs", "U-Net", "T2I", "Transformer", "KV cache")]
    [True, True, True, True, False, False]
    """
    if not 2 <= len(form) <= _LONGEST_SHORT or form.islower() or " " in form:
        return False
    capitals = sum(map(str.isupper, form))
    return capitals >= 2 or (capitals == 1 and any(map(str.isdigit, form)))


@lru_cache(maxsize=1 << 16)
def abbreviates(short: str, long: str) -> bool:
    """Whether a form may be short for a long one: its letters are those that begin the long form's words.

    Stricter than reading a definition needs (A. S. Schwartz, M. A. Hearst, PSB 2003): every word
    but a minor one gives at least its first letter, so that what stands before the words that were
    shortened is noticed.

    >>> abbreviates("MoE", "Mixture-of-Experts"), abbreviates("MoE", "sparse Mixture-of-Experts")
    (True, False)
    >>> abbreviates("LSTMs", "long short-term memory"), abbreviates("T2I", "text-to-image"), abbreviates("GPU", "A100")
    (True, True, False)
    """
    if len(long) <= len(short) or len(long) > _LONGEST or long.lower().startswith(short.lower()):
        return False
    letters = "".join(_PARTS.findall(_PLURAL_OF_CAPITALS.sub("", short))).lower()
    words = [(part, place > 0) for word in long.lower().split() for place, part in enumerate(_PARTS.findall(word))]
    return len(letters) >= 2 and len(words) + len(long) > 6 and _spelled(letters, words)


def _spelled(letters: str, words: list[tuple[str, bool]]) -> bool:
    """Whether the words give the letters in their order; ``reached`` holds how many may be given so far."""
    reached = {0}
    for word, behind_hyphen in words:
        free = behind_hyphen or word in _MINOR
        found = set(reached) if free else set()
        number = {"to": "2", "for": "4"}.get(word)
        for done in reached:
            if number and letters[done : done + 1] == number:
                found.add(done + 1)
            if letters[done : done + 1] == word[0]:
                found.update(_given(letters, done, word))
        reached = found
    return len(letters) in reached


def _given(letters: str, done: int, word: str) -> list[int]:
    """How many letters may be given in all when a word gives its first and any that follow, in their order."""
    ends, place = [], 0
    while done < len(letters) and (place := word.find(letters[done], place)) >= 0:
        done, place = done + 1, place + 1
        ends.append(done)
    return ends


def alike(one: str, other: str) -> bool:
    """Whether two long forms of *the same* short form are one: word by word they begin alike.

    The last of three words or more, which says what kind of thing it is, may be another one.

    >>> alike("convolution neural network", "convolutional neural networks")
    True
    >>> alike("application-specific integrated circuit", "application-specific integrated chip")
    True
    >>> alike("Bayesian neural network", "binary neural network"), alike("continual learning", "contrastive learning")
    (False, False)
    >>> alike("quantum circuit", "quantized circuit")
    False
    """
    ones, others = ([w for w in _PARTS.findall(long.lower()) if w not in _MINOR] for long in (one, other))
    if len(ones) != len(others):
        return False
    apart = [place for place, pair in enumerate(zip(ones, others, strict=True)) if not _one_stem(*pair)]
    return not apart or (apart == [len(ones) - 1] and apart[0] > 1 and (ones[-1] + others[-1]).isalpha())


def _one_stem(one: str, other: str) -> bool:
    """Whether two words differ in their endings only (*graphics*, *graphical*); numbers never do."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    shared = next((place for place, letter in enumerate(shorter) if letter != longer[place]), len(shorter))
    close = shared >= max(4, len(shorter) - 3) and len(longer) - len(shorter) <= 5
    return close and (one + other).isalpha() and shorter[shared:] not in _NO_ENDINGS


def short_key(short: str) -> str:
    """The key of a short form: its letters and digits with their case, without a plural *s*.

    >>> short_key("LLMs"), short_key("Bi-LSTM"), short_key("LoRa") == short_key("LoRA")
    ('LLM', 'BiLSTM', False)
    """
    return "".join(_PARTS.findall(_PLURAL_OF_CAPITALS.sub("", short)))


def same_capitals(one: str, other: str) -> bool:
    """Whether capitals leave two spellings one: only short forms in mixed case differ by them (*LoRa*, *LoRA*).

    >>> same_capitals("LoRa", "LoRA"), same_capitals("LORA", "LoRA"), same_capitals("ImageNet", "Imagenet")
    (False, True, True)
    """
    if len(one) > _SHORT or len(other) > _SHORT or not (is_short(one) and is_short(other)):
        return True
    ones, others = short_key(one), short_key(other)
    return ones == others or ones.isupper() or others.isupper()
