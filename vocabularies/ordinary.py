"""Labels that are also ordinary English, told by how abstracts write them.

The rule: a label is ordinary when at least 5 of 100,000 unlabelled abstracts write it in lower
case and these are at least 5 % of the abstracts that write it at all. ``ordinary.txt`` lists those
of the gazetteers' and outlines' labels that are; ``python -m vocabularies.ordinary ../shared/gazetteers
../shared/corpus`` makes it anew. Labels written by hand carry their mark in the outline; those of
gazetteers are marked here.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from vocabularies.entries import Entry

__all__ = ["guarded", "ordinary"]

_LIST = Path(__file__).with_name("ordinary.txt")
_NAMES = frozenset({"Dataset", "Software", "Organization", "Method"})


@cache
def ordinary() -> frozenset[str]:
    """Every ordinary label, in lower case."""
    return frozenset(_LIST.read_text(encoding="utf-8").splitlines())


def guarded(item: Entry) -> Entry:
    """The entry with its ordinary labels, and those of one or two characters, marked risky."""
    concept = item.concept
    if "own" in item.sources or concept.type not in _NAMES:
        return item
    risky = {label for label in (concept.name, *concept.aliases) if len(label) <= 2 or label.lower() in ordinary()}
    if not risky:
        return replace(item, concept=replace(concept, context=concept.context if concept.risky else ()))
    aliases = tuple(label for label in concept.aliases if label not in risky)
    return replace(item, concept=replace(concept, aliases=aliases, risky=tuple(sorted({*concept.risky, *risky}))))
