import pytest

from vocabularies.entries import entry
from vocabularies.guards import CONTEXTS, guarded, is_noise, with_context


@pytest.mark.parametrize("name", ["Flowers", "Texas", "Long Video", "X4"])
def test_a_data_set_of_a_leaderboard_that_is_named_like_a_word_needs_context(name):
    concept = guarded(entry("Dataset", name, source="leaderboard_datasets")).concept
    assert (concept.risky, concept.context) == ((name,), CONTEXTS["Dataset"])


@pytest.mark.parametrize("name", ["ImageNet-1k", "CIFAR-10", "SQuAD"])
def test_other_data_sets_need_none(name):
    assert guarded(entry("Dataset", name, source="leaderboard_datasets")).concept.risky == ()


def test_software_in_lower_case_that_is_a_word_never_counts_by_itself():
    concept = guarded(entry("Software", "accelerate", source="ml_software")).concept
    assert (concept.risky, concept.context) == (("accelerate",), ())


def test_an_outline_is_trusted_with_phrases_and_with_what_it_writes_in_lower_case():
    item = entry("Method", "Pruning", source="own", aliases=["pruning", "active learning"])
    assert guarded(item) == item


def test_names_of_one_ordinary_word_are_guarded_in_an_outline_too():
    concept = guarded(entry("Dataset", "Accelerate", source="own")).concept
    assert (concept.risky, concept.context) == (("Accelerate",), CONTEXTS["Dataset"])


def test_a_short_acronym_counts_beside_the_words_that_it_stands_for():
    concept = guarded(entry("Method", "optimal transport", source="own", aliases=["OT"])).concept
    assert (concept.risky, concept.context) == (("OT",), ("optimal", "transport"))


def test_acronyms_that_everybody_knows_are_left_alone():
    assert guarded(entry("Method", "machine learning", source="own", aliases=["ML"])).concept.risky == ()


def test_metrics_and_tasks_of_leaderboards_that_are_words_are_noise():
    assert is_noise(entry("Task", "Accelerate", source="leaderboard_tasks"))
    assert not is_noise(entry("Task", "object detection", source="leaderboard_tasks"))
    assert not is_noise(entry("Software", "Accelerate", source="ml_software"))


def test_no_context_is_added_where_no_label_needs_it():
    item = entry("Task", "a b", source="own")
    assert with_context(item, set()) == item
