"""The engine of a laptop: in this process, one item after another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

__all__ = ["LocalEngine"]

Item = TypeVar("Item")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class LocalEngine:
    """Does the work here and now; nothing is loaded twice and nothing can be lost.

    >>> list(LocalEngine().map(abs, [-2, 1]))
    [2, 1]
    """

    name: str = "local"

    def map(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """What the work makes of each item, when it is asked for."""
        return map(work, items)
