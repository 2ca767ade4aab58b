"""``kgraph ask``, as one types it."""

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests import small_graph


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs ``kgraph ask`` in a folder that holds a build in exports/."""
    small_graph.write(tmp_path / "exports")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    for name in ("COLUMNS", "KGRAPH_LLM_URL", "KGRAPH_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    return lambda *words: CliRunner().invoke(kgraph, ["ask", *words])


def test_the_question_the_sparql_and_the_answer_are_shown(run):
    ran = run("which methods run on GPUs?")
    assert ran.exit_code == 0
    assert ran.stderr.startswith("kgraph: methods-on hardware=GPUs\n# Which methods and software run on")
    assert "VALUES ?hardware { <https://w3id.org/kgraph/id/hardware/gpu> }" in ran.stderr
    assert "TileFlow" in ran.stdout


def test_quotes_may_be_left_out_and_a_graph_named(run):
    assert run("which", "methods", "run", "on", "GPUs").stdout == run("exports", "which methods run on GPUs?").stdout


def test_only_the_sparql_where_asked(run):
    ran = run("--sparql", "which methods run on GPUs?")
    assert ran.stdout.startswith("# Which methods and software")
    assert "TileFlow" not in ran.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("why is the sky blue?",), 1, "kgraph: 'why is the sky blue?' is not understood. Try: "),
        (("which methods run on toasters?",), 1, "kgraph: the graph has no hardware called 'toasters'. Try: "),
        ((), 2, "what is the question?"),
        (("--llm", "http://127.0.0.1:9/v1", "hm?"), 2, "--llm needs --model NAME"),
        (("--llm", "http://127.0.0.1:9/v1", "--model", "m", "hm?"), 1, "kgraph: the language model at"),
    ],
)
def test_a_problem_is_one_line(run, words, code, message):
    ran = run(*words)
    assert ran.exit_code == code
    assert message in ran.stderr
    assert "Traceback" not in ran.stderr
