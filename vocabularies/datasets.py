"""Data sets and benchmarks: well-known ones by hand, those of leaderboards by their counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_SETTING = re.compile(
    r"[ ,-]+(?:test-?(?:dev|std|challenge|clean|other)?|val(?:idation)?|dev|minival|train(?:ing)?|unseen|"
    r"easy|moderate|hard|\d+x upscaling|\d+ ?x ?\d+|sigma ?\d+|dataset|"
    r"english|german|french|spanish|dutch|chinese|russian|arabic|"
    r"in-domain|out-of-domain|unsupervised|self-supervised|univariate|multivariate|testA|testB)$| ?\([^()]*\)$| - .*$",
    re.IGNORECASE,
)
_NO_DATA_SET = re.compile(
    r"%|->|[,:=*→\u03c1]|\bvs\b|\bto\b|-to-|->|\d+-(?:way|shot)|\blabel|\bclass(?:es)?\b|\bquality\b|\brandom\b|"
    r"\btrack \d|\bsub-?task|-(?:English|German|French)|\bw/|\bsettings?\b|\bconditional\b",
    re.IGNORECASE,
)
# Parts and sources of data sets, not their names.
_NO_NAMES = frozenset({"Berkeley", "Film", "Florence", "Mandarin", "Olympics", "Texas", "Wisconsin"})
_LEAST_COUNT = 5
_LONGEST = 40


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
            yield entry("Dataset", title, source="benchmarks")


def _leaderboards(gazetteers: Path) -> Iterator[Entry]:
    """Every data set that at least five results were reported on, without its split or setting."""
    for row in rows(gazetteers, "leaderboard_datasets"):
        name = row["name"].strip()
        while (shorter := _SETTING.sub("", name)) not in {name, ""}:
            name = shorter
        fits = re.search(r"[A-Za-z]{2}", name) and 3 <= len(name) <= _LONGEST and not _NO_DATA_SET.search(name)
        if row["count"] >= _LEAST_COUNT and fits and name not in _NO_NAMES:
            yield entry("Dataset", name, source="leaderboard_datasets")
