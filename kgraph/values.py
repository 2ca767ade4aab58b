r"""Numbers as abstracts print them: ``up to 3.5x``, ``89.78%``, ``1.7 mAP``, ``$2.3\times$``."""

from __future__ import annotations

import math
import re

__all__ = ["parse_value"]

_LATEX = re.compile(r"\\([A-Za-z]+|.)|[{}]", re.DOTALL)
_LATEX_MEANS = {"times": "x", "pm": "±", "mu": "µ", "sim": "~", "%": "%", "$": "$", ",": " ", ";": " ", " ": " "}
_PLUS_MINUS = re.compile(r"(?<=\d) ?(?:±|\+/-|pm(?= ?\d)) ?[\d.]+")  # arXiv's plain text loses the backslash of \pm
_ASIDE = re.compile(r"\([^()]*\)")
_POWERS = str.maketrans({"^": None, "$": None})
_DIGITS = r"(?<![\w.])[-+−]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|\.\d+)"
_NUMBER = re.compile(_DIGITS + r"|(?<!\w)(?:two|three|four|five|ten)(?= times| ?-?fold)")
_WORDS = {"two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "ten": 10.0}
_SCALE = re.compile(r"\s?(?:thousand|million|billion|trillion)\b|[KM](?!\w)")
_SCALES = {"thousand": 1e3, "K": 1e3, "million": 1e6, "M": 1e6, "billion": 1e9, "trillion": 1e12}
_UNIT = re.compile(
    r"\s*-?\s*(?!(?:per|of|on|to|and|in|for|with|at|avg)\b)"
    r"(%|×|percent(?:age)?[ -]points?|[A-Za-zµμ°Ω][\w²³/·.^%-]*(?: per [A-Za-z]+)?)"
)
_UNITS = {
    "x": ("×", "times", "X", "fold"),
    "%": ("percent", "percentage"),
    "pp": ("percentage points", "percentage point", "percentage-points", "percentage-point", "percent points"),
    "ms": ("millisecond", "milliseconds", "msec"),
    "µs": ("us", "μs", "microsecond", "microseconds", "mus"),
    "µJ": ("uJ", "μJ", "muJ"),
    "µW": ("uW", "μW", "muW"),
    "s": ("sec", "secs", "second", "seconds", "Seconds"),
    "min": ("minute", "minutes", "mins"),
    "h": ("hour", "hours", "hrs"),
    "W": ("watt", "watts", "Watt", "Watts"),
    "J": ("joule", "joules", "Joule", "Joules"),
    "FPS": ("fps", "frames/s"),
    "tokens": ("tok", "token"),
    "mm²": ("mm2",),
}
_NAMES = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}


def parse_value(value: str) -> tuple[float | None, str | None]:
    r"""The number and the unit in a printed value; None for what cannot be told for sure.

    A value of several numbers (a range, ``3.2 to 4.5x``) has no numeric value: which of them is
    meant is for the reader; nor has one too large for a float. A deviation (``± 0.1``) and what
    stands in brackets are left aside. The many spellings of a unit give one name. Costs time
    linear in the value.

    >>> parse_value("up to 3.5x"), parse_value("89.78%"), parse_value("1,024 GB/s"), parse_value("15-23x")
    ((3.5, 'x'), (89.78, '%'), (1024.0, 'GB/s'), (None, 'x'))
    >>> parse_value("$2.3\\times$"), parse_value("12 million tokens"), parse_value("43.9 tokens per second")
    ((2.3, 'x'), (12000000.0, 'tokens'), (43.9, 'tokens/s'))
    """
    plain = _ASIDE.sub(" ", _PLUS_MINUS.sub("", _without_latex(value)))
    numbers = list(_NUMBER.finditer(plain))
    if not numbers:
        return None, None
    scale = _SCALE.match(plain, numbers[-1].end())
    unit = _UNIT.match(plain, (scale or numbers[-1]).end())
    name = _unit_name(unit.group(1)) if unit else None
    if len(numbers) > 1:
        return None, name
    number = _number(numbers[0].group()) * (_SCALES[scale.group().strip()] if scale else 1.0)
    return (number if math.isfinite(number) else None), name


def _without_latex(value: str) -> str:
    r"""The value in plain characters: ``$1.5\,$mm$^2$`` is ``1.5 mm2``.

    >>> _without_latex("$1.5\\,$mm$^2$"), _without_latex("\\textbf{75.7}\\%")
    ('1.5 mm2', '75.7%')
    """
    plain = _LATEX.sub(lambda command: _LATEX_MEANS.get(command.group(1) or "", ""), value)
    return plain.translate(_POWERS)


def _number(printed: str) -> float:
    return _WORDS[printed] if printed in _WORDS else float(printed.replace(",", "").replace("−", "-"))


def _unit_name(printed: str) -> str | None:
    """The usual name of a unit: ``tokens per second`` is ``tokens/s``; None where no letters are left."""
    name = _NAMES.get(printed) or "/".join(
        _NAMES.get(part, part) for part in printed.replace(" per ", "/").rstrip(".-").split("/")
    )
    return _NAMES.get(name, name) or None
