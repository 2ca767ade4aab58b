"""What an extraction depends on changes its fingerprint, and nothing that it imports is forgotten."""

import ast
from pathlib import Path

import pytest

import kgraph
from kgraph.errors import ReadError
from kgraph.extraction.fingerprint import CODE, fingerprint

ROOT = Path(kgraph.__file__).parent
UNINVOLVED = {"errors", "stages", "cache", "compiled"}
"""What is raised, passed on or kept; not what is found."""


def imported(file: Path) -> set[str]:
    """The modules of kgraph that a module imports, outside of ``if TYPE_CHECKING``."""
    found, waiting = set(), [ast.parse(file.read_text())]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kgraph."):
            found.add(node.module.split(".")[1])
        elif not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            waiting += ast.iter_child_nodes(node)
    return found - UNINVOLVED


def test_all_code_that_extraction_rests_on_is_in_it():
    waiting = [*(ROOT / "extraction").rglob("*.py")]
    known = set()
    while waiting:
        for name in imported(waiting.pop()) - known - {"extraction"}:
            known.add(name)
            waiting += [file] if (file := ROOT / f"{name}.py").exists() else (ROOT / name).rglob("*.py")
    assert sorted(f"{name}.py" for name in known) == sorted(CODE)


def test_a_configuration_and_the_files_it_names_are_in_it(tmp_path):
    (tmp_path / "own.ttl").write_text("one")
    (tmp_path / "own.cfg").write_text(f'vocabulary = {{"path":"{tmp_path / "own.ttl"}"}}')
    found = [fingerprint(None, ""), fingerprint(tmp_path / "own.cfg", "")]
    (tmp_path / "own.ttl").write_text("two")
    found.append(fingerprint(tmp_path / "own.cfg", ""))
    (tmp_path / "own.cfg").write_text("other = 1")
    found.append(fingerprint(tmp_path / "own.cfg", ""))
    assert len(set(found)) == 4


def test_each_file_of_a_model_is_in_it(tmp_path):
    (tmp_path / "weights").write_bytes(b"one")
    before = fingerprint(tmp_path, "")
    (tmp_path / "weights").write_bytes(b"two")
    assert fingerprint(tmp_path, "") != before


def test_a_configuration_that_is_gone_is_told(tmp_path):
    with pytest.raises(ReadError, match=r"no\.cfg: cannot be read: no such file"):
        fingerprint(tmp_path / "no.cfg", "")
