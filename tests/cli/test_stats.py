"""``kgraph stats``, as one types it."""

import json
import re

import pytest
from click.testing import CliRunner

from kgraph.analytics import SECTIONS
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


def test_tables_tell_what_the_field_is_doing(run):
    shown = run().stdout
    assert re.search(r"PlainAttention +TileFlow +2 +2 ", shown)  # named together, with the lift
    assert re.search(r"NVIDIA A100 +up to +1 +1 +3\.5 +3\.5", shown)


def test_in_a_narrow_terminal_the_latest_years_are_shown(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    shown = run().stdout
    assert re.search(r"name +papers +proposed +2024 +2025$", shown, re.MULTILINE)
    assert max(map(len, shown.splitlines())) <= 60


def test_a_ranking_is_no_longer_than_asked(run):
    shown = run("--top", "1", "--only", "top", "exports").stdout
    assert "BoardNet" not in shown
    assert "PlainAttention" in shown


def test_json_has_the_same_rows(run):
    found = json.loads(run("--format", "json").stdout)
    assert {*found} == {name for name, section in SECTIONS.items() if section.overview}
    assert found["top"]["Software"] == [
        {"id": "software/flowkit", "name": "FlowKit", "type": "Software", "papers": 1, "proposed": 1}
    ]
    assert found["years"][0] == {"year": 2023, "papers": 1}
    assert found["trends"]["Dataset"][0] == {
        "id": "dataset/longtext", "name": "LongText", "type": "Dataset", "period": "2023",
        "papers": 1, "of": 1, "share": 1.0, "low": 0.206549, "high": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize("name", SECTIONS)
def test_each_table_alone(run, name):
    ran = run("--only", name)
    assert (ran.exit_code, ran.exception) == (0, None)
    assert ran.stdout or ran.stderr == "kgraph: nothing to tell of that\n"
    found = json.loads(run("--only", name, "--format", "json").stdout)
    assert [*found] == [name]


def test_a_type_narrows_what_is_ranked(run):
    found = json.loads(run("--only", "importance", "--only", "top", "--type", "hardware", "--format", "json").stdout)
    assert {row["type"] for row in found["importance"]} == {"Hardware"}
    assert [*found["top"]] == ["Hardware"]


def test_a_table_that_there_is_not_is_told_with_the_nearest(run):
    ran = run("--only", "burst")
    assert ran.exit_code == 2
    assert "no table is called 'burst'. Did you mean 'bursts'?" in ran.stderr


def test_a_number_stands_with_its_error(run):
    shown = run("--only", "importance", "--top", "1").stdout
    assert re.search(r"betweenness$", shown, re.MULTILINE)
    assert re.search(r"0\.\d+ ± 0$", shown, re.MULTILINE)  # every source of a small graph: no error


def test_a_type_that_there_is_not_is_told(run):
    ran = run("--type", "quokka")
    assert ran.exit_code == 2
    assert "no type is called 'quokka'. There are Method, Task," in " ".join(ran.stderr.split())


@pytest.mark.parametrize("kind", ["png", "svg"])
def test_a_picture_is_written_and_its_finding_told(run, tmp_path, kind):
    ran = run("--only", "top", "--type", "Hardware", "--plot", f"hardware.{kind}")
    assert (ran.exit_code, ran.stdout) == (0, "")
    assert ran.stderr == f"kgraph: GPU is named most: by 2 papers: hardware.{kind}\n"
    assert (tmp_path / f"hardware.{kind}").read_bytes().startswith(b"\x89PNG" if kind == "png" else b"<?xml")


def test_without_a_table_the_picture_is_of_the_trends(run):
    assert "papers in 2023" in run("--plot", "trends.svg").stderr


def test_nothing_is_no_picture(run, tmp_path):
    ran = run("--only", "bursts", "--plot", "bursts.png")
    assert (ran.exit_code, ran.stderr) == (1, "kgraph: nothing to draw: the table 'bursts' of this graph has no rows\n")
    assert not (tmp_path / "bursts.png").exists()


@pytest.mark.parametrize(
    ("words", "told", "code"),
    [
        (("--plot", "trends.gif"), "cannot write trends.gif: a picture's name ends in .png, .svg or .pdf", 1),
        (("--only", "best", "--plot", "best.png"), "a picture shows one of trends, top, years", 2),
        (("--only", "top", "--only", "years", "--plot", "both.png"), "a picture shows one of trends, top, years", 2),
    ],
)
def test_what_cannot_be_drawn_is_told(run, words, told, code):
    ran = run(*words)
    assert ran.exit_code == code
    assert told in " ".join(ran.stderr.split())


def test_facts_alone_are_counted_too(run):
    ran = run("exports/graph.ttl", "--format", "json")
    assert json.loads(ran.stdout)["linked"][0]["name"] == "TileFlow"


def test_an_empty_graph_is_told(run, tmp_path):
    (tmp_path / "empty.ttl").write_text("")
    ran = run("empty.ttl")
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "", "kgraph: the graph is empty\n")
    found = json.loads(run("empty.ttl", "--format", "json").stdout)
    assert not any(found.values())


def test_no_graph_is_one_line_and_exit_code_1(run):
    ran = run("nowhere")
    assert (ran.exit_code, ran.stderr) == (
        1,
        "kgraph: no graph in nowhere: run `kgraph build INPUT -o nowhere` first\n",
    )


def test_the_help_shows_how_it_is_typed_and_names_every_table():
    shown = CliRunner().invoke(kgraph, ["stats", "--help"]).stdout
    assert "\n  kgraph stats field --top 25\n" in shown
    assert all(name in shown for name in SECTIONS)
