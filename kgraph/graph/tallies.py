"""How much there is of what: counted of each stretch of a graph, and added up."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from kgraph.graph.facts import stated
from kgraph.graph.stretches import Stretch

__all__ = ["Tally", "added", "tally"]

K = TypeVar("K")
R = TypeVar("R", bound=tuple[Any, ...])

_TOP = 20
_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a graph.

    ``nodes`` by kind, ``edges`` by kind and key, ``entities`` by type, ``named`` those of them that
    papers name, and ``known`` those that a vocabulary knows; ``mentions`` of all entities in all
    papers; ``stated`` relations as papers state them, by predicate; ``papers`` by year, of which 0
    is not known; ``naming`` papers by the types that they name. ``most_named`` has (papers,
    label, type) of the entities that most papers name, ``examples`` (papers, label) of each type.
    """

    nodes: Counter[str] = field(default_factory=Counter)
    edges: Counter[tuple[str, str]] = field(default_factory=Counter)
    entities: Counter[str] = field(default_factory=Counter)
    named: Counter[str] = field(default_factory=Counter)
    known: Counter[str] = field(default_factory=Counter)
    mentions: int = 0
    stated: Counter[str] = field(default_factory=Counter)
    papers: Counter[int] = field(default_factory=Counter)
    naming: Counter[str] = field(default_factory=Counter)
    most_named: tuple[tuple[int, str, str], ...] = ()
    examples: dict[str, tuple[tuple[int, str], ...]] = field(default_factory=dict)


def tally(stretch: Stretch) -> Tally:
    """The counts of a stretch; a graph in memory is one.

    >>> tally(Stretch((), {}, lambda id: (id, ""))) == Tally()
    True
    """
    entities = [about for _, about, _ in stretch.of_kind("entity")]
    found = stretch.annotations.values()
    ranked = [(about["papers"], about["label"], about["type"]) for about in entities]
    by_type: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for papers, label, type in ranked:
        by_type[type].append((papers, label))
    return Tally(
        nodes=Counter(about["kind"] for _, about, _ in stretch.nodes),
        edges=Counter((data["kind"], key) for *_, links in stretch.nodes for _, key, data in links),
        entities=Counter(about["type"] for about in entities),
        named=Counter(about["type"] for about in entities if about["papers"]),
        known=Counter(about["type"] for about in entities if about["vocabulary"]),
        mentions=sum(len(entity.mentions) for annotation in found for entity in annotation.entities),
        stated=Counter(
            fact.predicate for fact in stated(stretch.nodes, stretch.annotations) if fact.kind == "relation"
        ),
        papers=Counter(about.get("year", 0) for _, about, _ in stretch.of_kind("paper")),
        naming=Counter(
            type for annotation in found for type in {stretch.named(entity.id)[1] for entity in annotation.entities}
        ),
        most_named=_first((row for row in ranked if row[0]), _TOP),
        examples={type: _first(rows, _EXAMPLES) for type, rows in by_type.items()},
    )


def added(tallies: Iterable[Tally]) -> Tally:
    """The counts of all of them together."""
    several = list(tallies)
    types = {type for one in several for type in one.examples}
    return Tally(
        nodes=_sum(one.nodes for one in several),
        edges=_sum(one.edges for one in several),
        entities=_sum(one.entities for one in several),
        named=_sum(one.named for one in several),
        known=_sum(one.known for one in several),
        mentions=sum(one.mentions for one in several),
        stated=_sum(one.stated for one in several),
        papers=_sum(one.papers for one in several),
        naming=_sum(one.naming for one in several),
        most_named=_first((row for one in several for row in one.most_named), _TOP),
        examples={
            type: _first((row for one in several for row in one.examples.get(type, ())), _EXAMPLES) for type in types
        },
    )


def _sum(counters: Iterable[Counter[K]]) -> Counter[K]:
    total: Counter[K] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _first(rows: Iterable[R], number: int) -> tuple[R, ...]:
    """Those that most papers name, then by their labels."""
    return tuple(heapq.nsmallest(number, rows, key=lambda row: (-row[0], row[1:])))
