"""Which mentions of a text name one thing, and what part each thing plays in the paper.

Forms are joined by average linkage over how likely each two are one name; what the guidelines say
of a whole paper is done by rule: all mentions of a form, of whatever case or number, are of one entity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction.abbreviations import find_definitions
from kgraph.extraction.model import heads
from kgraph.extraction.model.cues import role_cues
from kgraph.extraction.model.heads import Text, Weights
from kgraph.extraction.model.hints import Hint, hint_owners, linked_names
from kgraph.extraction.model.labels import PAPER, Labels, Thresholds, calibrated
from kgraph.extraction.model.structure import form_features, forms_of, places
from kgraph.extraction.model.wordpieces import Words
from kgraph.extraction.naming import canonical_name
from kgraph.model import Entity, Mention
from kgraph.text import normal_form

__all__ = ["Grouping", "Reading", "Taken", "group", "sigmoid", "softmax"]

Floats = NDArray[Any]
Ints = NDArray[np.intp]

_MOST_FORMS = 200
"""What compares pairs costs the square: in a text as long as a whole paper, forms beyond these stay by themselves."""
_NEVER = -1e4
"""The score of a role that the ontology does not let an entity of that type have."""


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
    title_end: int
    words: Words
    sentences: Ints
    text: Text
    mentions: tuple[Taken, ...]
    values: tuple[Taken, ...]
    hints: tuple[Hint, ...] = ()

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
    cues: Floats


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
    numbers = _same_entity(reading, written, mentions, vectors, weights, thresholds.same)
    members = np.zeros((max(numbers) + 1, len(mentions)), dtype=np.float32)
    members[numbers, np.arange(len(mentions))] = 1.0
    votes = members @ (np.eye(len(labels.types))[[m.type for m in mentions]] * np.array([[m.score] for m in mentions]))
    types = votes.argmax(1)
    one_hot = np.eye(len(labels.types), dtype=np.float32)[types]
    stands = places(members > 0, starts, reading.sentences)
    entity = heads.entities(weights, np, reading.text, vectors, members, one_hot, stands)
    named = _named(reading, mentions, written, members, [labels.types[type] for type in types])
    known = linked_names(named, reading.hints)
    cues = role_cues(reading.passage, reading.title_end, named, known, labels.roles)
    fitting = np.array([[(PAPER, role, each.type) in labels.allowed for role in labels.roles] for each in named])
    roles = softmax(np.where(fitting, heads.role_logits(weights, entity, cues), _NEVER))
    sure = (members * np.array([mention.score for mention in mentions])).max(1) * roles.max(1)
    entities = tuple(
        replace(each, role=labels.roles[role], score=calibrated("entity", score, thresholds))
        for each, role, score in zip(named, roles.argmax(1).tolist(), sure.tolist(), strict=True)
    )
    return Grouping(entities, types, starts, ends, vectors, members, entity, roles, cues)


def softmax(scores: Floats, axis: int = -1) -> Floats:
    """Shares along an axis that sum to one."""
    masses = np.exp(scores - scores.max(axis, keepdims=True))
    shares: Floats = masses / masses.sum(axis, keepdims=True)
    return shares


def sigmoid(scores: Floats) -> Floats:
    """Log-odds as probabilities."""
    shares: Floats = 1.0 / (1.0 + np.exp(-scores))
    return shares


def _same_entity(
    reading: Reading,
    written: Sequence[str],
    mentions: Sequence[Taken],
    vectors: Floats,
    weights: Weights,
    threshold: float,
) -> list[int]:
    """For each mention the number of its entity: forms joined by average linkage, in the order of the text."""
    spelled, numbers = forms_of(written, [mention.type for mention in mentions])
    forms = np.zeros((len(spelled), len(written)), dtype=np.float32)
    forms[numbers, np.arange(len(written))] = 1.0
    owners = hint_owners(reading.hints, reading.passage)
    features = form_features(reading.passage, spelled[:_MOST_FORMS], owners)
    likely = sigmoid(heads.same_logits(weights, np, vectors, forms[:_MOST_FORMS], features))
    groups = _linked(likely, threshold) + [[form] for form in range(_MOST_FORMS, len(spelled))]
    of_form = {form: number for number, inside in enumerate(groups) for form in inside}
    return [of_form[number] for number in numbers.tolist()]


def _linked(likely: Floats, threshold: float) -> list[list[int]]:
    """Average linkage: the two groups that are likeliest one are joined, until none are likely enough.

    Of two groups that become one, the likelihoods to any other are averaged by their sizes, which
    gives the mean over all pairs of forms (Lance and Williams 1967).

    >>> _linked(np.array([[1.0, 0.9, 0.2], [0.9, 1.0, 0.4], [0.2, 0.4, 1.0]]), 0.5)
    [[0, 1], [2]]
    """
    groups: dict[int, list[int]] = {form: [form] for form in range(len(likely))}
    scores = likely.copy()
    np.fill_diagonal(scores, -1.0)
    while len(groups) > 1:
        first, second = sorted(divmod(int(scores.argmax()), len(likely)))
        if scores[first, second] < threshold:
            break
        one, other = len(groups[first]), len(groups[second])
        scores[first] = scores[:, first] = (one * scores[first] + other * scores[second]) / (one + other)
        scores[second] = scores[:, second] = scores[first, first] = -1.0
        groups[first] += groups.pop(second)
    return [groups[first] for first in sorted(groups)]


def _named(
    reading: Reading, mentions: Sequence[Taken], written: Sequence[str], members: Floats, types: Sequence[str]
) -> list[Entity]:
    """The entities, each with a name of its own, before their roles are known."""
    text = reading.passage
    expanded = frozenset(text[found.long_start : found.long_end] for found in find_definitions(text))
    made: list[Entity] = []
    taken: set[str] = set()
    for own, type in zip(members, types, strict=True):
        inside = np.flatnonzero(own).tolist()
        forms = list(dict.fromkeys(written[at] for at in inside))
        name = canonical_name(forms, type, expanded=expanded, text=text)
        if normal_form(name) in taken:
            name = next((form for form in forms if normal_form(form) not in taken), f"{name} ({type})")
        taken.add(normal_form(name))
        spans = (
            Mention(
                int(reading.words.starts[mentions[at].start]),
                int(reading.words.ends[mentions[at].end - 1]),
                written[at],
            )
            for at in inside
        )
        made.append(Entity(name, type, "", 1.0, tuple(sorted(spans))))
    return made
