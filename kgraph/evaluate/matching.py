"""Which mentions, entities and results of gold and of what was found are the same.

What :mod:`kgraph.evaluate.scores` counts and :mod:`kgraph.evaluate.mistakes` names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from kgraph.model import Annotation, Entity, Result
from kgraph.text import title_key

__all__ = ["Span", "right_results", "same_names", "spans", "typed_pairs"]

Span = tuple[int, int, str]
"""Where a mention begins and ends, and its type."""


def spans(annotation: Annotation) -> set[Span]:
    """The mentions of an annotation."""
    return {(m.start, m.end, entity.type) for entity in annotation.entities for m in entity.mentions}


def typed_pairs(gold: Annotation, found: Annotation) -> list[tuple[int, int]]:
    """Which entities are the same, by their numbers in gold and in what was found; their types must be."""
    return _pairs(gold.entities, found.entities, lambda g, f: g.type == f.type)


def same_names(gold: Annotation, found: Annotation) -> dict[str, str]:
    """What gold calls the entities found: relations and results are matched by name or form, whatever the type."""
    loose = _pairs(gold.entities, found.entities, lambda _g, _f: True)
    return {found.entities[j].name: gold.entities[i].name for i, j in loose}


def _forms(entity: Entity) -> set[str]:
    return {title_key(entity.name), *(title_key(mention.text) for mention in entity.mentions)}


def _pairs(
    gold: tuple[Entity, ...], found: tuple[Entity, ...], comparable: Callable[[Entity, Entity], bool]
) -> list[tuple[int, int]]:
    """Which gold and found entities are the same, one to one: those of equal names first."""
    gold_forms, found_forms = [_forms(entity) for entity in gold], [_forms(entity) for entity in found]

    def named(i: int, j: int) -> bool:
        return title_key(gold[i].name) == title_key(found[j].name)

    def sharing(i: int, j: int) -> bool:
        return not gold_forms[i].isdisjoint(found_forms[j])

    pairs: dict[int, int] = {}
    for test in (named, sharing):
        for i in range(len(gold)):
            if i in pairs:
                continue
            free = (j for j in range(len(found)) if j not in pairs.values() and comparable(gold[i], found[j]))
            match = next((j for j in free if test(i, j)), None)
            if match is not None:
                pairs[i] = match
    return list(pairs.items())


_HEDGE = re.compile(r"(?:up to|about|around|approximately|over|more than|nearly|almost|an average of|~|≈|>|<)\s*")


def _value(text: str) -> str:
    """A printed value without its hedge, its spaces, and the many ways to write times and percent."""
    value = text.strip().casefold()
    hedge = _HEDGE.match(value)
    value = value[hedge.end() :] if hedge else value
    for spelled, sign in (("×", "x"), ("times", "x"), ("percent", "%")):
        value = value.replace(spelled, sign)
    return re.sub(r"\s+", "", value)


def right_results(gold: tuple[Result, ...], found: tuple[Result, ...], same: dict[str, str]) -> list[bool]:
    """For each result found whether gold has it."""
    free = list(gold)
    right = []
    for result in found:
        match = next((each for each in _same_value(free, result) if _same_subject(each, result, same)), None)
        if match is not None:
            free.remove(match)
        right.append(match is not None)
    return right


def _same_subject(gold: Result, found: Result, same: dict[str, str]) -> bool:
    return title_key(found.metric) == title_key(gold.metric) or same.get(found.entity) == gold.entity


def _same_value(results: Iterable[Result], wanted: Result) -> Iterator[Result]:
    return (result for result in list(results) if _value(result.value) == _value(wanted.value))
