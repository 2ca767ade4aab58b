"""Functions of a graph that give data frames: what a field is doing, in tables.

Each takes the networkx graph of a build (``kgraph.load("exports").nx``) and gives a pandas data
frame whose ``attrs["columns"]`` say what each column holds and in which unit. They are
deterministic, with a seed where something is drawn; where there is nothing to tell (no papers, no
dates, no hardware) the columns are there without rows.

=================== ==========================================================================
module              tells
=================== ==========================================================================
``counts``          how much there is of what, and what most papers name
``importance``      PageRank, degree, betweenness
``communities``     what belongs together, by name
``cooccurrence``    what is named together more often than chance has it
``projections``     which things of any two kinds are alike; what is similar to a paper, a method
``paths``           how two things are connected, with the papers of each step
``adoption``        shares by year or month with intervals; first and last seen; newcomers
``bursts``          when things were suddenly named more often
``gaps``            the matrix of what was tried with what, and its likely empty cells
``prediction``      what will be named together next, back-tested
``claims``          results as a table, the best of a kind, speed-ups by hardware
``summary``         the tables of ``kgraph stats``
=================== ==========================================================================

>>> from kgraph.analytics.example import example_graph
>>> top(example_graph(), "Hardware", limit=1)
                     id         name      type  papers  proposed
0  hardware/nvidia-a100  NVIDIA A100  Hardware       3         0
"""

from kgraph.analytics.adoption import adoption, lifespans, newcomers, wilson
from kgraph.analytics.bursts import bursts
from kgraph.analytics.claims import best, claims, in_unit, speedups
from kgraph.analytics.communities import communities, community_sizes
from kgraph.analytics.cooccurrence import cooccurrence
from kgraph.analytics.counts import counts, most_linked, most_measured, papers_by_year, top
from kgraph.analytics.example import example_graph
from kgraph.analytics.gaps import gaps, matrix
from kgraph.analytics.importance import importance, network
from kgraph.analytics.incidence import Incidence, incidence
from kgraph.analytics.paths import paths
from kgraph.analytics.prediction import backtest, predict
from kgraph.analytics.projections import projection, similar
from kgraph.analytics.summary import SECTIONS, summary

__all__ = [
    "SECTIONS",
    "Incidence",
    "adoption",
    "backtest",
    "best",
    "bursts",
    "claims",
    "communities",
    "community_sizes",
    "cooccurrence",
    "counts",
    "example_graph",
    "gaps",
    "importance",
    "in_unit",
    "incidence",
    "lifespans",
    "matrix",
    "most_linked",
    "most_measured",
    "network",
    "newcomers",
    "papers_by_year",
    "paths",
    "predict",
    "projection",
    "similar",
    "speedups",
    "summary",
    "top",
    "wilson",
]
