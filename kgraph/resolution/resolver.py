"""One id for one thing: a cascade of rules, the surest first.

An entity gets the id of a vocabulary's concept where its own id, its name or one of its forms
names one of the same type in any spelling (:meth:`kgraph.vocabulary.Vocabulary.named`); else an
id made from the normal form of its name, so that equal names meet across papers whatever their
order. Entities of one paper that come to the same id are one entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kgraph.iri import entity_id
from kgraph.model import Annotation, Entity, Relation
from kgraph.ontology import Ontology
from kgraph.vocabulary import Vocabulary

__all__ = ["VocabularyResolver"]


@dataclass(frozen=True, slots=True)
class VocabularyResolver:
    """Resolves against vocabularies, then by name; costs one look-up per form of an entity."""

    vocabulary: Vocabulary
    ontology: Ontology

    def resolve(self, batch: Sequence[Annotation]) -> list[Annotation]:
        """The same annotations with every entity's id set, entities with equal ids joined."""
        return [self._resolved(annotation) for annotation in batch]

    def _resolved(self, annotation: Annotation) -> Annotation:
        groups: dict[str, list[Entity]] = {}
        for entity in annotation.entities:
            groups.setdefault(self._id(entity), []).append(entity)
        strength = {role: rank for rank, role in enumerate(self.ontology.roles)}
        joined = {id: _joined(id, members, strength) for id, members in groups.items()}
        names = {entity.name: joined[id].name for id, members in groups.items() for entity in members}
        relations = [
            replace(relation, subject=names[relation.subject], object=names[relation.object])
            for relation in annotation.relations
        ]
        results = tuple(
            replace(
                result,
                entity=names[result.entity],
                metric=names.get(result.metric, result.metric),
                on=names[result.on] if result.on else None,
                versus=names[result.versus] if result.versus else None,
            )
            for result in annotation.results
        )
        return replace(annotation, entities=tuple(joined.values()), relations=_distinct(relations), results=results)

    def _id(self, entity: Entity) -> str:
        if entity.id in self.vocabulary.concepts:
            return entity.id
        known = self.vocabulary.named(entity.type, entity.name)
        if known is None:
            # A form that is short for many things links only where every linked form agrees.
            found = {self.vocabulary.named(entity.type, mention.text) for mention in entity.mentions} - {None}
            known = found.pop() if len(found) == 1 else None
        return known or entity_id(entity.type, entity.name)


def _joined(id: str, members: list[Entity], strength: dict[str, int]) -> Entity:
    """One entity out of those of a paper that are the same: the strongest role, every mention."""
    if len(members) == 1:
        return replace(members[0], id=id)
    best = min(members, key=lambda entity: (strength.get(entity.role, 99), -entity.score, entity.name))
    named = max(members, key=lambda entity: (len(entity.mentions), entity.name))
    mentions = tuple(sorted({mention for entity in members for mention in entity.mentions}))
    return replace(best, id=id, name=named.name, score=max(entity.score for entity in members), mentions=mentions)


def _distinct(relations: list[Relation]) -> tuple[Relation, ...]:
    """Relations once each, the surest of equal ones; none from a thing to itself."""
    best: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        edge = (relation.subject, relation.predicate, relation.object)
        if relation.subject != relation.object and (edge not in best or best[edge].score < relation.score):
            best[edge] = relation
    return tuple(best.values())
