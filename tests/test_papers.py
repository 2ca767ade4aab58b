from dataclasses import replace

import pytest

from kgraph.model import Annotation, Entity, Paper
from kgraph.papers import join, unite

LISTED = Paper("aaaa", "A Title: of sorts", "A text.", date="2024-03-11", authors=3, sources=("a.txt",))
KNOWN = Paper(
    "2403.00001", "A title – of sorts", "A longer text.", date="2024-03", organization="lab", sources=("b.jsonl",)
)


def test_a_paper_keeps_what_each_record_knew():
    assert join(LISTED, KNOWN) == Paper(
        "2403.00001",
        "A title – of sorts",
        "A longer text.",
        date="2024-03-11",
        authors=3,
        organization="lab",
        sources=("a.txt", "b.jsonl"),
    )


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        ("2024", "2024-05", "2024-05"),
        ("2024-05-02", "2024-05-01", "2024-05-01"),
        (None, "2023", "2023"),
        (None, None, None),
    ],
)
def test_the_most_exact_date_stands_and_the_earlier_of_two_as_exact(left, right, wanted):
    assert join(replace(LISTED, date=left), replace(LISTED, date=right)).date == wanted


def test_titles_meet_in_their_letters_and_ids_meet_when_a_title_changed():
    renamed = Paper("2403.00001", "Quite another title", "Text.")
    other = Paper("bbbb", "Unrelated", "Text.")
    papers, annotations = unite([other, LISTED, renamed, KNOWN])
    assert [(paper.id, paper.sources) for paper in papers] == [("2403.00001", ("a.txt", "b.jsonl")), ("bbbb", ())]
    assert annotations == []


def test_a_title_without_letters_is_known_by_its_id():
    papers, _ = unite([Paper("1", "???", "x"), Paper("2", "!!!", "y"), Paper("1", "???", "x")])
    assert [paper.id for paper in papers] == ["1", "2"]


def test_annotations_are_kept_whole_the_fuller_one_with_its_own_text():
    poor = Annotation(KNOWN)
    rich = Annotation(LISTED, (Entity("X", "Method", "uses", 0.5, ()),))
    for found in ([poor, rich], [rich, poor]):
        papers, (annotation,) = unite(found)
        assert papers == []
        assert annotation.entities == rich.entities
        assert (annotation.paper.title, annotation.paper.abstract) == (LISTED.title, LISTED.abstract)
        assert (annotation.paper.id, annotation.paper.organization) == ("2403.00001", "lab")


def test_a_paper_that_is_annotated_need_not_be_read_again():
    papers, annotations = unite([KNOWN, Annotation(LISTED)])
    assert (papers, [annotation.paper.id for annotation in annotations]) == ([], ["2403.00001"])
