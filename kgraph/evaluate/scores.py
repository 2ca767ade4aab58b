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

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kgraph.evaluate.matching import Span, right_results, same_names, spans, typed_pairs
from kgraph.evaluate.mistakes import Mistake, mistakes
from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.text import title_key

__all__ = ["Evaluation", "Score", "evaluate", "verdicts"]


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
class Evaluation:
    """All scores by name, what was wrong by kind and frequency, and how many gold papers were not predicted."""

    scores: dict[str, Score]
    mistakes: tuple[Mistake, ...]
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
    pairs = [(annotation, by_title.get(title) or Annotation(annotation.paper)) for title, annotation in wanted.items()]
    tally = _Tally(ontology)
    for annotation, found in pairs:
        tally.add(annotation, found)
    lacking = sum(title not in by_title for title in wanted)
    return Evaluation(tally.scores(), mistakes(pairs), len(wanted), lacking)


def verdicts(gold: Annotation, found: Annotation) -> tuple[list[bool], list[bool], list[bool]]:
    """For each entity (with its role), relation and result found in a paper whether it is right.

    The same measures as :func:`evaluate`, one by one: what calibration is fitted to.
    """
    roles = {j: gold.entities[i].role == found.entities[j].role for i, j in typed_pairs(gold, found)}
    same = same_names(gold, found)
    wanted = {(r.subject, r.predicate, r.object) for r in gold.relations}
    relations = [(same.get(r.subject), r.predicate, same.get(r.object)) in wanted for r in found.relations]
    entities = [roles.get(j, False) for j in range(len(found.entities))]
    return entities, relations, right_results(gold.results, found.results, same)


class _Tally:
    """Hits, gold and found of every measure, in the order in which people read them."""

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
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
        self._add_entities(gold, found, typed_pairs(gold, found))
        same = same_names(gold, found)
        self._add_relations(gold, found, same)
        right = right_results(gold.results, found.results, same)
        self._count("result", sum(right), len(gold.results), len(found.results))

    def _count(self, name: str, hits: int, gold: int, found: int) -> None:
        counts = self.counts[name]
        for index, number in enumerate((hits, gold, found)):
            counts[index] += number

    def _add_mentions(self, gold: Annotation, found: Annotation) -> None:
        wanted, given = spans(gold), spans(found)
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


def _overlapping(gold: set[Span], found: set[Span]) -> int:
    """How many found spans can be given a gold span of their own that they overlap, from left to right."""
    free = sorted(gold)
    hits = 0
    for start, end, type in sorted(found):
        match = next((span for span in free if span[2] == type and span[0] < end and start < span[1]), None)
        if match is not None:
            free.remove(match)
            hits += 1
    return hits
