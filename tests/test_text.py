import re
import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kgraph.text import clean, fold, normal_form, passage, singular, title_key

anything = st.text(max_size=80, alphabet=st.characters(exclude_categories=()))


@given(anything)
@example("İstanbul ẞ ŉ ﬁ")
def test_offsets_never_move(text):
    assert len(clean(text)) == len(text)
    assert len(fold(text)) == len(text)


@given(anything)
def test_clean_text_can_be_written_anywhere_and_is_clean(text):
    cleaned = clean(text)
    cleaned.encode()
    assert clean(cleaned) == cleaned
    assert {unicodedata.category(c) for c in cleaned if c not in "\n\t"}.isdisjoint({"Cc", "Cs"})


def test_text_cannot_turn_the_page_around_it():
    assert clean("a\u202eb\u2066c\ufeffd\x85e\r\nf") == "a b c d e \nf"


@given(anything)
def test_a_normal_form_is_its_own_normal_form(text):
    assume(not re.search(r"\d[sS]\W*$|[A-Z]S\W*$", text))  # a capital S is no plural, which its form cannot show
    form = normal_form(text)
    assert normal_form(form) == form


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Graph-Neural Networks", "graph neural network"),
        ("state‑space models", "State Space Model"),
        ("k_proj", "K proj"),
        ("ﬁne-tuning", "fine tuning"),
        ("GPUs", "gpu"),
        ("KV caches", "KV cache"),
        ("batch sizes", "batch size"),
        ("NVIDIA A100", "nvidia  a100"),
        ("U.S.", "u s"),
    ],
)
def test_spellings_that_are_one_name(left, right):
    assert normal_form(left) == normal_form(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("C", "C++"), ("C", "C#"), ("Qwen2.5", "Qwen25"), ("GPT-3", "GPT-4"), ("mIoU@0.5", "mIoU"), ("W4A8", "W4A16")],
)
def test_spellings_that_are_two_names(left, right):
    assert normal_form(left) != normal_form(right)


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("gpus", "gpu"),
        ("cpus", "cpu"),
        ("batches", "batch"),
        ("boxes", "box"),
        ("memories", "memory"),
        ("losses", "loss"),
        ("caches", "cache"),
        ("sizes", "size"),
        ("indices", "index"),
        ("corpora", "corpus"),
        ("databases", "database"),
        ("buses", "bus"),
        ("biases", "bias"),
        ("lenses", "lens"),
        ("houses", "house"),
        ("echoes", "echo"),
        ("movies", "movie"),
        ("corpus", "corpus"),
        ("campus", "campus"),
        ("stimulus", "stimulus"),
        ("analysis", "analysis"),
        ("flops", "flops"),
        ("bus", "bus"),
        ("is", "is"),
    ],
)
def test_singulars(word, wanted):
    assert singular(word) == wanted


def test_a_passage_is_title_line_feed_and_abstract():
    assert passage("T", "A") == "T\nA"


def test_the_key_of_a_title_is_its_letters_and_digits():
    assert title_key("GPT-4: A “Report” (v2)") == "gpt4areportv2"
    assert title_key("Straße") == title_key("STRASSE")
    assert title_key("…") == ""


def test_names_without_letters_or_digits_stay_apart():
    assert len({normal_form(name) for name in ("→", "★", "→ ★", "--", "(?)")}) == 5
    assert normal_form("→  ★") == normal_form(" → ★")
    assert normal_form(" ") == ""
