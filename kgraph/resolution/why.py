"""Why names are one thing, or two: the chain of reasons, asked for by name or by id."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kgraph.errors import KgraphError
from kgraph.iri import DATA
from kgraph.model import Annotation, Entity, Paper
from kgraph.resolution.cascade import Decision
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.resolution.spelling import core, spelling

__all__ = ["Chain", "Why", "why"]

_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_NO_PAPER = ""


@dataclass(frozen=True, slots=True)
class Chain:
    """One way of writing a thing, in how many papers, and what led from it to the thing."""

    id: str
    type: str
    form: str
    papers: int
    step: str
    reason: str


@dataclass(frozen=True, slots=True)
class Why:
    """The answer: the things that were asked for with their chains, and what sets two apart.

    ``one`` is None where only one was asked for. ``sources`` tells by the id of each thing that a
    vocabulary knows what it knows it from, and under which licence.
    """

    chains: tuple[Chain, ...]
    others: tuple[Chain, ...] = ()
    one: bool | None = None
    apart: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def why(resolver: VocabularyResolver, annotations: Sequence[Annotation], asked: str, other: str | None = None) -> Why:
    """Why what is asked for is what it is; with another, why the two are one or two.

    Both are names, in any spelling, or ids of nodes (``hardware/nvidia-a100``, or its IRI). A name
    that no paper gives is answered for as if one did. Raises
    :class:`~kgraph.errors.KgraphError` where nothing is known under it.
    """
    if other is None:
        return _sourced(Why(_chains(resolver, annotations, asked)), resolver)
    chains = _chains(resolver, annotations, asked, types=resolver.ontology.types[:1])
    others = _chains(resolver, annotations, other, types=[chain.type for chain in chains])
    shared = {chain.id for chain in chains} & {chain.id for chain in others}
    if shared:
        kept, beside = (tuple(c for c in found if c.id in shared) for found in (chains, others))
        return _sourced(Why(kept, beside, True), resolver)
    return _sourced(Why(chains, others, False, tuple(_apart(chains[0], others[0]))), resolver)


def _sourced(answer: Why, resolver: VocabularyResolver) -> Why:
    """The answer with what the vocabularies know its things from."""
    vocabulary = resolver.vocabulary
    found = {chain.id: vocabulary.concepts.get(chain.id) for chain in (*answer.chains, *answer.others)}
    known = {id: concept.sources for id, concept in found.items() if concept is not None and concept.sources}
    return replace(
        answer,
        sources={id: tuple(vocabulary.sources.get(name, name) for name in names) for id, names in known.items()},
    )


def _chains(
    resolver: VocabularyResolver, annotations: Iterable[Annotation], asked: str, *, types: Sequence[str] = ()
) -> tuple[Chain, ...]:
    """Every way of writing what is asked for, those in most papers first, with the commonest reason."""
    wanted = asked.strip().removeprefix(DATA)
    found = [decision for annotation in annotations for decision in _decisions(resolver, annotation, wanted)]
    papers = {decision.paper for decision in found}
    found = found or list(_supposed(resolver, wanted, types))
    if not found:
        raise KgraphError(f"{asked[:80]!r} is in no paper of this build and in no vocabulary: ask for a name or an id")
    ways: dict[tuple[str, str, str, str], Counter[str]] = defaultdict(Counter)
    for decision in found:
        ways[decision.id, decision.type, decision.name, decision.step][decision.reason] += decision.paper in papers
    chains = (
        Chain(id, type, form, reasons.total(), step, min(reasons, key=lambda reason: (-reasons[reason], reason)))
        for (id, type, form, step), reasons in ways.items()
    )
    return tuple(sorted(chains, key=lambda chain: (-chain.papers, chain.id, chain.form, chain.step)))


def _decisions(resolver: VocabularyResolver, annotation: Annotation, wanted: str) -> Iterable[Decision]:
    """Decisions of one paper on what is wanted: on the form that was written, where that is not the entity's name."""
    key = spelling(wanted)
    for entity, decision in zip(annotation.entities, resolver.explain(annotation), strict=True):
        forms = {entity.name, *(mention.text for mention in entity.mentions)}
        fitting = forms if wanted == decision.id else {form for form in forms if spelling(form) == key}
        for form in sorted(fitting):
            yield decision if form == entity.name else _of_form(resolver, annotation, entity, form, decision)


def _of_form(
    resolver: VocabularyResolver, annotation: Annotation, entity: Entity, form: str, decision: Decision
) -> Decision:
    """The decision on a form of an entity: as the rules would have it alone, else because its paper says so."""
    alone = replace(annotation, entities=(replace(entity, name=form, id=""),), relations=(), results=())
    [found] = resolver.explain(alone)
    if found.id == decision.id:
        return found
    reason = f"its paper uses {form!r} for {entity.name!r}; {decision.reason}"
    return replace(decision, name=form, step="abbreviation", reason=reason)


def _supposed(resolver: VocabularyResolver, wanted: str, types: Sequence[str]) -> Iterable[Decision]:
    """What a name that no paper gives would be: of all types those that lead to a concept, else of the types given."""
    concept = resolver.vocabulary.concepts.get(wanted)
    named = [(concept.type, concept.name)] if concept else [(type, wanted) for type in resolver.ontology.types]
    decisions = []
    for type, name in named:
        entity = Entity(name, type, "mentions", 1.0, ())
        decisions += resolver.explain(Annotation(Paper(_NO_PAPER, wanted, wanted), (entity,)))
    known = [d for d in decisions if d.id in resolver.vocabulary.concepts or d.candidates]
    return known or [d for d in decisions if d.type in types]


def _apart(one: Chain, other: Chain) -> Iterable[str]:
    """What sets two things apart, the plainest first."""
    if one.type != other.type:
        yield f"one is a {one.type}, the other a {other.type}"
    numbers = [_NUMBER.findall(chain.form) for chain in (one, other)]
    if numbers[0] != numbers[1]:
        said = " and ".join(", ".join(found) or "none" for found in numbers)
        yield f"numbers tell names apart: {said}"
    keys = [spelling(core(chain.type, chain.form)) for chain in (one, other)]
    if keys[0] == keys[1]:
        yield f"written alike, {one.form!r} and {other.form!r} mean different things here"
    elif numbers[0] == numbers[1]:
        yield f"no rule of spelling makes {one.form!r} and {other.form!r} one, no vocabulary and no paper says they are"
