"""``console`` blocks of the documentation: run them, compare, or write what they print into the page.

``python -m tests.console README.md docs/guide/*.md`` runs the blocks of the pages from top to bottom
and writes what its commands print into each that says something else.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
COMMAND = re.compile(r"^\$ (?P<command>.+(?:\n> .+)*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.MULTILINE)
BLOCK = re.compile(r"^```console\n(?P<block>[\s\S]*?)^```$", re.MULTILINE)
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "COLUMNS": "100",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "SOURCE_DATE_EPOCH": "0",
}


def make_folder() -> Path:
    """A folder as the pages assume it: the examples are in it, as ``papers.txt``."""
    folder = Path(tempfile.mkdtemp(prefix="kgraph-docs-"))
    shutil.copy(ROOT / "examples" / "papers.txt", folder)
    return folder


def commands(block: str) -> list[tuple[str, str]]:
    """Each command of a block and the output that the page gives it."""
    return [(match["command"], match["output"]) for match in COMMAND.finditer(block.rstrip("\n") + "\n")]


def run(command: str, folder: Path) -> str:
    """What the command prints to the terminal, in order."""
    ran = subprocess.run(
        ["bash", "-c", command.replace("\n> ", "\n")],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
        cwd=folder,
        env=os.environ | ENVIRONMENT,
    )
    return "\n".join(line.rstrip() for line in ran.stdout.splitlines()).strip("\n") + "\n"


def agrees(wanted: str, got: str) -> bool:
    return doctest.OutputChecker().check_output(wanted.strip() + "\n", got.strip() + "\n", FLAGS)


def refreshed(text: str, folder: Path) -> str:
    """The page with what its commands print now."""

    def block(match: re.Match[str]) -> str:
        lines = []
        for command, wanted in commands(match["block"]):
            got = run(command, folder)
            lines.append(f"$ {command}\n{wanted if agrees(wanted, got) else got}")
        return "```console\n" + "".join(lines).rstrip("\n") + "\n```"

    return BLOCK.sub(block, text)


def main(paths: list[str]) -> None:
    for path in map(Path, paths):
        folder = make_folder()
        text = path.read_text(encoding="utf-8")
        path.write_text(refreshed(text, folder), encoding="utf-8")
        shutil.rmtree(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
