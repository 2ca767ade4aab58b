import pytest

from kgraph.readers.labelling import abstractness, label
from tests.readers.sample_listings import abstract, title


@pytest.mark.parametrize(
    "text",
    [
        "Attention as a Service",
        "Attention, Please.",
        "How Far Can One Bit Go?",
        "INT vs. FP: A Very Long Study of Number Formats for Neural Networks on Every Device That We Could Borrow",
        "X",
    ],
)
def test_titles_look_like_titles(text):
    assert abstractness(text) < 0


@pytest.mark.parametrize("text", [abstract(1), abstract(2, 1) + " It works. It is fast.", "Long words " * 60])
def test_abstracts_look_like_abstracts(text):
    assert abstractness(text) > 0


def test_turns_are_kept():
    texts = [text for number in range(5) for text in (title(number), abstract(number))]
    assert label(texts, one_line_each=True) == ["title", "abstract"] * 5


def test_a_very_short_abstract_is_known_by_its_place():
    assert label([title(1), "To appear.", None, title(2), abstract(2)])[1] == "abstract"


def test_a_title_with_a_full_stop_is_known_by_its_place():
    long_title = "We Tried Everything. Nothing Helped. A Report on Eleven Failed Attempts to Make a Small Model Reason."
    assert label([title(1), abstract(1), long_title, abstract(2)])[2] == "title"


def test_one_lost_line_shifts_nothing():
    texts = [text for number in range(6) for text in (title(number), abstract(number))]
    kinds = ["title", "abstract"] * 6
    for lost in range(len(texts)):
        assert label(texts[:lost] + texts[lost + 1 :], one_line_each=True) == kinds[:lost] + kinds[lost + 1 :]


def test_of_nothing_comes_nothing():
    assert label([]) == []
    assert label([None, None]) == ["byline", "byline"]
