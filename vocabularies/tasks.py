"""Tasks: by hand, and those of leaderboards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_LEAST_COUNT = 10
_LONGEST = 50
_NO_TASK = re.compile(
    r"\d+-\d+|[(:]|\b(?:high school|college|professional|games?|leaderboard|with|from|using)\b|diacritization",
    re.IGNORECASE,
)


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the files ``tasks`` and ``tasks-leaderboards``."""
    own = read_outline("Task", OUTLINES / "tasks.txt")
    return {"tasks": own, "tasks-leaderboards": list(_leaderboards(gazetteers))}


def _leaderboards(gazetteers: Path) -> Iterator[Entry]:
    """Tasks of at least two words with ten results or more; settings of an experiment are none."""
    for row in rows(gazetteers, "leaderboard_tasks"):
        name = row["name"].strip().replace("_", " ")
        bracketed = re.fullmatch(r"(.+?) \(([A-Z][A-Za-z-]+)\)", name)
        name, aliases = (bracketed[1], [bracketed[2]]) if bracketed else (name, [])
        if row["count"] >= _LEAST_COUNT and " " in name and len(name) <= _LONGEST and not _NO_TASK.search(name):
            yield entry("Task", _lowered(name), source="leaderboard_tasks", aliases=aliases)


def _lowered(name: str) -> str:
    """A task as it stands in a sentence: words in lower case, names and acronyms as they are.

    >>> _lowered("Visual Question Answering"), _lowered("3D Object Detection"), _lowered("RGB-D Tracking")
    ('visual question answering', '3D object detection', 'RGB-D tracking')
    """
    return " ".join(
        word.lower() if re.fullmatch(r"[A-Z]?[a-z'-]+(?:-[A-Z]?[a-z]+)*", word) else word for word in name.split()
    )
