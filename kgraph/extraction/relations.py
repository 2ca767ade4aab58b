"""Relations between the entities of one paper, told by cues, names and roles: few and rather sure.

Each pair of entities that share a sentence, that contain each other's name, or of which one is what
the paper proposes, is scored for every predicate that the ontology allows between their types, as
in a logistic regression: the weights of what is seen of the pair (:mod:`~kgraph.extraction.pairs`)
add up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kgraph.extraction.cues import Reading, read
from kgraph.extraction.marks import text_of
from kgraph.extraction.pairs import WEIGHTS, Pair, observations
from kgraph.extraction.scoring import as_score, log_odds, probability, total
from kgraph.model import Entity, Relation
from kgraph.ontology import Ontology, load_ontology

__all__ = ["RelationCues", "find_relations", "permitted_predicates"]

_ALWAYS = "always"
_TELLING = frozenset(observation for weights in WEIGHTS.values() for observation in weights)


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
