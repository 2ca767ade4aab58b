import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from kgraph.exporters.annotations import generate_annotations
from kgraph.model import Annotation, Entity, Mention, Paper


@pytest.fixture
def build(tmp_path, monkeypatch):
    """A folder with the annotations of three papers that propose things of one name."""
    place = (Mention(0, 6, "Zorbit"),)
    papers = [
        Annotation(
            Paper(number, f"Zorbit flies {number}", "Far."), (Entity("Zorbit", "Method", "proposes", 0.9, place),)
        )
        for number in ("one", "two", "three")
    ]
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "annotations.jsonl").write_bytes(b"".join(generate_annotations(papers)))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments):
    return CliRunner().invoke(kgraph, ["review", *arguments])


def test_doubts_are_listed_as_rulings(build):
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert "# - split: method/zorbit\n" in result.stdout
    assert "# changes 2 papers\n" in result.stdout


def test_a_file_is_written_whole_and_named(build):
    result = run("exports", "-o", "review.yaml")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "1 doubtful decision written to review.yaml\n"
    assert (build / "review.yaml").read_text() == run().stdout


def test_where_there_is_no_build_it_says_so(build):
    result = run("nowhere")
    assert result.exit_code == 1
    assert result.stderr.startswith("kgraph: no graph in nowhere")
