"""``kgraph validate``, as one types it."""

import json

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests import small_graph


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``kgraph validate`` in a folder that holds a good build in exports/ and a bad one in bad/."""
    small_graph.write(tmp_path / "exports")
    bad = small_graph.write(tmp_path / "bad") / "graph.ttl"
    bad.write_text(
        bad.read_text().replace('dcterms:title "A survey of chips" ;', "").replace('"2025"^^xsd:gYear', '"2025"')
    )
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)
    return lambda *words: CliRunner().invoke(kgraph, ["validate", *words])


def test_a_good_graph_is_told_so(run):
    ran = run()
    assert (ran.exit_code, ran.stdout, ran.stderr) == (0, "exports is as its shapes say\n", "")
    assert json.loads(run("--format", "json").stdout) == []


def test_findings_are_a_readable_list_and_exit_code_1(run):
    ran = run("bad")
    assert ran.exit_code == 1
    rows = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert any(row.endswith('as exact as known paper:flowkit-toolkit dcterms:issued "2025"') for row in rows)
    assert "a paper has one title, and it is text paper:survey-of-chips dcterms:title" in rows
    assert ran.stderr == "kgraph: 4 findings in bad\n"  # the survey's mentions stand in no text either


def test_what_is_left_out_is_told(run):
    ran = run("bad", "--rows", "1")
    assert ran.stderr == "kgraph: 4 findings in bad, of which 1 are shown: --rows 0 shows all\n"
    assert "survey" not in ran.stdout


def test_json_has_every_finding(run):
    ran = run("bad", "--format", "json", "--rows", "1")
    assert ran.exit_code == 1
    assert [finding["severity"] for finding in json.loads(ran.stdout)] == ["Violation"] * 4


def test_no_graph_and_a_damaged_one_are_one_line(run, tmp_path):
    assert run("nowhere").stderr.startswith("kgraph: no graph in nowhere: run")
    (tmp_path / "damaged.ttl").write_text("<a")
    ran = run("damaged.ttl")
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert ran.stderr.startswith("kgraph: damaged.ttl:1: it is no Turtle or damaged")


def test_the_help_shows_how_it_is_typed():
    assert (
        "\n  kgraph validate field/graph.ttl --format json\n"
        in CliRunner().invoke(kgraph, ["validate", "--help"]).stdout
    )
