"""Grids: gaps between two kinds of things, and how scores of missing links did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from kgraph.plots.figures import COLOURS, GREY, Picture, label, new_figure, short

if TYPE_CHECKING:
    import pandas

__all__ = ["plot_backtest", "plot_gaps"]


def plot_gaps(table: pandas.DataFrame) -> Picture | None:
    """The empty cells that neighbours suggest (:func:`kgraph.analytics.gaps`), on its first two axes."""
    if table.empty:
        return None
    down, across = [name for name in table.columns if name.endswith("_name")][:2]
    rows, columns = [*dict.fromkeys(table[down])], [*dict.fromkeys(table[across])]
    cells = numpy.full((len(rows), len(columns)), numpy.nan)
    for row, column, score in zip(table[down], table[across], table.score, strict=True):
        cells[rows.index(row), columns.index(column)] = numpy.nanmax(
            [score, cells[rows.index(row), columns.index(column)]]
        )
    best = table.iloc[0]
    title = f"{short(best[down])} on {short(best[across])}: not in these papers, though their like are"
    note = f"Likeliest gaps, score 0 to 1; because of {', '.join(best.because)}"
    figure, axes = new_figure(title, note=note, height=2.2 + 0.28 * len(rows), width=9)
    axes.grid(visible=False)
    axes.imshow(cells, cmap="Blues", aspect="auto", vmin=0, vmax=2 * numpy.nanmax(cells))
    axes.set_yticks(range(len(rows)), [label(row) for row in rows])
    axes.set_xticks(range(len(columns)), [label(column) for column in columns], rotation=40, ha="right")
    for row, column in numpy.argwhere(~numpy.isnan(cells)):
        axes.text(column, row, f"{cells[row, column]:.2f}", ha="center", va="center", fontsize=8)
    return Picture(figure)


def plot_backtest(table: pandas.DataFrame) -> Picture | None:
    """Hits at 10 of each score with their standard errors (:func:`kgraph.analytics.backtest`), baselines grey."""
    if table.empty:
        return None
    baselines = {"popularity", "random"}
    scores = table[~table.score.isin(baselines)]
    best = scores.sort_values("hits_at_10", ascending=False, kind="stable").iloc[0]
    popular = table[table.score == "popularity"].iloc[0]
    beaten = best.hits_at_10 - best.hits_at_10_error > popular.hits_at_10 + popular.hits_at_10_error
    told = "beats popularity" if beaten else "does not clearly beat popularity"
    title = f"{best.score.replace('_', ' ')} {told}: {best.hits_at_10:.0%} against {popular.hits_at_10:.0%}"
    note = f"Sources with a right target among the first ten; {best.links:,} links that came after {best.split}"
    figure, axes = new_figure(title, note=note, height=3.6)
    colours = [GREY if score in baselines else COLOURS[0] for score in table.score]
    names = [score.replace("_", " ") for score in table.score]
    axes.barh(names, 100 * table.hits_at_10, xerr=100 * table.hits_at_10_error.fillna(0), color=colours)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlim(left=0)
    axes.set_xlabel("% of sources (bars: standard error)")
    return Picture(figure)
