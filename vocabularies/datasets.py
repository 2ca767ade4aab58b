"""Data sets and benchmarks: well-known ones by hand, those of leaderboards by their counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_CONTEXT = ("benchmark", "benchmarks", "corpus", "dataset", "datasets", "evaluation", "leaderboard")
_SPLIT = re.compile(
    r"[ -]+(?:test-?(?:dev|std|challenge|clean|other)?|val(?:idation)?|dev|minival|train|"
    r"\(?(?:val|test|dev|test-dev|validation)\)?|\d+x upscaling|\d+ ?x ?\d+|sigma ?\d+|\(?\d+-shot\)?)$", re.I
)  # fmt: skip
_LEAST_COUNT = 2


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the files ``datasets`` and ``datasets-leaderboards``."""
    return {
        "datasets": [*read_outline("Dataset", OUTLINES / "datasets.txt"), *_benchmarks(gazetteers)],
        "datasets-leaderboards": list(_leaderboards(gazetteers)),
    }


def _benchmarks(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "benchmarks"):
        title = row.get("readme_title") or ""
        if title != "Task-name" and re.fullmatch(r"[\w .+-]{3,30}", title) and not title.islower():
            yield entry("Dataset", title, source="benchmarks", context=_CONTEXT)


def _leaderboards(gazetteers: Path) -> Iterator[Entry]:
    """Every data set that at least two results were reported on, without the name of its split."""
    for row in rows(gazetteers, "leaderboard_datasets"):
        name = row["name"].strip()
        while (shorter := _SPLIT.sub("", name)) != name:
            name = shorter
        if row["count"] >= _LEAST_COUNT and re.search(r"[A-Za-z]{2}", name) and len(name) <= 60:
            yield entry("Dataset", name, source="leaderboard_datasets", context=_CONTEXT)
