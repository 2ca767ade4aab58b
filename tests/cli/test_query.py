"""``kgraph query``, as one types it."""

import json
import re

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests import small_graph


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``kgraph query`` in a folder that holds a build in exports/."""
    small_graph.write(tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("COLUMNS", raising=False)

    def query(*words, stdin=None):
        return CliRunner().invoke(kgraph, ["query", *words], input=stdin)

    return query


TITLES = "SELECT ?title { ?paper kg:runsOn hardware:nvidia-a100 ; dcterms:title ?title }"


@pytest.mark.parametrize(
    "words",
    [
        (TITLES,),
        ("exports", TITLES),
        ("exports/graph.ttl", TITLES),
        ("--file", "q.rq"),
        ("exports", "--file", "q.rq"),
        ("-",),
        ("exports", "-"),
        ("--file", "-"),
    ],
)
def test_a_query_comes_from_an_argument_a_file_or_standard_input(run, tmp_path, words):
    (tmp_path / "q.rq").write_text(TITLES)
    ran = run(*words, stdin=TITLES)
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "TileFlow: attention by tiles" in ran.stdout


def test_a_table_shows_short_names_and_is_not_cut_outside_of_a_terminal(run):
    ran = run("SELECT ?paper ?abstract ?n { ?paper dcterms:abstract ?abstract ; kg:authorCount|kg:uses ?n }")
    assert "paper:survey-of-chips" in ran.stdout
    assert 'Chips from NVIDIA, a GPU "family" {and more} above all, are compared.' in ran.stdout
    assert "hardware:gpu" in ran.stdout


def test_a_table_is_as_wide_as_the_terminal(run, monkeypatch):
    monkeypatch.setenv("COLUMNS", "50")
    ran = run("SELECT ?paper ?abstract { ?paper dcterms:abstract ?abstract }")
    lines = ran.stdout.splitlines()
    assert max(map(len, lines)) <= 50
    assert "are compared." in re.sub(r"\s+", " ", " ".join(lines))


def test_what_a_graph_holds_has_no_effect_on_the_terminal(run, tmp_path):
    (tmp_path / "hostile.ttl").write_text(r'<http://a/> <http://b/> "[red]x[/red] \u001B[31m\u202Egnp" .')
    ran = run("hostile.ttl", "SELECT ?o { ?s ?p ?o }")
    assert "[red]x[/red]  [31m gnp" in ran.stdout
    assert "\x1b" not in ran.stdout


def test_rows_left_out_are_told(run):
    ran = run("SELECT ?paper { ?paper a kg:Paper }", "--rows", "1")
    assert ran.stdout.count("paper:") == 1
    assert ran.stderr == "kgraph: 1 of 4 rows shown: --rows 0 shows all, --format csv writes all\n"
    assert run("SELECT ?paper { ?paper a kg:Paper }", "--rows", "0").stdout.count("paper:") == 4


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_no_rows_are_told(run, form):
    ran = run("SELECT ?x { ?x kg:uses dataset:longtext }", "--format", form)
    assert (ran.exit_code, ran.stderr) == (0, "kgraph: no rows\n")


def test_formats_for_programs(run):
    assert run(TITLES, "--format", "csv").stdout_bytes == b"title\r\nTileFlow: attention by tiles\r\n"
    assert run(TITLES, "--format", "tsv").stdout_bytes == b'?title\n"TileFlow: attention by tiles"\n'
    bindings = json.loads(run(TITLES, "--format", "json").stdout)["results"]["bindings"]
    assert bindings == [{"title": {"type": "literal", "value": "TileFlow: attention by tiles"}}]
    assert 'skos:prefLabel "FPGA"' in run("DESCRIBE hardware:fpga").stdout
    assert run("DESCRIBE hardware:fpga").stdout == run("DESCRIBE hardware:fpga", "--format", "ttl").stdout
    assert run("DESCRIBE hardware:x").stderr.endswith("kgraph: no triples\n")


def test_ask_is_answered_in_a_word(run):
    assert run("ASK { ?paper kg:runsOn hardware:nvidia-a100 }").stdout == "true\n"
    assert run("ASK { FILTER(false) }").stdout == "false\n"
    assert run("ASK { FILTER(false) }", "--format", "csv").stdout == "false\n"


def test_a_named_question_takes_its_parameters(run):
    ran = run("--named", "runs-on", "hardware=A100", "year=2024")
    assert (ran.exit_code, ran.stderr) == (0, "")
    assert "NVIDIA A100" in ran.stdout
    assert ran.stdout == run("exports", "--named", "runs-on", "hardware=hardware:nvidia-a100").stdout


def test_the_list_names_every_question_and_what_it_takes(run):
    ran = run("--list")
    assert re.search(r"runs-on +Which papers run on a piece of hardware.* +hardware: Hardware", ran.stdout)
    listed = json.loads(run("--list", "--format", "json").stdout)
    assert {question["name"] for question in listed} >= {"runs-on", "top", "evidence"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("SELECT * { ?s ex:p ?o }",), "kgraph: the query cannot be read at line 1, column 15: the prefix ex: is not"),
        (("SELECT * { SERVICE <http://127.0.0.1/> {} }",), "kgraph: the query calls another service"),
        (("nowhere", "ASK {}"), "kgraph: no graph in nowhere: run `kgraph build INPUT -o nowhere` first"),
        (("--file", "no.rq"), "kgraph: no.rq: the query cannot be read: no such file or directory"),
        (("--file", "exports"), "kgraph: exports: the query cannot be read: is a directory"),
        (("--named", "run-on"), "kgraph: no question is named 'run-on': did you mean runs-on?"),
        (("--named", "runs-on"), "kgraph: the question runs-on needs hardware"),
        (("DESCRIBE hardware:fpga", "--format", "csv"), "kgraph: CONSTRUCT and DESCRIBE give triples"),
        (("-",), "kgraph: the query is empty"),
    ],
)
def test_a_problem_is_one_line_and_exit_code_1(run, words, message):
    ran = run(*words)
    assert ran.exit_code == 1
    assert ran.stderr.startswith(message)
    assert "Traceback" not in ran.stderr


def test_a_fault_is_shown_with_a_caret(run):
    assert run("SELECT * {\n  ?s kg:uses }").stderr.splitlines()[1:] == ["      ?s kg:uses }", " " * 17 + "^"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "give a query"),
        (("exports",), "exports is a graph: what is the query?"),
        (("a", "b", "c"), "give a query"),
        (("--named", "top", "--file", "q.rq"), "two questions"),
        (("--named", "top", "exports", "stray"), "'stray' is no parameter: write key=value."),
        (("exports", "ASK {}", "--file", "q.rq"), "--file holds the query"),
    ],
)
def test_wrong_usage_is_exit_code_2(run, words, message):
    ran = run(*words)
    assert ran.exit_code == 2
    assert message in ran.stderr


def test_a_name_nobody_knows_is_told_and_the_query_runs(run):
    ran = run("SELECT * { ?paper kg:runOn ?x }")
    assert ran.exit_code == 0
    assert ran.stderr == "kgraph: kg:runOn is not in the ontology: did you mean kg:runsOn?\nkgraph: no rows\n"


def test_a_query_file_that_is_no_text_is_told(run, tmp_path):
    (tmp_path / "q.rq").write_bytes(b"\xff\xfe\x00")
    ran = run("--file", "q.rq")
    assert (ran.exit_code, ran.stderr) == (1, "kgraph: q.rq: the query cannot be read: it is not UTF-8\n")


def test_the_help_shows_how_it_is_typed():
    assert "\n  kgraph query --list\n" in CliRunner().invoke(kgraph, ["query", "--help"]).stdout


def test_names_stand_beside_addresses_where_asked(run):
    ran = run("SELECT ?h { paper:2401.00001 kg:runsOn ?h }", "--labels", "--format", "csv")
    assert ran.stdout_bytes.decode() == "h,hLabel\r\nhttps://w3id.org/kgraph/id/hardware/nvidia-a100,NVIDIA A100\r\n"


def test_markdown_holds_no_marks_but_its_own(run, tmp_path):
    (tmp_path / "odd.ttl").write_text('<http://a/> <http://b/> "a | b *c*" .')
    ran = run("odd.ttl", "SELECT ?o ?p { ?s ?p ?o }", "--format", "md")
    assert ran.stdout.splitlines()[:2] == ["| o | p |", "| --- | --- |"]
    assert r"| a \| b \*c\* |" in ran.stdout


def test_xml_is_the_w3cs(run):
    assert '<sparql xmlns="http://www.w3.org/2005/sparql-results#">' in run(TITLES, "--format", "xml").stdout


def test_explain_shows_the_query_and_counts_its_patterns(run):
    ran = run("--named", "runs-on", "hardware=A100", "--explain")
    assert ran.exit_code == 0
    assert "PREFIX kg: <https://w3id.org/kgraph/ontology#>" in ran.stdout
    assert "VALUES ?hardware { <https://w3id.org/kgraph/id/hardware/nvidia-a100> }" in ran.stdout
    assert re.search(r"4 +\?paper dcterms:title \?title", ran.stdout)


def test_a_query_for_a_data_set_is_told_that_there_is_one_graph(run):
    ran = run("SELECT * FROM <http://example.org/> { ?s ?p ?o }")
    assert ran.stderr.startswith("kgraph: kgraph has one graph, which every query asks: leave FROM and GRAPH out")
