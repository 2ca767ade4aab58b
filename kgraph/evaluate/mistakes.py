"""What was wrong, by kind: so that people see what to mend first, and what it would bring.

=================== =========================================================================
kind                is
=================== =========================================================================
boundary            a mention found with its type, but with words too many or too few
type                a mention found with another type
missed              a mention of which nothing was found
spurious            something found where no mention is
role                an entity found with another role
relation missed     a relation between entities that gold has and nobody found
relation spurious   one found that gold has not, between these entities
relation confused   one found between the right entities with another predicate, or turned round
result missed       a value that was not found, or not with its entity or metric
result spurious     a value found that gold has not
=================== =========================================================================

Every mention of gold that was not found to the letter is of one kind, and so is everything found
that is not right.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kgraph.evaluate.matching import Span, right_results, same_names, spans, typed_pairs
from kgraph.model import Annotation, Entity, Relation, Result
from kgraph.text import normal_form, passage

__all__ = ["KINDS", "Mistake", "by_kind", "mistakes"]

KINDS = (
    "boundary",
    "type",
    "missed",
    "spurious",
    "role",
    "relation missed",
    "relation spurious",
    "relation confused",
    "result missed",
    "result spurious",
)
"""The kinds in the order in which they are told."""

_EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Mistake:
    """Mistakes of one kind that follow one pattern: how many, and the most frequent examples."""

    kind: str
    pattern: str
    count: int
    examples: tuple[str, ...]


class _Case(NamedTuple):
    """One mistake."""

    kind: str
    pattern: str
    example: str


def mistakes(pairs: Iterable[tuple[Annotation, Annotation]]) -> tuple[Mistake, ...]:
    """What is wrong in what was found, given with gold paper by paper: kind by kind, the most frequent pattern first.

    >>> from kgraph.model import Mention, Paper
    >>> paper = Paper("1", "A fast deep network", "Text.")
    >>> gold = Annotation(paper, (Entity("deep network", "Method", "uses", 1.0, (Mention(7, 19, "deep network"),)),))
    >>> found = Annotation(paper, (Entity("network", "Method", "uses", 0.9, (Mention(12, 19, "network"),)),))
    >>> for mistake in mistakes([(gold, found)]):
    ...     print(mistake.kind, mistake.count, mistake.pattern, mistake.examples)
    boundary 1 Method lacks 'deep' before ('deep network: network',)
    """
    cases: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for gold, found in pairs:
        for case in _cases(gold, found):
            cases[case.kind, case.pattern][case.example] += 1
    made = (
        Mistake(kind, pattern, examples.total(), tuple(sorted(examples, key=lambda e: (-examples[e], e))[:_EXAMPLES]))
        for (kind, pattern), examples in cases.items()
    )
    return tuple(sorted(made, key=lambda mistake: (KINDS.index(mistake.kind), -mistake.count, mistake.pattern)))


def by_kind(mistakes: Iterable[Mistake]) -> dict[str, list[Mistake]]:
    """The mistakes of each kind of which there are any, in the order given."""
    kinds: dict[str, list[Mistake]] = {}
    for mistake in mistakes:
        kinds.setdefault(mistake.kind, []).append(mistake)
    return kinds


def _cases(gold: Annotation, found: Annotation) -> Iterator[_Case]:
    text = passage(gold.paper.title, gold.paper.abstract)
    yield from _of_mentions(text, spans(gold), spans(found))
    yield from _of_roles(gold, found)
    same = same_names(gold, found)
    yield from _of_relations(gold, found, same)
    yield from _of_results(gold, found, same)


def _of_mentions(text: str, wanted: set[Span], given: set[Span]) -> Iterator[_Case]:
    for span in sorted(wanted - given):
        near = sorted((other for other in given if _overlap(span, other)), key=lambda other: _apart(span, other))
        if not near:
            yield _Case("missed", f"{span[2]} {_plain(text, span)}", text[span[0] : span[1]])
            continue
        closest = near[0]
        written = [text[start:end] for start, end, _ in (span, closest)]
        if closest[2] != span[2]:
            yield _Case("type", f"{span[2]} taken for {closest[2]}", written[0])
        else:
            yield _Case("boundary", f"{span[2]} {_difference(text, span, closest)}", ": ".join(written))
    for span in sorted(given - wanted):
        if not any(_overlap(span, other) for other in wanted):
            yield _Case("spurious", f"{span[2]} {_plain(text, span)}", text[span[0] : span[1]])


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _apart(wanted: Span, given: Span) -> tuple[bool, int, Span]:
    """How far a span is from the one wanted: first by its type, then by the characters that differ."""
    return given[2] != wanted[2], abs(given[0] - wanted[0]) + abs(given[1] - wanted[1]), given


def _plain(text: str, span: Span) -> str:
    return normal_form(text[span[0] : span[1]])


def _difference(text: str, wanted: Span, given: Span) -> str:
    """The words that were taken too many or too few, before and behind.

    >>> _difference("the deep network model", (4, 16, "Method"), (0, 22, "Method"))
    "has 'the' before, has 'model' behind"
    """
    said = []
    for place, (least, most) in (("before", (given[0], wanted[0])), ("behind", (wanted[1], given[1]))):
        words = normal_form(text[min(least, most) : max(least, most)])
        if least < most:
            said.append(f"has {words!r} {place}")
        elif most < least:
            said.append(f"lacks {words!r} {place}")
    return ", ".join(said)


def _of_roles(gold: Annotation, found: Annotation) -> Iterator[_Case]:
    for i, j in typed_pairs(gold, found):
        wanted, given = gold.entities[i], found.entities[j]
        if wanted.role != given.role:
            yield _Case("role", f"{wanted.role} taken for {given.role}", wanted.name)


def _of_relations(gold: Annotation, found: Annotation, same: dict[str, str]) -> Iterator[_Case]:
    wanted = {(relation.subject, relation.predicate, relation.object) for relation in gold.relations}
    meant = {(subject, object): predicate for subject, predicate, object in sorted(wanted)}
    told = set()
    for relation in found.relations:
        subject, object = same.get(relation.subject, ""), same.get(relation.object, "")
        fact = subject, relation.predicate, object
        if fact in wanted:
            told.add(fact)
        elif (subject, object) in meant:
            told.add((subject, meant[subject, object], object))
            pattern = f"{meant[subject, object]} taken for {relation.predicate}"
            yield _Case("relation confused", pattern, _said(relation))
        elif meant.get((object, subject)) == relation.predicate:
            told.add((object, relation.predicate, subject))
            yield _Case("relation confused", f"{relation.predicate} turned round", _said(relation))
        else:
            yield _Case("relation spurious", _typed(relation, found.entities), _said(relation))
    for relation in gold.relations:
        if (relation.subject, relation.predicate, relation.object) not in told:
            yield _Case("relation missed", _typed(relation, gold.entities), _said(relation))


def _typed(relation: Relation, entities: Iterable[Entity]) -> str:
    """A relation by the types of its ends: *Method runsOn Hardware*."""
    types = {entity.name: entity.type for entity in entities}
    return f"{types.get(relation.subject)} {relation.predicate} {types.get(relation.object)}"


def _said(relation: Relation) -> str:
    return f"{relation.subject} {relation.predicate} {relation.object}"


def _of_results(gold: Annotation, found: Annotation, same: dict[str, str]) -> Iterator[_Case]:
    right = right_results(gold.results, found.results, same)
    for result, fits in zip(found.results, right, strict=True):
        if not fits:
            yield _Case("result spurious", normal_form(result.metric), _reported(result))
    back = {name: called for called, name in same.items()}
    for result, fits in zip(gold.results, right_results(found.results, gold.results, back), strict=True):
        if not fits:
            yield _Case("result missed", normal_form(result.metric), _reported(result))


def _reported(result: Result) -> str:
    return f"{result.entity} {result.metric} {result.value}"
