"""``kgraph stats``, as one types it."""

import json
import re

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests import small_graph


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``kgraph stats`` in a folder that holds a build in exports/."""
    small_graph.write(tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "140")
    return lambda *words: CliRunner().invoke(kgraph, ["stats", *words])


def test_tables_show_types_tops_and_years(run):
    ran = run()
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert re.search(r"Hardware +5 +■{16}", ran.stdout)
    assert re.search(r"name +papers +proposed +2023 +2024 +2025", ran.stdout)
    assert re.search(r"object detection +2 +0 +100% +100%", ran.stdout)
    assert re.search(r"speedup +2 +2", ran.stdout)
    assert max(map(len, ran.stdout.splitlines())) <= 140


def test_in_a_narrow_terminal_the_latest_years_are_shown(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    shown = run().stdout
    assert re.search(r"name +papers +proposed +2024 +2025$", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 60


def test_a_ranking_is_no_longer_than_asked(run):
    assert "BoardNet" not in run("--top", "1", "exports").stdout


def test_json_has_the_same_rows(run):
    found = json.loads(run("--format", "json").stdout)
    assert set(found) == {"counts", "top", "years", "trends", "linked", "measured"}
    assert found["top"]["Software"] == [
        {"id": "software/flowkit", "name": "FlowKit", "type": "Software", "papers": 1, "proposed": 1}
    ]
    assert found["years"][0] == {"year": 2023, "papers": 1}


def test_facts_alone_are_counted_too(run):
    ran = run("exports/graph.ttl", "--format", "json")
    assert json.loads(ran.stdout)["linked"][0]["name"] == "TileFlow"


def test_an_empty_graph_is_told(run, tmp_path):
    (tmp_path / "empty.ttl").write_text("")
    ran = run("empty.ttl")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "kgraph: the graph is empty\n")
    assert json.loads(run("empty.ttl", "--format", "json").stdout)["counts"] == []


def test_no_graph_is_one_line_and_exit_code_1(run):
    ran = run("nowhere")
    assert (ran.exit_code, ran.stderr) == (
        1,
        "kgraph: no graph in nowhere: run `kgraph build INPUT -o nowhere` first\n",
    )


def test_the_help_shows_how_it_is_typed():
    assert "\n  kgraph stats field --top 25\n" in CliRunner().invoke(kgraph, ["stats", "--help"]).stdout
