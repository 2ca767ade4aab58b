"""Standard output that cannot take what is printed: closed, full, or read by somebody who has enough."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests import small_graph

FULL = Path("/dev/full")
EVERYTHING = "SELECT * { ?s ?p ?o }"
ROWS = ["query", "exports", EVERYTHING, "--rows", "0"]
COMMANDS = [
    ROWS,
    ["query", "exports", EVERYTHING, "--format", "csv"],
    ["query", "exports", "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }", "--format", "ttl"],
    ["stats", "exports"],
    ["validate", "exports"],
    ["--help"],
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("streams")
    small_graph.write(folder / "exports")
    return folder


def kgraph(arguments, folder, redirection):
    command = f'"$0" -m kgraph "$@" {redirection}'
    return subprocess.run(
        ["bash", "-c", command, sys.executable, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_disk_is_told_in_one_line(arguments, folder):
    ran = kgraph(arguments, folder, f"> {FULL}")
    assert (ran.returncode, ran.stderr) == (1, "kgraph: cannot write the output: no space left on device\n")


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_closed_output_is_no_problem(arguments, folder):
    assert "Traceback" not in kgraph(arguments, folder, ">&-").stderr
    assert "Traceback" not in kgraph(arguments, folder, "2>&-").stdout


@pytest.mark.parametrize("arguments", [ROWS, COMMANDS[1]], ids=" ".join)
def test_a_reader_who_has_enough_is_no_problem(arguments, folder):
    """As after ``| head -1``: the pipe is closed while more is to come than it holds."""
    facts = "".join(f"<https://example.org/{number}> a <https://example.org/Thing> .\n" for number in range(20_000))
    (folder / "many.ttl").write_text(facts)
    arguments = [arguments[0], "many.ttl", *arguments[2:]]
    ran = kgraph(arguments, folder, "| head -1; exit ${PIPESTATUS[0]}")
    assert (ran.returncode, ran.stderr) == (0, "")
