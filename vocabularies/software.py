"""Software: by hand with its kind, programming languages, and machine-learning packages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_KINDS = {
    "audio": "audio library",
    "chinese-nlp": "NLP library",
    "data-viz": "visualization library",
    "image": "computer vision library",
    "ml-frameworks": "deep learning framework",
    "nlp": "NLP library",
    "nn-search": "vector search library",
    "ocr": "computer vision library",
    "recommender-systems": "recommender library",
    "reinforcement-learning": "reinforcement learning library",
    "time-series-data": "time series library",
}


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the files ``software`` and ``software-best-of-ml``."""
    return {
        "software": read_outline("Software", OUTLINES / "software.txt"),
        "software-best-of-ml": list(_packages(gazetteers)),
    }


def _packages(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "ml_software"):
        name = row["name"].strip()
        if len(name) < 3 or re.search(r" - |[^\x20-\x7e]|[\"\\]", name):
            continue
        links = [
            f"{site}/{row[field]}"
            for field, site in (("github", "https://github.com"), ("pypi", "https://pypi.org/project"))
            if re.fullmatch(r"[\w./-]+", row.get(field, ""))
        ]
        kind = _KINDS.get(row.get("category") or "", "machine learning library")
        yield entry("Software", name, source="ml_software", broader=[kind], links=links)
