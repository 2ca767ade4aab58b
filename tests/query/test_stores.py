"""The store on the disk beside a build."""

import subprocess
import sys

import pytest

from kgraph.beside import FOLDER
from kgraph.errors import GraphNotFound, ReadError
from kgraph.query import ask, load_store, open_store, select, stores
from tests import small_graph

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
OTHER = """
import sys
from kgraph.query import open_store, select, stores
stores._SMALL = 0
print(select(open_store(sys.argv[1]), sys.argv[2]))
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stores, "_SMALL", 0)
    return small_graph.write(tmp_path / "exports")


def versions(folder):
    return sorted(path.name for path in (folder / FOLDER).glob("triples-*"))


def test_it_holds_what_the_turtle_says_and_is_kept(folder):
    first, memory = open_store(folder), load_store(folder)
    assert select(first, COUNT) == select(memory, COUNT)
    (kept,) = versions(folder)
    assert first.base_iri == memory.base_iri
    assert select(open_store(folder), COUNT) == select(memory, COUNT)
    assert versions(folder) == [kept]


def test_it_is_made_anew_when_the_turtle_changes(folder):
    old = open_store(folder)
    before = select(old, COUNT)
    (folder / "graph.ttl").write_text("<http://a/> <http://b/> <http://c/> .")
    (folder / "evidence.ttl").unlink()
    assert select(open_store(folder), COUNT).rows == ((1,),)
    assert select(old, COUNT) == before  # who has it open reads on


def test_it_cannot_be_written(folder):
    store = open_store(folder)
    with pytest.raises(RuntimeError, match="read-write"):
        store.rdf.update("INSERT DATA { <http://a/> <http://b/> <http://c/> }")


def test_a_small_graph_and_a_single_file_need_none(folder, monkeypatch):
    assert ask(open_store(folder / "graph.ttl"), "ASK { ?s ?p ?o }")
    monkeypatch.setattr(stores, "_SMALL", 1 << 20)
    assert ask(open_store(folder), "ASK { ?s ?p ?o }")
    assert not (folder / FOLDER).exists()


def test_where_nothing_can_be_written_the_graph_is_read_into_memory(folder):
    (folder / FOLDER).write_text("in the way")
    assert select(open_store(folder), COUNT) == select(load_store(folder), COUNT)


def test_a_damaged_one_is_made_again(folder):
    wanted = select(open_store(folder), COUNT)
    (kept,) = versions(folder)
    for file in (folder / FOLDER / kept / "triples").iterdir():
        file.write_bytes(b"damaged")
    assert select(open_store(folder), COUNT) == wanted


def test_turtle_that_is_none_is_told_and_leaves_nothing(folder):
    (folder / "evidence.ttl").write_text("<http://a/> }")
    with pytest.raises(ReadError, match=r"evidence\.ttl:1: it is no Turtle"):
        open_store(folder)
    assert versions(folder) == []
    assert not list((folder / FOLDER).glob(".making-*"))


def test_no_graph_is_told(tmp_path):
    with pytest.raises(GraphNotFound):
        open_store(tmp_path)


def test_two_processes_may_make_it_at_once(folder):
    running = [
        subprocess.Popen([sys.executable, "-c", OTHER, str(folder), COUNT], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = {process.communicate(timeout=60)[0] for process in running}
    assert answers == {f"{select(load_store(folder), COUNT)}\n"}
    assert len(versions(folder)) == 1
