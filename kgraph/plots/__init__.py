"""Pictures of what :mod:`kgraph.analytics` gives, drawn by matplotlib, each with a title that says the finding.

They need ``pip install "kgraph[plots]"``. A table without rows gives no picture, but None. Colours
are those of Okabe and Ito (2008), and no line is told by its colour alone. A picture shows in a
notebook, and :func:`write_plot` writes it.

>>> from kgraph.analytics import adoption, example_graph
>>> picture = plot_adoption(adoption(example_graph(), "Hardware", limit=1))
>>> picture.title
'NVIDIA A100: 50% of papers in 2023, 100% in 2025 (within what chance explains)'
"""

from kgraph.plots.figures import Picture, write_plot
from kgraph.plots.grids import plot_backtest, plot_gaps
from kgraph.plots.rankings import plot_bursts, plot_communities, plot_ranking, plot_speedups
from kgraph.plots.shares import plot_adoption, plot_years

__all__ = [
    "PLOTS",
    "Picture",
    "plot_adoption",
    "plot_backtest",
    "plot_bursts",
    "plot_communities",
    "plot_gaps",
    "plot_ranking",
    "plot_speedups",
    "plot_years",
    "write_plot",
]

PLOTS = {
    "trends": plot_adoption,
    "top": plot_ranking,
    "years": plot_years,
    "communities": plot_communities,
    "gaps": plot_gaps,
    "bursts": plot_bursts,
    "speedups": plot_speedups,
    "backtest": plot_backtest,
}
"""What draws the tables of :data:`kgraph.analytics.SECTIONS`, by their names."""
