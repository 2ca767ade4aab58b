"""Versions of a build's folder: whole or not there, whatever stops the writer."""

import json
import os
import subprocess
import sys

import pytest

from kgraph.errors import ExportError, KgraphError, ReadError
from kgraph.store import commit, locked, snapshot_of, staged, versions
from kgraph.store.versions import KEPT

TABLES = ("entities", "facts", "mentions", "papers", "relations", "results")
FILES = ("graph.ttl", "manifest.json", *(f"tables/{name}.parquet" for name in TABLES))
OWNER = """
import pathlib, sys, time
from kgraph.store import locked
with locked(pathlib.Path(sys.argv[1])):
    print(flush=True)
    time.sleep(60)
"""


def write(folder, content, *, built="today"):
    """A version of which every file holds the content."""
    with locked(folder), staged(folder) as place:
        for name in FILES:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(content)
        (place / "manifest.json").write_text(json.dumps({"built": built, "files": content}))
        commit(folder, {"content": content})


def holds(folder):
    """What the files of the folder hold, each thing once."""
    found = {(folder / name).read_text() for name in FILES if name != "manifest.json"}
    return found | {json.loads((folder / "manifest.json").read_text())["files"]}


def test_a_version_stands_in_the_folder_and_is_remembered(tmp_path):
    write(tmp_path / "new", "one")
    [version] = versions(tmp_path / "new")
    assert (version.number, snapshot_of(version), holds(tmp_path / "new")) == (1, {"content": "one"}, {"one"})
    assert (version.path / "tables" / "facts.parquet").read_text() == "one"
    assert not (version.path / "files").exists()


def test_an_older_version_keeps_its_tables_when_the_folder_has_others(tmp_path):
    write(tmp_path, "one")
    write(tmp_path, "two")
    old, new = versions(tmp_path)
    assert [(v.path / "tables" / "facts.parquet").read_text() for v in (old, new)] == ["one", "two"]
    assert holds(tmp_path) == {"two"}


def test_the_same_again_is_no_version_but_mends_the_folder(tmp_path):
    write(tmp_path, "one")
    (tmp_path / "graph.ttl").unlink()
    write(tmp_path, "one", built="tomorrow")
    assert [version.number for version in versions(tmp_path)] == [1]
    assert holds(tmp_path) == {"one"}


def test_only_so_many_versions_are_kept(tmp_path):
    for number in range(KEPT + 3):
        write(tmp_path, str(number))
    assert [version.number for version in versions(tmp_path)] == list(range(4, KEPT + 4))


def test_what_is_not_committed_leaves_nothing(tmp_path):
    write(tmp_path, "one")
    with locked(tmp_path), staged(tmp_path) as place:
        place.mkdir(parents=True)
        (place / "graph.ttl").write_text("two")
    assert holds(tmp_path) == {"one"}
    assert not (tmp_path / ".store" / "next").exists()


def test_a_move_that_was_cut_off_is_finished_by_the_next_command(tmp_path, monkeypatch):
    write(tmp_path, "one")
    replace, moved = os.replace, []

    def break_off(source, target):
        if "files" in str(source) and len(moved) == 3:
            raise OSError(5, "Input/output error", str(target))
        moved.append(target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", break_off)
    with pytest.raises(ExportError, match="input/output error"):
        write(tmp_path, "two")
    monkeypatch.undo()
    assert holds(tmp_path) == {"one", "two"}  # each file whole, the manifest the old one
    assert json.loads((tmp_path / "manifest.json").read_text())["files"] == "one"
    with locked(tmp_path):
        assert holds(tmp_path) == {"two"}
    assert snapshot_of(versions(tmp_path)[-1]) == {"content": "two"}


def test_a_snapshot_of_which_a_byte_flipped_is_noticed(tmp_path):
    write(tmp_path, "one")
    [version] = versions(tmp_path)
    content = bytearray((version.path / "snapshot").read_bytes())
    content[-2] ^= 1
    (version.path / "snapshot").write_bytes(content)
    with pytest.raises(ReadError, match="snapshot: it is damaged"):
        snapshot_of(version)


def test_two_cannot_write_at_once(tmp_path):
    with locked(tmp_path), pytest.raises(KgraphError, match="is being written by another kgraph"), locked(tmp_path):
        pass
    with locked(tmp_path):
        pass


def test_a_lock_dies_with_its_owner(tmp_path):
    owner = subprocess.Popen([sys.executable, "-c", OWNER, tmp_path], stdout=subprocess.PIPE)
    try:
        assert owner.stdout.readline()
        with pytest.raises(KgraphError, match="another kgraph"), locked(tmp_path):
            pass
    finally:
        owner.kill()
        owner.communicate()
    with locked(tmp_path):
        pass


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=r"cannot write .*file"), locked(tmp_path / "file" / "exports"):
        pass


def test_git_is_told_to_leave_the_store_alone(tmp_path):
    write(tmp_path, "one")
    assert (tmp_path / ".store" / ".gitignore").read_text() == "*\n"
