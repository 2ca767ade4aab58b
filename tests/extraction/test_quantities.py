"""What counts as a printed value, how far it reaches, and what is no value."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.extraction.quantities import quantities


def values(text):
    return [text[quantity.start : quantity.end] for quantity in quantities(text)]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("it is 3.5x faster", "3.5x", "factor"),
        ("it is 3.5 × faster", "3.5 ×", "factor"),
        ("it is 3.5times faster", "3.5times", "factor"),
        ("it is 3.5 times faster", "3.5 times", "factor"),
        ("a 12-fold gain", "12-fold", "factor"),
        (r"it is $2.3\times$ faster", r"$2.3\times$", "factor"),
        (r"it is 2.3$\times$ faster", r"2.3$\times$", "factor"),
        (r"it is 2.3\(\times\) faster", r"2.3\(\times\)", "factor"),
        (r"it is \(2.3\times\) faster", r"\(2.3\times\)", "factor"),
        ("it is five times faster", "five times", "factor"),
        ("two orders of magnitude faster", "two orders of magnitude", "magnitude"),
        ("an order of magnitude faster", "an order of magnitude", "magnitude"),
        ("by 32.4%", "32.4%", "percent"),
        ("by 32.4 percent", "32.4 percent", "percent"),
        ("by 1.5 percentage points", "1.5 percentage points", "percent"),
        (r"by 32.4\%", r"32.4\%", "percent"),
        (r"by $32.4\%$", r"$32.4\%$", "percent"),
        (r"by \textbf{32.4}\%", r"\textbf{32.4}\%", "percent"),
        ("a gain of +2.6", "+2.6", "bare"),
        ("a change of -2.6%", "-2.6%", "percent"),
        ("in 12 ms", "12 ms", "time"),
        ("in 12ms", "12ms", "time"),
        (r"in 12\,ms", r"12\,ms", "time"),
        ("in 3 µs", "3 µs", "time"),
        ("at 48 FPS", "48 FPS", "rate"),
        ("at 43.9 tokens per second", "43.9 tokens per second", "rate"),
        ("at 84 TFLOPS", "84 TFLOPS", "rate"),
        ("at 1.6 TB/s", "1.6 TB/s", "rate"),
        ("at 0.9 TOPS/W", "0.9 TOPS/W", "efficiency"),
        ("with 5.7pJ/op", "5.7pJ/op", "energy"),
        ("with 15 mW", "15 mW", "power"),
        ("in 1.8MB", "1.8MB", "size"),
        ("of 1.7 mAP", "1.7 mAP", "score"),
        ("of 56.8K", "56.8K", "count"),
        ("of 72.3 Top-1", "72.3", "bare"),
        ("1,024 of", "1,024", "bare"),
    ],
)
def test_one_value(text, value, kind):
    assert [(text[q.start : q.end], q.kind) for q in quantities(text)] == [(value, kind)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("by up to 3.5x", "up to 3.5x"),
        ("by up to a 3.5x margin", "up to a 3.5x"),
        ("Over 1,000 FPS", "Over 1,000 FPS"),
        ("with less than 2% loss", "less than 2%"),
        ("of approximately 5 ms", "approximately 5 ms"),
        ("in ~5 ms", "~5 ms"),
        ("moreover 5 ms", "5 ms"),
        ("with only 5% loss", "5%"),
        ("on average 5%", "5%"),
    ],
)
def test_a_qualifier_belongs_to_its_value(text, value):
    assert values(text) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("by 2.3-4.1x", "2.3-4.1x"),
        ("by 2.3x-4.1x", "2.3x-4.1x"),
        ("by 2.3–4.1×", "2.3–4.1×"),
        (r"by $2.3\times$--$4.1\times$", r"$2.3\times$--$4.1\times$"),
        ("by 2% to 17%", "2% to 17%"),
        ("by 2%-17%", "2%-17%"),
        ("from 71.2% to 74.5%", "from 71.2% to 74.5%"),
        ("from 8 FPS up to 44 FPS", "from 8 FPS up to 44 FPS"),
        ("ranging from 2x to 13x", "2x to 13x"),
        ("between 7 and 11 W", "between 7 and 11 W"),
        ("up to 2.5-4.9x", "up to 2.5-4.9x"),
    ],
)
def test_a_range_is_one_value(text, value):
    assert values(text) == [value]


def test_a_list_is_many_values():
    assert values("72.3, 75.8, and 79.4 points, 4.43x/1.90x") == ["72.3", "75.8", "79.4 points", "4.43x", "1.90x"]


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4",
        "W4A8",
        "4-bit weights",
        "a 16-core CPU",
        "3D scans",
        "a 4x4 grid",
        "v1.2.3a",
        "Top-1",
        "10^3",
        "x_2",
        "H2O",
    ],
)
def test_a_number_in_a_word_is_no_value(text):
    assert values(text) == []


@given(st.text(alphabet="0123456789 .,-xX%$\\times{}()~abupto", max_size=60) | st.text(max_size=30))
def test_values_lie_in_order_in_the_text(text):
    end = 0
    for quantity in quantities(text):
        assert end <= quantity.number <= quantity.unit <= quantity.end <= len(text)
        assert quantity.start <= quantity.number
        assert any(c.isdigit() for c in text[quantity.number : quantity.end]) or quantity.kind in {
            "factor",
            "magnitude",
        }
        end = quantity.end


@pytest.mark.parametrize(
    "piece", ["1", "1,", "1.", "1x ", "1 to ", "$1$", "up to ", "from 1 to ", "two orders ", "1-", "%"]
)
def test_time_is_linear_in_the_text(piece):
    started = time.process_time()
    quantities("magnitude " + piece * (100_000 // len(piece)))
    assert time.process_time() - started < 5
