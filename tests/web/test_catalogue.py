"""The catalogue and the search over it."""

import time

import pytest

from kgraph.beside import FOLDER
from kgraph.exporters import colours
from kgraph.ontology import load_ontology
from kgraph.query import load_store, names
from kgraph.web.catalogue import Node, open_catalogue
from kgraph.web.rendering import asset_content
from kgraph.web.search import search
from kgraph.web.site import open_library
from tests import small_graph


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_graph.write(tmp_path_factory.mktemp("build") / "exports")


@pytest.fixture(scope="module")
def catalogue(folder):
    return open_catalogue(folder, load_store(folder))


def ids(nodes):
    return [node.id for node in nodes]


def test_it_counts_and_lists_what_most_papers_name_first(catalogue):
    assert catalogue.counts == {
        "Dataset": 2, "Hardware": 5, "Method": 3, "Metric": 2, "Organization": 2, "Paper": 4, "Software": 1, "Task": 2
    }  # fmt: skip
    page = catalogue.listed("Hardware")
    assert [(node.label, node.papers) for node in page.members] == [
        ("GPU", 2), ("Alveo U280", 1), ("NVIDIA A100", 1), ("FPGA", 0), ("NVIDIA GPU", 0)
    ]  # fmt: skip
    assert ids(catalogue.listed("Hardware", 3, 1).members) == ["hardware/fpga"]
    assert [node.date for node in catalogue.listed("Paper").members] == ["2025", "2024-01-15", "2023-06", ""]


def test_it_knows_the_tree_above_and_below(catalogue):
    assert ids(catalogue.above(catalogue.node("hardware/nvidia-a100"))) == ["hardware/gpu", "hardware/nvidia-gpu"]
    assert ids(catalogue.below(catalogue.node("hardware/gpu"))) == ["hardware/nvidia-gpu"]
    assert catalogue.above(catalogue.node("hardware/gpu")) == []


def test_it_tells_what_links_to_a_thing_and_from_it(catalogue):
    groups = catalogue.links(catalogue.node("method/tileflow"))
    told = {(group.predicate, group.outwards): [node.label for node, _ in group.members] for group in groups}
    assert told == {
        ("comparedWith", True): ["PlainAttention"],
        ("evaluatedOn", True): ["LongText"],
        ("runsOn", True): ["NVIDIA A100"],
        ("usedFor", True): ["object detection", "long-context inference"],
    }


def test_it_knows_papers_by_role_years_and_results(catalogue):
    gpu = catalogue.node("hardware/gpu")
    papers, total = catalogue.papers_of(gpu)
    assert ([(role.role, role.node.date) for role in papers], total) == ([("runsOn", "2025"), ("uses", "")], 2)
    assert catalogue.papers_of(gpu, "uses")[1] == 1
    assert catalogue.roles_of(gpu) == {"runsOn": 1, "uses": 1}
    assert catalogue.years(catalogue.node("dataset/longtext")) == [(2023, 1), (2024, 1)]
    (result,), total = catalogue.results(catalogue.node("hardware/nvidia-a100"))
    assert (result.entity.label, result.metric.label, result.value, total) == ("TileFlow", "speedup", "up to 3.5x", 1)


def test_similar_papers_share_what_few_others_name(catalogue):
    nearest, *_ = catalogue.similar(catalogue.node("paper/2401.00001"))
    assert (nearest[0].id, {node.label for node in nearest[1]}) == (
        "paper/flowkit-toolkit", {"TileFlow", "PlainAttention", "speedup"}
    )  # fmt: skip
    both = [catalogue.node("dataset/longtext"), catalogue.node("task/object-detection")]
    assert ids(catalogue.shared(both)[0]) == ["paper/2306.00002"]


def test_it_is_kept_beside_the_build_and_made_again_where_it_is_damaged(tmp_path, catalogue):
    folder = small_graph.write(tmp_path / "exports")
    assert open_catalogue(folder, load_store(folder)).counts == catalogue.counts
    (kept,) = (folder / FOLDER).glob("catalogue-*")
    (kept / "catalogue.sqlite").write_bytes(b"damaged" * 1000)
    assert open_catalogue(folder, load_store(folder)).counts == catalogue.counts


def test_a_single_file_and_a_folder_that_cannot_be_written_have_one_too(tmp_path):
    folder = small_graph.write(tmp_path / "exports")
    alone = open_catalogue(folder / "graph.ttl", load_store(folder / "graph.ttl"))
    assert alone.counts["Paper"] == 4
    (folder / FOLDER).write_text("in the way")
    assert open_catalogue(folder, load_store(folder)).counts["Paper"] == 4


def test_an_empty_graph_has_an_empty_one(tmp_path):
    (tmp_path / "graph.ttl").write_text("")
    empty = open_catalogue(tmp_path, load_store(tmp_path))
    assert empty.counts == {}
    assert search(empty, "anything").total == 0


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("TileFlow", "method/tileflow"),
        ("tilefl", "method/tileflow"),
        ("A100", "hardware/nvidia-a100"),
        ("graphics processor", "hardware/gpu"),
        ("object detection", "task/object-detection"),
        ("a survey of chips", "paper/survey-of-chips"),
        ("long context", "task/long-context-inference"),
    ],
)
def test_what_bears_the_name_is_found_first(catalogue, text, first):
    assert search(catalogue, text).members[0].id == first


@pytest.mark.parametrize(
    ("text", "instead", "first"),
    [
        ("tilfelow", "tileflow", "method/tileflow"),
        ("objct detecton", "object detection", "task/object-detection"),
        ("NVIDAI", "nvidia", "organization/nvidia"),
    ],
)
def test_a_slip_of_the_pen_is_forgiven(catalogue, text, instead, first):
    page = search(catalogue, text)
    assert (page.instead, page.members[0].id) == (instead, first)


@pytest.mark.parametrize("text", ["", "   ", "?!", '"', "a* OR b", "NEAR(", "zzzzqqqq", "' --", "\x00", "x" * 5000])
def test_any_text_may_be_searched_for(catalogue, text):
    assert search(catalogue, text).start == 0


def test_only_one_type_where_asked(catalogue):
    assert {node.type for node in search(catalogue, "tileflow", "Paper").members} == {"Paper"}


def test_the_names_of_a_served_graph_are_looked_through_before_anybody_asks(folder):
    store = open_library(folder).store
    wanted = 2 * len(load_ontology().types)  # labels and aliases
    for _ in range(200):
        if len(names._kept.get(store, {})) == wanted:
            break
        time.sleep(0.05)
    assert len(names._kept[store]) == wanted


def test_a_folder_may_be_called_as_it_likes(tmp_path):
    folder = small_graph.write(tmp_path / "a#b%20?c=d" / "exports")
    assert open_catalogue(folder, load_store(folder)).counts["Paper"] == 4


def test_ids_of_nodes_never_become_sql(catalogue):
    assert catalogue.node("' OR 1=1 --") is None
    assert catalogue.papers_of(Node(0, "x", "Method", "x"), "' OR 1=1 --") == ([], 0)


def test_types_have_the_colours_of_the_picture():
    style = asset_content("site.css").decode()
    for palette in (colours.LIGHT, colours.DARK):
        for type, colour in zip(load_ontology().types, palette, strict=True):
            assert f".t-{type.lower()} {{ --type: {colour}; }}" in style
    [paper] = colours.legend(["Paper"], load_ontology())
    assert style.count(f".t-paper {{ --type: {paper['light']}; }}") == 1
    assert style.count(f".t-paper {{ --type: {paper['dark']}; }}") == 1
