"""What holds for every function: columns that are named and described, without rows where there is nothing to tell;
one graph, one answer."""

import networkx
import pandas
import pytest

from kgraph import analytics
from kgraph.graph import assemble
from kgraph.model import Paper
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests import small_graph
from tests.field import field_graph
from tests.samples import annotated

FUNCTIONS = {
    "counts": analytics.counts,
    "top": analytics.top,
    "papers_by_year": analytics.papers_by_year,
    "most_linked": analytics.most_linked,
    "most_measured": analytics.most_measured,
    "importance": analytics.importance,
    "communities": analytics.communities,
    "community_sizes": lambda graph: analytics.community_sizes(analytics.communities(graph)),
    "cooccurrence": analytics.cooccurrence,
    "projection of papers": lambda graph: analytics.projection(graph, "Paper"),
    "projection": lambda graph: analytics.projection(graph, "Method", "Hardware"),
    "projection of papers and things": lambda graph: analytics.projection(graph, "Paper", "Hardware"),
    "projection via papers": lambda graph: analytics.projection(graph, "Paper", "Dataset", via="Paper"),
    "projection via": lambda graph: analytics.projection(graph, "Method", via="Dataset"),
    "similar": lambda graph: analytics.similar(graph, next(iter(graph), "nothing")),
    "paths": lambda graph: (
        analytics.paths(graph, *([*graph] * 2)[:2]) if len(graph) else analytics.paths(graph, "a", "b")
    ),
    "adoption": lambda graph: analytics.adoption(graph, "Hardware"),
    "adoption by month": lambda graph: analytics.adoption(graph, by="month"),
    "lifespans": analytics.lifespans,
    "newcomers": analytics.newcomers,
    "bursts": analytics.bursts,
    "matrix": analytics.matrix,
    "gaps": analytics.gaps,
    "predict": analytics.predict,
    "backtest": analytics.backtest,
    "claims": analytics.claims,
    "in_unit": lambda graph: analytics.in_unit(analytics.claims(graph), "s"),
    "best": analytics.best,
    "speedups": analytics.speedups,
}


def assembled(*annotations):
    return assemble(annotations, ontology=load_ontology(), vocabulary=Vocabulary()).nx


GRAPHS = {
    "nothing": networkx.MultiDiGraph(),
    "one paper without anything": assembled(annotated(Paper("1", "Title", "Text."), {})),
    "one paper with one method": assembled(
        annotated(
            Paper("1", "Zip", "We present Zip.", date="2024-05"), {"Zip": ("Method", "proposes", 0.9, "method/zip")}
        )
    ),
    "no dates": assembled(
        *(
            annotated(Paper(str(number), f"Zip {number}", "Zip on Maps."), {
                "Zip": ("Method", "uses", 0.9, "method/zip"),
                "Maps": ("Dataset", "evaluatesOn", 0.9, "dataset/maps"),
            })
            for number in range(3)
        )
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("graph", GRAPHS)
def test_a_poor_graph_gives_the_columns_of_a_rich_one(name, graph):
    rich = FUNCTIONS[name](field_graph(60).nx)
    poor = FUNCTIONS[name](GRAPHS[graph])
    assert isinstance(poor, pandas.DataFrame)
    assert list(poor.columns) == list(rich.columns)
    assert poor.dtypes.to_dict() == rich.dtypes.to_dict()


def test_a_graph_with_neither_dates_nor_hardware_gives_no_row_about_them():
    graph = GRAPHS["no dates"]
    assert analytics.adoption(graph).empty
    assert analytics.bursts(graph, support=1).empty
    assert analytics.backtest(graph).empty
    assert analytics.lifespans(graph).empty
    assert analytics.speedups(graph).empty
    assert analytics.matrix(graph).empty
    assert len(analytics.cooccurrence(graph)) == 1


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_column_says_what_it_holds(name):
    table = FUNCTIONS[name](field_graph(40).nx)
    described = table.attrs["columns"]
    assert {*table.columns} - {"refused"} == {*described}
    assert all(described.values())


@pytest.mark.parametrize("name", FUNCTIONS)
def test_one_graph_has_one_answer_whatever_the_order_of_its_papers(name):
    once = FUNCTIONS[name](small_graph.graph().nx)
    again = FUNCTIONS[name](small_graph.graph(small_graph.ANNOTATIONS[::-1]).nx)
    pandas.testing.assert_frame_equal(once, again)
