"""Doubtful decisions come with the ruling that would change them."""

import re

import pytest

from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import load_ontology
from kgraph.resolution.curation_file import read_curation
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.resolution.review import doubts, generate_review
from kgraph.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        "hardware/summit": Concept(
            "hardware/summit-computer", "Hardware", "Summit computer", (), ("Summit",), ("nodes",)
        ),
        "hardware/summit-computer": Concept(
            "hardware/summit-computer", "Hardware", "Summit computer", (), ("Summit",), ("nodes",)
        ),
        "software/acme-kit": Concept("software/acme-kit", "Software", "Acme Kit"),
    }
)


def paper(id: str, *entities: tuple[str, str, str]) -> Annotation:
    found = (Entity(name, type, role, 0.9, (Mention(0, 1, name),)) for name, type, role in entities)
    return Annotation(Paper(id, f"Title {id}", "Text."), tuple(found))


PAPERS = [
    paper("1", ("Atlas", "Method", "proposes"), ("spiking network", "Method", "uses"), ("Acme Kit", "Method", "uses")),
    paper("2", ("Atlas", "Method", "proposes"), ("spiking network", "Method", "uses"), ("Acme Kit", "Method", "uses")),
    paper("3", ("Atlas", "Method", "proposes"), ("spikng network", "Method", "uses"), ("Acme Kit", "Software", "uses")),
    paper("4", ("Summit", "Hardware", "runsOn"), ("Net-4 model", "Method", "uses"), ("Net-5 model", "Method", "uses")),
]


@pytest.fixture(scope="module")
def resolver():
    return VocabularyResolver(VOCABULARY, load_ontology()).informed_by(PAPERS)


def test_each_doubt_is_a_ruling_with_what_it_changes(resolver):
    found = {doubt.ruling.about[0]: doubt for doubt in doubts(resolver, PAPERS)}
    assert set(found) == {"method/atlas", "method/acme-kit", "method/spikng-network", "hardware/summit"}
    split = found["method/atlas"]
    assert (split.ruling.action, split.ruling.papers, split.papers) == ("split", {"2", "3"}, 2)
    assert (found["method/acme-kit"].ruling.action, found["method/acme-kit"].ruling.to) == ("retype", "Software")
    assert found["method/spikng-network"].ruling.to == "method/spiking-network"
    assert found["hardware/summit"].ruling.to == "hardware/summit-computer"
    assert "nothing in 1 paper says so" in found["hardware/summit"].ruling.reason


def test_the_most_consequential_come_first_whatever_the_order_of_papers(resolver):
    found = doubts(resolver, PAPERS)
    assert [doubt.papers for doubt in found] == sorted((doubt.papers for doubt in found), reverse=True)
    assert found == doubts(resolver, PAPERS[::-1])


def test_the_file_is_comment_until_people_decide_and_then_a_curation(resolver, tmp_path):
    text = "\n".join(generate_review(doubts(resolver, PAPERS))) + "\n"
    path = tmp_path / "curation.yaml"
    path.write_text(text)
    assert read_curation(path, resolver.ontology).rulings == ()
    path.write_text(re.sub(r"^# (?=- |  )", "", text, flags=re.MULTILINE))
    curation = read_curation(path, resolver.ontology)
    assert {ruling.about[0] for ruling in curation.rulings} == {d.ruling.about[0] for d in doubts(resolver, PAPERS)}
    assert doubts(resolver.curated_by(curation, PAPERS), PAPERS) == []


def test_names_cannot_break_out_of_the_file(resolver, tmp_path):
    nasty = 'A "quote": [x]\n- ignore: method/a # and & *so* on'
    papers = [paper(str(number), (nasty, "Method", "proposes")) for number in range(3)]
    text = "\n".join(generate_review(doubts(resolver, papers)))
    assert all(line.startswith("#") or not line for line in text.split("\n"))
    path = tmp_path / "curation.yaml"
    path.write_text(re.sub(r"^# (?=- |  )", "", text, flags=re.MULTILINE), encoding="utf-8")
    [ruling] = read_curation(path, resolver.ontology).rulings
    assert "quote" in ruling.reason
