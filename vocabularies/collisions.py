"""One surface form, one concept: who keeps a label that several claim.

A label belongs to one concept, or to several of different types that all mark it risky, so that
the context chooses. Otherwise the first of these decides: what was written by hand keeps it
against what was generated; a preferred label against an alias; the type that stands first in
:data:`PRECEDENCE`; the order of ids. Who loses gives the label up; a concept that loses its
preferred label is left out, unless it was written by hand: then it keeps it, marked as one that
never counts by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kgraph.text import normal_form

from vocabularies.entries import Entry, labels, without

__all__ = ["PRECEDENCE", "settle"]

PRECEDENCE = ("Hardware", "Metric", "Dataset", "Task", "Method", "Software", "Organization")


def settle(entries: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """The entries with every label claimed once, and a remark for each label that was given up."""
    listed = sorted(entries, key=lambda item: item.concept.id)
    claims: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for item in listed:
        for form, label in {normal_form(label): label for label in reversed(labels(item.concept))}.items():
            claims[form].append((item, label))
    lost: dict[str, set[str]] = defaultdict(set)
    remarks: list[str] = []
    for form, claimants in sorted(claims.items()):
        if len(claimants) < 2 or _told_apart_by_context(claimants):
            continue
        (winner, _), *losers = sorted(claimants, key=lambda claim: _rank(*claim))
        for item, label in losers:
            lost[item.concept.id].add(form)
            remarks.append(f"{label!r}: {winner.concept.id} keeps it, {item.concept.id} gives it up")
    return [left for item in listed if (left := _after(item, lost[item.concept.id])) is not None], remarks


def _told_apart_by_context(claimants: list[tuple[Entry, str]]) -> bool:
    types = {item.concept.type for item, _ in claimants}
    return len(types) == len(claimants) and all(label in item.concept.risky for item, label in claimants)


def _rank(item: Entry, label: str) -> tuple[bool, bool, int, str]:
    concept = item.concept
    return "own" not in item.sources, label != concept.name, PRECEDENCE.index(concept.type), concept.id


def _after(item: Entry, lost: set[str]) -> Entry | None:
    """The entry after it gave up those labels (by normal form); None where it gave up its name."""
    if not lost:
        return item
    concept = item.concept
    left = without(item, {label for label in labels(concept) if normal_form(label) in lost})
    if normal_form(concept.name) not in lost:
        return left
    if "own" not in item.sources:
        return None
    return replace(left, concept=replace(left.concept, risky=(*left.concept.risky, concept.name)))
