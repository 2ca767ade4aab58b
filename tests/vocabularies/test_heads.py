import pytest

from vocabularies.entries import entry
from vocabularies.heads import below_heads


def broader(type, *names, **more):
    found = below_heads([entry(type, name, source="own", **more) for name in names])
    return {item.concept.name: item.concept.broader for item in found}


def test_the_longest_end_of_a_name_is_its_kind():
    found = broader("Task", "segmentation", "image segmentation", "medical image segmentation")
    assert found == {
        "segmentation": (),
        "image segmentation": ("task/segmentation",),
        "medical image segmentation": ("task/image-segmentation",),
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("parsing", "inverse parsing"),
        ("driving", "planning for driving"),
        ("extraction", "entity and relation extraction"),
        ("Raft", "SEA-Raft"),
        ("EAGLE", "RWKV Eagle"),
        ("speech detection", "hate speech detection"),
    ],
)
def test_what_only_ends_like_a_kind(kind, name):
    assert broader("Task", kind, name)[name] == ()


def test_hardware_has_a_tree_of_its_own():
    assert broader("Hardware", "memory", "flash memory")["flash memory"] == ()


def test_a_word_that_never_counts_names_no_kind():
    assert broader("Task", "detection", "lane detection", risky=["detection"])["lane detection"] == ()


def test_what_stands_above_already_is_left():
    found = broader("Method", "network", "graph network", broader=["model"])
    assert found["graph network"] == ("method/model",)
