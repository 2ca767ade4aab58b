"""Decisions written into curation.yaml and taken back."""

import pytest

from kgraph.errors import ReadError
from kgraph.ontology import load_ontology
from kgraph.resolution.curation import Ruling
from kgraph.resolution.curation_file import read_curation
from kgraph.resolution.deciding import decide, pending, read_or_empty, withdraw

ONTOLOGY = load_ontology()
RULINGS = (
    Ruling("merge", ("method/flash-attn",), "the same", to="method/flashattention"),
    Ruling("split", ("method/atlas",), "a robot there", "method/atlas-robot", frozenset({"2401.10", "2402.00002"})),
    Ruling("split", ("method/pal",), "elsewhere", "method/pal-2", frozenset(), frozenset({"PAL: x", "P-A-L"})),
    Ruling("retype", ("method/pytorch",), "one installs it", to="Software"),
    Ruling("ignore", ("method/our-approach",), "no name"),
    Ruling("reject", ("paper/2401.00001", "proposes", "method/x"), "it does not"),
    Ruling("rename", ("method/x",), "quotes \" and ' and: # - {a} é", to="X: the # thing"),
)


def test_what_is_decided_is_read_as_it_was_meant(tmp_path):
    path = tmp_path / "curation.yaml"
    for number, ruling in enumerate(RULINGS, 1):
        assert len(decide(path, ruling, ONTOLOGY).rulings) == number
    found = sorted(read_curation(path, ONTOLOGY).rulings, key=lambda ruling: ruling.line)
    assert [(r.action, r.about, r.to, r.reason, r.papers, r.names) for r in found] == [
        (r.action, r.about, r.to, r.reason, r.papers, r.names) for r in RULINGS
    ]


def test_each_can_be_taken_back_alone(tmp_path):
    path = tmp_path / "curation.yaml"
    for ruling in RULINGS:
        decide(path, ruling, ONTOLOGY)
    for ruling in RULINGS[::-1]:
        before = len(read_or_empty(path, ONTOLOGY).rulings)
        assert len(withdraw(path, ruling, ONTOLOGY).rulings) == before - 1
    with pytest.raises(ReadError, match="not in the file any more"):
        withdraw(path, RULINGS[0], ONTOLOGY)


def test_an_entry_of_several_goes_as_a_whole(tmp_path):
    path = tmp_path / "curation.yaml"
    path.write_text("- {merge: [method/a, method/b], into: method/c, reason: one}\n- {ignore: method/d, reason: two}\n")
    left = withdraw(path, Ruling("merge", ("method/a",), "one", to="method/c"), ONTOLOGY)
    assert [ruling.about for ruling in left.rulings] == [("method/d",)]


def test_an_entry_that_stands_in_a_line_with_others_is_left_to_people(tmp_path):
    path = tmp_path / "curation.yaml"
    text = "[{ignore: method/a, reason: one}, {ignore: method/b, reason: two}]\n"
    path.write_text(text)
    with pytest.raises(ReadError, match="edit the file by hand"):
        withdraw(path, Ruling("ignore", ("method/a",), "one"), ONTOLOGY)
    assert path.read_text() == text


def test_what_contradicts_the_file_changes_nothing(tmp_path):
    path = tmp_path / "curation.yaml"
    decide(path, RULINGS[0], ONTOLOGY)
    before = path.read_text()
    for ruling in (RULINGS[0], Ruling("ignore", RULINGS[0].about, "no"), Ruling("ignore", ("paper",), "no")):
        with pytest.raises(ReadError):
            decide(path, ruling, ONTOLOGY)
    assert path.read_text() == before


def test_pending_is_what_the_build_did_not_know(tmp_path):
    path = tmp_path / "curation.yaml"
    decide(path, RULINGS[0], ONTOLOGY)
    built_with = path.read_text()
    decide(path, RULINGS[3], ONTOLOGY)
    assert [ruling.action for ruling in pending(path, built_with, ONTOLOGY)] == ["retype"]
    assert pending(tmp_path / "none.yaml", "", ONTOLOGY) == ()
