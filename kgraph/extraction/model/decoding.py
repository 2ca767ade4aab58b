"""From the entities of a text to the relations between them and to what its values say of them.

Every choice is by probability against a threshold that was set on development papers.
"""

from __future__ import annotations

import re

import numpy as np

from kgraph.extraction.model import heads
from kgraph.extraction.model.cues import relation_cues
from kgraph.extraction.model.grouping import Grouping, Ints, Reading, group, sigmoid, softmax
from kgraph.extraction.model.heads import Weights
from kgraph.extraction.model.labels import Labels, Thresholds, calibrated
from kgraph.extraction.model.structure import between
from kgraph.model import Annotation, Paper, Relation, Result

__all__ = ["decode", "relate", "results_of"]

_MOST_MENTIONS = 300
"""What compares pairs costs the square: in a text as long as a whole paper, mentions beyond these are not related."""


def decode(paper: Paper, reading: Reading, weights: Weights, labels: Labels, thresholds: Thresholds) -> Annotation:
    """All that a reading tells of its paper, from the mentions found in it."""
    grouping = group(reading, reading.mentions, weights, labels, thresholds)
    if grouping is None:
        return Annotation(paper)
    relations = relate(reading, grouping, weights, labels, thresholds)
    return Annotation(paper, grouping.entities, relations, results_of(reading, grouping, weights, thresholds))


def relate(
    reading: Reading, grouping: Grouping, weights: Weights, labels: Labels, thresholds: Thresholds
) -> tuple[Relation, ...]:
    """For each pair of entities its best predicate in either direction, where that is sure enough."""
    near = _near(grouping)
    spans = (near.starts, near.ends)
    pairs = between(spans, spans, reading.sentences)
    cues = relation_cues(reading.passage, reading.title_end, near.entities, near.cues, labels.roles, labels.predicates)
    likely = sigmoid(
        heads.relation_logits(
            weights, np, reading.text, near.vectors, near.members, near.entity, near.roles, pairs, cues
        )
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
        cues=grouping.cues[kept],
    )


def results_of(reading: Reading, grouping: Grouping, weights: Weights, thresholds: Thresholds) -> tuple[Result, ...]:
    """One result a value: in each slot the likeliest entity; none where no entity achieved it surely enough."""
    if not reading.values:
        return ()
    near, found = _near(grouping), reading.values[:_MOST_MENTIONS]
    starts, ends = (np.array([getattr(value, side) for value in found], dtype=np.intp) for side in ("start", "end"))
    values = heads.mentions(weights, np, reading.text, starts, ends, name="value")
    pairs = between((starts, ends), (near.starts, near.ends), reading.sentences)
    shares = softmax(
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
