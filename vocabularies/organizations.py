"""Organizations: makers, laboratories and handles by hand; universities."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``organizations``."""
    own = read_outline("Organization", OUTLINES / "organizations.txt")
    return {"organizations": [*own, *_universities(gazetteers)]}


def _universities(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "universities"):
        if row["name"].startswith("University of ") and len(row["name"].split()) <= 4:
            yield entry("Organization", row["name"], source="universities", facts=[("country", row["country"])])
