"""A build on the disk: the same files, to the byte, but for those that show the graph as a whole."""

import json
from pathlib import Path

import pytest

from kgraph import building
from kgraph.errors import ReadError
from kgraph.pipeline import build, remove
from kgraph.readers.reading import Reading
from kgraph.snapshot import Request, Snapshot, recall, to_snapshot_record

AS_A_WHOLE = {"graph.html", "graph.graphml", "graph.json"}


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".store" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def papers(tmp_path) -> Path:
    """Papers, of which one comes annotated."""
    told = [
        {
            "id": f"2401.0000{number}",
            "title": f"FastConv-{number} on an FPGA",
            "abstract": f"We propose FastConv-{number}, which runs on an FPGA and is {number}x faster than an A100.",
        }
        for number in range(1, 5)
    ]
    told[0]["entities"] = [{"name": "FastConv-1", "type": "Method", "role": "proposes", "mentions": []}]
    (tmp_path / "papers.jsonl").write_text("".join(json.dumps(paper) + "\n" for paper in told))
    return tmp_path / "papers.jsonl"


def test_the_files_are_those_of_a_build_in_memory(papers, tmp_path):
    whole, large = (build([papers], tmp_path / str(on_disk), on_disk=on_disk) for on_disk in (False, True))
    assert (whole.graph is None, large.graph is None, whole.counted == large.counted) == (False, True, True)
    one, other = files(tmp_path / "False"), files(tmp_path / "True")
    assert one.keys() - other.keys() == AS_A_WHOLE
    accounts = {"manifest.json", "report.md"}
    assert [name for name in other.keys() - accounts if one[name] != other[name]] == []
    assert b"assembled on the disk" in other["report.md"]


def test_files_that_a_version_has_no_more_leave_the_folder_and_strange_ones_stay(papers, tmp_path):
    build([papers], tmp_path / "out", on_disk=False)
    (tmp_path / "out" / "notes.txt").touch()
    build([papers], tmp_path / "out", on_disk=True)
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert not names & AS_A_WHOLE
    assert "notes.txt" in names
    build([papers], tmp_path / "out", on_disk=False)
    assert {path.name for path in (tmp_path / "out").iterdir()} >= AS_A_WHOLE


def test_a_paper_withdrawn_from_a_build_on_the_disk_leaves_it_there(papers, tmp_path):
    build([papers], tmp_path / "out", on_disk=True)
    built = remove(["2401.00001", "2401.00002"], tmp_path / "out")
    assert (built.graph, built.counted.nodes["paper"]) == (None, 2)


@pytest.mark.parametrize("change", [
    lambda record: {name: told for name, told in record.items() if name != "format"},
    lambda record: record | {"format": 0},
    lambda record: {name: told for name, told in record.items() if name != "notes"},
    lambda record: record | {"request": record["request"] | {"colour": "red"}},
])  # fmt: skip
def test_a_snapshot_of_another_kgraph_is_told(change, tmp_path):
    record = to_snapshot_record(Snapshot(Request(), Reading([], [], [], [], [])))
    assert recall(record, str(tmp_path)) == Snapshot(Request(), Reading([], [], [], [], []))
    with pytest.raises(ReadError, match="made by another kgraph: run `kgraph build`"):
        recall(change(record), str(tmp_path))


def test_many_papers_are_assembled_on_the_disk_unasked(papers, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "LARGE", 3)
    assert build([papers], tmp_path / "out").graph is None
    assert build([papers], tmp_path / "out", on_disk=False).graph is not None


def test_what_no_version_was_made_with_is_forgotten(papers, tmp_path):
    build([papers], tmp_path / "out")
    parts = tmp_path / "out" / ".store" / "parts"
    [old] = (path for path in parts.iterdir() if not path.name.startswith("given-"))
    old.rename(parts / f"{'0' * 16}{old.name[16:]}")
    build([papers], tmp_path / "out")
    assert {path.name.partition("-")[0] for path in parts.iterdir()} == {"given", old.name.partition("-")[0]}


def test_a_store_of_ones_own_is_found_again_from_elsewhere_and_never_tidied(papers, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    build([papers], tmp_path / "out", store="kept")
    (tmp_path / "kept" / f"{'0' * 16}-{'0' * 64}.parquet").touch()
    monkeypatch.chdir("/")
    assert remove(["2401.00002"], tmp_path / "out").counted.nodes["paper"] == 3
    assert len(list((tmp_path / "kept").iterdir())) == 3
    assert not (tmp_path / "out" / ".store" / "parts").exists()
