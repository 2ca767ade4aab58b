"""From mentions to entities: what names one thing in a paper, its type, its name, all its places.

Forms are of one entity when they differ in case, hyphen or plural only, when a vocabulary links
them to one concept, when the paper defines one by the other, or when they are one product with
and without its vendor. One form has one type in a paper, the one with most evidence behind it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from spacy.language import Language

from kgraph.extraction.hardware import core_name
from kgraph.extraction.marks import MENTIONS, Found, add, longest, marked, occurrences, rank, text_of
from kgraph.extraction.naming import canonical_name
from kgraph.model import Entity, Mention
from kgraph.text import normal_form

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.vocabulary import Vocabulary

__all__ = ["EntityGrouper", "create_entities"]

_Evidence = Mapping[str, list[list[Found]]]
_LINKED = 2
"""How much more a vocabulary says on the type of a name than a guess by its surroundings."""


@dataclass(frozen=True, slots=True)
class _Thing:
    """One thing that a paper names, before its places are known."""

    name: str
    type: str
    score: float
    id: str
    forms: tuple[str, ...]


class EntityGrouper:
    """The component ``kgraph_entities``: replaces the mentions by those of entities, and sets these.

    ``vocabulary`` gives linked entities their preferred names; None leaves the choice to
    :meth:`set_vocabulary`, and then to what kgraph ships.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._chosen = vocabulary is not None
        self._vocabulary = vocabulary

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Name linked entities after these concepts from now on, unless the configuration chose others."""
        if not self._chosen:
            self._vocabulary = vocabulary

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.kgraph_entities``, sorted by first mention, and the final spans."""
        text = text_of(doc)
        evidence = _evidence(doc, text)
        things = [self._thing(doc, forms, evidence) for forms in _groups(evidence, doc._.kgraph_forms)]
        owner = {form: number for number, thing in enumerate(things) for form in thing.forms}
        doc.spans[MENTIONS] = []
        places: dict[int, list[Mention]] = defaultdict(list)
        for found in add(doc, longest(_everywhere(things, owner, text))):
            written = text[found.start : found.end]
            places[owner[written]].append(Mention(found.start, found.end, written))
        doc._.kgraph_entities = tuple(_entities((things[number], places[number]) for number in places))
        return doc

    def _thing(self, doc: Doc, forms: tuple[str, ...], evidence: _Evidence) -> _Thing:
        votes: dict[str, float] = defaultdict(float)
        links: dict[tuple[str, str], float] = defaultdict(float)
        for form in forms:
            for place in evidence[form]:
                for found in place:
                    votes[found.type] += found.score * (_LINKED if found.id else 1)
                    if found.id:
                        links[found.type, found.id] += found.score
        kind = max(votes, key=lambda kind: (votes[kind], kind))
        ids = sorted((-weight, id) for (type, id), weight in links.items() if type == kind)
        id = ids[0][1] if ids else ""
        score = max(_certainty(place, kind) for form in forms for place in evidence[form])
        return _Thing(self._preferred_name(id) or self._own_name(doc, forms, kind), kind, score, id, forms)

    def _preferred_name(self, id: str) -> str:
        if self._vocabulary is None:
            from kgraph.ontology import load_vocabulary

            self._vocabulary = load_vocabulary()
        concept = self._vocabulary.concepts.get(id)
        return concept.name if concept else ""

    def _own_name(self, doc: Doc, forms: tuple[str, ...], type: str) -> str:
        return canonical_name(forms, type, expanded=frozenset(doc._.kgraph_forms.values()), text=text_of(doc))


def _evidence(doc: Doc, text: str) -> _Evidence:
    """By form, all that was found at each place where the form is the longest that was found."""
    places: dict[tuple[int, int], list[Found]] = defaultdict(list)
    for found in marked(doc):
        places[found.start, found.end].append(found)
    evidence: dict[str, list[list[Found]]] = defaultdict(list)
    for best in longest(min(found, key=rank) for found in places.values()):
        evidence[text[best.start : best.end]].append(places[best.start, best.end])
    return evidence


def _certainty(place: Sequence[Found], type: str) -> float:
    """How sure a type is where several techniques speak for it, each as if the others did not (noisy-or).

    >>> _certainty([Found(0, 3, "Task", 0.5), Found(0, 3, "Task", 0.8), Found(0, 3, "Method", 0.6)], "Task")
    0.9
    """
    return round(1 - math.prod(1 - found.score for found in place if found.type == type), 3)


def _groups(evidence: _Evidence, definitions: Mapping[str, str]) -> list[tuple[str, ...]]:
    """The forms of each entity together, in the order in which they come."""
    parent: dict[str, str] = {}

    def root(key: str) -> str:
        passed = []
        while parent.setdefault(key, key) != key:
            passed.append(key)
            key = parent[key]
        parent.update(dict.fromkeys(passed, key))
        return key

    for form, places in evidence.items():
        found = list(chain.from_iterable(places))
        keys = ["name " + normal_form(form)]
        keys += ["concept " + item.id for item in found if item.id]
        if any(item.type == "Hardware" for item in found):
            keys.append("product " + normal_form(core_name(form)))
        for key in keys:
            parent[root(key)] = root(form)
    for short, long in definitions.items():
        if short in evidence and long in evidence:
            parent[root(long)] = root(short)
    groups: dict[str, list[str]] = defaultdict(list)
    for form in evidence:
        groups[root(form)].append(form)
    return [tuple(forms) for forms in groups.values()]


def _everywhere(things: Sequence[_Thing], owner: Mapping[str, int], text: str) -> Iterator[Found]:
    for form, start in occurrences(list(owner), text):
        thing = things[owner[form]]
        yield Found(start, start + len(form), thing.type, thing.score, thing.id)


def _entities(placed: Iterable[tuple[_Thing, list[Mention]]]) -> list[Entity]:
    """The entities in the order of their first mentions; a name that two would bear tells the type of the second."""
    names: set[str] = set()
    entities = []
    for thing, mentions in sorted(placed, key=lambda item: item[1][0]):
        name = thing.name
        if name in names:
            name = next(
                form for form in (*thing.forms, f"{name} ({thing.type})", mentions[0].text) if form not in names
            )
        names.add(name)
        entities.append(Entity(name, thing.type, "mentions", thing.score, tuple(mentions)))
    return entities


@Language.factory(
    "kgraph_entities", assigns=["doc.spans", "doc._.kgraph_entities"], default_config={"vocabulary": None}
)
def create_entities(nlp: Language, name: str, vocabulary: Vocabulary | None) -> EntityGrouper:  # noqa: ARG001
    """The component, for a vocabulary that a function of spaCy's registry gives (``kgraph.Vocabulary.v1``)."""
    return EntityGrouper(vocabulary)
