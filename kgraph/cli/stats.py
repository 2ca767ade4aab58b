"""``kgraph stats``: what the graph holds, counted."""

from __future__ import annotations

import json
from dataclasses import asdict, astuple
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kgraph.cli.tables import make_table, show_side_by_side, show_table, width

if TYPE_CHECKING:
    from kgraph.analytics import Ranked, Summary, Trend, Year

__all__ = ["stats"]

_YEARS_SHOWN = 6
_NAMES, _YEAR = 40, 7  # characters that a ranking's names and counts need, and the column of a year


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--top", "most", type=click.IntRange(min=1), default=10, show_default=True, help="Rows of each ranking.")
def stats(graph: Path, form: Literal["table", "json"], most: int) -> None:
    """Count what the graph holds: types, roles, relations, tops, years and trends.

    GRAPH is a Turtle file or the folder of a build, by default exports.

    \b
    kgraph stats
    kgraph stats field --top 25
    kgraph stats --format json
    """
    from kgraph.analytics import summary
    from kgraph.knowledge import load

    found = summary(load(graph).nx, limit=most)
    if form == "json":
        click.echo(json.dumps(asdict(found), indent=2, ensure_ascii=False))
    elif found.counts:
        _show(found)
    else:
        click.echo("kgraph: the graph is empty", err=True)


def _show(found: Summary) -> None:
    groups = {"node": "nodes", "role": "roles of entities in papers", "relation": "relations between entities"}
    show_side_by_side(
        make_table(("name", "count"), rows, title=title, bar="count")
        for group, title in groups.items()
        if (rows := [(count.name, count.count) for count in found.counts if count.group == group])
    )
    click.echo("\nNamed by most papers, and by which share of each year's:\n")
    fitting = max(1, min(_YEARS_SHOWN, (width(otherwise=100) - _NAMES) // _YEAR))
    for type, ranked in found.top.items():
        if ranked:
            _show_top(type, ranked, found.trends[type], found.years[-fitting:])
    tables = (
        (("year", "papers"), [astuple(row) for row in found.years], "papers by year", "papers"),
        (("name", "type", "others"), [astuple(row)[1:] for row in found.linked], "in relation with most", "others"),
        (("name", "results", "papers"), [astuple(row)[1:] for row in found.measured], "metrics of results", "results"),
    )
    show_side_by_side(make_table(columns, rows, title=t, bar=bar) for columns, rows, t, bar in tables if rows)


def _show_top(type: str, ranked: list[Ranked], trends: list[Trend], years: list[Year]) -> None:
    """The entities that most papers name; for each year the share of its papers that do."""
    shares = {(row.id, row.year): _percent(row.share) for row in trends if row.papers}
    rows = [
        (row.name, row.papers, row.proposed, *(shares.get((row.id, year.year), "") for year in years)) for row in ranked
    ]
    columns = ("name", "papers", "proposed", *(str(year.year) for year in years))
    show_table(columns, rows, title=type)


def _percent(share: float) -> str:
    return "<1%" if share < 0.005 else f"{share:.0%}"
