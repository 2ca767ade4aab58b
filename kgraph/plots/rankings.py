"""Bars: what is named most, what belongs together, what burst when, how much faster things are said to be."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kgraph.plots.figures import COLOURS, GREY, Picture, label, new_figure, short

if TYPE_CHECKING:
    import pandas

__all__ = ["plot_bursts", "plot_communities", "plot_ranking", "plot_speedups"]

_BARS = 20


def plot_ranking(table: pandas.DataFrame) -> Picture | None:
    """What most papers name (:func:`kgraph.analytics.top`), the papers that propose it darker."""
    if table.empty:
        return None
    shown = table.sort_values(["papers", "id"], ascending=[False, True]).head(_BARS)
    first = shown.iloc[0]
    figure, axes = new_figure(
        f"{short(first['name'])} is named most: by {first.papers:,} papers", height=1.4 + 0.28 * len(shown)
    )
    names = [label(name) for name in shown["name"]]
    axes.barh(range(len(shown)), shown.papers, color=COLOURS[5], label="papers that name it")
    if shown.proposed.any():
        axes.barh(range(len(shown)), shown.proposed, color=COLOURS[0], label="of these, propose it")
        axes.legend(frameon=False, loc="lower right")
    axes.set_yticks(range(len(shown)), names)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("papers")
    return Picture(figure)


def plot_communities(table: pandas.DataFrame) -> Picture | None:
    """How large the communities are (:func:`kgraph.analytics.community_sizes`)."""
    if table.empty:
        return None
    shown = table.head(_BARS)
    first = shown.iloc[0]
    about = " and ".join(map(short, first.members[:2]))
    title = f"The largest of {len(table)} communities is about {about}"
    figure, axes = new_figure(
        title, note="Entities named together more often than chance has it", height=1.6 + 0.28 * len(shown)
    )
    axes.barh(range(len(shown)), shown.entities, color=COLOURS[0])
    axes.set_yticks(range(len(shown)), [", ".join(map(label, members[:3])) for members in shown.members])
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set_xlabel("entities")
    return Picture(figure)


def plot_bursts(table: pandas.DataFrame) -> Picture | None:
    """When things were suddenly named more often (:func:`kgraph.analytics.bursts`); thicker bars weigh more."""
    if table.empty:
        return None
    shown = table.head(_BARS).sort_values(["start", "end", "id"])
    known = sorted({*shown.start, *shown.end})
    known = _filled(known[0], known[-1])
    places = {period: place for place, period in enumerate(known)}
    best = table.iloc[0]
    counts = f"{best.papers} of {best.of} papers"
    title = f"The weightiest burst: {short(best['name'])}, {best.start} to {best.end} ({counts})"
    figure, axes = new_figure(
        title, note="Bursts by Kleinberg (2002); thicker: weightier", height=1.6 + 0.3 * len(shown)
    )
    rows: Iterable[Any] = shown.itertuples()
    for row, burst in enumerate(rows):
        start, end = places[burst.start], places[burst.end]
        thickness = 0.25 + 0.6 * burst.weight / table.weight.max()
        axes.barh(row, end - start + 0.9, left=start, height=thickness, color=COLOURS[0])
    axes.set_yticks(range(len(shown)), [label(name) for name in shown["name"]])
    axes.invert_yaxis()
    step = max(1, len(known) // 12)
    axes.set_xticks(range(0, len(known), step), known[::step], rotation=45 if len(known) > 6 else 0)
    return Picture(figure)


def plot_speedups(table: pandas.DataFrame) -> Picture | None:
    """Claimed speed-ups by hardware (:func:`kgraph.analytics.speedups`): median, quartiles; hedged ones hollow."""
    if table.empty:
        return None
    names = [*dict.fromkeys(table["name"])][:_BARS]
    shown = table[table["name"].isin(names)]
    plain = shown[shown.hedge == ""]
    top = (plain if len(plain) else shown).sort_values(["claims", "median"], ascending=False).iloc[0]
    said = f"{top.hedge} {top['median']:.3g}".strip()
    count = f"{top.claims} claim{'s' if top.claims > 1 else ''}"
    title = f"On {short(top['name'])} papers claim speed-ups of {said} times in the median ({count})"
    note = 'Filled: plain values, median and quartiles; hollow: hedged ("up to", "over" …)'
    figure, axes = new_figure(title, note=note, height=1.7 + 0.32 * len(names))
    rows: Iterable[Any] = shown.itertuples()
    for row in rows:
        place = names.index(str(row.name)) + (0.18 if row.hedge else -0.12)
        colour = GREY if row.hedge else COLOURS[0]
        axes.plot([row.low, row.high], [place, place], color=colour, linewidth=2)
        fill = "white" if row.hedge else colour
        axes.plot(
            [row.median], [place], marker="o", markersize=4 + min(row.claims, 8), color=colour, markerfacecolor=fill
        )
    axes.axvline(1, color=COLOURS[6], linewidth=1)
    axes.set_xscale("log")
    axes.set_yticks(range(len(names)), [label(name) for name in names])
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.xaxis.set_major_formatter("{x:g}x")
    axes.set_xlabel("times as fast (logarithmic); larger marks: more claims")
    return Picture(figure)


def _filled(first: str, last: str) -> list[str]:
    """Every year or month from the first to the last, those without a burst too.

    >>> _filled("2024-11", "2025-02"), _filled("2023", "2025")
    (['2024-11', '2024-12', '2025-01', '2025-02'], ['2023', '2024', '2025'])
    """
    if len(first) == 4:
        return [f"{year:04d}" for year in range(int(first), int(last) + 1)]
    start, end = (int(period[:4]) * 12 + int(period[5:7]) - 1 for period in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]
