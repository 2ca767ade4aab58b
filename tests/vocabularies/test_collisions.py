import pytest

from vocabularies.collisions import settle
from vocabularies.entries import entry, labels


def owners(label, *entries):
    settled, _ = settle(entries)
    return {item.concept.id for item in settled if label in labels(item.concept) and label not in item.concept.risky}


@pytest.mark.parametrize(
    ("label", "first", "second", "owner"),
    [
        (  # written by hand before generated
            "USB",
            entry("Dataset", "USB", source="leaderboard_datasets"),
            entry("Hardware", "Universal Serial Bus", source="own", aliases=["USB"]),
            "hardware/universal-serial-bus",
        ),
        (  # a name before an alias
            "Zip",
            entry("Dataset", "Zipper", source="own", aliases=["Zip"]),
            entry("Software", "Zip", source="own"),
            "software/zip",
        ),
        (  # the type that stands first
            "Bertha",
            entry("Software", "Bertha", source="own"),
            entry("Method", "Bertha", source="own"),
            "method/bertha",
        ),
        (  # the id that comes first
            "tool",
            entry("Task", "b", source="own", aliases=["tool"]),
            entry("Task", "a", source="own", aliases=["tool"]),
            "task/a",
        ),
    ],
    ids=["by hand", "name", "type", "id"],
)
def test_a_label_has_one_owner_whatever_the_order(label, first, second, owner):
    assert owners(label, first, second) == owners(label, second, first) == {owner}


def test_what_is_given_up_is_told():
    _, remarks = settle(
        [entry("Task", "a", source="own", aliases=["x y"]), entry("Task", "b", source="own", aliases=["x y"])]
    )
    assert remarks == ["'x y': task/a keeps it, task/b gives it up"]


def test_a_generated_concept_without_its_name_is_left_out_and_one_by_hand_is_kept():
    settled, _ = settle(
        [
            entry("Dataset", "Metal", source="leaderboard_datasets"),
            entry("Method", "Metal", source="own"),
            entry("Software", "Metal", source="own"),
        ]
    )
    assert {item.concept.id: item.concept.risky for item in settled} == {
        "method/metal": (),
        "software/metal": ("Metal",),
    }


def test_an_acronym_of_two_things_is_told_apart_by_their_words():
    settled, remarks = settle(
        [
            entry("Method", "vector quantization", source="own", aliases=["VQ"]),
            entry("Metric", "video quality", source="own", aliases=["VQ"]),
        ]
    )
    assert {item.concept.id: (item.concept.risky, item.concept.context) for item in settled} == {
        "method/vector-quantization": (("VQ",), ("quantization", "vector")),
        "metric/video-quality": (("VQ",), ("quality", "video")),
    }
    assert remarks == []


def test_a_label_left_to_its_context_is_nobody_else_s_loss():
    assert owners(
        "Go",
        entry("Software", "Go", source="own", risky=["Go"], context=["compiler"]),
        entry("Task", "Go", source="own"),
    ) == {"task/go"}


def test_a_label_that_never_counts_takes_nothing_from_others():
    settled, remarks = settle(
        [
            entry("Metric", "alignment", source="own", risky=["alignment"]),
            entry("Method", "alignment", source="own"),
        ]
    )
    assert [item.concept.risky for item in settled] == [(), ("alignment",)]
    assert remarks == []
