"""Relations between the entities of one paper, told by cues, names and roles: few and rather sure.

Each pair of entities that share a sentence, that contain each other's name, or of which one is what
the paper proposes, is scored for every predicate that the ontology allows between their types, as
in a logistic regression: the weights of what :func:`observations` sees of the pair add up. They
were estimated once, on half of the annotated corpus, as those of :mod:`~kgraph.extraction.roles`;
``trainedOn``, of which it has too few, was set by hand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from kgraph.extraction.cues import LEXICON, NUMBER, Reading, Sentence, read
from kgraph.extraction.marks import text_of
from kgraph.extraction.roles import main_proposal
from kgraph.extraction.scoring import as_score, log_odds, probability, total
from kgraph.model import Entity, Relation
from kgraph.ontology import Ontology, load_ontology
from kgraph.text import normal_form

__all__ = ["WEIGHTS", "Pair", "RelationCues", "find_relations", "observations", "permitted_predicates"]

# fmt: off
WEIGHTS: dict[str, dict[str, float]] = {
    "runsOn": {
        "always": -4.6, "main subject": 1.6, "main > runsOn": 1.3, "on then object": 1.3, "no main": 1.1,
        "Software > Hardware": 0.9, "subject in title": 0.9, "Method > Hardware": 0.8, "run then object": 0.7,
        "subject follows": 0.3, "uses > uses": -0.7, "to then object": -1.0, "Hardware > Hardware": -1.8,
    },
    "usedFor": {
        "always": -1.9, "subject then :": 1.1, "no main": 1.0, "subject then enable": 1.0, "main subject": 0.9,
        "enable then object": 0.7, "for then object": 0.7, "main > addresses": 0.7, "subject then (": 0.6,
        "object follows": 0.5, "subject follows": 0.4, "subject in title": 0.3, "Hardware > Task": -0.8,
        "neither main": -0.9,
    },
    "evaluatedOn": {
        "always": -2.5, "Method > Dataset": 1.4, "subject in title": 1.0, "main > evaluatesOn": 0.9,
        "main subject": 0.8, "object then data": 0.6, "neither main": -1.1,
    },
    "trainedOn": {
        "always": -4.5, "main > trainsOn": 3.5, "uses > trainsOn": 3.5, "train then object": 2.5,
        "subject then train": 2.5, "on then object": 1.0,
    },
    "comparedWith": {
        "always": -7.8, "main > comparesWith": 3.1, "Hardware > Hardware": 2.3, "Software > Software": 2.3,
        "Method > Method": 2.2, "than then object": 2.2, "uses > comparesWith": 1.9, "proposes > comparesWith": 1.7,
        "runsOn > comparesWith": 1.6, "main subject": 1.4, "existing then object": 1.2, "subject then achieve": 1.2,
        "subject then outperform": 1.2, "standard then object": 1.1, "subject then improve": 1.0,
        "to then object": 1.0, "no main": 0.9, "outperform then object": 0.8, "subject in title": 0.7,
        "main object": -0.8, "object in title": -0.8,
    },
    "partOf": {
        "always": -6.4, "proposes > main": 2.7, "Hardware > Hardware": 2.4, "Method > Method": 2.0,
        "Method > Software": 2.0, "object then consist": 1.3, "use then subject": 1.3, "Software > Software": 1.2,
        "with then subject": 1.1, "object in title": 1.0, "object then propose": 1.0, ") then subject": 0.9,
        ": then subject": 0.9, "main object": 0.9, "object then address": 0.8, "of then object": 0.8,
        "propose then subject": 0.8, "object then that": 0.7, "uses > main": 0.6, "no main": 0.5,
        "object then system": 0.4, "neither main": -0.5, "object then achieve": -0.7, "( then object": -0.8,
        "for then subject": -0.8, "object then to": -0.8, "Metric > Method": -0.9, "comparesWith > main": -0.9,
        "subject in title": -1.5,
    },
    "subclassOf": {
        "always": -8.0, "subject ends with object": 3.5, "Hardware > Hardware": 3.3, "Method > Method": 2.7,
        "object then such": 2.2, "such then subject": 2.2, "as then subject": 2.1, "subject begins with object": 1.7,
        "object then peers": 1.6, "( then subject": 1.5, ": then subject": 1.4, "name then subject": 1.3,
        "Task > Task": 1.1, "object then (": 1.1, "object then run": 1.1, "addresses > addresses": 0.9,
        "main subject": 0.9, "novel then object": 0.9, "object in title": 0.9, ": then object": 0.7,
        "object follows": 0.7, "no main": 0.6, "main > uses": 0.4, "subject follows": 0.3, "main object": -0.7,
        "use then subject": -0.8, "of then subject": -0.9, "in then subject": -1.0, "subject follows in title": -1.4,
    },
    "basedOn": {
        "always": -5.9, "main subject": 1.9, "object-based subject": 1.6, "subject ends with object": 1.3,
        "use then object": 1.1, "proposes > uses": 1.0, "subject then novel": 0.9, "subject then use": 0.9,
        "Software > Software": 0.8, "main > uses": 0.8, "on then object": 0.8, "( then subject": 0.7,
        "Method > Method": 0.7, "no main": 0.7, "subject then system": 0.6, "object follows": 0.5,
        "use then subject": 0.5, "( then object": 0.4, "object in title": 0.4, "subject in title": 0.4,
        "subject follows": 0.3, "subject then (": 0.3, "main object": -0.6, "Hardware > Method": -0.7,
        "such then object": -0.9, "Method > Hardware": -1.1, "Software > Hardware": -1.1,
    },
    "madeBy": {
        "always": -2.0, "by then object": 1.5, "subject follows": 1.3,
    },
}
# fmt: on

_ALWAYS = "always"
_TELLING = frozenset(observation for weights in WEIGHTS.values() for observation in weights)
_REACH = 6  # a mention is paired with so many that follow it in the sentence: the cost stays linear
_LONGEST_NAME = 12  # words of a name that are compared with other names
_OF_NO_RELATION = frozenset({"mentions", "reports"})


class _Saying(NamedTuple):
    """What a cue between two mentions is called, by which of them it stands next to."""

    subject_then: str
    then_object: str
    object_then: str
    then_subject: str


_SAID = {
    cue: _Saying(f"subject then {cue}", f"{cue} then object", f"object then {cue}", f"{cue} then subject")
    for cue in (*LEXICON, NUMBER)
}


@dataclass(slots=True)
class Pair:
    """What is seen of a subject and an object: of both as such, and in each sentence that names them."""

    seen: set[str] = field(default_factory=set)
    sentences: dict[int, set[str]] = field(default_factory=dict)


def permitted_predicates(ontology: Ontology) -> dict[tuple[str, str], tuple[str, ...]]:
    """For each pair of types the predicates that the ontology allows between them, in its order.

    >>> from kgraph.ontology import load_ontology
    >>> permitted_predicates(load_ontology())["Dataset", "Organization"]
    ('comparedWith', 'partOf', 'subclassOf', 'madeBy')
    """
    return {
        (subject, object): tuple(name for name in ontology.predicates if ontology.allows(subject, name, object))
        for subject in ontology.types
        for object in ontology.types
    }


def find_relations(
    text: str,
    title_end: int,
    entities: Sequence[Entity],
    permitted: Mapping[tuple[str, str], Sequence[str]],
    *,
    threshold: float = 0.3,
) -> tuple[Relation, ...]:
    r"""The relations that are likely enough given their entities, in the order of these.

    ``permitted`` is what :func:`permitted_predicates` gives; ``threshold`` is a probability. The
    score of a relation is that probability times the lower score of its two entities. ``start``
    and ``end`` are those of the sentence that tells it best; where no sentence states it, those of
    the first that names the object. What holds both ways is given once, the likelier way round.

    >>> from kgraph.model import Mention
    >>> from kgraph.ontology import load_ontology
    >>> text = "Zip: fast parsing\nWe propose Zip for parsing."
    >>> zip = Entity("Zip", "Method", "proposes", 1.0, (Mention(0, 3, "Zip"), Mention(29, 32, "Zip")))
    >>> parsing = Entity("parsing", "Task", "addresses", 1.0, (Mention(37, 44, "parsing"),))
    >>> [relation] = find_relations(text, 17, [zip, parsing], permitted_predicates(load_ontology()))
    >>> relation.subject, relation.predicate, relation.object, text[relation.start:relation.end]
    ('Zip', 'usedFor', 'parsing', 'We propose Zip for parsing.')
    """
    reading = read(text, title_end, entities)
    naming = _first_sentences(reading)
    least = log_odds(threshold)
    found: dict[tuple[int, str, int], Relation] = {}
    for (subject, object), pair in observations(reading, entities).items():
        telling = _TELLING.intersection(pair.seen.union(*pair.sentences.values()))
        for predicate in permitted.get((entities[subject].type, entities[object].type), ()):
            weights = WEIGHTS.get(predicate)
            if weights is None or (score := weights[_ALWAYS] + total(weights, telling)) < least:
                continue
            sentence = reading.sentences[_telling_sentence(pair, weights) if pair.sentences else naming.get(object, 0)]
            found[subject, predicate, object] = Relation(
                entities[subject].name,
                predicate,
                entities[object].name,
                score=_joint(probability(score), entities[subject], entities[object]),
                start=sentence.start,
                end=sentence.end,
            )
    return tuple(relation for key, relation in sorted(found.items()) if _is_likelier_way_round(key, found))


def _joint(probability: float, subject: Entity, object: Entity) -> float:
    """How sure a relation is, which is wrong where either of its entities is: measured to be calibrated."""
    return as_score(probability * min(subject.score, object.score))


def _is_likelier_way_round(key: tuple[int, str, int], found: Mapping[tuple[int, str, int], Relation]) -> bool:
    """Most predicates hold one way only, and of a symmetric one a single statement is enough."""
    subject, predicate, object = key
    other = found.get((object, predicate, subject))
    return other is None or (-found[key].score, subject) < (-other.score, object)


def _telling_sentence(pair: Pair, weights: Mapping[str, float]) -> int:
    """The sentence that speaks most clearly for the pair, the first of those that are as clear."""
    return max(pair.sentences, key=lambda number: total(weights, pair.sentences[number]))


def _first_sentences(reading: Reading) -> dict[int, int]:
    """The first sentence that names each entity."""
    first: dict[int, int] = {}
    for number, sentence in enumerate(reading.sentences):
        for _, index in sentence.mentions:
            first.setdefault(index, number)
    return first


def observations(reading: Reading, entities: Sequence[Entity]) -> dict[tuple[int, int], Pair]:
    """What can be seen of each (subject, object), in the words of :data:`WEIGHTS`.

    ``subject then CUE`` and ``CUE then object`` are the first and last cue between a subject and
    an object that follows it in a sentence, ``object then CUE`` and ``CUE then subject`` likewise
    the other way round; ``object follows`` and ``subject follows``: no mention between them;
    ``object-based subject``; ``subject ends with object`` compares their names. Roles stand in pairs,
    ``main`` being what the paper proposes first of all.
    """
    main = main_proposal(reading, entities)
    pairs: dict[tuple[int, int], Pair] = defaultdict(Pair)
    for number, sentence in enumerate(reading.sentences):
        _observe_sentence(number, sentence, pairs, title=reading.titled and number == 0)
    _observe_names(entities, pairs)
    if main is not None:
        for index, entity in enumerate(entities):
            if index != main and entity.role not in _OF_NO_RELATION:
                pairs.setdefault((main, index), Pair())
                pairs.setdefault((index, main), Pair())
    labels = ["main" if index == main else entity.role for index, entity in enumerate(entities)]
    in_title = {index for _, index in reading.sentences[0].mentions} if reading.titled and reading.sentences else set()
    for (subject, object), pair in pairs.items():
        pair.seen.add(f"{entities[subject].type} > {entities[object].type}")
        pair.seen.add(f"{labels[subject]} > {labels[object]}")
        pair.seen.add("main subject" if subject == main else "main object" if object == main else "neither main")
        if main is None:
            pair.seen.add("no main")
        if subject in in_title:
            pair.seen.add("subject in title")
        if object in in_title:
            pair.seen.add("object in title")
    return pairs


def _observe_sentence(number: int, sentence: Sentence, pairs: dict[tuple[int, int], Pair], *, title: bool) -> None:
    """Add what one sentence shows of every two mentions that stand near each other."""
    cues = [(at, cue) for at, cue in enumerate(sentence.cues) if cue]
    mentions = [(place, index, bisect_left(cues, (place,))) for place, index in sentence.mentions]
    for at, (place, one, opening) in enumerate(mentions):
        based = sentence.tokens[place + 1 : place + 3] == ("-", "based")
        for _, other, closing in mentions[at + 1 : at + 1 + _REACH]:
            if one == other:
                continue
            forward = pairs[one, other].sentences.setdefault(number, set())
            back = pairs[other, one].sentences.setdefault(number, set())
            if opening < closing:
                first, last = _SAID[cues[opening][1]], _SAID[cues[closing - 1][1]]
                forward.update((first.subject_then, last.then_object))
                back.update((first.object_then, last.then_subject))
            if title:
                forward.add("object follows in title")
                back.add("subject follows in title")
        if at + 1 < len(mentions) and (other := mentions[at + 1][1]) != one:
            pairs[one, other].sentences[number].add("object follows")
            pairs[other, one].sentences[number].add("subject follows")
            if based:
                pairs[other, one].sentences[number].add("object-based subject")


def _observe_names(entities: Sequence[Entity], pairs: dict[tuple[int, int], Pair]) -> None:
    """Add which names end or begin with which others: what is longer is often the special case."""
    named: dict[tuple[str, ...], int] = {}
    for index, entity in enumerate(entities):
        named.setdefault(tuple(normal_form(entity.name).split()), index)
    for name, index in named.items():
        for cut in range(1, min(len(name), _LONGEST_NAME)):
            for part, manner in ((name[cut:], "ends"), (name[:cut], "begins")):
                if (other := named.get(part)) is not None:
                    pairs[index, other].seen.add(f"subject {manner} with object")


class RelationCues:
    """The component: sets ``doc._.kgraph_relations``; ``threshold`` is that of :func:`find_relations`."""

    def __init__(self, ontology: Ontology, *, threshold: float) -> None:
        self.threshold = threshold
        self.set_ontology(ontology)

    def set_ontology(self, ontology: Ontology) -> None:
        """Allow from now on what this ontology does."""
        self.permitted = permitted_predicates(ontology)

    def __call__(self, doc: Doc) -> Doc:
        """The document with the relations between its entities."""
        entities, title_end = doc._.kgraph_entities, max(0, doc._.kgraph_abstract - 1)
        doc._.kgraph_relations = find_relations(
            text_of(doc), title_end, entities, self.permitted, threshold=self.threshold
        )
        return doc


@Language.factory(
    "kgraph_relation_cues",
    requires=["doc._.kgraph_entities"],
    assigns=["doc._.kgraph_relations"],
    default_config={"threshold": 0.3},
)
def create_relation_cues(nlp: Language, name: str, threshold: float) -> RelationCues:  # noqa: ARG001
    """The component, for the ontology that kgraph ships until it is given another."""
    return RelationCues(load_ontology(), threshold=threshold)
