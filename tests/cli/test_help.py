"""What ``--help`` shows, of every command."""

import pytest
from click.testing import CliRunner

from kgraph.cli import COMMANDS, kgraph


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("width", [60, 100])
def test_the_help_of_a_command_shows_how_it_is_typed(name, width):
    ran = CliRunner().invoke(kgraph, [name, "--help"], terminal_width=width)
    lines = ran.stdout.splitlines()
    assert ran.exit_code == 0
    assert any(line.startswith(f"  kgraph {name} ") or line == f"  kgraph {name}" for line in lines), "no example"
    assert "\\b" not in ran.stdout, "click's mark of a block that keeps its lines has become text"
    assert all(len(line) <= width for line in lines if not line.startswith(("  kgraph ", "Usage")))
