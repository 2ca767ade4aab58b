"""Organizations: makers, laboratories and handles by hand; universities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from vocabularies.entries import Entry, entry, labels
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries", "makers"]

_UNIVERSITY = re.compile(
    r"(?:The )?University of [\w' -]+|[\w' -]+ (?:University|Institute) of Technology|[\w']+ State University|"
    r"(?:Indian|National) Institute of [\w' ,-]+|Technische Universität [\w-]+|Universit[àéä]\w* [\w' -]+"
)
_LONGEST = 45
_MODEL_MAKERS = {
    "Facebook AI": "Facebook",
    "Moonshot": "Moonshot AI",
    "IBM Research": "IBM",
    "Amazon Web Services": "Amazon",
    "University of California (UC) Berkeley": "University of California, Berkeley",
    "University of Montreal / Université de Montréal": "Université de Montréal",
    "Carnegie Mellon University (CMU)": "Carnegie Mellon University",
    "Kunlun Inc.": "Kunlun Tech",
    "Yandex Research": "Yandex",
}


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``organizations``."""
    return {"organizations": [*_own(), *_universities(gazetteers)]}


def makers(gazetteers: Path) -> dict[str, str]:
    """The preferred names of organizations by the names that the gazetteer of models has for them.

    Acronyms in brackets aside: "New York University (NYU)" is found by its name.
    """
    return _makers(frozenset(row.get("organization") or "" for row in rows(gazetteers, "models")))


@cache
def _makers(listed: frozenset[str]) -> dict[str, str]:
    known = {label: item.concept.name for item in _own() for label in labels(item.concept)}
    spelled = {name.split(",")[0].strip() for name in listed}
    found = {name: known.get(re.sub(r" (?:\(.*\)|/ .*)$", "", name)) for name in spelled}
    return {name: maker for name, maker in (found | _MODEL_MAKERS).items() if maker}


@cache
def _own() -> tuple[Entry, ...]:
    return tuple(read_outline("Organization", OUTLINES / "organizations.txt"))


def _universities(gazetteers: Path) -> Iterator[Entry]:
    """Universities whose names tell that they are, with their countries."""
    for row in rows(gazetteers, "universities"):
        name = row["name"].strip()
        if _UNIVERSITY.fullmatch(name) and len(name) <= _LONGEST:
            yield entry("Organization", name, source="universities", facts=[("country", row["country"])])
