"""Software: by hand with its kind, programming languages, and machine-learning packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the files ``software`` and ``software-best-of-ml``."""
    return {
        "software": read_outline("Software", OUTLINES / "software.txt"),
        "software-best-of-ml": list(_packages(gazetteers)),
    }


def _packages(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "ml_software"):
        name = row["name"].strip()
        if len(name) < 3 or not name.isascii() or " - " in name:
            continue
        links = [
            f"{site}/{row[field]}"
            for field, site in (("github", "https://github.com"), ("pypi", "https://pypi.org/project"))
            if re.fullmatch(r"[\w./-]+", row.get(field, ""))
        ]
        yield entry("Software", name, source="ml_software", links=links)
