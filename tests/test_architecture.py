"""The rules of the design that no reader should have to check by eye."""

import re
import subprocess
import sys
from pathlib import Path

import kgraph

ROOT = Path(kgraph.__file__).parents[1]
HEAVY = (
    "spacy",
    "duckdb",
    "distributed",
    "rdflib",
    "pyoxigraph",
    "networkx",
    "pandas",
    "pyarrow",
    "pyvis",
    "numpy",
    "scipy",
    "rich",
)


def modules_after(code: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after running the code."""
    show = "import sys; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    ran = subprocess.run([sys.executable, "-c", f"{code}\n{show}"], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_importing_kgraph_loads_nothing_heavy():
    assert modules_after("import kgraph").isdisjoint({*HEAVY, "click"})


def test_public_names_are_offered_before_they_are_loaded():
    offered = subprocess.run(
        [sys.executable, "-c", "import kgraph; print(*dir(kgraph))"], capture_output=True, text=True, check=True
    ).stdout.split()
    assert offered == sorted(kgraph.__all__)
    assert all(getattr(kgraph, name) for name in offered)


def test_the_help_loads_nothing_heavy():
    code = "from click.testing import CliRunner; from kgraph.cli import kgraph; CliRunner().invoke(kgraph, ['--help'])"
    assert modules_after(code).isdisjoint(HEAVY)


def test_the_command_line_prints_and_the_library_does_not():
    printing = re.compile(r"(?<![\w.])print\(")
    found = [
        str(path.relative_to(ROOT))
        for path in sorted((ROOT / "kgraph").rglob("*.py"))
        if printing.search(re.sub(r'"""[\s\S]*?"""', "", path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing():
    empty = {"utils", "util", "helpers", "helper", "common", "base", "manager", "handler", "misc"}
    assert {path.stem for path in (ROOT / "kgraph").rglob("*.py")}.isdisjoint(empty)


def test_no_file_has_grown_beyond_reading():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (ROOT / "kgraph").rglob("*.py")
    }
    assert len(lengths) > 20
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_the_architecture_names_every_part_of_the_package_and_nothing_else():
    told = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("## Where things live")[2]
    table = told.partition("Beside the package")[0]
    named = set(re.findall(r"`(\w+(?:\.py|/))`", "".join(re.findall(r"^\|([^|]+)\|", table, re.MULTILINE))))
    parts = {f"{path.name}/" if path.is_dir() else path.name for path in (ROOT / "kgraph").iterdir()}
    assert named == {part for part in parts if not part.startswith(("__", "."))} - {"py.typed"}
