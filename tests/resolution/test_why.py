"""The chain of reasons behind an id; what sets two ids apart."""

import pytest

from kgraph.errors import KgraphError
from kgraph.model import Annotation, Entity, Mention, Paper
from kgraph.ontology import load_ontology
from kgraph.resolution.resolver import VocabularyResolver
from kgraph.resolution.why import why
from kgraph.text import passage
from kgraph.vocabulary import Concept, Vocabulary

VOCABULARY = Vocabulary(
    {
        "hardware/acme-x9": Concept("hardware/acme-x9", "Hardware", "Acme X9", ("X9",), sources=("lab", "own")),
        "hardware/acme-x90": Concept("hardware/acme-x90", "Hardware", "Acme X90", ("X90",)),
        "hardware/summit": Concept("hardware/summit", "Hardware", "Summit computer", (), ("Summit",), ("nodes",)),
    },
    sources={"lab": "List of the lab (https://example.org/license)"},
)


def paper(id: str, abstract: str, *entities: tuple[str, str, tuple[str, ...]]) -> Annotation:
    text = passage("T", abstract)
    found = []
    for name, type, forms in entities:
        mentions = tuple(Mention(text.index(form), text.index(form) + len(form), form) for form in forms)
        found.append(Entity(name, type, "uses", 0.9, mentions))
    return Annotation(Paper(id, "T", abstract), tuple(found))


PAPERS = [
    paper("1", "Tiny Flow Nets (TFN) on an X9 GPU.", ("Tiny Flow Net", "Method", ("Tiny Flow Nets", "TFN")),
          ("Acme X9", "Hardware", ("X9 GPU",))),
    paper("2", "TFN (tiny-flow net) on X9 and the card.", ("TFN", "Method", ("TFN", "tiny-flow net")),
          ("X9", "Hardware", ("X9", "the card"))),
]  # fmt: skip


@pytest.fixture(scope="module")
def ask():
    resolver = VocabularyResolver(VOCABULARY, load_ontology()).informed_by(PAPERS)
    resolved = resolver.resolve(PAPERS)
    return lambda *asked: why(resolver, resolved, *asked)


def test_a_name_leads_to_its_thing_with_reason_and_papers(ask):
    [chain] = ask("x9").chains
    assert (chain.id, chain.form, chain.papers, chain.step) == ("hardware/acme-x9", "X9", 1, "label")
    assert chain.reason == "'X9' is another name of Acme X9 in the vocabulary"


def test_an_id_or_its_iri_shows_every_way_of_writing_the_thing(ask):
    forms = {chain.form for chain in ask("hardware/acme-x9").chains}
    assert forms == {"Acme X9", "X9", "X9 GPU", "the card"}
    assert ask("https://w3id.org/kgraph/id/hardware/acme-x9") == ask("hardware/acme-x9")


def test_a_form_that_only_its_paper_vouches_for_says_so(ask):
    [card] = [chain for chain in ask("hardware/acme-x9").chains if chain.form == "the card"]
    assert card.reason.startswith("its paper uses 'the card' for 'X9'")


def test_two_names_of_one_thing(ask):
    found = ask("TFN", "tiny flow nets")
    assert found.one is True
    assert {chain.id for chain in (*found.chains, *found.others)} == {"method/tiny-flow-net"}
    assert any("writes it out as" in chain.reason for chain in found.chains)


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        ("X9", "X90", "numbers tell names apart: 9 and 90"),
        ("X9", "TFN", "one is a Hardware, the other a Method"),
        ("Foo2", "Foo2.5", "numbers tell names apart: 2 and 2.5"),
        ("TFN", "other net", "no rule of spelling"),
    ],
)
def test_two_things_and_what_sets_them_apart(ask, one, other, reason):
    found = ask(one, other)
    assert found.one is False
    assert any(reason in said for said in found.apart)


def test_a_name_that_no_paper_gives_is_answered_from_the_vocabulary(ask):
    [chain] = ask("Acme X90").chains
    assert (chain.id, chain.papers) == ("hardware/acme-x90", 0)
    [risky] = ask("Summit").chains
    assert "it may be hardware/summit, but nothing in the text says so" in risky.reason


def test_what_nobody_knows_is_said_to_be_unknown(ask):
    with pytest.raises(KgraphError, match="'Nothing' is in no paper of this build and in no vocabulary"):
        ask("Nothing")


def test_what_a_vocabulary_knows_has_its_sources_with_their_licences(ask):
    assert ask("X9").sources == {"hardware/acme-x9": ("List of the lab (https://example.org/license)", "own")}
    assert ask("X9", "X90").sources == ask("X9").sources  # that one's file names none
    assert ask("TFN").sources == {}
