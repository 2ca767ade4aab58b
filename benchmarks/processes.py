"""Whole processes timed side by side, in turn, so that a busy machine slows both."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Ratio", "compare"]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How many times as long one process takes as another: medians of both, in seconds."""

    what: str
    ours: float
    floor: float
    limit: float

    @property
    def times(self) -> float:
        return self.ours / self.floor


def compare(what: str, ours: Sequence[str], floor: Sequence[str], *, limit: float, rounds: int = 5) -> Ratio:
    """Run both commands (arguments of the Python that runs this) in turn; the first round warms up."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for round in range(rounds + 1):
        for taken, arguments in zip(seconds, (ours, floor), strict=True):
            begin = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True, capture_output=True)
            if round:
                taken.append(time.perf_counter() - begin)
    return Ratio(what, *(statistics.median(taken) for taken in seconds), limit)
