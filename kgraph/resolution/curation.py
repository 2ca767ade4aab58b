"""What people decided about entities, put above what the rules come to.

A :class:`Ruling` is one entry of ``curation.yaml``. Rulings are applied in the order of
:data:`ACTIONS`, whatever their order in the file, so that the file can be sorted, merged and
reviewed like code:

======== ======================================================================
action   does
======== ======================================================================
split    gives what some papers, or some names, mean an id of its own
merge    makes one thing of two
retype   makes a thing one of another type
ignore   leaves a thing out, with every fact that names it
reject   leaves one fact out
rename   gives a thing the name that people should read; its id stays
======== ======================================================================
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from kgraph.errors import ReadError
from kgraph.iri import paper_node
from kgraph.model import Annotation, Entity, Relation, Result
from kgraph.ontology import Ontology
from kgraph.resolution.joining import joined
from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["ACTIONS", "Action", "Curation", "Ruling", "apply", "check", "curate", "curation_of", "rule"]

Action = Literal["split", "merge", "retype", "ignore", "reject", "rename"]
ACTIONS: tuple[Action, ...] = get_args(Action)
_WEAKEST = "mentions"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of people, and why.

    ``about`` is the id that it is about, of a rejected fact its subject, predicate and object.
    ``to`` is the id, type or name that it leads to. Where ``papers`` or ``names`` are given it
    holds for these papers only, for entities written so only.
    """

    action: Action
    about: tuple[str, ...]
    reason: str
    to: str = ""
    papers: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Curation:
    """All rulings and the file that they stand in; ``by_id`` finds those about a node."""

    rulings: tuple[Ruling, ...] = ()
    source: str = "curation.yaml"
    by_id: Mapping[tuple[Action, str], tuple[Ruling, ...]] = field(default_factory=dict, compare=False, repr=False)


def curation_of(rulings: Iterable[Ruling], source: str = "curation.yaml") -> Curation:
    """A curation made of rulings."""
    ordered = tuple(sorted(rulings, key=lambda ruling: (ACTIONS.index(ruling.action), ruling.about, ruling.line)))
    by_id: dict[tuple[Action, str], tuple[Ruling, ...]] = defaultdict(tuple)
    for ruling in ordered:
        by_id[ruling.action, ruling.about[0]] += (ruling,)
    return Curation(ordered, source, dict(by_id))


def rule(curation: Curation, paper: str, entity: Entity, id: str) -> tuple[str, tuple[Ruling, ...]]:
    """The id that an entity has by decision of people, and the rulings that led there; none if it is left out.

    >>> curation = curation_of([Ruling("merge", ("method/a",), "one thing", to="method/b")])
    >>> rule(curation, "1", Entity("A", "Method", "uses", 1, ()), "method/a")[0]
    'method/b'
    """
    applied: list[Ruling] = []
    for action in ("split", "merge", "retype", "ignore"):
        ruling = next((r for r in curation.by_id.get((action, id), ()) if _concerns(r, paper, entity)), None)
        if ruling is not None:
            applied.append(ruling)
            id = _retyped(id, ruling.to) if action == "retype" else ruling.to
    return id, tuple(applied)


def _concerns(ruling: Ruling, paper: str, entity: Entity) -> bool:
    written = {entity.name, *(mention.text for mention in entity.mentions)} if ruling.names else set()
    return (not ruling.papers or paper in ruling.papers) and (not ruling.names or not ruling.names.isdisjoint(written))


def _retyped(id: str, type: str) -> str:
    return f"{type.lower()}/{id.partition('/')[2]}"


def apply(annotation: Annotation, ids: Sequence[str], curation: Curation, ontology: Ontology) -> Annotation:
    """The annotation with these ids, and with what people decided about its facts.

    An empty id leaves an entity out, with the relations and results that name it. Where a type
    has changed, what the ontology does not allow any more goes: roles become the weakest one,
    relations are left out.
    """
    left_out = {entity.name for entity, id in zip(annotation.entities, ids, strict=True) if not id}
    types = {type.lower(): type for type in ontology.types}
    entities = tuple(
        _of_type(entity, types[id.partition("/")[0]], ontology)
        for entity, id in zip(annotation.entities, ids, strict=True)
        if id
    )
    kinds = {entity.name: entity.type for entity in entities}
    relations = (r for r in annotation.relations if left_out.isdisjoint((r.subject, r.object)))
    rest = replace(
        annotation,
        entities=entities,
        relations=tuple(r for r in relations if ontology.allows(kinds[r.subject], r.predicate, kinds[r.object])),
        results=tuple(_without(r, left_out) for r in annotation.results if r.entity not in left_out),
    )
    return _without_rejected(joined(rest, [id for id in ids if id], ontology.roles), curation)


def _of_type(entity: Entity, type: str, ontology: Ontology) -> Entity:
    if entity.type == type:
        return entity
    role = entity.role if ontology.allows("Paper", entity.role, type) else _WEAKEST
    return replace(entity, type=type, role=role)


def _without(result: Result, left_out: set[str]) -> Result:
    on, versus = (None if name in left_out else name for name in (result.on, result.versus))
    return replace(result, on=on, versus=versus)


def _without_rejected(annotation: Annotation, curation: Curation) -> Annotation:
    rejected = {
        ruling.about
        for ruling in curation.rulings
        if ruling.action == "reject" and (not ruling.papers or annotation.paper.id in ruling.papers)
    }
    if not rejected:
        return annotation
    paper = paper_node(annotation.paper.id)
    ids = {entity.name: entity.id for entity in annotation.entities}
    return replace(
        annotation,
        entities=tuple(
            replace(entity, role=_WEAKEST) if (paper, entity.role, entity.id) in rejected else entity
            for entity in annotation.entities
        ),
        relations=tuple(r for r in annotation.relations if _fact(r, ids) not in rejected),
    )


def _fact(relation: Relation, ids: Mapping[str, str]) -> tuple[str, str, str]:
    return ids[relation.subject], relation.predicate, ids[relation.object]


def curate(vocabulary: Vocabulary, curation: Curation, types: Sequence[str]) -> Vocabulary:
    """The vocabulary that the graph takes names and facts from: with people's names, without what they reject.

    What has been renamed and no vocabulary knows becomes a concept, so that its papers may go on
    calling it as they do. ``types`` are the ontology's.

    >>> curation = curation_of([Ruling("rename", ("task/go",), "clearer", to="Go (game)")])
    >>> curated = curate(Vocabulary({"task/go": Concept("task/go", "Task", "Go")}), curation, ["Task"])
    >>> curated.concepts["task/go"].name, curated.concepts["task/go"].aliases
    ('Go (game)', ('Go',))
    """
    concepts = dict(vocabulary.concepts)
    kinds = {type.lower(): type for type in types}
    for ruling in curation.rulings:
        id = ruling.about[0]
        concept = concepts.get(id)
        if ruling.action == "rename":
            known = concept or Concept(id, kinds[id.partition("/")[0]], ruling.to)
            aliases = tuple(sorted({known.name, *known.aliases} - {ruling.to}))
            concepts[id] = replace(known, name=ruling.to, aliases=aliases)
        elif ruling.action == "reject" and concept is not None and not ruling.papers:
            _, property, value = ruling.about
            broader = tuple(other for other in concept.broader if (property, value) != ("broader", other))
            facts = tuple(fact for fact in concept.facts if fact != (property, value))
            concepts[id] = replace(concept, broader=broader, facts=facts)
    changed = concepts != vocabulary.concepts
    return Vocabulary(dict(sorted(concepts.items())), f"{vocabulary.digest}, curated") if changed else vocabulary


def check(curation: Curation, decided: Iterable[tuple[Annotation, Sequence[str]]], vocabulary: Vocabulary) -> None:
    """See that every ruling is about something that is there.

    ``decided`` are all annotations, each with the ids that the rules alone come to. Raises
    :class:`~kgraph.errors.ReadError` for the first ruling that names nothing.
    """
    if not curation.rulings:
        return
    papers: set[str] = set()
    before: set[str] = set()
    ids: set[str] = set()
    facts: set[tuple[str, ...]] = set()
    met: set[Ruling] = set()
    for annotation, found in decided:
        paper, node = annotation.paper.id, paper_node(annotation.paper.id)
        papers.add(paper)
        names = {}
        for entity, id in zip(annotation.entities, found, strict=True):
            final, applied = rule(curation, paper, entity, id)
            before.add(id)
            ids.update((id, final))
            met.update(applied)
            facts.update(((node, entity.role, id), (node, entity.role, final)))
            names[entity.name] = final
        facts.update(_fact(relation, names) for relation in annotation.relations)
    concepts = vocabulary.concepts
    facts.update((id, "broader", other) for id in ids & concepts.keys() for other in concepts[id].broader)
    facts.update((id, name, str(value)) for id in ids & concepts.keys() for name, value in concepts[id].facts)
    there = before | concepts.keys() | {ruling.to for ruling in met if ruling.action == "split"}
    there |= {_retyped(ruling.about[0], ruling.to) for ruling in met if ruling.action == "retype"}
    for ruling in sorted(curation.rulings, key=lambda ruling: ruling.line):
        nothing = _names_nothing(ruling, papers, ids, facts, met)
        if ruling.action == "merge" and not nothing and ruling.to not in there:
            nothing = f"{ruling.to} is in no paper of this build and in no vocabulary"
        if nothing:
            raise ReadError(curation.source, ruling.line, f"{ruling.action}: {nothing}")


def _names_nothing(
    ruling: Ruling, papers: set[str], ids: set[str], facts: set[tuple[str, ...]], met: set[Ruling]
) -> str:
    """What a ruling names that is not there, as a sentence; empty where all of it is."""
    if unknown := sorted(ruling.papers - papers):
        return f"there is no paper {unknown[0]} in this build"
    if ruling.action == "reject":
        return "" if ruling.about in facts else f"nobody says {' '.join(ruling.about)}"
    if ruling.about[0] not in ids:
        return f"no paper of this build names {ruling.about[0]}"
    if ruling.action != "rename" and ruling not in met:
        return f"no entity {ruling.about[0]} is named so in these papers"
    return ""
