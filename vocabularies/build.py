"""From gazetteers and outlines to the entries of every file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

from kgraph.vocabulary import Concept
from vocabularies import datasets, hardware, methods, metrics, organizations, software, tasks
from vocabularies.collisions import settle
from vocabularies.duplicates import duplicates
from vocabularies.entries import Entry, compact, joined, labels, respelled
from vocabularies.gazetteers import CC_BY, CC_BY_SA
from vocabularies.generic import without_generic_heads
from vocabularies.guards import guarded, is_noise
from vocabularies.heads import below_heads
from vocabularies.topics import linked, pages

__all__ = ["FILES", "build", "gathered"]

FILES = {
    "datasets": ("Data sets and benchmarks", CC_BY),
    "datasets-leaderboards": ("Data sets of leaderboards", CC_BY_SA),
    "hardware": ("Hardware", CC_BY),
    "methods": ("Models and techniques", CC_BY),
    "metrics": ("Metrics", CC_BY),
    "metrics-leaderboards": ("Metrics of leaderboards", CC_BY_SA),
    "organizations": ("Organizations", CC_BY),
    "software": ("Software", CC_BY),
    "software-best-of-ml": ("Machine-learning software", CC_BY_SA),
    "tasks": ("Tasks", CC_BY),
    "tasks-leaderboards": ("Tasks of leaderboards", CC_BY_SA),
}
"""Every vocabulary file with its title and licence; share-alike data stand in files of their own."""

_SHARE_ALIKE_LINKS = "software-best-of-ml"
_MAKERS = (hardware, organizations, software, methods, tasks, metrics, datasets)


def build(gazetteers: Path) -> tuple[dict[str, list[Entry]], list[str]]:
    """The entries of every file by its name, and remarks on labels that were given up."""
    files = gathered(gazetteers)
    topics = pages(gazetteers)
    own = chain.from_iterable(entries for name, entries in files.items() if not _share_alike(name))
    core = [linked(item, topics) for item in joined(own)]
    shared = chain.from_iterable(entries for name, entries in files.items() if _share_alike(name))
    others = joined(item for item in shared if not is_noise(item))
    core, new, links = _beside(core, others)
    settled, remarks = settle(guarded(without_generic_heads(item)) for item in (*core, *new))
    settled = list(below_heads(settled))
    _check(settled)
    settled = _directly_below(settled)
    home = {item.concept.id: name for name in reversed(files) for item in files[name]}
    left = {item.concept.id for item in settled}
    made: dict[str, list[Entry]] = {name: [] for name in FILES}
    for item in settled:
        made[home[item.concept.id]].append(item)
    for item in links:
        if item.concept.id in left:
            made[_SHARE_ALIKE_LINKS].append(item)
    return made, remarks


def gathered(gazetteers: Path) -> dict[str, list[Entry]]:
    """What the outlines and gazetteers hold, file by file, before anything is joined or guarded."""
    return {name: entries for maker in _MAKERS for name, entries in maker.entries(gazetteers).items()}


def _beside(core: list[Entry], others: Iterable[Entry]) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """What share-alike entries add to ours: ours in their spellings too, new concepts, links of known ones."""
    known = {(item.concept.type, compact(label)): item for item in reversed(core) for label in labels(item.concept)}
    by_id = {item.concept.id: item for item in core}
    new, links = [], []
    spellings: dict[str, set[str]] = defaultdict(set)
    for item in others:
        same = by_id.get(item.concept.id) or known.get((item.concept.type, compact(item.concept.name)))
        if same is None:
            new.append(item)
            continue
        spellings[same.concept.id].update(labels(item.concept))
        if item.concept.links:
            links.append(_links_only(same, item))
    return [respelled(item, spellings[item.concept.id]) for item in core], new, links


def _share_alike(name: str) -> bool:
    return FILES[name][1] == CC_BY_SA


def _links_only(known: Entry, item: Entry) -> Entry:
    """What a share-alike source adds to a concept of another file: its links, in the file of that source."""
    concept = known.concept
    return replace(item, concept=Concept(concept.id, concept.type, concept.name, links=item.concept.links))


def _directly_below(entries: list[Entry]) -> list[Entry]:
    """The entries without the broader concepts that others of their broader concepts are below anyway."""
    tree = {item.concept.id: item.concept.broader for item in entries}

    @cache
    def above(id: str) -> frozenset[str]:
        return frozenset(chain(tree[id], *map(above, tree[id])))

    def nearest(broader: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(id for id in broader if not any(id in above(other) for other in broader))

    return [replace(item, concept=replace(item.concept, broader=nearest(item.concept.broader))) for item in entries]


def _check(entries: Iterable[Entry]) -> None:
    """Refuse one thing under two names, and a link to a concept that is not there: most often a name spelled apart."""
    listed = list(entries)
    if twice := duplicates(listed):
        named = ", ".join(f"{one!r} and {other!r}" for one, other in twice)
        raise SystemExit(f"join these in the outlines, or say that they are APART in duplicates.py: {named}")
    known = {item.concept.id for item in listed}
    missing: Counter[str] = Counter()
    for item in listed:
        linked = [str(value) for name, value in item.concept.facts if name in {"manufacturer", "madeBy"}]
        missing.update(id for id in (*item.concept.broader, *linked) if id not in known)
    if missing:
        named = ", ".join(f"{id} ({count})" for id, count in missing.most_common(40))
        raise SystemExit(f"{len(missing)} linked concepts are missing from the outlines: {named}")
    try:
        TopologicalSorter({item.concept.id: item.concept.broader for item in listed}).prepare()
    except CycleError as error:
        raise SystemExit(f"the tree runs in a circle: {' -> '.join(error.args[1])}") from error
