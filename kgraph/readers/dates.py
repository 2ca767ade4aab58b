"""Dates as listings print them, most of them without a year, and the year they belong to.

A Daily Papers page prints the year of a paper only where it is not the page's own: ``Aug 20``,
but ``Dec 3, 2024``. The page's date stands at its head and has no year either. So the latest
year printed is at most the year before the page's own, and this is where the year is inferred
from when nobody gives the listing's date. No clock is asked: what a file means must not change
with the day on which it is read.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["PrintedDate", "iso_date", "listed_on", "printed_date"]

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?\s+([0-9]{1,2})(?:,?\s+((?:19|20)[0-9]{2}))?(?:\s+([0-9]{1,7}))?",
    re.IGNORECASE,
)
# A page's head keeps the last working day while papers of the weekend already appear on it.
_AHEAD = datetime.timedelta(days=7)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed: the year is None where none stands there. ``comments`` is their number."""

    month: int
    day: int
    year: int | None = None
    comments: int = 0


def printed_date(text: str) -> PrintedDate | None:
    """The date that a text is, with an optional number of comments behind it; else None.

    >>> printed_date("Mar 11, 2024 4")
    PrintedDate(month=3, day=11, year=2024, comments=4)
    >>> printed_date("Oct 31 1")
    PrintedDate(month=10, day=31, year=None, comments=1)
    >>> printed_date("Feb 30") is printed_date("Marching 4") is None
    True
    """
    match = _DATE.fullmatch(text.strip())
    if match is None:
        return None
    month, day, year, comments = match.groups()
    number = _MONTHS.index(month[:3].lower()) + 1
    date = PrintedDate(number, int(day), int(year) if year else None, int(comments or 0))
    return date if _in_year(date, date.year or 2000) else None  # 2000 has every day there is


def listed_on(
    heading: PrintedDate | None, printed: Iterable[PrintedDate], listing_date: datetime.date | None
) -> datetime.date | None:
    """The listing's own day, as far as it can be known; None where nothing tells its year.

    ``heading`` is the date at the head of the page, ``printed`` the dates of its papers. Where
    only the year can be known, its last day stands for it.

    >>> dec10, aug20, dec3 = PrintedDate(12, 10), PrintedDate(8, 20), PrintedDate(12, 3, 2024)
    >>> listed_on(dec10, [aug20, dec3], None)
    datetime.date(2025, 12, 10)
    >>> listed_on(dec10, [aug20], None) is None
    True
    >>> listed_on(dec10, [aug20, dec3], datetime.date(2026, 1, 7))
    datetime.date(2025, 12, 10)
    """
    if listing_date:
        return (_latest(heading, listing_date) if heading else None) or listing_date
    if heading and heading.year:
        return _in_year(heading, heading.year)
    years = [date.year for date in printed if date.year]
    if not years:
        return None
    year = max(years) + 1
    return (_in_year(heading, year) if heading else None) or datetime.date(year, 12, 31)


def iso_date(date: PrintedDate, listed: datetime.date | None) -> str | None:
    """The date in ISO 8601; one without a year is of the listing's, unless it lay ahead of it.

    >>> iso_date(PrintedDate(8, 20), datetime.date(2025, 12, 10))
    '2025-08-20'
    >>> iso_date(PrintedDate(12, 20), datetime.date(2025, 1, 5))
    '2024-12-20'
    >>> iso_date(PrintedDate(8, 20), None) is None
    True
    """
    day = _latest(date, listed)
    return day.isoformat() if day else None


def _latest(date: PrintedDate, listed: datetime.date | None) -> datetime.date | None:
    """The day in the year printed, else in the listing's, or in the year before where that lies ahead."""
    if date.year:
        return _in_year(date, date.year)
    if listed is None:
        return None
    days = (_in_year(date, year) for year in (listed.year, listed.year - 1) if year > 0)
    return next((day for day in days if day and (day.year < listed.year or day - listed <= _AHEAD)), None)


def _in_year(date: PrintedDate, year: int) -> datetime.date | None:
    try:
        return datetime.date(year, date.month, date.day)
    except ValueError:
        return None
