"""One surface form, one concept: who keeps a label that several claim.

An acronym that outlines give to several concepts is risky for each, the words that it stands for
its context; and what an outline marked risky is left to the context, or never counts. Any other
label has one owner. The first of these decides: what was written by hand keeps it against what was
generated; a preferred label against an alias; the type that stands first in :data:`PRECEDENCE`; the
order of ids. Who loses gives the label up. A generated concept that loses its preferred label is
left out; one written by hand keeps the label as one that never counts by itself, if it has no
context, so that it is still found by name among those of its type.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from kgraph.text import normal_form
from vocabularies.entries import Entry, labels, without
from vocabularies.guards import with_context

__all__ = ["PRECEDENCE", "settle"]

_ACRONYM = re.compile(r"[A-Z][A-Za-z0-9-]{0,5}[A-Z0-9]s?")

PRECEDENCE = ("Hardware", "Metric", "Dataset", "Task", "Method", "Software", "Organization")


def settle(entries: Iterable[Entry]) -> tuple[list[Entry], list[str]]:
    """The entries with every label claimed once, and a remark for each label that was given up."""
    listed = _shared_acronyms(sorted(entries, key=lambda item: item.concept.id))
    claims: dict[str, list[tuple[Entry, str]]] = defaultdict(list)
    for item in listed:
        for form, label in {normal_form(label): label for label in reversed(labels(item.concept))}.items():
            claims[form].append((item, label))
    lost: dict[str, set[str]] = defaultdict(set)
    remarks: list[str] = []
    for form, claimants in sorted(claims.items()):
        rivals = [claim for claim in claimants if not _marked(*claim)]
        (winner, _), *losers = sorted(rivals, key=lambda claim: _rank(*claim)) or [claimants[0]]
        for item, label in losers:
            lost[item.concept.id].add(form)
            remarks.append(f"{label!r}: {winner.concept.id} keeps it, {item.concept.id} gives it up")
    return [left for item in listed if (left := _after(item, lost[item.concept.id])) is not None], remarks


def _shared_acronyms(entries: list[Entry]) -> list[Entry]:
    """The entries with every acronym that outlines use for several things marked risky."""
    users: dict[str, set[str]] = defaultdict(set)
    for item in entries:
        if "own" in item.sources:
            for label in filter(_ACRONYM.fullmatch, labels(item.concept)):
                users[label].add(item.concept.id)
    shared = {label for label, ids in users.items() if len(ids) > 1}
    meant = {item.concept.id: shared.intersection(labels(item.concept)) for item in entries if "own" in item.sources}
    return [with_context(item, meant.get(item.concept.id, set())) for item in entries]


def _marked(item: Entry, label: str) -> bool:
    return "own" in item.sources and label in item.concept.risky


def _rank(item: Entry, label: str) -> tuple[bool, bool, int, str]:
    concept = item.concept
    return "own" not in item.sources, label != concept.name, PRECEDENCE.index(concept.type), concept.id


def _after(item: Entry, lost: set[str]) -> Entry | None:
    """The entry after it gave up those labels (by normal form); None where nothing is left of it."""
    if not lost:
        return item
    concept = item.concept
    given_up = {label for label in labels(concept) if normal_form(label) in lost}
    left = without(item, given_up)
    if "own" not in item.sources:
        return None if concept.name in given_up else left
    kept = given_up if not concept.context else given_up & {concept.name}
    return replace(left, concept=replace(left.concept, risky=tuple(sorted({*left.concept.risky, *kept}))))
