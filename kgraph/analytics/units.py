"""Numbers in another unit, where that is safe; refused where it is not.

Safe are units that measure one thing and differ by a factor: seconds, joules, bytes and their
rates, and what abstracts count (tokens, frames, operations), each of its own kind, so that tokens
never become frames. Refused are percent and factors, scales that are no factors (dB, °C), units
that mean two things ("GFLOPs" counts operations or operations a second; a small "b" alone), and
whatever is not known.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kgraph.errors import KgraphError

if TYPE_CHECKING:
    import pint

__all__ = ["UnitRefused", "factor"]

_COUNTED = ("token", "frame", "image", "sample", "request", "query", "step", "operation", "flop")
_ALONE = {
    "FPS": "frame/second",
    "QPS": "query/second",
    "RPS": "request/second",
    "FLOPS": "flop/second",
    "OPS": "operation/second",
    "op": "operation",
    "Op": "operation",
    "FLOP": "flop",
    "s": "second",
    "min": "minute",
    "h": "hour",
    "J": "joule",
    "Wh": "watt_hour",
    "W": "watt",
    "B": "byte",
    "iB": "byte",
    "bps": "bit/second",
    "Hz": "hertz",
    "mm²": "millimeter**2",
    "cm²": "centimeter**2",
    "m": "meter",
}
_SPELLED = {"tokens/sec": "tokens/s", "sec": "s", "KB": "kB", "USD": "$"}
_PREFIXES = {"p": "pico", "n": "nano", "µ": "micro", "m": "milli", "k": "kilo", "K": "kilo", "M": "mega"}
_PREFIXES |= {"G": "giga", "T": "tera", "P": "peta", "E": "exa", "peta": "peta", "tera": "tera", "giga": "giga"}
_PREFIXED = re.compile(r"(peta|tera|giga|[pnµmkKMGTPE])(FLOPS|FLOP|OPS|op|Op|s|J|Wh|W|iB|B|bps|Hz|m)(s?)")
_BINARY = {"kilo": "kibi", "mega": "mebi", "giga": "gibi", "tera": "tebi", "peta": "pebi"}
_LONGEST = 30


class UnitRefused(KgraphError):
    """One unit cannot be had from another.

    >>> str(UnitRefused("%", "x"))
    '% cannot be told in x: they are not two units of one thing'
    """

    def __init__(self, unit: str, wanted: str) -> None:
        super().__init__(f"{unit or 'no unit'} cannot be told in {wanted}: they are not two units of one thing")
        self.unit = unit
        self.wanted = wanted


@cache
def factor(unit: str, wanted: str) -> float:
    """What a number in one unit is multiplied with to be in the other (by pint).

    The same unit is always safe. Raises :class:`UnitRefused` where it is not.

    >>> factor("ms", "s"), factor("GB/s", "MB/s"), factor("TFLOPS", "PFLOP/s"), factor("h", "min")
    (0.001, 1000.0, 0.001, 60.0)
    >>> factor("tokens/s", "FPS")
    Traceback (most recent call last):
    kgraph.analytics.units.UnitRefused: tokens/s cannot be told in FPS: they are not two units of one thing
    """
    if unit == wanted:
        return 1.0
    known, other = _quantity(unit), _quantity(wanted)
    if known is None or other is None or known.dimensionality != other.dimensionality:
        raise UnitRefused(unit, wanted)
    return float(f"{known.to(other).magnitude:.12g}")


def _quantity(unit: str) -> Any:
    """The unit as a pint quantity; None where it is not known for sure."""
    if not unit or len(unit) > _LONGEST:
        return None
    parts = [_part(part) for part in unit.replace("FLOPs/s", "FLOP/s").split("/")]
    if None in parts:
        return None
    return _registry()("1 * " + " / ".join(f"({part})" for part in parts))


def _part(text: str) -> str | None:
    """One factor of a unit in pint's words.

    >>> _part("tokens"), _part("GiB"), _part("TOPS"), _part("GFLOPs"), _part("dB"), _part("x")
    ('token', 'gibibyte', 'teraoperation/second', None, None, None)
    """
    text = _SPELLED.get(text, text)
    if text in _ALONE:
        return _ALONE[text]
    if text.rstrip("s") in _COUNTED:
        return text.rstrip("s")
    found = _PREFIXED.fullmatch(text)
    if found is None:
        return None
    prefix, name, plural = _PREFIXES[found[1]], found[2], found[3]
    if plural and name not in {"op", "Op"}:  # "GFLOPs" may be a count or a rate
        return None
    if name == "iB":
        return f"{_BINARY[prefix]}byte" if prefix in _BINARY else None
    return prefix + _ALONE[name]


@cache
def _registry() -> pint.UnitRegistry[Any]:
    """The units of pint and what abstracts count, each a dimension of its own."""
    import pint

    registry: pint.UnitRegistry[Any] = pint.UnitRegistry()
    for name in _COUNTED:
        registry.define(f"{name} = [{name}s_counted]")
    return registry
