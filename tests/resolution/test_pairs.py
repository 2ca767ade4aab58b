"""Names that are one and names that are two: judged by hand, and found among annotated papers."""

from pathlib import Path

import pytest

from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.resolution.resolver import VocabularyResolver

ROWS = [
    tuple(line.split("\t"))
    for line in Path(__file__).with_name("pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
ALIKE = [row[1:] for row in ROWS if row[0] == "same"]
APART = [row[1:] for row in ROWS if row[0] == "two"]


def naming(number: int, type: str, name: str) -> Annotation:
    entity = Entity(name, type, "uses", 0.9, (Mention(0, len(name), name),))
    return Annotation(Paper(str(number), name, "A text that says nothing else."), (entity,))


@pytest.fixture(scope="module")
def ids():
    """The id of every name of the list, each named by a paper of its own, all resolved together."""
    named = sorted({(type, name) for type, *names in ALIKE + APART for name in names})
    annotations = [naming(number, *pair) for number, pair in enumerate(named)]
    resolver = VocabularyResolver(load_vocabulary(), load_ontology()).informed_by(annotations)
    resolved = resolver.resolve(annotations)
    return {pair: annotation.entities[0].id for pair, annotation in zip(named, resolved, strict=True)}


def test_the_list_holds_what_it_says():
    assert {row[0] for row in ROWS} == {"same", "two"}
    assert min(len(ALIKE), len(APART)) >= 70
    assert len(set(ROWS)) == len(ROWS)


@pytest.mark.parametrize(("type", "one", "other"), ALIKE)
def test_one_thing_in_two_spellings(type, one, other, ids):
    assert ids[type, one] == ids[type, other]


@pytest.mark.parametrize(("type", "one", "other"), APART)
def test_two_things_that_look_alike(type, one, other, ids):
    assert ids[type, one] != ids[type, other]
