"""Pictures of what :mod:`kgraph.analytics` gives, each a matplotlib figure whose title says the finding.

They need ``pip install "kgraph[plots]"``. A table without rows gives no figure, but None. Colours are
those of Okabe and Ito (2008), and no line or bar is told by its colour alone. Nothing is shown or
kept: a figure displays itself in a notebook, and :func:`write_plot` writes it.

>>> from kgraph.analytics import adoption, example_graph
>>> figure = plot_adoption(adoption(example_graph(), "Hardware", limit=1))
>>> figure.get_suptitle()
'NVIDIA A100: 50% of papers in 2023, 100% in 2025 (within what chance explains)'
"""

from kgraph.plots.figures import write_plot
from kgraph.plots.grids import plot_backtest, plot_gaps
from kgraph.plots.rankings import plot_bursts, plot_communities, plot_ranking, plot_speedups
from kgraph.plots.shares import plot_adoption, plot_years

__all__ = [
    "PLOTS",
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
