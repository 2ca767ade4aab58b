"""The same papers with other names: what a reader must learn is the sentence, not the list of names in it.

Mention replacement (Dai and Adel 2020) for annotations: an entity is given the name of another
paper's entity of its type wherever it is mentioned; roles, relations and results stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from kgraph.model import Annotation, Mention, Relation, Result
from kgraph.text import passage

__all__ = ["names_by_type", "renamed"]


def names_by_type(annotations: Sequence[Annotation]) -> dict[str, list[str]]:
    """What entities of each type are called in the papers: one form of each entity, sorted, as often as it occurs."""
    found: dict[str, list[str]] = {}
    for annotation in annotations:
        for entity in annotation.entities:
            found.setdefault(entity.type, []).append(entity.mentions[0].text if entity.mentions else entity.name)
    return {type: sorted(names) for type, names in sorted(found.items())}


def renamed(
    annotation: Annotation, names: Mapping[str, Sequence[str]], share: float, random: np.random.Generator
) -> Annotation:
    """The paper with that share of its entities under names of others of their type, offsets moved accordingly.

    >>> from kgraph.model import Entity, Paper
    >>> entity = Entity("FPGA", "Hardware", "runsOn", 1.0, (Mention(3, 7, "FPGA"), Mention(12, 16, "FPGA")))
    >>> annotation = Annotation(Paper("1", "On FPGA", "The FPGA."), (entity,))
    >>> made = renamed(annotation, {"Hardware": ["GH200"]}, 1.0, np.random.default_rng(0))
    >>> made.paper.abstract, made.entities[0].mentions[1]
    ('The GH200.', Mention(start=13, end=18, text='GH200'))
    """
    paper = annotation.paper
    text = passage(paper.title, paper.abstract)
    taken = {mention.text for entity in annotation.entities for mention in entity.mentions}
    changes: list[tuple[Mention, int, str]] = []
    for number, entity in enumerate(annotation.entities):
        new = None
        if random.random() < share:
            choice = names[entity.type][int(random.integers(len(names[entity.type])))]
            new = choice if choice not in taken else None
            taken.add(choice)
        changes += [(mention, number, mention.text if new is None else new) for mention in entity.mentions]
    changes.sort(key=lambda change: change[0])
    parts: list[str] = []
    moved: list[list[Mention]] = [[] for _ in annotation.entities]
    at = length = 0
    title_end = len(paper.title)
    new_title_end = title_end
    for mention, number, new in changes:
        if mention.start < at:  # two mentions on one place: the first keeps it
            continue
        parts += [text[at : mention.start], new]
        start = length + mention.start - at
        length, at = start + len(new), mention.end
        moved[number].append(Mention(start, length, new))
        if mention.end <= title_end:
            new_title_end += len(new) - (mention.end - mention.start)
    made = "".join([*parts, text[at:]])
    entities = tuple(
        replace(entity, mentions=tuple(own)) for entity, own in zip(annotation.entities, moved, strict=True) if own
    )
    kept = {entity.name for entity in entities}
    return Annotation(
        replace(paper, title=made[:new_title_end], abstract=made[new_title_end + 1 :]),
        entities,
        tuple(_unplaced(relation) for relation in annotation.relations if {relation.subject, relation.object} <= kept),
        tuple(replace(result, start=None, end=None) for result in annotation.results if _known(result, kept, made)),
    )


def _unplaced(relation: Relation) -> Relation:
    return replace(relation, start=None, end=None)


def _known(result: Result, names: set[str], text: str) -> bool:
    """Whether a result still names entities of the paper, and its value still stands in the text."""
    linked = {result.entity, *(name for name in (result.on, result.versus) if name is not None)}
    return linked <= names and result.value in text
