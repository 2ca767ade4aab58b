"""The engine of whoever does not choose: one process for little work, all cores for much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import TypeVar

from kgraph.engines.local import LocalEngine
from kgraph.engines.processes import ProcessesEngine
from kgraph.engines.workers import cores
from kgraph.stages import Engine

__all__ = ["MUCH", "BySizeEngine"]

Item = TypeVar("Item")
Made = TypeVar("Made")

MUCH = 32
"""Batches from which on processes win back the seconds in which each of them loads what it needs."""


@dataclass(frozen=True, slots=True)
class BySizeEngine:
    """Looks how much there is to do before it decides.

    >>> list(BySizeEngine().map(abs, [-2, 1]))
    [2, 1]
    """

    little: Engine = field(default_factory=LocalEngine)
    much: Engine = field(default_factory=ProcessesEngine)
    name: str = "by size"

    def map(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """What the work makes of each item, in their order; raises what the engine does that is taken."""
        waiting = iter(items)
        first = list(islice(waiting, MUCH))
        engine = self.much if len(first) == MUCH and cores() > 1 else self.little
        return engine.map(work, chain(first, waiting))
