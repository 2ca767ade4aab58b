"""What a compound's own words say: "3D object detection" is a kind of "object detection".

In English the last words of a compound name its kind. So a task, method or metric that has no
broader concept yet gets the one whose preferred label is the longest end of its own, to the letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from vocabularies.entries import Entry

__all__ = ["below_heads"]

_TYPES = frozenset({"Method", "Metric", "Task"})
_JOINING = frozenset({"and", "by", "for", "in", "of", "on", "to", "with"})  # before them the head of a phrase stands
_TURNING = frozenset({"inverse", "reverse"})  # a compound with these is no such thing
_OTHER_HEAD = frozenset({
    "hate speech detection", "machine-generated text detection", "memory consistency model",
    "propensity score matching", "scene graph generation", "spatial audio rendering", "structural health monitoring",
})  # fmt: skip


def below_heads(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries, those without a broader concept below the one that their name ends with.

    >>> from vocabularies.entries import entry
    >>> tasks = [entry("Task", name, source="own") for name in ("parsing", "dependency parsing", "inverse parsing")]
    >>> [item.concept.broader for item in below_heads(tasks)]
    [(), ('task/parsing',), ()]
    """
    listed = list(entries)
    kinds = {
        (concept.type, concept.name): concept.id
        for concept in (item.concept for item in listed)
        if concept.type in _TYPES and concept.name not in concept.risky
    }
    for item in listed:
        concept = item.concept
        known = concept.type not in _TYPES or concept.broader or concept.name in _OTHER_HEAD
        kind = (
            None if known else next(filter(None, (kinds.get((concept.type, end)) for end in _ends(concept.name))), None)
        )
        yield item if kind is None else replace(item, concept=replace(concept, broader=(kind,)))


def _ends(name: str) -> Iterator[str]:
    """The ends of a compound that may name its kind, the longest first.

    >>> list(_ends("medical image segmentation")), list(_ends("planning for driving")), list(_ends("reverse parsing"))
    (['image segmentation', 'segmentation'], [], [])
    """
    words = name.split()
    if words[0] not in _TURNING and _JOINING.isdisjoint(words):
        yield from (" ".join(words[start:]) for start in range(1, len(words)))
