"""Lines over time: shares of papers with their intervals, and how many papers there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kgraph.plots.figures import COLOURS, MARKERS, Picture, label, new_figure, short

if TYPE_CHECKING:
    import pandas

__all__ = ["plot_adoption", "plot_years"]

_LINES = 5  # as many as can be told apart where their intervals overlap
_FEWEST = 5  # papers of a period whose share is worth drawing


def plot_adoption(table: pandas.DataFrame, *, fewest: int = _FEWEST) -> Picture | None:
    """The shares of :func:`kgraph.analytics.adoption` as lines, their intervals as bands; the first five things.

    Periods of fewer than ``fewest`` papers are left out, unless all are: their intervals fill the
    picture. The title tells of what changed most, and whether chance could explain it: the
    intervals of the first and the last period overlap.
    """
    drawn = table[table.of >= fewest] if (table.of >= fewest).any() else table
    if drawn.empty:
        return None
    known = sorted({*drawn.period})
    figure, axes = new_figure(_change(drawn), note="Share of papers that name it; bands: 95 % intervals (Wilson)")
    places = {period: place for place, period in enumerate(known)}
    for number, (id, group) in enumerate(list(drawn.groupby("id", sort=False))[:_LINES]):
        colour, marker = COLOURS[number], MARKERS[number]
        across = [places[period] for period in group.period]
        axes.plot(across, 100 * group.share, color=colour, marker=marker, label=label(group.name.iloc[0] or str(id)))
        axes.fill_between(across, 100 * group.low, 100 * group.high, color=colour, alpha=0.13, linewidth=0)
    axes.set_xticks(range(len(known)), known, rotation=0 if len(known) <= 10 else 60)
    axes.set_ylim(bottom=0)
    axes.set_ylabel("% of the period's papers")
    axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(1, 1))
    return Picture(figure)


def plot_years(table: pandas.DataFrame) -> Picture | None:
    """The papers of each year as bars."""
    if table.empty:
        return None
    most = table.iloc[int(table.papers.argmax())]
    title = f"{table.papers.sum():,} dated papers, most of them ({most.papers:,}) of {most.year}"
    figure, axes = new_figure(title, note="Papers by year", height=3.5)
    from matplotlib.ticker import MaxNLocator

    axes.bar(table.year, table.papers, color=COLOURS[0])
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(visible=False, axis="x")
    axes.set_ylabel("papers")
    return Picture(figure)


def _change(table: pandas.DataFrame) -> str:
    """What changed most from the first period to the last, and whether chance could explain it."""
    changes = []
    for _, group in table.groupby("id", sort=False):
        first, last = group.iloc[0], group.iloc[-1]
        changes.append((abs(last.share - first.share), first, last))
    _, first, last = max(changes, key=lambda change: change[0])
    sure = last.low > first.high or last.high < first.low
    told = "more than chance explains" if sure else "within what chance explains"
    name = short(first["name"])
    return f"{name}: {first.share:.0%} of papers in {first.period}, {last.share:.0%} in {last.period} ({told})"
