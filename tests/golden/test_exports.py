"""``exports/`` is what ``make demo`` gives, to the byte."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
EXPORTS = ROOT / "exports"
RENEW = "if the change is meant: make demo, look at the diff, and commit exports/"
# What a library's version may change without a change of ours.
VERSIONED = {"graph.html", "manifest.json"}


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "exports"
    command = [sys.executable, "-m", "kgraph", "build", "examples/papers.txt", "-o", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=os.environ | {"SOURCE_DATE_EPOCH": "0"})
    return folder


def files(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder): path for path in folder.rglob("*") if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in found.items() if not name.parts[0].startswith(".")}


def manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text())


def test_the_files_are_those_of_a_build(built):
    assert sorted(files(EXPORTS)) == sorted(files(built))


def test_the_bytes_are_those_of_a_build(built):
    same_libraries = manifest(EXPORTS)["libraries"] == manifest(built)["libraries"]
    kept, made = files(EXPORTS), files(built)
    compared = [
        name
        for name in sorted(kept)
        if name != "manifest.json" and (same_libraries or not (name in VERSIONED or name.endswith(".parquet")))
    ]
    assert len(compared) >= 6
    assert [name for name in compared if kept[name] != made[name]] == [], RENEW


def test_the_manifest_says_so(built):
    kept, made = manifest(EXPORTS), manifest(built)
    for key in ("kgraph", "built", "inputs", "settings", "counts"):
        assert kept[key] == made[key], RENEW
