"""Numbers as abstracts print them: ``up to 3.5x``, ``89.78%``, ``1.7 mAP``."""

from __future__ import annotations

import math
import re

__all__ = ["parse_value"]

_NUMBER = re.compile(r"(?<![\w.])[-+−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?|(?<![\w.])[-+−]?\.\d+")
_UNIT = re.compile(r"\s*-?\s*(%|×|[A-Za-zµμ°Ω][\w²³/·.^%-]*)")


def parse_value(value: str) -> tuple[float | None, str | None]:
    """The number and the unit in a printed value; None for what cannot be told for sure.

    A value of several numbers (a range, ``3.2 to 4.5x``) has no numeric value: which of them is
    meant is for the reader; nor has one too large for a float.

    >>> parse_value("up to 3.5x"), parse_value("89.78%"), parse_value("1,024 GB/s"), parse_value("15-23x")
    ((3.5, 'x'), (89.78, '%'), (1024.0, 'GB/s'), (None, 'x'))
    """
    numbers = list(_NUMBER.finditer(value))
    if not numbers:
        return None, None
    unit = _UNIT.match(value, numbers[-1].end())
    name = unit.group(1).rstrip(".-") if unit else None
    if name in {"×", "times", "X"}:
        name = "x"
    elif name in {"percent", "percentage"}:
        name = "%"
    number = float(numbers[0].group().replace(",", "").replace("−", "-")) if len(numbers) == 1 else math.inf
    return number if math.isfinite(number) else None, name or None
