"""From what the network computes of a text to its entities, relations and results.

Every choice is by probability against a threshold that was set on development papers; what the
guidelines say of a whole paper is done by rule here: a form has one type, a mention stands for all
its occurrences, a longer one wins.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction import heads
from kgraph.extraction.heads import Text
from kgraph.extraction.labels import Labels
from kgraph.extraction.naming import canonical_names
from kgraph.extraction.segments import marginals
from kgraph.extraction.structure import between, form_features, forms_of, places, word_span
from kgraph.extraction.wordpieces import Words
from kgraph.model import Entity, Mention, Relation, Result

__all__ = ["Decoded", "Found", "Thresholds", "decode", "find_spans", "spread"]

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability something is taken; temperatures are what scores are divided by first."""

    mention: float = 0.45
    value: float = 0.45
    same: float = 0.5
    relation: Mapping[str, float] = field(default_factory=dict)
    other_relation: float = 0.35
    result: float = 0.3


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Words taken for a mention (or a value): the number of its type and its probability."""

    start: int
    end: int
    type: int
    score: float


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a text tells."""

    entities: tuple[Entity, ...]
    relations: tuple[Relation, ...]
    results: tuple[Result, ...]


def find_spans(scores: Floats, counts: Sequence[int], thresholds: Thresholds) -> list[tuple[list[Found], list[Found]]]:
    """The mentions and the values of each text, from scores of shape (texts, words, longest, types + 1)."""
    longest = scores.shape[2]
    ends = np.arange(scores.shape[1])[:, None] + np.arange(1, longest + 1)[None]
    beyond = ends[None] > np.asarray(counts)[:, None, None]
    typed = scores[..., :-1]
    highest = typed.max(-1, keepdims=True)
    masses = np.exp(typed - highest)
    sums = masses.sum(-1)
    joint = np.where(beyond, -1e4, np.log(sums) + highest[..., 0])
    mention, value = marginals(joint)[1], marginals(np.where(beyond, -1e4, scores[..., -1]))[1]
    kinds = masses / sums[..., None]
    return [
        (
            _chosen(mention[row], kinds[row].argmax(-1), thresholds.mention),
            _chosen(value[row], np.zeros(value[row].shape, dtype=np.intp), thresholds.value),
        )
        for row in range(len(scores))
    ]


def _chosen(probability: Floats, types: Ints, threshold: float) -> list[Found]:
    """The stretches above the threshold, the surest first where two overlap; in the order of the text."""
    starts, lengths = np.nonzero(probability >= threshold)
    order = np.argsort(-probability[starts, lengths], kind="stable")
    taken: list[Found] = []
    for start, length in zip(starts[order].tolist(), lengths[order].tolist(), strict=True):
        end = start + length + 1
        if all(end <= other.start or start >= other.end for other in taken):
            taken.append(Found(start, end, int(types[start, length]), float(probability[start, length])))
    return sorted(taken)


def spread(text: str, words: Words, found: Sequence[Found]) -> list[Found]:
    """One type for every written form (the one with most probability), and every other occurrence of each form.

    Occurrences are whole words, in the same case, that no mention found covers; longer forms go first.
    """
    written = [text[words.starts[mention.start] : words.ends[mention.end - 1]] for mention in found]
    votes: dict[str, dict[int, float]] = {}
    _, numbers = forms_of(written, [0] * len(written))
    for mention, number in zip(found, numbers.tolist(), strict=True):
        votes.setdefault(number, {}).setdefault(mention.type, 0.0)
        votes[number][mention.type] += mention.score
    best = {number: min(shares, key=lambda type: (-shares[type], type)) for number, shares in votes.items()}
    made = [Found(m.start, m.end, best[number], m.score) for m, number in zip(found, numbers.tolist(), strict=True)]
    known: dict[str, Found] = {}
    for form, mention in zip(written, made, strict=True):
        if form not in known or known[form].score < mention.score:
            known[form] = mention
    covered = np.zeros(len(words.starts) + 1, dtype=bool)
    for mention in made:
        covered[mention.start : mention.end] = True
    for form in sorted(known, key=lambda form: (-len(form), form)):
        for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text):
            span = word_span(words, *match.span())
            if span is not None and not covered[span[0] : span[1]].any():
                covered[span[0] : span[1]] = True
                made.append(Found(*span, known[form].type, 0.9 * known[form].score))
    return sorted(made)


def decode(
    passage: str,
    words: Words,
    sentences: Ints,
    text: Text,
    mentions: Sequence[Found],
    values: Sequence[Found],
    weights: Mapping[str, Any],
    labels: Labels,
    thresholds: Thresholds,
) -> Decoded:
    """Entities with roles, relations and results of a text whose mentions and values are known."""
    if not mentions:
        return Decoded((), (), ())
    starts, ends = (np.array([getattr(m, side) for m in mentions], dtype=np.intp) for side in ("start", "end"))
    written = [passage[words.starts[m.start] : words.ends[m.end - 1]] for m in mentions]
    vectors = heads.mentions(weights, np, text, starts, ends)
    groups = _same_entity(passage, written, mentions, vectors, weights, thresholds.same)
    members = np.zeros((max(groups) + 1, len(mentions)), dtype=np.float32)
    members[groups, np.arange(len(mentions))] = 1.0
    types = np.array([max((mentions[at].score, -mentions[at].type) for at in np.flatnonzero(own))[1] for own in members])
    types = -types.astype(np.intp)
    entity = heads.entities(
        weights, np, text, vectors, members, np.eye(len(labels.types), dtype=np.float32)[types], places(members > 0, starts, sentences)
    )
    roles = _softmax(heads.role_logits(weights, entity))
    entities = _entities(passage, words, written, mentions, members, types, roles, labels)
    names = [entity.name for entity in entities]
    pairs = between((starts, ends), (starts, ends), sentences)
    found = heads.relation_logits(weights, np, text, vectors, members, entity, roles, pairs)
    relations = _relations(passage, words, sentences, found, names, types, members, starts, labels, thresholds)
    results: tuple[Result, ...] = ()
    if values:
        spans = tuple(np.array([getattr(value, side) for value in values], dtype=np.intp) for side in ("start", "end"))
        value_vectors = heads.mentions(weights, np, text, *spans, name="value")
        linked = heads.result_logits(
            weights, np, text, value_vectors, vectors, members, entity, roles, between(spans, (starts, ends), sentences)
        )
        results = _results(passage, words, values, _softmax(linked, axis=1), names, thresholds)
    return Decoded(entities, relations, results)


def _softmax(scores: Floats, axis: int = -1) -> Floats:
    masses = np.exp(scores - scores.max(axis, keepdims=True))
    shares: Floats = masses / masses.sum(axis, keepdims=True)
    return shares


def _sigmoid(scores: Floats) -> Floats:
    shares: Floats = 1.0 / (1.0 + np.exp(-scores))
    return shares


def _same_entity(
    passage: str, written: Sequence[str], mentions: Sequence[Found], vectors: Floats, weights: Mapping[str, Any], threshold: float
) -> list[int]:
    """For each mention the number of its entity: forms joined by average linkage, in the order of the text."""
    spelled, numbers = forms_of(written, [mention.type for mention in mentions])
    forms = np.zeros((len(spelled), len(written)), dtype=np.float32)
    forms[numbers, np.arange(len(written))] = 1.0
    groups: list[list[int]] = [[form] for form in range(len(spelled))]
    if len(spelled) > 1:
        likely = _sigmoid(heads.same_logits(weights, np, vectors, forms, form_features(passage, spelled)))
        while len(groups) > 1:
            score, first, second = max(
                (float(likely[np.ix_(one, other)].mean()), -i, -j)
                for i, one in enumerate(groups)
                for j, other in enumerate(groups[:i])
            )
            if score < threshold:
                break
            groups[-second] += groups.pop(-first)
    of_form = {form: group for group, forms_in in enumerate(sorted(groups, key=min)) for form in forms_in}
    return [of_form[number] for number in numbers.tolist()]


def _entities(
    passage: str,
    words: Words,
    written: Sequence[str],
    mentions: Sequence[Found],
    members: Floats,
    types: Ints,
    roles: Floats,
    labels: Labels,
) -> tuple[Entity, ...]:
    groups = [np.flatnonzero(own).tolist() for own in members]
    names = canonical_names(passage, [[written[at] for at in own] for own in groups])
    made = []
    for number, own in enumerate(groups):
        role = int(roles[number].argmax())
        surest = max(mentions[at].score for at in own)
        spans = tuple(
            Mention(int(words.starts[mentions[at].start]), int(words.ends[mentions[at].end - 1]), written[at]) for at in own
        )
        score = round(float(surest * roles[number, role]), 4)
        made.append(Entity(names[number], labels.types[types[number]], labels.roles[role], max(score, 0.0001), spans))
    return tuple(made)


def _relations(
    passage: str,
    words: Words,
    sentences: Ints,
    logits: Floats,
    names: Sequence[str],
    types: Ints,
    members: Floats,
    starts: Ints,
    labels: Labels,
    thresholds: Thresholds,
) -> tuple[Relation, ...]:
    """For each pair of entities its best predicate in either direction, where that is sure enough."""
    likely = _sigmoid(logits)
    bars = np.array([thresholds.relation.get(name, thresholds.other_relation) for name in labels.predicates])
    made = []
    for subject, object, predicate in np.argwhere(likely >= bars).tolist():
        ratio = likely[subject, object] / bars
        back = likely[object, subject] / bars
        kinds = labels.types[types[subject]], labels.predicates[predicate], labels.types[types[object]]
        if subject == object or kinds not in labels.allowed or max(ratio.max(), back.max()) > ratio[predicate]:
            continue
        start, end = _evidence(words, sentences, starts[members[subject] > 0], starts[members[object] > 0])
        score = round(float(likely[subject, object, predicate]), 4)
        made.append(Relation(names[subject], kinds[1], names[object], score, start, end))
    return tuple(made)


def _evidence(words: Words, sentences: Ints, left: Ints, right: Ints) -> tuple[int, int]:
    """The characters of the first sentence that names both, else from the first mention's sentence to the other's."""
    first, second = set(sentences[left].tolist()), set(sentences[right].tolist())
    both = first & second
    low, high = (min(both), min(both)) if both else sorted((min(first), min(second)))
    inside = np.flatnonzero((sentences >= low) & (sentences <= high))
    return int(words.starts[inside[0]]), int(words.ends[inside[-1]])


def _results(
    passage: str, words: Words, values: Sequence[Found], shares: Floats, names: Sequence[str], thresholds: Thresholds
) -> tuple[Result, ...]:
    """One result a value: in each slot the likeliest entity; none where no entity achieved it surely enough."""
    made = []
    nobody = len(names)
    for value, share in zip(values, shares, strict=True):
        entity = int(share[:nobody, 0].argmax())
        sure = float(value.score * share[entity, 0])
        if sure < thresholds.result * thresholds.value:
            continue
        metric, on, versus = (int(share[:, slot].argmax()) for slot in (1, 2, 3))
        start, end = int(words.starts[value.start]), int(words.ends[value.end - 1])
        printed = passage[start:end]
        made.append(
            Result(
                names[entity],
                names[metric] if metric < nobody else _plain_metric(printed),
                printed,
                names[on] if on < nobody else None,
                names[versus] if versus not in (nobody, entity) else None,
                round(max(value.score, 0.0001), 4),
                start,
                end,
            )
        )
    return tuple(made)


def _plain_metric(value: str) -> str:
    """The metric of a number whose text names none: a factor is a speedup, as the guidelines have it."""
    return "speedup" if re.search(r"\d\s*(?:x|×|\\times|times|-fold)", value) else "performance"
