"""Pairs of mentions judged by annotators, made from annotated papers whenever they are needed.

*One*: an entity's name and another way in which its paper writes it: a short form, or one of
nearly the same letters. Left out are parts of the name (*segmentation* for *semantic
segmentation*), which mean it in that paper alone, and paraphrases.
*Two*: entities of one type that a paper tells apart though their names are close, and names that
differ in their numbers only, wherever they stand.

:func:`taken_apart` gives the papers as a reader would who does not yet know which mentions belong
together; an id for each of its entities is what pairs are judged by.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from kgraph.model import Annotation
from kgraph.text import normal_form, singular

_CLOSE, _NEARLY = 0.75, 0.85
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


class Written(NamedTuple):
    """A way of writing something in a paper."""

    paper: str
    type: str
    form: str


class Pair(NamedTuple):
    """Two ways of writing, whether they mean one thing, and whether that is hard to tell."""

    same: bool
    hard: bool
    one: Written
    other: Written


def half(annotations: Iterable[Annotation], *, first: bool) -> list[Annotation]:
    """One half of the papers, told by a digest of their ids, so that the other stays unseen."""
    return [a for a in annotations if (hashlib.sha256(a.paper.id.encode()).digest()[0] < 128) is first]


def taken_apart(annotation: Annotation) -> Annotation:
    """The annotation with an entity for each way of writing, every name among them."""
    entities = [
        replace(entity, name=form, id="", mentions=tuple(m for m in entity.mentions if m.text == form))
        for entity in annotation.entities
        for form in sorted({entity.name, *(mention.text for mention in entity.mentions)})
    ]
    return replace(annotation, entities=tuple(entities), relations=(), results=())


def pairs(annotations: Iterable[Annotation]) -> list[Pair]:
    """All pairs that the papers give, sorted."""
    listed = list(annotations)
    return sorted({*_written_in_two_ways(listed), *_told_apart(listed), *_numbered(listed)})


def _written_in_two_ways(annotations: Iterable[Annotation]) -> Iterator[Pair]:
    for annotation in annotations:
        for entity in annotation.entities:
            name = Written(annotation.paper.id, entity.type, entity.name)
            for form in sorted({mention.text for mention in entity.mentions} - {entity.name}):
                part = _words(form) < _words(entity.name) or _words(entity.name) < _words(form)
                short = " " not in form and sum(map(str.isupper, form)) >= 2
                if not part and (short or _closeness(form, entity.name) >= _NEARLY):
                    hard = normal_form(form) != normal_form(entity.name)
                    yield Pair(True, hard, name, name._replace(form=form))


def _told_apart(annotations: Iterable[Annotation]) -> Iterator[Pair]:
    for annotation in annotations:
        for one, other in combinations(sorted(annotation.entities, key=lambda entity: entity.name), 2):
            if one.type == other.type and _closeness(one.name, other.name) >= _CLOSE:
                written = Written(annotation.paper.id, one.type, one.name)
                yield Pair(False, True, written, written._replace(form=other.name))


def _numbered(annotations: Iterable[Annotation]) -> Iterator[Pair]:
    alike: dict[tuple[str, str], dict[tuple[str, ...], Written]] = {}
    for annotation in sorted(annotations, key=lambda annotation: annotation.paper.id):
        for entity in annotation.entities:
            if numbers := tuple(_NUMBER.findall(entity.name)):
                skeleton = entity.type, _NUMBER.sub("0", normal_form(entity.name))
                written = Written(annotation.paper.id, entity.type, entity.name)
                alike.setdefault(skeleton, {}).setdefault(numbers, written)
    for found in alike.values():
        yield from (Pair(False, True, *sorted(two)) for two in combinations(found.values(), 2))


def _closeness(one: str, other: str) -> float:
    return SequenceMatcher(None, normal_form(one), normal_form(other)).ratio()


def _words(name: str) -> frozenset[str]:
    return frozenset(singular(word) for word in re.findall(r"\w+", normal_form(name)))
