"""The examples of the README and of docs/ are tests: commands run, and print what the page says.

In a ``console`` block each line that begins with ``$`` is run, in a folder that holds
``papers.txt`` (the examples) and whatever earlier commands of the page left; what follows is its
output, where ``...`` stands for anything. ``python`` blocks with prompts are doctests in the same
folder. ``make pages`` writes the outputs anew.
"""

from __future__ import annotations

import os
import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from sybil import Example, Sybil
from sybil.integration.pytest import SybilItem
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser

from tests import console

collect_ignore_glob = [] if find_spec("torch") else ["kgraph/training/*.py"]  # needs kgraph[train]


def enter(namespace: dict[str, Any]) -> None:
    namespace["_before"] = Path.cwd()
    namespace["_folder"] = folder = console.make_folder()
    os.chdir(folder)


def leave(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_before"])
    shutil.rmtree(namespace["_folder"], ignore_errors=True)


def run_console(example: Example) -> str | None:
    """What a command printed beside what the page says; None where they agree."""
    found = console.commands(str(example.parsed))
    assert found, "a console block without a command"
    for command, wanted in found:
        got = console.run(command, example.namespace["_folder"])
        if not console.agrees(wanted, got):
            return f"$ {command}\n--- the page says\n{wanted}\n--- it prints\n{got}"
    return None


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser(language="console", evaluator=run_console),
        PythonCodeBlockParser(doctest_optionflags=console.FLAGS),
        SkipParser(),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=enter,
    teardown=leave,
).pytest()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A page is read from top to bottom, whatever the order of the tests."""
    items.sort(key=lambda item: (str(item.path), item.example.line) if isinstance(item, SybilItem) else ("", 0))
