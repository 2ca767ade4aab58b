"""The part that each entity plays in its paper, told by cues and by position: one role each.

A role is scored as in a logistic regression: every observation of :func:`observations` that holds
for an entity adds its weights of :data:`WEIGHTS`, and the softmax over the roles that the ontology
allows to the entity's type is how sure each is. The weights were estimated once, on half of the
annotated corpus (L1 to choose, L2 to fit what was chosen, rounded), but two were set by hand: that
of ``trainsOn``, which is too rare, and that of ``known``. They are few enough to be read and changed.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kgraph.extraction.cues import NUMBER, Reading, Sentence, read
from kgraph.extraction.marks import MENTIONS, text_of
from kgraph.extraction.scoring import as_score, total
from kgraph.model import Entity
from kgraph.ontology import Ontology, load_ontology

__all__ = ["WEIGHTS", "RoleCues", "assign_roles", "main_proposal", "named_first", "observations", "permitted_roles"]

# fmt: off
WEIGHTS: dict[str, dict[str, float]] = {
    "proposes": {
        "named first": 1.8, "left name": 1.7, "next propose": 1.7, "right :": 1.4, "next )": 1.3, "next that": 1.3,
        "opens": 1.1, "right that": 1.1, "left )": 1.0, "left propose": 0.7, "sentence use": 0.7,
        "sentence consist": 0.6, "Dataset": 0.5, "right system": 0.5, "sentence achieve": -0.4,
        "sentence number": -0.5, "sentence such": -0.6, "Hardware": -0.7, "Organization": -0.7, "Software": -0.7,
        "left of": -0.7, "Metric": -1.3, "hyphen after": -1.4, "Task": -1.7, "known": -2.0, "in background": -2.1,
    },
    "evaluatesOn": {
        "in rest": 1.6, "Dataset": 1.2, "sentence achieve": 1.2,
    },
    "trainsOn": {
        "left 2 train": 4.5, "Dataset": -0.1,
    },
    "runsOn": {
        "left on": 1.7, "coined": 1.1, "left 2 on": 0.9, "Hardware": 0.8, "sentence run": 0.4, "Software": 0.3,
        "sentence background": -0.5,
    },
    "comparesWith": {
        "after comparison": 2.3, "left than": 1.2, "left outperform": 1.1, "left standard": 1.1, "next standard": 1.1,
        "left 2 compare": 1.0, "next to": 1.0, "left existing": 0.9, "sentence gain": 0.4, "sentence achieve": 0.3,
        "sentence outperform": 0.3, "Method": -0.6, "Hardware": -0.7, "Organization": -0.7, "in proposal": -0.7,
        "Dataset": -0.8, "in title": -0.8, "left for": -0.8, "in rest": -0.9, "Task": -1.5, "Metric": -1.7,
    },
    "addresses": {
        "Task": 2.9, "in title": 1.1, "sentence background": 0.7,
    },
    "reports": {
        "number near": 1.4, "Metric": 1.2, "sentence achieve": 1.2, "in rest": 0.8, "sentence gain": 0.8,
        "next improve": 0.6, "sentence improve": 0.6, "sentence number": 0.5,
    },
    "uses": {
        "Method": 1.6, "Software": 0.8, "left 2 (": 0.8, "left that": 0.7, "Hardware": 0.6, "Metric": 0.6,
        "sentence use": 0.6, "next for": 0.4, "in proposal": 0.3, "left (": 0.3, "left of": 0.3, "left use": 0.3,
        "sentence study": 0.3, "sentence such": 0.3, "Dataset": 0.1, "Organization": -0.1, "sentence achieve": -0.3,
        "left while": -0.5, "sentence outperform": -0.5, "Task": -1.1,
    },
    "mentions": {
        "Organization": 1.5, "Task": 1.4, "Metric": 1.2, "in background": 1.2, "once": 1.2,
        "sentence background": 1.0, "left while": 0.7, "left on": 0.5, "sentence such": 0.4, "sentence propose": -0.3,
        "sentence evaluate": -0.4, "Software": -0.5, "sentence number": -0.5, "Method": -0.6, "in rest": -0.6,
        "number near": -0.7, "sentence we": -0.8, "Dataset": -0.9, "left :": -0.9, "opens": -0.9, "in title": -1.4,
    },
}
# fmt: on

_REACH_LEFT = 8  # tokens between a mention and a cue that speaks of it
_REACH_RIGHT = 5
_REACH_OF_AUTHORS = 12  # tokens between "we" and the name of what they propose
_REACH_OF_PROPOSING = 7  # and between "propose" and that name
_TELLING = frozenset(observation for weights in WEIGHTS.values() for observation in weights)
_OF_SENTENCE = frozenset(
    "propose use consist achieve gain improve outperform number evaluate run background such novel we study".split()
)
_COMPARING = frozenset({"compare", "than", "outperform"})
_COINED = re.compile(r"[a-z][A-Z]|[A-Z]{2}|\d")


def permitted_roles(ontology: Ontology) -> dict[str, tuple[str, ...]]:
    """For each type of entity the roles that the ontology allows it, the strongest first.

    >>> from kgraph.ontology import load_ontology
    >>> permitted_roles(load_ontology())["Dataset"]
    ('proposes', 'evaluatesOn', 'trainsOn', 'comparesWith', 'uses', 'mentions')
    """
    return {
        type: tuple(role for role in ontology.roles if ontology.allows("Paper", role, type)) for type in ontology.types
    }


def assign_roles(
    text: str,
    title_end: int,
    entities: Sequence[Entity],
    permitted: Mapping[str, Sequence[str]],
    *,
    known: Collection[str] = (),
) -> tuple[Entity, ...]:
    r"""The entities with their likeliest roles, their scores multiplied by how likely those are.

    ``permitted`` is what :func:`permitted_roles` gives; ``known`` are the names of those entities
    that a vocabulary knows, which a paper hardly proposes. An entity of a type that has no roles
    stays as it is.

    >>> from kgraph.model import Mention
    >>> from kgraph.ontology import load_ontology
    >>> text = "Fast nets\nWe introduce Zip. It outperforms Zap by 3%."
    >>> zip = Entity("Zip", "Method", "mentions", 1.0, (Mention(23, 26, "Zip"),))
    >>> zap = Entity("Zap", "Method", "mentions", 1.0, (Mention(43, 46, "Zap"),))
    >>> entities = assign_roles(text, 9, [zip, zap], permitted_roles(load_ontology()))
    >>> [entity.role for entity in entities]
    ['proposes', 'comparesWith']
    """
    observed = observations(read(text, title_end, entities), entities, known)
    return tuple(
        _with_role(entity, seen, permitted.get(entity.type, ()))
        for entity, seen in zip(entities, observed, strict=True)
    )


def _with_role(entity: Entity, observed: set[str], roles: Sequence[str]) -> Entity:
    """The entity in its likeliest role, the weaker of two that are as likely."""
    if not roles:
        return entity
    telling = observed & _TELLING
    totals = [total(WEIGHTS.get(role, {}), telling) for role in roles]
    best = max(totals)
    role = roles[max(index for index, score in enumerate(totals) if score == best)]
    score = entity.score / sum(math.exp(score - best) for score in totals)
    return Entity(entity.name, entity.type, role, as_score(score), entity.mentions, entity.id)


def observations(reading: Reading, entities: Sequence[Entity], known: Collection[str] = ()) -> list[set[str]]:
    """What can be seen of each entity, in the words of :data:`WEIGHTS`.

    ``left CUE`` and ``left 2 CUE`` are the nearest and second cue before any of its mentions,
    ``next CUE`` one that touches it, ``right CUE`` the nearest after; ``sentence CUE`` stands
    anywhere in its sentence; ``in title``, ``in background``, ``in proposal``, ``in rest`` say
    where in the paper it is named; ``opens`` is that no cue precedes it.
    """
    observed = [{entity.type} for entity in entities]
    times = [0] * len(entities)
    for number, sentence in enumerate(reading.sentences):
        place = _place(reading, number)
        shared = {f"in {place}"}
        if place != "title":
            shared.update(f"sentence {cue}" for cue in _OF_SENTENCE.intersection(sentence.cues))
        signs = [at for at, cue in enumerate(sentence.cues) if cue]
        comparison = next((at for at in signs if sentence.cues[at] in _COMPARING), len(sentence.cues))
        for position, index in sentence.mentions:
            times[index] += 1
            observed[index] |= shared
            observed[index].update(_around(sentence, position, signs))
            if comparison < position:
                observed[index].add("after comparison")
    for index in named_first(reading):
        observed[index].add("named first")
    for index, entity in enumerate(entities):
        if entity.name in known:
            observed[index].add("known")
        if times[index] == 1:
            observed[index].add("once")
        if any(_COINED.search(mention.text) for mention in entity.mentions):
            observed[index].add("coined")
    return observed


def _place(reading: Reading, number: int) -> str:
    if reading.titled and number == 0:
        return "title"
    if number == reading.proposal:
        return "proposal"
    return "background" if number < reading.proposal else "rest"


def _around(sentence: Sentence, position: int, signs: Sequence[int]) -> Iterator[str]:
    """The cues around one mention; ``signs`` are the places of all cues of the sentence."""
    cues = sentence.cues
    following = bisect_left(signs, position)
    left = [cues[at] for at in signs[max(0, following - 2) : following] if at >= position - _REACH_LEFT]
    right = [cues[at] for at in signs[following : following + 1] if at <= position + _REACH_RIGHT]
    if left:
        yield f"left {left[-1]}"
    if len(left) > 1:
        yield f"left 2 {left[0]}"
    if right:
        yield f"right {right[0]}"
    if following == 0:
        yield "opens"
    if position and cues[position - 1]:
        yield f"next {cues[position - 1]}"
    if sentence.tokens[position + 1 : position + 2] == ("-",):
        yield "hyphen after"
    if NUMBER in cues[max(0, position - 4) : position + 8]:
        yield "number near"


def named_first(reading: Reading) -> list[int]:
    """The entities that the paper introduces as its own by the plainest of signs, in their order.

    These are the name before the colon of a title, and the first name after *we propose* or *this
    paper presents* in any sentence.
    """
    named: dict[int, None] = {}
    for number, sentence in enumerate(reading.sentences):
        if reading.titled and number == 0:
            if sentence.mentions[:1] and sentence.mentions[0][0] == 0 and sentence.tokens[1:2] == (":",):
                named[sentence.mentions[0][1]] = None
            continue
        for position, index in sentence.mentions:
            before = sentence.cues[max(0, position - _REACH_OF_AUTHORS) : position]
            if "propose" in before[-_REACH_OF_PROPOSING:] and not {"we", "paper"}.isdisjoint(before):
                named[index] = None
                break
    return list(named)


def main_proposal(reading: Reading, entities: Sequence[Entity]) -> int | None:
    """The index of the one entity that the paper is about: of those it proposes the plainest; None if there is none."""
    plain = {index: place for place, index in enumerate(named_first(reading))}
    proposed = [index for index, entity in enumerate(entities) if entity.role == "proposes"]

    def plainness(index: int) -> tuple[bool, bool, float, int]:
        return plain.get(index) == 0, index in plain, entities[index].score, -index

    return max(proposed, key=plainness, default=None)


class RoleCues:
    """The component: sets the roles of ``doc._.kgraph_entities``."""

    def __init__(self, ontology: Ontology) -> None:
        self.set_ontology(ontology)

    def set_ontology(self, ontology: Ontology) -> None:
        """Allow from now on what this ontology does."""
        self.permitted = permitted_roles(ontology)

    def __call__(self, doc: Doc) -> Doc:
        """The document, its entities in their roles."""
        entities, title_end = doc._.kgraph_entities, max(0, doc._.kgraph_abstract - 1)
        linked = {span.start_char for span in doc.spans.get(MENTIONS, ()) if span.id_}
        known = {entity.name for entity in entities if any(mention.start in linked for mention in entity.mentions)}
        doc._.kgraph_entities = assign_roles(text_of(doc), title_end, entities, self.permitted, known=known)
        return doc


@Language.factory("kgraph_role_cues", requires=["doc._.kgraph_entities"], assigns=["doc._.kgraph_entities"])
def create_role_cues(nlp: Language, name: str) -> RoleCues:  # noqa: ARG001
    """The component, for the ontology that kgraph ships until it is given another."""
    return RoleCues(load_ontology())
