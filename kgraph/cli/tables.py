"""How tables look in a terminal, for every command that prints some."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click

from kgraph.text import clean

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

__all__ = ["cell", "make_table", "show_markdown", "show_side_by_side", "show_table", "width"]

_BAR = 16  # characters of the longest bar
_SHORT = 10  # characters that stay on one line in a narrow terminal: a date, a percentage


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


def make_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str | None = None,
    text: Callable[[Any], str] = cell,
    bar: str | None = None,
) -> Table:
    """A table of values; columns of numbers are set to the right, and ``bar`` names one that is drawn as well.

    Cells are shown to the letter: neither marks of rich nor control sequences in them have an effect.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    found = [list(row) for row in rows]
    cells = [[clean(text(value)) for value in row] for row in found]
    table = Table(title=title, box=SIMPLE_HEAD, title_justify="left", title_style="bold", pad_edge=False)
    for place, column in enumerate(columns):
        numbers = bool(found) and all(isinstance(row[place], int | float | None) for row in found)
        short = max(len(column), *(len(row[place]) for row in cells), 0) <= _SHORT
        table.add_column(column, justify="right" if numbers else "left", overflow="fold", no_wrap=numbers or short)
    lengths = [row[columns.index(bar)] for row in found] if bar else []
    if lengths:
        table.add_column("")
    for number, row in enumerate(cells):
        drawn = [Text("■" * round(_BAR * lengths[number] / (max(lengths) or 1)), style="cyan")] if lengths else []
        table.add_row(*map(Text, row), *drawn)
    return table


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str | None = None,
    text: Callable[[Any], str] = cell,
    bar: str | None = None,
) -> None:
    """Print a table as wide as the terminal; into a file or a pipe as wide as it is, so that nothing is cut.

    ``NO_COLOR`` and ``COLUMNS`` are respected.
    """
    _show(make_table(columns, rows, title=title, text=text, bar=bar), otherwise=10_000)


def show_markdown(columns: Sequence[str], rows: Iterable[Sequence[Any]], *, text: Callable[[Any], str] = cell) -> None:
    """Print a table as GitHub and others read it in Markdown; nothing that a cell holds is taken as a mark."""
    from kgraph.exporters.report import escaped

    for row in (columns, ["---"] * len(columns), *rows):
        cells = row if row and row[0] == "---" else [escaped(clean(text(value))) for value in row]
        click.echo(f"| {' | '.join(cells)} |")


def show_side_by_side(tables: Iterable[Table]) -> None:
    """Print small tables beside each other, as many as the terminal has room for."""
    from rich.columns import Columns

    _show(Columns(tables, padding=(0, 3)), otherwise=100)


def width(otherwise: int) -> int:
    """How many characters a line of the terminal holds; what is none is as wide as one likes."""
    from rich.console import Console

    return Console().width if sys.stdout.isatty() or "COLUMNS" in os.environ else otherwise


def _show(renderable: RenderableType, *, otherwise: int) -> None:
    """Print by click, which knows of closed pipes what rich does not, and without the blanks that fill lines."""
    from rich.console import Console

    console = Console(width=width(otherwise))
    with console.capture() as captured:
        console.print(renderable)
    click.echo("\n".join(line.rstrip() for line in captured.get().splitlines()))
