"""From the printed value to a number and a unit, or to nothing where that would be a guess."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.values import parse_value


@pytest.mark.parametrize(
    ("printed", "number", "unit"),
    [
        ("3.5x", 3.5, "x"),
        ("up to 3.5×", 3.5, "x"),
        ("3.5 times", 3.5, "x"),
        ("3.5times", 3.5, "x"),
        ("12-fold", 12, "x"),
        ("five times", 5, "x"),
        (r"$2.3\times$", 2.3, "x"),
        (r"2.3$\times$", 2.3, "x"),
        (r"2.3\(\times\)", 2.3, "x"),
        ("89.78%", 89.78, "%"),
        (r"\textbf{75.7}\%", 75.7, "%"),
        (r"$32.4\%$", 32.4, "%"),
        ("32.4 percent", 32.4, "%"),
        ("1.5 percentage points", 1.5, "pp"),
        ("1.5pp", 1.5, "pp"),
        ("52% of the peak", 52, "%"),
        ("+2.6", 2.6, None),
        ("-2.6%", -2.6, "%"),
        ("−2.6%", -2.6, "%"),
        (".626", 0.626, None),
        ("1,024 GB/s", 1024, "GB/s"),
        ("12 milliseconds", 12, "ms"),
        ("12ms", 12, "ms"),
        (r"12\,ms", 12, "ms"),
        (r"107.5 $\mu$s", 107.5, "µs"),
        ("5 sec", 5, "s"),
        ("48 fps", 48, "FPS"),
        ("48 frames per second", 48, "FPS"),
        ("43.9 tok/s", 43.9, "tokens/s"),
        ("43.9 tokens per second", 43.9, "tokens/s"),
        ("1.55 TFLOPs/Watt", 1.55, "TFLOPs/W"),
        ("0.7 MB per frame", 0.7, "MB/frame"),
        ("0.8 mm$^2$", 0.8, "mm²"),
        ("12 million tokens", 12e6, "tokens"),
        ("256K tokens", 256e3, "tokens"),
        ("1.5 KB", 1.5, "KB"),
        ("3 MB", 3, "MB"),
        ("11.0 ± 1.3 points", 11, "points"),
        ("11.0 pm 1.3 points", 11, "points"),
        ("1.4 s (27%)", 1.4, "s"),
    ],
)
def test_one_number_and_its_unit(printed, number, unit):
    found, found_unit = parse_value(printed)
    assert found == pytest.approx(number)
    assert found_unit == unit


@pytest.mark.parametrize(
    ("printed", "unit"),
    [
        ("3.2 to 4.5x", "x"),
        ("15-23x", "x"),
        ("4.1/5.0", None),
        ("from 71% to 74%", "%"),
        (r"$2\times$--$4\times$", "x"),
    ],
)
def test_of_several_numbers_none_is_the_value(printed, unit):
    assert parse_value(printed) == (None, unit)


@pytest.mark.parametrize(
    "printed", ["", "near-perfect", "an order of magnitude", "X4", "x", "()", r"\(\)", "from weeks to hours"]
)
def test_no_number_is_none(printed):
    assert parse_value(printed) == (None, None)


def test_a_number_too_large_is_none():
    assert parse_value("9" * 400 + " ms") == (None, "ms")


def test_a_preposition_is_no_unit():
    assert parse_value("3 of the tasks") == (3, None)


@given(st.text(max_size=60) | st.text(alphabet="0123456789.,-+%x$\\{}() times", max_size=60))
def test_any_text_gives_a_finite_number_or_none_and_a_unit_without_space_or_none(printed):
    number, unit = parse_value(printed)
    assert number is None or math.isfinite(number)
    assert unit is None or (unit and unit == unit.strip())


@given(st.floats(0, 1e6), st.sampled_from(["x", "%", "ms", "FPS", "GB/s"]), st.sampled_from(["", "up to ", "over "]))
def test_what_is_printed_is_read_back(number, unit, qualifier):
    found, found_unit = parse_value(f"{qualifier}{number:.3f} {unit}")
    assert found == pytest.approx(number, abs=0.0006)
    assert found_unit == unit


@pytest.mark.parametrize("piece", ["1", "1,111", "1,", "(", "()", "\\", "\\a", "± 1", "1pm1", "-", "x.", "per "])
def test_time_is_linear_in_the_value(piece):
    started = time.process_time()
    parse_value(piece * (100_000 // len(piece)))
    assert time.process_time() - started < 5
