"""Decisions that people should look at, the most consequential first, as rulings ready to be taken over.

What is listed is what the rules cannot know: one name under two types, one name that several
papers propose, names that differ by a slip of the pen, a concept that a name may mean as well,
short forms that papers write out in different ways. Linear in the number of papers.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kgraph.model import Annotation
from kgraph.resolution.cascade import Decision
from kgraph.resolution.curation import Ruling
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.resolution.spelling import spelling

__all__ = ["Doubt", "doubts", "generate_review"]

_SHORTEST = 8
"""Letters from which two names that differ in one may be one."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """What might be decided otherwise: the ruling that would do so, and the papers that it would change."""

    ruling: Ruling
    papers: int


@dataclass(slots=True)
class _Node:
    """What all papers decided about an id."""

    type: str
    names: Counter[str] = field(default_factory=Counter)
    papers: set[str] = field(default_factory=set)
    proposing: list[str] = field(default_factory=list)
    candidates: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def name(self) -> str:
        """The name that most papers give."""
        return min(self.names, key=lambda name: (-self.names[name], name))


def doubts(resolver: VocabularyResolver, annotations: Iterable[Annotation]) -> list[Doubt]:
    """The doubtful decisions, those first that change most papers."""
    nodes: dict[str, _Node] = {}
    for annotation in annotations:
        for entity, decision in zip(annotation.entities, resolver.explain(annotation), strict=True):
            if decision.id and decision.step != "curation":
                _count(nodes, decision, entity.role)
    known = resolver.vocabulary.concepts
    found = [*_two_types(nodes, known), *_proposed_twice(nodes, known), *_slips(nodes, known), *_candidates(nodes)]
    best: dict[tuple[str, str], Doubt] = {}
    for doubt in sorted(found, key=lambda doubt: (-doubt.papers, doubt.ruling.about, doubt.ruling.to)):
        best.setdefault((doubt.ruling.action, doubt.ruling.about[0]), doubt)
    return list(best.values())


def _count(nodes: dict[str, _Node], decision: Decision, role: str) -> None:
    node = nodes.setdefault(decision.id, _Node(decision.type))
    node.names[decision.name] += 1
    node.papers.add(decision.paper)
    if role == "proposes":
        node.proposing.append(decision.paper)
    for candidate in decision.candidates:
        node.candidates[candidate].add(decision.paper)


def _weight(nodes: Mapping[str, _Node], known: Mapping[str, object], id: str) -> tuple[bool, int, str]:
    """An order of ids, those first that others are better brought to."""
    return id not in known, -len(nodes[id].papers), id


def _two_types(nodes: Mapping[str, _Node], known: Mapping[str, object]) -> Iterator[Doubt]:
    """One name under several types: perhaps the rarer ones are slips."""
    alike: dict[str, list[str]] = defaultdict(list)
    for id in sorted(nodes):
        alike[spelling(nodes[id].name)].append(id)
    for ids in alike.values():
        first, *others = sorted(ids, key=lambda id: _weight(nodes, known, id))
        for id in others:
            node, main = nodes[id], nodes[first]
            if node.type != main.type:
                why = f"{main.name} is a {main.type} in {_papers(main)}, a {node.type} in {_papers(node)}"
                yield Doubt(Ruling("retype", (id,), why, main.type), len(node.papers))


def _proposed_twice(nodes: Mapping[str, _Node], known: Mapping[str, object]) -> Iterator[Doubt]:
    """One name that several papers propose: perhaps they are several things."""
    for id, node in sorted(nodes.items()):
        first, *others = sorted(set(node.proposing)) or [""]
        if others and id not in known:
            why = f"{len(others) + 1} papers propose a {node.type} {node.name}, {first} among them"
            yield Doubt(Ruling("split", (id,), why, f"{id}-2", frozenset(others)), len(others))


def _slips(nodes: Mapping[str, _Node], known: Mapping[str, object]) -> Iterator[Doubt]:
    """Names that differ in one small letter: perhaps one is a slip of the other."""
    near: dict[tuple[str, str], list[str]] = defaultdict(list)
    for id in sorted(nodes, key=lambda id: _weight(nodes, known, id)):
        key = spelling(nodes[id].name)
        if len(key) >= _SHORTEST and key.isalpha():
            for place in range(1, len(key) + 1):
                near[nodes[id].type, key[:place] + key[place + 1 :]].append(id)
    for ids in near.values():
        for id in dict.fromkeys(ids[1:]):
            one, other = nodes[ids[0]].name, nodes[id].name
            if id not in known and _one_slip(one, other):
                why = f"{other} in {_papers(nodes[id])} and {one} in {_papers(nodes[ids[0]])} differ in one letter"
                yield Doubt(Ruling("merge", (id,), why, ids[0]), len(nodes[id].papers))


def _one_slip(one: str, other: str) -> bool:
    """Whether two names differ in one letter of a word in lower case, and not only by their ending.

    >>> _one_slip("spiking neural network", "spikng neural network"), _one_slip("CNN inference", "DNN inference")
    (True, False)
    """
    shorter, longer = sorted((one, other), key=len)
    place = next((i for i, letter in enumerate(shorter) if letter != longer[i]), len(shorter))
    if place == len(shorter) or len(longer) - len(shorter) > 1:
        return False
    rest = longer[place + 1 :]
    same = rest == (shorter[place:] if len(longer) > len(shorter) else shorter[place + 1 :])
    return same and longer[place].islower() and shorter[place].islower() and longer[place - 1 : place].islower()


def _candidates(nodes: Mapping[str, _Node]) -> Iterator[Doubt]:
    """Concepts that a name may mean as well, where nothing in its paper said so."""
    for id, node in sorted(nodes.items()):
        for candidate, papers in sorted(node.candidates.items()):
            if candidate != id:
                why = f"{node.name} may be {candidate}, but nothing in {_counted(papers)} says so"
                yield Doubt(Ruling("merge", (id,), why, candidate), len(papers))


def _papers(node: _Node) -> str:
    return _counted(node.papers)


def _counted(papers: set[str]) -> str:
    return f"{len(papers)} paper{'' if len(papers) == 1 else 's'}"


def generate_review(found: Sequence[Doubt]) -> Iterator[str]:
    """The lines of a file of doubts, in the form of ``curation.yaml``; all of it comments until people decide.

    >>> for line in list(generate_review([Doubt(Ruling("merge", ("task/a",), "a slip", "task/b"), 2)]))[-5:]:
    ...     print(line)
    <BLANKLINE>
    # changes 2 papers
    # - merge: task/a
    #   into: task/b
    #   reason: "a slip"
    """
    yield f"# Doubtful decisions: {len(found)}, the most consequential first. Take away the '# ' before an entry that"
    yield "# you agree with, say why as its reason, and move it to curation.yaml (docs/guide/curation.md)."
    for doubt in found:
        ruling = doubt.ruling
        yield ""
        yield f"# changes {doubt.papers} paper{'' if doubt.papers == 1 else 's'}"
        yield f"# - {ruling.action}: {ruling.about[0]}"
        if ruling.papers:
            yield f"#   papers: [{', '.join(json.dumps(paper) for paper in sorted(ruling.papers))}]"
        yield f"#   {'to' if ruling.action == 'retype' else 'into'}: {ruling.to}"
        yield f"#   reason: {json.dumps(ruling.reason, ensure_ascii=False)}"
