"""Entities of one paper that came to one id are one entity; relations and results follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kgraph.iri import entity_id
from kgraph.model import Annotation, Entity, Relation, Result

__all__ = ["joined"]


def joined(annotation: Annotation, ids: Sequence[str], roles: Sequence[str]) -> Annotation:
    """The annotation with these ids, one for each entity in their order, and equal ones joined.

    Of the joined entities the strongest role stays (``roles``, the strongest first), the highest
    score, every mention, and the name that the id is made of or else the one mentioned most.
    Neither their order nor joining twice changes that.
    """
    groups: dict[str, list[Entity]] = {}
    for entity, id in zip(annotation.entities, ids, strict=True):
        groups.setdefault(id, []).append(entity)
    entities = {id: _one(id, members, roles) for id, members in groups.items()}
    if len(entities) == len(annotation.entities):
        kept = _distinct(annotation.relations)
        return Annotation(annotation.paper, tuple(entities.values()), kept, annotation.results)
    names = {member.name: entities[id].name for id, members in groups.items() for member in members}
    return Annotation(
        annotation.paper,
        tuple(entities.values()),
        _distinct([_renamed_relation(relation, names) for relation in annotation.relations]),
        tuple(_renamed_result(result, names) for result in annotation.results),
    )


def _one(id: str, members: list[Entity], roles: Sequence[str]) -> Entity:
    first = members[0]
    if len(members) == 1:
        return Entity(first.name, first.type, first.role, first.score, first.mentions, id)
    strength = {role: rank for rank, role in enumerate(roles)}
    best = min(members, key=lambda entity: (strength.get(entity.role, len(roles)), -entity.score, entity.name))
    named = max(members, key=lambda e: (entity_id(e.type, e.name) == id, len(e.mentions), e.name))
    mentions = tuple(sorted({mention for entity in members for mention in entity.mentions}))
    return replace(best, id=id, name=named.name, score=max(entity.score for entity in members), mentions=mentions)


def _renamed_relation(relation: Relation, names: dict[str, str]) -> Relation:
    return replace(relation, subject=names[relation.subject], object=names[relation.object])


def _renamed_result(result: Result, names: dict[str, str]) -> Result:
    return replace(
        result,
        entity=names[result.entity],
        metric=names.get(result.metric, result.metric),
        on=names[result.on] if result.on else None,
        versus=names[result.versus] if result.versus else None,
    )


def _distinct(relations: Sequence[Relation]) -> tuple[Relation, ...]:
    """Relations once each, the surest of equal ones; none from a thing to itself."""
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        edge = (relation.subject, relation.predicate, relation.object)
        if relation.subject != relation.object and (edge not in best or best[edge].score < relation.score):
            best[edge] = relation
    return tuple(best.values())
