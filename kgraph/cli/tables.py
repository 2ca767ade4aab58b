"""How tables look in a terminal, for every command that prints one."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from kgraph.text import clean

__all__ = ["cell", "show_table"]


def cell(value: object) -> str:
    """A value as a table shows it: nothing for None, whole numbers without a point.

    >>> cell(3.0), cell(0.25), cell(None), cell(True)
    ('3', '0.25', '', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    title: str | None = None,
    text: Callable[[Any], str] = cell,
) -> None:
    """Print a table as wide as the terminal; into a file or a pipe as wide as it is, so that nothing is cut.

    Columns of numbers are set to the right. Cells are shown to the letter: neither marks of rich nor
    control sequences in them have an effect. ``NO_COLOR`` and ``COLUMNS`` are respected.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    found = [list(row) for row in rows]
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for place, column in enumerate(columns):
        numbers = all(isinstance(row[place], int | float | None) for row in found)
        table.add_column(column, justify="right" if numbers and found else "left", overflow="fold")
    for row in found:
        table.add_row(*(Text(clean(text(value))) for value in row))
    fitted = sys.stdout.isatty() or "COLUMNS" in os.environ
    Console(width=None if fitted else 10_000, soft_wrap=False).print(table)
