"""The notebooks of examples/ run from top to bottom, on a small build and a larger one; git keeps them bare."""

import json
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from kgraph.pipeline import build

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
NOTEBOOKS = sorted((ROOT / "examples" / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    folder = tmp_path_factory.mktemp("examples")
    build([ROOT / "examples" / "papers.txt"], folder)
    return folder


@pytest.fixture(scope="module")
def seeds(tmp_path_factory):
    if not SEEDS.is_dir():
        pytest.skip("the annotated corpus is not beside the project")
    folder = tmp_path_factory.mktemp("seeds")
    build([SEEDS], folder)
    return folder


@pytest.fixture
def run(monkeypatch):
    """Runs a notebook on a build as a reader would, from the folder it stands in; gives its outputs, cell by cell."""

    def execute(path, folder):
        monkeypatch.setenv("KGRAPH_BUILD", str(folder))
        monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "1")  # the kernel of this Python, not one of somebody else's
        notebook = nbformat.read(path, as_version=4)
        NotebookClient(
            notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
        ).execute()
        return [cell.outputs for cell in notebook.cells if cell.cell_type == "code"]

    return execute


def kinds(outputs):
    return {kind for output in outputs for kind in output.get("data", {})}


def test_there_are_five():
    assert len(NOTEBOOKS) == 5


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_git_keeps_a_notebook_without_outputs_and_without_a_trace_of_who_ran_it(path):
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert {*notebook.metadata} == {"kernelspec", "language_info"}
    assert {*notebook.metadata.language_info} == {"name"}
    for cell in notebook.cells:
        assert not cell.metadata
        if cell.cell_type == "code":
            assert (cell.outputs, cell.execution_count) == ([], None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_begins_with_a_title_and_names_the_build_in_its_first_cell(path):
    text, code = nbformat.read(path, as_version=4).cells[:2]
    assert text.source.startswith("# ")
    assert 'os.environ.get("KGRAPH_BUILD")' in code.source


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_on_the_examples(path, run, examples):
    outputs = run(path, examples)
    assert all(cell for cell in outputs[1:]), "a cell after the first that shows nothing"
    assert not [output for cell in outputs for output in cell if output.output_type in {"error", "stderr"}]


@pytest.mark.slow
@pytest.mark.shared
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_its_story_on_a_build_of_real_size(path, run, seeds):
    outputs = run(path, seeds)
    shown = {kind for cell in outputs for kind in kinds(cell)}
    assert "text/html" in shown
    tables = json.dumps(outputs)
    assert tables.count("<tr") > 20
    if not path.stem.startswith("4"):
        assert {"image/svg+xml", "image/png"} & shown
