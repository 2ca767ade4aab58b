"""An invented field of research of any size: topics with their own words, and a few things that all papers name.

Names follow Zipf's law within a topic, papers name a dozen things and lean on the topics beside
their own, so that the graph has the shape of a real one: communities, hubs, a long tail.
"""

from __future__ import annotations

import random
from itertools import accumulate

from kgraph.graph import Graph, assemble
from kgraph.iri import entity_id
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology
from kgraph.text import passage
from kgraph.vocabulary import Vocabulary

__all__ = ["invented_field"]

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo yu za cra dre fli glo pru sta tre vlo".split()
_TYPES = ("Method",) * 9 + ("Task",) * 4 + ("Metric",) * 2 + ("Hardware",) * 2 + ("Dataset", "Software", "Organization")
_ROLES = {
    "Method": ("proposes", "comparesWith", "uses"),
    "Task": ("addresses",),
    "Metric": ("reports",),
    "Hardware": ("runsOn",),
    "Dataset": ("evaluatesOn", "trainsOn"),
    "Software": ("uses",),
    "Organization": ("mentions",),
}
_PREDICATES = (("Task", "usedFor"), ("Hardware", "runsOn"), ("Dataset", "evaluatedOn"), ("Method", "comparedWith"))
_WORDS_OF_AN_ABSTRACT = 110

Name = tuple[str, str]  # and type


def invented_field(papers: int, entities: int, *, seed: int = 1) -> Graph:
    """The graph of that many papers, which between them could name that many entities.

    >>> graph = invented_field(20, 60)
    >>> len(graph.annotations), 30 < graph.nx.number_of_nodes() < 200
    (20, True)
    """
    chance = random.Random(seed)  # noqa: S311 - nothing here is a secret
    topics = max(4, min(entities, papers) // 130)
    each = entities // topics
    named = [[_name(chance, topic, at) for at in range(each)] for topic in range(topics)]
    shared = [(f"common {_word(chance)} {at}", _TYPES[at % len(_TYPES)]) for at in range(max(4, topics // 2))]
    words = [_word(chance) for _ in range(4000)]
    annotations = (_annotation(number, named, shared, words, chance) for number in range(papers))
    return assemble(annotations, ontology=load_ontology(), vocabulary=Vocabulary())


def _word(chance: random.Random) -> str:
    return "".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4)))


def _name(chance: random.Random, topic: int, at: int) -> Name:
    return f"{_word(chance).title()} {_word(chance)} {topic}.{at}", _TYPES[at % len(_TYPES)]


def _annotation(
    number: int, topics: list[list[Name]], shared: list[Name], words: list[str], chance: random.Random
) -> Annotation:
    home = number % len(topics)
    chosen = {*_zipf(chance, topics[home], 7), *_zipf(chance, shared, 2)}
    chosen |= {*_zipf(chance, topics[(home + chance.choice((-1, 1))) % len(topics)], 2)}
    # Each name of the tail is met once at least: the papers of a topic go through it in turn.
    turn, own = number // len(topics), topics[home]
    chosen |= {own[(turn * 6 + step) % len(own)] for step in range(6)}
    names = sorted(chosen)
    text = chance.choices(words, k=_WORDS_OF_AN_ABSTRACT)
    for name, _ in names:
        text.insert(chance.randrange(len(text)), name)
    title = f"{' '.join(chance.choices(words, k=6)).capitalize()} {number}"
    abstract = ". ".join(" ".join(text[at : at + 14]).capitalize() for at in range(0, len(text), 14)) + "."
    passage_text = passage(title, abstract)
    found = [_entity(name, type, passage_text, chance) for name, type in names]
    year = 2015 + int(11 * chance.random() ** 0.6)
    paper = Paper(f"{year % 100:02d}{1 + number % 12:02d}.{number:05d}", title, abstract, date=f"{year}")
    return Annotation(paper, tuple(found), tuple(_relations(found, chance)), tuple(_results(found, chance)))


def _zipf(chance: random.Random, names: list[Name], count: int) -> list[Name]:
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(names))))
    return chance.choices(names, cum_weights=weights, k=count)


def _entity(name: str, type: str, text: str, chance: random.Random) -> Entity:
    start = text.lower().find(name.lower())
    mentions = (Mention(start, start + len(name), text[start : start + len(name)]),) if start >= 0 else ()
    score = round(0.5 + chance.random() / 2, 2)
    return Entity(name, type, chance.choice(_ROLES[type]), score, mentions, entity_id(type, name))


def _relations(found: list[Entity], chance: random.Random) -> list[Relation]:
    methods = [entity for entity in found if entity.type == "Method"]
    pairs = ((chance.choice(methods), entity) for entity in found if methods)
    known = dict(_PREDICATES)
    return [
        Relation(subject.name, known[object.type], object.name, round(0.4 + chance.random() / 2, 2))
        for subject, object in pairs
        if subject.name != object.name and object.type in known and chance.random() < 0.85
    ]


def _results(found: list[Entity], chance: random.Random) -> list[Result]:
    methods, metrics = ([entity.name for entity in found if entity.type == type] for type in ("Method", "Metric"))
    return [Result(methods[0], metric, f"{chance.randint(11, 99) / 10}x") for metric in metrics[:1] if methods]
