import pytest

from vocabularies.build import _check
from vocabularies.duplicates import APART, duplicates
from vocabularies.entries import entry


def method(name, *aliases, source="own", broader=()):
    return entry("Method", name, source=source, aliases=aliases, broader=broader)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (method("MU-MIMO"), method("multi-user MIMO")),
        (method("NeRF"), method("neural radiance field")),
        (method("3DGS"), method("splatting", "3D Gaussian splatting")),
    ],
)
def test_an_acronym_beside_what_it_is_short_for(one, other):
    assert duplicates([one, other]) == [tuple(sorted((one.concept.name, other.concept.name)))]


def test_a_phrase_with_an_acronym_written_out():
    model = method("vision-language model", "VLM")
    assert duplicates([model, method("medical VLM"), method("medical vision-language model")]) == [
        ("medical VLM", "medical vision-language model")
    ]


@pytest.mark.parametrize(
    "entries",
    [
        [method("NeRF", "neural radiance field"), method("nested regression forest")],  # written out already
        [method("NeRF", broader=["A"]), method("neural radiance field", broader=["B"])],  # below other things
        [method("NeRF", source="models"), method("neural radiance field")],  # a list's acronym
        [method("BeT"), method("behavior tree")],
        [method("HE", "homomorphic encryption"), method("hematoxylin and eosin", "HE")],  # one acronym, two things
    ],
)
def test_what_is_no_finding(entries):
    assert duplicates(entries) == []


def test_a_build_stops_and_says_what_to_do():
    with pytest.raises(SystemExit, match="'ORAM' and 'oblivious RAM'"):
        _check([method("ORAM"), method("oblivious RAM")])


def test_pairs_that_are_apart_name_two_things():
    assert all(len(pair) == 2 for pair in APART)
