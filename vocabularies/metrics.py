"""Metrics: by hand, with direction and usual unit, and those of leaderboards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_LEAST_COUNT = 20
_ACRONYM = re.compile(r"(?=\w*[A-Z]\w*[A-Z]|\w+-?\w*@)[A-Za-z][\w.-]+(?:@\d[\d.]*)?")


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the files ``metrics`` and ``metrics-leaderboards``."""
    own = read_outline("Metric", OUTLINES / "metrics.txt")
    return {"metrics": own, "metrics-leaderboards": list(_leaderboards(gazetteers))}


def _leaderboards(gazetteers: Path) -> Iterator[Entry]:
    """Acronyms and measures at a rank (``mINP``, ``Recall@40``); phrases name settings as often as metrics."""
    for row in rows(gazetteers, "leaderboard_metrics"):
        name = re.sub(r" ?\((?:%|mm|s|ms|fps)\)$| %$|^% ", "", row["name"].strip())
        if row["count"] >= _LEAST_COUNT and _ACRONYM.fullmatch(name) and "/" not in name:
            yield entry("Metric", name, source="leaderboard_metrics")
