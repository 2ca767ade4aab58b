import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.readers.dates import PrintedDate, iso_date, listed_on, printed_date

DEC_10 = PrintedDate(12, 10)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Aug 20", PrintedDate(8, 20)),
        ("Dec 3, 2024", PrintedDate(12, 3, 2024)),
        ("Oct 31 1", PrintedDate(10, 31, None, 1)),
        ("Mar 11, 2024 4", PrintedDate(3, 11, 2024, 4)),
        ("Oct 31 2024", PrintedDate(10, 31, 2024)),
        ("  September 1, 2023 ", PrintedDate(9, 1, 2023)),
        ("Feb 29", PrintedDate(2, 29)),
    ],
)
def test_every_printed_form_is_read(text, date):
    assert printed_date(text) == date


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Aug",
        "20 Aug",
        "Aug 32",
        "Feb 30",
        "Feb 29, 2023",
        "Marching 4",
        "Aug 20, 0024",
        "2 days ago",
        "Aug 20 to 22",
    ],
)
def test_what_is_no_date_is_none(text):
    assert printed_date(text) is None


def test_the_year_follows_the_latest_one_printed():
    printed = [PrintedDate(8, 20), PrintedDate(12, 9, 2024), PrintedDate(5, 1, 2019)]
    assert listed_on(DEC_10, printed, None) == datetime.date(2025, 12, 10)


def test_a_page_without_heading_stands_at_the_end_of_its_year():
    assert listed_on(None, [PrintedDate(12, 9, 2024)], None) == datetime.date(2025, 12, 31)


def test_nothing_is_inferred_from_nothing():
    assert listed_on(DEC_10, [PrintedDate(8, 20)], None) is None
    assert iso_date(PrintedDate(8, 20), None) is None
    assert iso_date(PrintedDate(8, 20, 2021), None) == "2021-08-20"


def test_a_year_at_the_head_of_the_page_settles_it():
    assert listed_on(PrintedDate(1, 5, 2023), [PrintedDate(3, 1, 2020)], None) == datetime.date(2023, 1, 5)


def test_the_listing_date_goes_before_what_is_printed():
    printed = [PrintedDate(12, 9, 2021)]
    assert listed_on(DEC_10, printed, datetime.date(2025, 12, 10)) == datetime.date(2025, 12, 10)
    assert listed_on(None, printed, datetime.date(2025, 6, 1)) == datetime.date(2025, 6, 1)


def test_a_heading_keeps_its_day_when_the_listing_date_is_another():
    """Three listings of November and December are read with one --listing-date."""
    assert listed_on(PrintedDate(11, 5), [], datetime.date(2025, 12, 10)) == datetime.date(2025, 11, 5)
    assert listed_on(DEC_10, [], datetime.date(2026, 1, 7)) == datetime.date(2025, 12, 10)


def test_a_day_ahead_of_the_listing_is_of_the_year_before():
    january = datetime.date(2025, 1, 5)
    assert iso_date(PrintedDate(12, 20), january) == "2024-12-20"
    assert iso_date(PrintedDate(1, 3), january) == "2025-01-03"
    assert iso_date(PrintedDate(1, 7), january) == "2025-01-07", "a head may lag behind its page by a weekend"


def test_a_leap_day_finds_its_year_or_none():
    assert iso_date(PrintedDate(2, 29), datetime.date(2025, 12, 10)) == "2024-02-29"
    assert iso_date(PrintedDate(2, 29), datetime.date(2023, 12, 10)) is None


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 12, 31)), st.dates(datetime.date(2000, 1, 1)))
def test_a_date_without_year_lies_in_the_year_up_to_the_listing(listed, day):
    found = iso_date(PrintedDate(day.month, day.day), listed)
    if found is not None:
        ahead = datetime.date.fromisoformat(found) - listed
        assert -731 <= ahead.days <= 7
        assert found.endswith(f"{day.month:02}-{day.day:02}")
