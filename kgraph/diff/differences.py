"""What two sides have apart.

Entities first: a mention that stands at one place in both builds says which entity of the one is
which of the other. An entity whose mentions all went to one that others went to as well was
*merged*, one whose mentions went several ways was *split*, one that only got another id was
*renamed*. Facts are then compared as the second build calls things, so that a merge is told once
and not again with every fact about what was merged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, replace

from kgraph.diff.sides import Parts, Side

__all__ = ["Difference", "Rating", "Regrouped", "Statement", "Thing", "compare", "is_empty"]


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """A paper or an entity: its node and its name there."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, order=True)
class Statement:
    """A fact; of a result the predicate is its metric and its value, the object what it was measured on, if any.

    ``versus`` is a result's baseline and ``paper`` the one that states it.
    """

    subject: Thing
    predicate: str
    object: Thing | None
    versus: Thing | None = None
    paper: Thing | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """A statement's score in the two builds; None where it is not stated."""

    statement: Statement
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Regrouped:
    """An entity and those that it was merged from, or split into; and how many mentions moved."""

    entity: Thing
    others: tuple[Thing, ...]
    mentions: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that changed, each list sorted; facts and results are gained, lost or changed in score."""

    papers_gained: tuple[Thing, ...] = ()
    papers_lost: tuple[Thing, ...] = ()
    entities_gained: tuple[Thing, ...] = ()
    entities_lost: tuple[Thing, ...] = ()
    merged: tuple[Regrouped, ...] = ()
    split: tuple[Regrouped, ...] = ()
    renamed: tuple[tuple[Thing, Thing], ...] = ()
    facts: tuple[Rating, ...] = ()
    results: tuple[Rating, ...] = ()


def is_empty(difference: Difference) -> bool:
    """Whether nothing changed.

    >>> is_empty(compare(Side(), Side()))
    True
    """
    return not any(astuple(difference))


def compare(before: Side, after: Side) -> Difference:
    """What changed from one side to the other.

    >>> where = ("paper/1", 0, 1, "A")
    >>> before = Side({"method/a": "A"}, entities=frozenset({"method/a"}), mentions={where: "method/a"})
    >>> after = Side({"method/b": "B"}, entities=frozenset({"method/b"}), mentions={where: "method/b"})
    >>> compare(before, after).renamed
    ((Thing(id='method/a', name='A'), Thing(id='method/b', name='B')),)
    """
    moved = _moved(before, after)
    came, went = _grouped(moved)
    now = {old: min(new) for old, new in went.items() if new != {old} and len(new) == 1}
    merged = sorted({new for new in now.values() if len(came[new]) > 1 or new in before.entities})
    renamed = sorted(item for item in now.items() if item[1] not in merged)
    split = sorted(old for old in went if len(went[old]) > 1)
    told = now.keys() | now.values() | set().union(*({old, *went[old]} for old in split))
    if not (before.scored and after.scored):
        before, after = _unscored(before), _unscored(after)
    return Difference(
        papers_gained=_things(after.papers - before.papers, after),
        papers_lost=_things(before.papers - after.papers, before),
        entities_gained=_things(after.entities - before.entities - told, after),
        entities_lost=_things(before.entities - after.entities - told, before),
        merged=tuple(
            Regrouped(_thing(new, after), _things(came[new] - {new}, before), _count(moved, came[new] - {new}, {new}))
            for new in merged
        ),
        split=tuple(
            Regrouped(_thing(old, before), _things(went[old], after), _count(moved, {old}, went[old] - {old}))
            for old in split
        ),
        renamed=tuple((_thing(old, before), _thing(new, after)) for old, new in renamed),
        facts=_rated(_called(before.facts, now), after.facts, before, after),
        results=_rated(_called(before.results, now), after.results, before, after),
    )


def _unscored(side: Side) -> Side:
    """The side as one that does not tell scores, nor papers from vocabularies."""
    facts = dict.fromkeys([*side.facts, *side.known], 1.0)
    return replace(side, facts=facts, results=dict.fromkeys(side.results, 1.0))


def _moved(before: Side, after: Side) -> Counter[tuple[str, str]]:
    """From which entity to which, mentions that stand in both builds went or stayed."""
    common = before.mentions.keys() & after.mentions.keys()
    return Counter((before.mentions[place], after.mentions[place]) for place in common)


def _grouped(moved: Iterable[tuple[str, str]]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Where the mentions of each entity came from, and where they went."""
    came: dict[str, set[str]] = defaultdict(set)
    went: dict[str, set[str]] = defaultdict(set)
    for old, new in moved:
        came[new].add(old)
        went[old].add(new)
    return came, went


def _count(moved: Mapping[tuple[str, str], int], old: set[str], new: set[str]) -> int:
    return sum(count for (one, other), count in moved.items() if one in old and other in new)


def _called(said: Mapping[Parts, float], now: Mapping[str, str]) -> dict[Parts, float]:
    """Facts or results in the other build's names; of those that come to be one, the surest."""
    called: dict[Parts, float] = {}
    for key, score in said.items():
        other = tuple(now.get(part, part) if part else part for part in key)
        called[other] = max(score, called.get(other, score))
    return called


def _rated(old: Mapping[Parts, float], new: Mapping[Parts, float], before: Side, after: Side) -> tuple[Rating, ...]:
    """Those whose score is not the same on both sides, in the order of their parts."""
    changed = [key for key in old.keys() | new.keys() if old.get(key) != new.get(key)]
    return tuple(
        Rating(_statement(key, after if key in new else before), old.get(key), new.get(key))
        for key in sorted(changed, key=lambda key: [part or "" for part in key])
    )


def _statement(key: Parts, side: Side) -> Statement:
    if len(key) == 3:
        subject, predicate, object = key
        return Statement(_thing(subject, side), str(predicate), _thing(object, side))
    paper, entity, metric, value, on, versus = key
    named = f"{_thing(metric, side).name} {value}"
    return Statement(_thing(entity, side), named, *(_thing(id, side) if id else None for id in (on, versus, paper)))


def _things(ids: Iterable[str], side: Side) -> tuple[Thing, ...]:
    return tuple(_thing(id, side) for id in sorted(ids))


def _thing(id: str | None, side: Side) -> Thing:
    return Thing(id or "", side.names.get(id or "", id or ""))
