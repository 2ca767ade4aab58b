from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.automaton import WordAutomaton, spaced
from kgraph.text import fold
from tests.strategies import texts

FORMS = ("c", "c++", "ram", "random access memory", ".net", "gpt 4.1", "gpt 4", "é")
AUTOMATON = WordAutomaton(FORMS)


def found(text):
    return [(FORMS[index], text[start:end]) for index, start, end in AUTOMATON.find(fold(text))]


def test_forms_are_found_as_words_only():
    assert found("A framework programs RAM.") == [("ram", "RAM")]
    assert found("Random-access memory, random access, memory") == [("random access memory", "Random-access memory")]


def test_a_plural_s_is_part_of_what_is_found():
    assert found("two RAMs") == [("ram", "RAMs")]
    assert found("RAMses") == []


def test_signs_count_where_they_are_part_of_a_form():
    assert found("GPT-4.1, GPT 4") == [("gpt 4", "GPT-4"), ("gpt 4.1", "GPT-4.1"), ("gpt 4", "GPT 4")]
    assert ("c++", "C++") in found("in C++17")
    assert found("ASP.NET") == [(".net", ".NET")]
    assert found("GPT-4/1") == [("gpt 4", "GPT-4")]


def test_forms_are_found_at_both_ends_and_beyond_ascii():
    assert found("c") == [("c", "c")]
    assert found("é ü ram") == [("é", "é"), ("ram", "ram")]


def test_nothing_is_found_of_nothing():
    assert list(WordAutomaton([]).find("text")) == []
    assert found("") == []


@given(st.lists(st.sampled_from(FORMS) | texts, max_size=8).map("".join))
def test_it_finds_what_looking_for_each_form_finds(text):
    folded = fold(text)
    expected = set()
    for index, form in enumerate(FORMS):
        for start in range(len(folded)):
            for end in (start + len(form), start + len(form) + 1):
                plural = end - start > len(form)
                if (
                    folded.startswith(form, start)
                    and not (plural and not (form[-1].isalnum() and folded[end - 1 : end] == "s"))
                    and not (form[0].isalnum() and folded[start - 1 : start].isalnum() and start)
                    and not (form[-1].isalnum() and folded[end : end + 1].isalnum())
                ):
                    expected.add((index, start, end))
    assert set(AUTOMATON.find(folded)) == expected


@given(texts)
def test_spacing_keeps_every_place(text):
    assert len(spaced(text)) == len(text)
