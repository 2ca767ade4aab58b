"""Names: found without a look at every label, and told where nobody knows them."""

import pytest

from kgraph.query import load_store, names, read_store, unknown_names
from kgraph.query.names import names_of
from tests import small_graph


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return load_store(small_graph.write(tmp_path_factory.mktemp("build")))


def test_the_graph_is_looked_through_once_for_each_type_and_property(store, monkeypatch):
    names_of(store, "Method", "skos:prefLabel")
    monkeypatch.setattr(names, "select", None)  # a second look would fail
    assert "TileFlow" in names_of(store, "Method", "skos:prefLabel").labels


def test_another_graph_has_names_of_its_own(store):
    assert names_of(store, "Method", "skos:prefLabel").labels
    assert names_of(read_store(""), "Method", "skos:prefLabel").labels == ()


def test_names_go_with_their_graph():
    before = len(names._kept)
    own = read_store("")
    names_of(own, "Method", "skos:prefLabel")
    assert len(names._kept) == before + 1
    del own
    assert len(names._kept) == before


def test_names_that_nobody_knows_are_told_with_the_nearest(store):
    query = "SELECT * { ?paper kg:runOn hardware:nvidia-a10 ; kg:mentions method:tileflow ; kg:zzz ?x }"
    assert unknown_names(store, query) == [
        "kg:runOn is not in the ontology: did you mean kg:runsOn?",
        "hardware:nvidia-a10 is not in the graph: did you mean hardware:nvidia-a100?",
        "kg:zzz is not in the ontology",
    ]


def test_a_name_of_ones_own_that_the_graph_uses_is_known():
    own = read_store("@prefix kg: <https://w3id.org/kgraph/ontology#> . <http://a/> kg:ownProperty kg:OwnClass .")
    assert unknown_names(own, "SELECT * { ?s kg:ownProperty kg:OwnClass }") == []


def test_of_many_unknown_names_the_first_are_told_and_the_others_counted(store, monkeypatch):
    looked = []
    monkeypatch.setattr(names, "nearest", lambda name, known: looked.append(name))
    told = unknown_names(store, f"SELECT * {{ {' '.join(f'?s kg:made{n} method:up{n} .' for n in range(500))} }}")
    assert len(told) == 6
    assert told[-1] == "995 more of its names are in neither the ontology nor the graph"
    assert looked == ["made0", "up0", "made1", "up1", "made2"]
