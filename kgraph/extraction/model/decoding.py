"""From what the network computes of a text to its entities, relations and results.

Every choice is by probability against a threshold that was set on development papers; what the
guidelines say of a whole paper is done by rule: a form has one type, a mention stands for all its
occurrences, a longer one wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.abbreviations import find_definitions
from kgraph.extraction.model import heads
from kgraph.extraction.model.heads import Text
from kgraph.extraction.model.labels import Labels, Thresholds, calibrated
from kgraph.extraction.model.structure import between, form_features, forms_of, places
from kgraph.extraction.model.wordpieces import Words
from kgraph.extraction.naming import canonical_name
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.text import normal_form

__all__ = ["Grouping", "Reading", "Taken", "decode", "group", "relate", "results_of"]

Floats = NDArray[Any]
Ints = NDArray[np.intp]
Weights = Mapping[str, Any]

# What compares pairs costs the square: of a text as long as a whole paper, forms and mentions beyond
# these numbers are no less entities, but are joined by their letters only, and no pair of them is related.
_MOST_FORMS = 200
_MOST_MENTIONS = 300


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """Words taken for a mention or a value, from ``start`` to before ``end``: its type's number, its probability."""

    start: int
    end: int
    type: int
    score: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text after the encoder's pass: what every later step works on."""

    passage: str
    words: Words
    sentences: Ints
    text: Text
    mentions: tuple[Taken, ...]
    values: tuple[Taken, ...]

    def written(self, taken: Taken) -> str:
        """The characters of the words."""
        return self.passage[self.words.starts[taken.start] : self.words.ends[taken.end - 1]]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The entities of a text, and the arrays that relations and results are computed from."""

    entities: tuple[Entity, ...]
    types: Ints
    starts: Ints
    ends: Ints
    vectors: Floats
    members: Floats
    entity: Floats
    roles: Floats


def decode(paper: Paper, reading: Reading, weights: Weights, labels: Labels, thresholds: Thresholds) -> Annotation:
    """All that a reading tells of its paper, from the mentions found in it."""
    grouping = group(reading, reading.mentions, weights, labels, thresholds)
    if grouping is None:
        return Annotation(paper)
    relations = relate(reading, grouping, weights, labels, thresholds)
    return Annotation(paper, grouping.entities, relations, results_of(reading, grouping, weights, thresholds))


def group(
    reading: Reading, mentions: Sequence[Taken], weights: Weights, labels: Labels, thresholds: Thresholds
) -> Grouping | None:
    """The mentions of one thing together, each entity with its role; None where there are no mentions."""
    if not mentions:
        return None
    starts, ends = (
        np.array([getattr(mention, side) for mention in mentions], dtype=np.intp) for side in ("start", "end")
    )
    written = [reading.written(mention) for mention in mentions]
    vectors = heads.mentions(weights, np, reading.text, starts, ends)
    numbers = _same_entity(reading.passage, written, mentions, vectors, weights, thresholds.same)
    members = np.zeros((max(numbers) + 1, len(mentions)), dtype=np.float32)
    members[numbers, np.arange(len(mentions))] = 1.0
    votes = members @ (np.eye(len(labels.types))[[m.type for m in mentions]] * np.array([[m.score] for m in mentions]))
    types = votes.argmax(1)
    one_hot = np.eye(len(labels.types), dtype=np.float32)[types]
    stands = places(members > 0, starts, reading.sentences)
    entity = heads.entities(weights, np, reading.text, vectors, members, one_hot, stands)
    roles = _softmax(heads.role_logits(weights, entity))
    entities = _entities(reading, mentions, written, members, types, roles, labels, thresholds)
    return Grouping(entities, types, starts, ends, vectors, members, entity, roles)


def relate(
    reading: Reading, grouping: Grouping, weights: Weights, labels: Labels, thresholds: Thresholds
) -> tuple[Relation, ...]:
    """For each pair of entities its best predicate in either direction, where that is sure enough."""
    near = _near(grouping)
    spans = (near.starts, near.ends)
    pairs = between(spans, spans, reading.sentences)
    likely = _sigmoid(
        heads.relation_logits(weights, np, reading.text, near.vectors, near.members, near.entity, near.roles, pairs)
    )
    bars = np.array([thresholds.relations.get(name, 0.5) for name in labels.predicates])
    ratios = likely / bars
    best = ratios.max(2)
    best = np.maximum(best, best.T)
    made = []
    for subject, object, predicate in np.argwhere(ratios >= 1.0).tolist():
        one, other = near.entities[subject], near.entities[object]
        name = labels.predicates[predicate]
        allowed = subject != object and (one.type, name, other.type) in labels.allowed
        if allowed and ratios[subject, object, predicate] == best[subject, object]:
            start, end = _evidence(
                reading, near.starts[near.members[subject] > 0], near.starts[near.members[object] > 0]
            )
            score = calibrated("relation", float(likely[subject, object, predicate]), thresholds)
            made.append(Relation(one.name, name, other.name, score, start, end))
    return tuple(made)


def _near(grouping: Grouping) -> Grouping:
    """The grouping of the first mentions only, with the entities that these name."""
    if len(grouping.starts) <= _MOST_MENTIONS:
        return grouping
    members = grouping.members[:, :_MOST_MENTIONS]
    kept = np.any(members > 0, axis=1)
    return Grouping(
        entities=tuple(entity for entity, keep in zip(grouping.entities, kept.tolist(), strict=True) if keep),
        types=grouping.types[kept],
        starts=grouping.starts[:_MOST_MENTIONS],
        ends=grouping.ends[:_MOST_MENTIONS],
        vectors=grouping.vectors[:_MOST_MENTIONS],
        members=members[kept],
        entity=grouping.entity[kept],
        roles=grouping.roles[kept],
    )


def results_of(reading: Reading, grouping: Grouping, weights: Weights, thresholds: Thresholds) -> tuple[Result, ...]:
    """One result a value: in each slot the likeliest entity; none where no entity achieved it surely enough."""
    if not reading.values:
        return ()
    near, found = _near(grouping), reading.values[:_MOST_MENTIONS]
    starts, ends = (np.array([getattr(value, side) for value in found], dtype=np.intp) for side in ("start", "end"))
    values = heads.mentions(weights, np, reading.text, starts, ends, name="value")
    pairs = between((starts, ends), (near.starts, near.ends), reading.sentences)
    shares = _softmax(
        heads.result_logits(
            weights,
            np,
            reading.text,
            values,
            near.vectors,
            near.members,
            near.entity,
            near.roles,
            pairs,
        ),
        axis=1,
    )
    names = [entity.name for entity in near.entities]
    nobody = len(names)
    made = []
    for value, share in zip(found, shares, strict=True):
        entity = int(share[:nobody, 0].argmax())
        metric, on, versus = (int(share[:, slot].argmax()) for slot in (1, 2, 3))
        sure = value.score * max(float(share[entity, 0]), float(share[metric, 1]))
        if sure < thresholds.result:
            continue
        printed = reading.written(value)
        made.append(
            Result(
                names[entity],
                names[metric] if metric < nobody else _plain_metric(printed),
                printed,
                names[on] if on not in (nobody, entity) else None,
                names[versus] if versus not in (nobody, entity) else None,
                calibrated("result", sure, thresholds),
                int(reading.words.starts[value.start]),
                int(reading.words.ends[value.end - 1]),
            )
        )
    return tuple(made)


def _softmax(scores: Floats, axis: int = -1) -> Floats:
    masses = np.exp(scores - scores.max(axis, keepdims=True))
    shares: Floats = masses / masses.sum(axis, keepdims=True)
    return shares


def _sigmoid(scores: Floats) -> Floats:
    shares: Floats = 1.0 / (1.0 + np.exp(-scores))
    return shares


def _same_entity(
    passage: str, written: Sequence[str], mentions: Sequence[Taken], vectors: Floats, weights: Weights, threshold: float
) -> list[int]:
    """For each mention the number of its entity: forms joined by average linkage, in the order of the text."""
    spelled, numbers = forms_of(written, [mention.type for mention in mentions])
    forms = np.zeros((len(spelled), len(written)), dtype=np.float32)
    forms[numbers, np.arange(len(written))] = 1.0
    features = form_features(passage, spelled[:_MOST_FORMS])
    likely = _sigmoid(heads.same_logits(weights, np, vectors, forms[:_MOST_FORMS], features))
    groups = _linked(likely, threshold) + [[form] for form in range(_MOST_FORMS, len(spelled))]
    of_form = {form: number for number, inside in enumerate(groups) for form in inside}
    return [of_form[number] for number in numbers.tolist()]


def _linked(likely: Floats, threshold: float) -> list[list[int]]:
    """Average linkage: the two groups that are likeliest one are joined, until none are likely enough."""
    count = len(likely)
    groups: dict[int, list[int]] = {form: [form] for form in range(count)}
    scores = np.where(np.triu(np.ones((count, count), dtype=bool), 1), likely, -1.0)
    while len(groups) > 1:
        first, second = divmod(int(scores.argmax()), count)
        if scores[first, second] < threshold:
            break
        groups[first] += groups.pop(second)
        scores[second] = scores[:, second] = -1.0
        for other, inside in groups.items():
            if other != first:
                mean = float(likely[np.ix_(groups[first], inside)].mean())
                scores[min(first, other), max(first, other)] = mean
    return [groups[first] for first in sorted(groups)]


def _entities(
    reading: Reading,
    mentions: Sequence[Taken],
    written: Sequence[str],
    members: Floats,
    types: Ints,
    roles: Floats,
    labels: Labels,
    thresholds: Thresholds,
) -> tuple[Entity, ...]:
    text = reading.passage
    expanded = frozenset(text[found.long_start : found.long_end] for found in find_definitions(text))
    made: list[Entity] = []
    taken: set[str] = set()
    for number, own in enumerate(members):
        inside = np.flatnonzero(own).tolist()
        kind = labels.types[types[number]]
        forms = list(dict.fromkeys(written[at] for at in inside))
        name = canonical_name(forms, kind, expanded=expanded, text=text)
        if normal_form(name) in taken:
            name = next((form for form in forms if normal_form(form) not in taken), f"{name} ({kind})")
        taken.add(normal_form(name))
        role = int(roles[number].argmax())
        sure = max(mentions[at].score for at in inside) * float(roles[number, role])
        spans = (
            Mention(
                int(reading.words.starts[mentions[at].start]),
                int(reading.words.ends[mentions[at].end - 1]),
                written[at],
            )
            for at in inside
        )
        made.append(
            Entity(name, kind, labels.roles[role], calibrated("entity", sure, thresholds), tuple(sorted(spans)))
        )
    return tuple(made)


def _evidence(reading: Reading, left: Ints, right: Ints) -> tuple[int, int]:
    """The characters of the first sentence that names both, else from one's first sentence to the other's."""
    sentences = reading.sentences
    first, second = set(sentences[left].tolist()), set(sentences[right].tolist())
    both = first & second
    low, high = (min(both), min(both)) if both else sorted((min(first), min(second)))
    inside = np.flatnonzero((sentences >= low) & (sentences <= high))
    return int(reading.words.starts[inside[0]]), int(reading.words.ends[inside[-1]])


def _plain_metric(value: str) -> str:
    """The metric of a number whose text names none: a factor is a speedup, as the guidelines have it."""
    return "speedup" if re.search(r"\d\s*(?:x|×|\\times|times|-fold)", value) else "performance"
