from hypothesis import given
from hypothesis import strategies as st

from kgraph.text import fold
from vocabularies.entries import entry, joined, labels, without


def test_the_same_facts_make_the_same_entry_in_any_order():
    one = entry("Task", "a b", source="own", aliases=["x y", "z"], broader=["c", "d"], facts=[("country", "x")])
    other = entry("Task", "a b", source="own", aliases=["z", "x y"], broader=["d", "c"], facts=[("country", "x")])
    assert one == other


def test_a_concept_is_not_above_itself():
    assert entry("Task", "parsing", source="own", broader=["Parsing"]).concept.broader == ()


@given(st.lists(st.text("aAbB -", min_size=1, max_size=4), max_size=8))
def test_phrases_that_only_case_and_hyphens_tell_apart_are_one_label(aliases):
    kept = entry("Task", "Name", source="own", aliases=aliases).concept.aliases
    folded = [fold(alias) for alias in kept if " " in alias]
    assert len(folded) == len(set(folded))
    assert {fold(alias) for alias in aliases} - {"name"} <= {fold(alias) for alias in kept}


def test_entries_of_one_name_become_one():
    first = entry("Hardware", "GPU", source="own", aliases=["graphics card"], facts=[("powerWatts", 1)])
    second = entry(
        "Hardware",
        "graphics cards",
        source="gpus",
        aliases=["video card", "gpus"],
        facts=[("powerWatts", 2), ("memoryGigabytes", 3)],
        links=["https://example.org/gpu"],
    )
    below = entry("Hardware", "board", source="gpus", broader=["graphics cards"])
    board, gpu = joined([first, second, below])
    assert gpu.concept.name == "GPU"
    assert gpu.concept.aliases == ("graphics card", "video card")
    assert gpu.concept.facts == (("memoryGigabytes", 3), ("powerWatts", 1))
    assert gpu.concept.links == ("https://example.org/gpu",)
    assert gpu.sources == ("own", "gpus")
    assert board.concept.broader == ("hardware/gpu",)


def test_what_is_risky_for_one_and_safe_for_the_first_is_safe():
    first = entry("Hardware", "NVIDIA A100", source="own", aliases=["A100"])
    second = entry("Hardware", "NVIDIA A100", source="gpus", risky=["A100"], context=["gpu"])
    (both,) = joined([first, second])
    assert (both.concept.aliases, both.concept.risky) == (("A100",), ())


def test_types_do_not_mix():
    assert len(joined([entry("Task", "go", source="own"), entry("Software", "go", source="own")])) == 2


def test_labels_can_be_taken_away_but_the_name():
    item = without(entry("Task", "a", source="own", aliases=["b", "c"], risky=["d"], context=["e"]), {"a", "b", "d"})
    assert labels(item.concept) == ("a", "c")
