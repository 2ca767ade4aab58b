"""Scores against gold: how much of what people marked was found, and how much of it is right.

Papers are paired by title. Within a paper

- a *mention* counts when start, end and type are the same; ``mention-overlap`` when the type is the
  same and the spans overlap, one to one;
- an *entity* counts when the type is the same and so is the name, or a form of it;
- a *role* counts when an entity does and its role is the same: the edge from paper to entity;
- a *relation* counts when both ends match entities and the predicate is the same;
- a *result* counts when the value is the same and so is the entity or the metric.

Micro-averaged over all papers, as in the evaluations of SemEval-2017 task 10 and SciERC.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kgraph.model import Annotation, Entity, Result
from kgraph.ontology import Ontology
from kgraph.text import title_key

__all__ = ["Evaluation", "Miss", "Score", "evaluate", "verdicts"]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 in percent, rounded to a tenth, and the counts behind them."""

    name: str
    precision: float
    recall: float
    f1: float
    hits: int
    gold: int
    found: int


@dataclass(frozen=True, slots=True)
class Miss:
    """An entity missed, or found wrongly: how often over all papers."""

    what: str
    type: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All scores by name, the most frequent misses, and how many gold papers were not predicted."""

    scores: dict[str, Score]
    misses: tuple[Miss, ...]
    papers: int
    lacking: int


def evaluate(gold: Iterable[Annotation], predicted: Iterable[Annotation], *, ontology: Ontology) -> Evaluation:
    """Scores of the predicted annotations; predicted papers that gold lacks are left out.

    >>> from kgraph.model import Entity, Mention, Paper
    >>> from kgraph.ontology import load_ontology
    >>> paper = Paper("1", "FPGA", "Text.")
    >>> gold = Annotation(paper, (Entity("FPGA", "Hardware", "runsOn", 1.0, (Mention(0, 4, "FPGA"),)),))
    >>> found = Annotation(paper, (Entity("FPGA", "Hardware", "uses", 0.9, (Mention(0, 4, "FPGA"),)),))
    >>> scores = evaluate([gold], [found], ontology=load_ontology()).scores
    >>> scores["entity"].f1, scores["role"].f1
    (100.0, 0.0)
    """
    by_title = {title_key(annotation.paper.title): annotation for annotation in predicted}
    wanted = {title_key(annotation.paper.title): annotation for annotation in gold}
    tally = _Tally(ontology)
    for title, annotation in wanted.items():
        tally.add(annotation, by_title.get(title) or Annotation(annotation.paper))
    misses = tuple(Miss(*miss, count) for miss, count in sorted(tally.misses.items(), key=lambda m: (-m[1], m[0])))
    return Evaluation(tally.scores(), misses, len(wanted), sum(title not in by_title for title in wanted))


def verdicts(gold: Annotation, found: Annotation) -> tuple[list[bool], list[bool], list[bool]]:
    """For each entity (with its role), relation and result found in a paper whether it is right.

    The same measures as :func:`evaluate`, one by one: what calibration is fitted to.
    """
    roles = {j: gold.entities[i].role == found.entities[j].role for i, j in _typed_pairs(gold, found)}
    same = _same_names(gold, found)
    wanted = {(r.subject, r.predicate, r.object) for r in gold.relations}
    relations = [(same.get(r.subject), r.predicate, same.get(r.object)) in wanted for r in found.relations]
    entities = [roles.get(j, False) for j in range(len(found.entities))]
    return entities, relations, _right_results(gold.results, found.results, same)


def _typed_pairs(gold: Annotation, found: Annotation) -> list[tuple[int, int]]:
    return _pairs(gold.entities, found.entities, lambda g, f: g.type == f.type)


def _same_names(gold: Annotation, found: Annotation) -> dict[str, str]:
    """What gold calls the entities found: relations and results are matched by name or form, whatever the type."""
    loose = _pairs(gold.entities, found.entities, lambda _g, _f: True)
    return {found.entities[j].name: gold.entities[i].name for i, j in loose}


class _Tally:
    """Hits, gold and found of every measure, in the order in which people read them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        self.misses: Counter[tuple[str, str, str]] = Counter()
        for name in ("mention", "mention-overlap", "entity", "role"):
            self.counts[name]
        for type in ontology.types:
            self.counts[f"entity {type}"]
        for name in ("relation", "result"):
            self.counts[name]

    def scores(self) -> dict[str, Score]:
        return {name: _score(name, *counts) for name, counts in self.counts.items()}

    def add(self, gold: Annotation, found: Annotation) -> None:
        self._add_mentions(gold, found)
        self._add_entities(gold, found, _typed_pairs(gold, found))
        same = _same_names(gold, found)
        self._add_relations(gold, found, same)
        right = _right_results(gold.results, found.results, same)
        self._count("result", sum(right), len(gold.results), len(found.results))

    def _count(self, name: str, hits: int, gold: int, found: int) -> None:
        counts = self.counts[name]
        for index, number in enumerate((hits, gold, found)):
            counts[index] += number

    def _add_mentions(self, gold: Annotation, found: Annotation) -> None:
        wanted, given = _spans(gold), _spans(found)
        self._count("mention", len(wanted & given), len(wanted), len(given))
        self._count("mention-overlap", _overlapping(wanted, given), len(wanted), len(given))

    def _add_entities(self, gold: Annotation, found: Annotation, pairs: list[tuple[int, int]]) -> None:
        wanted, given = gold.entities, found.entities
        right = [(wanted[i], given[j]) for i, j in pairs]
        agreeing = [g for g, f in right if g.role == f.role]
        self._count("entity", len(right), len(wanted), len(given))
        self._count("role", len(agreeing), len(wanted), len(given))
        matched = [g for g, _ in right]
        for type in self.ontology.types:
            self._count(f"entity {type}", *(sum(e.type == type for e in es) for es in (matched, wanted, given)))
        for role in self.ontology.roles:
            self._count(f"role {role}", *(sum(e.role == role for e in es) for es in (agreeing, wanted, given)))
        hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
        self.misses.update(("missed", e.type, e.name) for i, e in enumerate(wanted) if i not in hit_gold)
        self.misses.update(("wrong", e.type, e.name) for j, e in enumerate(given) if j not in hit_found)

    def _add_relations(self, gold: Annotation, found: Annotation, same: dict[str, str]) -> None:
        wanted = {(r.subject, r.predicate, r.object) for r in gold.relations}
        given = [(same.get(r.subject), r.predicate, same.get(r.object)) for r in found.relations]
        right = wanted & set(given)
        self._count("relation", len(right), len(wanted), len(given))
        for predicate in self.ontology.predicates:
            self._count(f"relation {predicate}", *(sum(r[1] == predicate for r in rs) for rs in (right, wanted, given)))


def _score(name: str, hits: int, gold: int, found: int) -> Score:
    precision = hits / found if found else 0.0
    recall = hits / gold if gold else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return Score(name, round(100 * precision, 1), round(100 * recall, 1), round(100 * f1, 1), hits, gold, found)


def _spans(annotation: Annotation) -> set[tuple[int, int, str]]:
    return {(m.start, m.end, entity.type) for entity in annotation.entities for m in entity.mentions}


def _overlapping(gold: set[tuple[int, int, str]], found: set[tuple[int, int, str]]) -> int:
    """How many found spans can be given a gold span of their own that they overlap, from left to right."""
    free = sorted(gold)
    hits = 0
    for start, end, type in sorted(found):
        match = next((span for span in free if span[2] == type and span[0] < end and start < span[1]), None)
        if match is not None:
            free.remove(match)
            hits += 1
    return hits


def _forms(entity: Entity) -> set[str]:
    return {title_key(entity.name), *(title_key(mention.text) for mention in entity.mentions)}


def _pairs(
    gold: tuple[Entity, ...], found: tuple[Entity, ...], comparable: Callable[[Entity, Entity], bool]
) -> list[tuple[int, int]]:
    """Which gold and found entities are the same, one to one: those of equal names first."""
    gold_forms, found_forms = [_forms(entity) for entity in gold], [_forms(entity) for entity in found]

    def named(i: int, j: int) -> bool:
        return title_key(gold[i].name) == title_key(found[j].name)

    def sharing(i: int, j: int) -> bool:
        return not gold_forms[i].isdisjoint(found_forms[j])

    pairs: dict[int, int] = {}
    for test in (named, sharing):
        for i in range(len(gold)):
            if i in pairs:
                continue
            free = (j for j in range(len(found)) if j not in pairs.values() and comparable(gold[i], found[j]))
            match = next((j for j in free if test(i, j)), None)
            if match is not None:
                pairs[i] = match
    return list(pairs.items())


_HEDGE = re.compile(r"(?:up to|about|around|approximately|over|more than|nearly|almost|an average of|~|≈|>|<)\s*")


def _value(text: str) -> str:
    """A printed value without its hedge, its spaces, and the many ways to write times and percent."""
    value = text.strip().casefold()
    hedge = _HEDGE.match(value)
    value = value[hedge.end() :] if hedge else value
    for spelled, sign in (("×", "x"), ("times", "x"), ("percent", "%")):
        value = value.replace(spelled, sign)
    return re.sub(r"\s+", "", value)


def _right_results(gold: tuple[Result, ...], found: tuple[Result, ...], same: dict[str, str]) -> list[bool]:
    free = list(gold)
    right = []
    for result in found:
        match = next((each for each in _same_value(free, result) if _same_subject(each, result, same)), None)
        if match is not None:
            free.remove(match)
        right.append(match is not None)
    return right


def _same_subject(gold: Result, found: Result, same: dict[str, str]) -> bool:
    return title_key(found.metric) == title_key(gold.metric) or same.get(found.entity) == gold.entity


def _same_value(results: Iterable[Result], wanted: Result) -> Iterator[Result]:
    return (result for result in list(results) if _value(result.value) == _value(wanted.value))
