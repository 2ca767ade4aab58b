import hashlib
import json
import re
from importlib.metadata import requires, version

import pytest

import kgraph
from kgraph.errors import ExportError, KgraphError
from kgraph.exporters.manifest import LIBRARIES, build_time, write_manifest


def manifest_of(folder, **changes):
    (folder / "tables").mkdir(parents=True)
    (folder / "graph.ttl").write_bytes(b"<a> <b> <c> .")
    (folder / "tables" / "papers.parquet").write_bytes(b"PAR1")
    given = {
        "files": [folder / "tables" / "papers.parquet", folder / "graph.ttl"],
        "inputs": [
            {"name": "b.txt", "sha256": "22"},
            {"name": "a.txt", "sha256": "33"},
            {"name": "a.txt", "sha256": "11"},
        ],
        "settings": {"strict": False, "base_iri": "https://example.org/"},
        "counts": {"papers": 2},
    }
    return json.loads(write_manifest(folder, **(given | changes)).read_text())


def test_a_manifest_holds_versions_inputs_settings_counts_and_hashes(tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    found = manifest_of(tmp_path)
    assert list(found) == ["kgraph", "built", "python", "libraries", "inputs", "settings", "counts", "files"]
    assert (found["kgraph"], found["built"]) == (kgraph.__version__, "2023-11-14T22:13:20+00:00")
    assert found["libraries"]["networkx"] == version("networkx")
    assert [(source["name"], source["sha256"]) for source in found["inputs"]] == [
        ("a.txt", "11"),
        ("a.txt", "33"),
        ("b.txt", "22"),
    ]
    assert found["settings"] == {"strict": False, "base_iri": "https://example.org/"}
    assert found["counts"] == {"papers": 2}
    assert found["files"] == {
        "graph.ttl": {"sha256": hashlib.sha256(b"<a> <b> <c> .").hexdigest(), "bytes": 13},
        "tables/papers.parquet": {"sha256": hashlib.sha256(b"PAR1").hexdigest(), "bytes": 4},
    }


def test_the_same_build_at_another_time_differs_in_one_place_only(tmp_path, monkeypatch):
    found = []
    for number, seconds in enumerate(("0", "1700000000")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
        manifest_of(tmp_path / str(number))
        found.append((tmp_path / str(number) / "manifest.json").read_text().splitlines())
    assert [(left, right) for left, right in zip(*found, strict=True) if left != right] == [
        ('  "built": "1970-01-01T00:00:00+00:00",', '  "built": "2023-11-14T22:13:20+00:00",')
    ]


def test_without_a_set_time_it_is_now_in_utc(monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", build_time())


@pytest.mark.parametrize("wrong", ["", "soon", "1e9", "9" * 30])
def test_a_time_that_is_none_is_told_in_one_sentence(wrong, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
    with pytest.raises(KgraphError, match=r"^SOURCE_DATE_EPOCH is .*: set it to whole seconds since 1970"):
        build_time()


def test_a_file_that_is_gone_is_told(tmp_path):
    with pytest.raises(ExportError, match=r"none\.ttl: it is gone"):
        manifest_of(tmp_path, files=[tmp_path / "none.ttl"])


def test_the_libraries_are_ones_that_kgraph_requires():
    required = {re.split(r"[^\w-]", name)[0].lower() for name in requires("kgraph") or ()}
    assert set(LIBRARIES) <= required
