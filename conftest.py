"""The examples of the README and of docs/ are tests: commands run, and print what the page says.

In a ``console`` block each line that begins with ``$`` is run, in a folder that holds
``papers.txt`` (the examples) and whatever earlier commands of the page left; what follows is its
output, where ``...`` stands for anything. ``python`` blocks with prompts are doctests in the same
folder.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

ROOT = Path(__file__).parent
collect_ignore_glob = [] if find_spec("torch") else ["kgraph/training/*.py"]  # needs kgraph[train]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
ENVIRONMENT = {
    "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    "COLUMNS": "100",
    "NO_COLOR": "1",
    "SOURCE_DATE_EPOCH": "0",
}


def enter(namespace: dict[str, Any]) -> None:
    namespace["_before"] = Path.cwd()
    namespace["_folder"] = folder = Path(tempfile.mkdtemp(prefix="kgraph-docs-"))
    shutil.copy(ROOT / "examples" / "papers.txt", folder)
    os.chdir(folder)


def leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_before"])
    shutil.rmtree(namespace["_folder"], ignore_errors=True)


def run_console(example: Example) -> str | None:
    """What a command printed beside what the page says; None where they agree."""
    commands = re.findall(r"^\$ (.+(?:\n> .+)*)\n((?:(?!\$ ).*\n?)*)", str(example.parsed) + "\n", re.MULTILINE)
    assert commands, "a console block without a command"
    for command, wanted in commands:
        ran = subprocess.run(
            ["bash", "-c", command.replace("\n> ", "\n")],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
            env=os.environ | ENVIRONMENT,
        )
        got = ran.stdout
        checker = doctest.OutputChecker()
        if not checker.check_output(wanted.strip() + "\n", got.strip() + "\n", FLAGS):
            return f"$ {command}\n--- the page says\n{wanted}\n--- it prints (exit {ran.returncode})\n{got}"
    return None


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=run_console),
        PythonCodeBlockParser(doctest_optionflags=FLAGS),
        SkipParser(),
    ],
    patterns=["README.md", "docs/**/*.md"],
    setup=enter,
    teardown=leave,
).pytest()
