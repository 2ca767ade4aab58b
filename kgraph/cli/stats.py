"""``kgraph stats``: what the graph holds and what a field is doing, in tables and pictures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from kgraph.cli.tables import make_table, show_side_by_side, show_table, width

if TYPE_CHECKING:
    import pandas

__all__ = ["stats"]

_YEARS_SHOWN = 6
_NAMES, _YEAR = 40, 7  # characters that a ranking's names and counts need, and the column of a year
_PLOTTED = "trends"  # where no section is named
_BARS = {"communities": "entities", "bursts": "weight", "cooccurrence": "surprise"}
_SHOWN = {
    "communities": ("name", "entities"),
    "cooccurrence": ("source_name", "target_name", "papers", "lift", "npmi", "surprise"),
    "bursts": ("name", "type", "start", "end", "papers", "of", "weight"),
    "newcomers": ("name", "type", "first", "papers"),
    "speedups": ("name", "hedge", "claims", "papers", "low", "median", "high", "most", "most_by"),
    "best": ("metric_name", "on_name", "versus_name", "hedge", "value", "entity_name", "claims"),
    "importance": ("name", "type", "papers", "degree", "pagerank", "betweenness", "betweenness_error"),
    "predictions": ("source_name", "target_name", "adamic_adar", "katz", "spectral", "preferential_attachment"),
    "backtest": (
        *("score", "hits_at_10", "hits_at_10_error", "mrr", "mrr_error", "auc", "auc_error"),
        "targets",
        "links",
    ),
    "linked": ("name", "type", "entities"),
    "measured": ("name", "results", "papers"),
}
"""The columns that a terminal has room for; ``--format json`` has them all."""


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--only", "sections", multiple=True, metavar="NAME", help="One table, whole; may be given again.")
@click.option("--type", metavar="TYPE", help="What is ranked, where there is a choice: method, hardware ...")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--top", "most", type=click.IntRange(min=1), default=10, show_default=True, help="Rows of each ranking.")
@click.option(
    "--plot", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="A picture: .png or .svg."
)
def stats(
    graph: Path,
    sections: tuple[str, ...],
    type: str | None,
    form: Literal["table", "json"],
    most: int,
    plot: Path | None,
) -> None:
    """Count what the graph holds, and tell what the field is doing.

    GRAPH is a Turtle file or the folder of a build, by default exports.

    \b
    kgraph stats
    kgraph stats field --top 25
    kgraph stats --only bursts --type Method
    kgraph stats --only trends --type Hardware --plot hardware.svg
    kgraph stats --format json

    Tables: counts, top, trends, years, linked, measured, communities,
    cooccurrence, bursts, newcomers, gaps, speedups, best, and by --only:
    importance, predictions, backtest. Pictures of trends, top, years,
    communities, gaps, bursts, speedups, backtest.
    """
    from kgraph.analytics import SECTIONS, summary
    from kgraph.knowledge import load
    from kgraph.ontology import load_ontology

    sections = tuple(_one_of(SECTIONS, name, "table", "--only") for name in sections)
    chosen = type and _one_of(load_ontology().types, type, "type", "--type")
    found = summary(load(graph).nx, sections or ((_PLOTTED,) if plot else ()), type=chosen, limit=most)
    if plot:
        _plot(found, plot)
    elif form == "json":
        click.echo(json.dumps(_as_json(found), indent=2, ensure_ascii=False))
    elif all(table.empty for table in found.values()):
        click.echo(f"kgraph: {'nothing to tell of that' if sections else 'the graph is empty'}", err=True)
    else:
        _show(found, whole=bool(sections))


def _one_of(known: Iterable[str], name: str, what: str, option: str) -> str:
    """The known name that is meant, whatever its case."""
    from kgraph.sparql import nearest

    by_fold = {one.casefold(): one for one in known}
    if name.casefold() in by_fold:
        return by_fold[name.casefold()]
    near = nearest(name, by_fold.values())
    hint = f"Did you mean {near!r}?" if near else f"There are {', '.join(by_fold.values())}."
    raise click.BadParameter(f"no {what} is called {name!r}. {hint}", param_hint=option)


def _plot(found: dict[str, pandas.DataFrame], path: Path) -> None:
    """Write the picture of the one table; say what it shows on stderr."""
    from kgraph.errors import KgraphError
    from kgraph.plots import PLOTS, write_plot

    name = next(iter(found))
    if len(found) > 1 or name not in PLOTS:
        raise click.BadParameter(f"a picture shows one of {', '.join(PLOTS)}: name it by --only", param_hint="--plot")
    picture = PLOTS[name](found[name])
    if picture is None:
        raise KgraphError(f"nothing to draw: the table {name!r} of this graph has no rows")
    write_plot(picture, path)
    click.echo(f"kgraph: {picture.title}: {path}", err=True)


def _as_json(found: dict[str, pandas.DataFrame]) -> dict[str, Any]:
    """Rows as objects; ``top`` and ``trends`` by type."""
    by_type = {"top", "trends"}
    return {
        name: {type: _records(group) for type, group in table.groupby("type", sort=False)}
        if name in by_type
        else _records(table)
        for name, table in found.items()
    }


def _records(table: pandas.DataFrame) -> list[dict[str, Any]]:
    return list(json.loads(table.to_json(orient="records", double_precision=6)))


def _show(found: dict[str, pandas.DataFrame], *, whole: bool) -> None:
    from kgraph.analytics import SECTIONS

    counts = found.pop("counts", None)
    if counts is not None:
        _show_counts(counts)
    top, trends = found.pop("top", None), found.pop("trends", None)
    if top is not None:
        click.echo("\nNamed by most papers, and by which share of each year's:\n")
        for type, group in top.groupby("type", sort=False):
            _show_top(str(type), group, trends)
    elif trends is not None:
        found = {"trends": trends, **found}
    small = [name for name in ("years", "linked", "measured") if name in found and not whole]
    tables = {name: _cells(name, found.pop(name)) for name in small}
    show_side_by_side(
        make_table(columns, rows, title=SECTIONS[name].title, bar=columns[-1] if name != "measured" else "results")
        for name, (columns, rows) in tables.items()
        if rows
    )
    for name, table in found.items():
        columns, rows = _cells(name, table)
        if rows or whole:
            show_table(columns, rows, title=SECTIONS[name].title, bar=_BARS.get(name) if rows else None)


def _show_counts(counts: pandas.DataFrame) -> None:
    groups = {"node": "nodes", "role": "roles of entities in papers", "relation": "relations between entities"}
    show_side_by_side(
        make_table(("name", "count"), _rows(group[["name", "count"]]), title=groups[str(name)], bar="count")
        for name, group in counts.groupby("group", sort=False)
        if name in groups
    )


def _show_top(type: str, ranked: pandas.DataFrame, trends: pandas.DataFrame | None) -> None:
    """The entities that most papers name; for each year the share of its papers that do."""
    shares: dict[tuple[str, str], str] = {}
    years: list[str] = []
    if trends is not None:
        fitting = max(1, min(_YEARS_SHOWN, (width(otherwise=100) - _NAMES) // _YEAR))
        years = sorted({*trends.period})[-fitting:]
        named = trends[trends.papers > 0]
        shares = dict(zip(zip(named.id, named.period, strict=True), map(_percent, named.share), strict=True))
    ranking = zip(ranked.id, _rows(ranked[["name", "papers", "proposed"]]), strict=True)
    rows = [(*row, *(shares.get((id, year), "") for year in years)) for id, row in ranking]
    show_table(("name", "papers", "proposed", *years), rows, title=type)


def _cells(name: str, table: pandas.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """A table's columns and rows as a terminal shows them: no nodes, and numbers no longer than they mean."""
    shown = _with_errors(table[[*_SHOWN[name]]] if name in _SHOWN else table.drop(columns=_nodes(table)))
    return [column.removesuffix("_name").replace("_", " ") for column in shown.columns], _rows(shown)


def _with_errors(table: pandas.DataFrame) -> pandas.DataFrame:
    """Each number that has a standard error together with it."""
    for name in [name for name in table.columns if f"{name}_error" in table.columns]:
        told = [f"{value:.3g} ± {error:.2g}" for value, error in table[[name, f"{name}_error"]].to_numpy()]
        table = table.drop(columns=f"{name}_error").assign(**{name: told})
    return table


def _nodes(table: pandas.DataFrame) -> list[str]:
    """The columns that hold nodes beside one that holds their names, and types that are all the same."""
    nodes = [name for name in table.columns if f"{name}_name" in table.columns or name == "id"]
    return nodes + [name for name in table.columns if name.endswith("type") and table[name].nunique() < 2]


def _rows(table: pandas.DataFrame) -> list[list[Any]]:
    return [[_short(value) for value in row] for row in table.itertuples(index=False)]


def _short(value: Any) -> Any:
    if isinstance(value, tuple):
        return ", ".join(value)
    if isinstance(value, float):
        return None if value != value else float(f"{value:.3g}")  # noqa: PLR0124 - NaN
    return value.item() if hasattr(value, "item") else value


def _percent(share: float) -> str:
    return "<1%" if share < 0.005 else f"{share:.0%}"
