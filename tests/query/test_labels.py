"""Names beside addresses."""

import io
import json

import pytest

from kgraph.query import answer, load_store, write
from tests import small_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return load_store(small_graph.write(tmp_path_factory.mktemp("build")))


QUERY = "SELECT ?paper ?n ?thing { VALUES ?n { 7 } ?paper kg:runsOn ?thing . ?paper a kg:Paper } ORDER BY ?thing"


def test_each_column_of_addresses_gets_one_of_names(store):
    rows = answer(store, QUERY, labels=True)
    assert rows.columns == ("paper", "paperLabel", "n", "thing", "thingLabel")
    assert [(row[1], row[2], row[4]) for row in rows.rows] == [
        ("BoardNet: a detector for an Alveo U280", 7, "Alveo U280"),
        ("FlowKit: a toolkit for detectors", 7, "GPU"),
        ("TileFlow: attention by tiles", 7, "NVIDIA A100"),
    ]


def test_a_column_without_names_and_one_that_is_there_already_get_none(store):
    assert answer(store, "SELECT ?p { ?p a kg:Mention }", labels=True).columns == ("p",)
    asked = "SELECT ?x ?xLabel { ?x a kg:Hardware ; skos:prefLabel ?xLabel }"
    assert answer(store, asked, labels=True) == answer(store, asked)


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml"])
def test_they_are_in_every_format(store, form):
    stream = io.BytesIO()
    assert write(store, QUERY, form, stream, labels=True)
    text = stream.getvalue().decode()
    assert "thingLabel" in text
    assert "NVIDIA A100" in text
    if form == "json":
        assert json.loads(text)["results"]["bindings"][0]["n"]["datatype"].endswith("#integer")


def test_an_answer_without_addresses_is_as_it_was(store):
    for query in ("SELECT (1 AS ?one) {}", "SELECT ?x { FILTER(false) }"):
        assert answer(store, query, labels=True) == answer(store, query)
