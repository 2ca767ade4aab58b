"""The matrix of what was tried with what, and its empty cells."""

from kgraph.analytics import example_graph, gaps, matrix
from kgraph.graph import assemble
from kgraph.model import Paper
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests.samples import annotated


def tried(*cells):
    """A graph of one paper for each combination of a method, a data set and a piece of hardware."""
    papers = [
        annotated(
            Paper(f"{number}", f"Paper {number}", f"{method} on {data} by {board}."),
            {
                method: ("Method", "uses", 0.9, f"method/{method}"),
                data: ("Dataset", "evaluatesOn", 0.9, f"dataset/{data}"),
                board: ("Hardware", "runsOn", 0.9, f"hardware/{board}"),
            },
        )
        for number, (method, data, board) in enumerate(cells)
    ]
    return assemble(papers, ontology=load_ontology(), vocabulary=Vocabulary()).nx


def cells(table, *axes):
    return {tuple(row) for row in table[[f"{axis}_name" for axis in axes]].to_numpy()}


TWINS = [("ant", data, board) for data in ("maps", "roads") for board in ("gpu", "cpu")]
TWINS += [("bee", data, board) for data in ("maps", "roads") for board in ("gpu", "cpu")][:-1]
TWINS += [("cow", "songs", "tpu"), ("cow", "songs", "dsp"), ("dog", "songs", "tpu")]


def test_filled_cells_are_what_papers_name_together():
    found = matrix(tried(*TWINS), support=1)
    assert cells(found, "method", "dataset", "hardware") == {*TWINS}
    assert found.papers.sum() == len(TWINS)
    assert found.in_papers.map(len).tolist() == found.papers.tolist()


def test_the_cell_that_a_twin_fills_is_suggested_first():
    found = gaps(tried(*TWINS), support=1)
    assert tuple(found[["method_name", "dataset_name", "hardware_name"]].iloc[0]) == ("bee", "roads", "cpu")
    assert "ant" in found.because[0]
    assert found.score.is_monotonic_decreasing
    assert found[["by_method", "by_dataset", "by_hardware"]].to_numpy().max() <= 1


def test_no_filled_cell_is_suggested_and_none_without_a_neighbour():
    found = cells(gaps(tried(*TWINS), support=1, limit=None), "method", "dataset", "hardware")
    assert not found & {*TWINS}
    assert ("ant", "songs", "tpu") not in found  # nothing like it does that


def test_any_two_types_make_a_matrix():
    found = gaps(tried(*TWINS), ("Method", "Hardware"), support=1, limit=None)
    assert ("dog", "dsp") in cells(found, "method", "hardware")
    assert "dataset" not in found.columns
    assert cells(matrix(example_graph(), ("Dataset", "Hardware")), "dataset", "hardware") == {
        ("LongText", "NVIDIA A100"),
        ("StreetScenes", "FPGA"),
    }


def test_a_matrix_of_a_type_with_itself_has_no_diagonal():
    found = matrix(example_graph(), ("Method", "Method"))
    assert len(found)
    assert not (found["method"] == found["method_name"]).any()
