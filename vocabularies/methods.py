"""Methods: techniques by hand, models with maker, family and size."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from vocabularies.entries import Entry, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_CONTEXT = ("model", "models", "llm", "llms", "language", "network", "baseline", "fine-tuning")


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``methods``."""
    return {"methods": [*read_outline("Method", OUTLINES / "methods.txt"), *_models(gazetteers)]}


def _models(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "models"):
        name = re.sub(r"\s*\([^)]*\)$", "", row["model"].strip())
        if 3 <= len(name) <= 40 and re.search(r"[A-Z0-9]", name) and "+" not in name:
            facts = [("releaseDate", row["date"])]
            yield entry("Method", name, source="models", context=_CONTEXT, facts=facts)
