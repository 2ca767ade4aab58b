import errno
import io
import os
import stat
from pathlib import Path

import pytest

import kgraph.files
from kgraph.errors import ExportError, GraphNotFound
from kgraph.files import graph_files, whole, write_whole


def test_a_file_appears_with_all_its_bytes_in_folders_made_for_it(tmp_path):
    path = write_whole(tmp_path / "a" / "b" / "c.txt", "häuser\n")
    assert path.read_bytes() == "häuser\n".encode()
    assert [entry.name for entry in path.parent.iterdir()] == ["c.txt"]


def test_what_fails_half_way_leaves_the_old_file_and_nothing_else(tmp_path):
    path = write_whole(tmp_path / "a.txt", "old")

    def fails():
        with whole(path) as stream:
            stream.write(b"new, but")
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        fails()
    assert path.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_readers_see_the_old_file_until_the_new_one_is_whole(tmp_path):
    path = write_whole(tmp_path / "a.txt", "old")
    with whole(path) as stream:
        stream.write(b"new")
        stream.flush()
        assert path.read_text() == "old"
    assert path.read_text() == "new"


def test_the_mask_of_the_process_decides_who_may_read(tmp_path):
    before = os.umask(0o027)
    try:
        path = write_whole(tmp_path / "a.txt", "x")
        assert os.umask(0o027) == 0o027
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_system_that_refuses_is_told_in_one_sentence(tmp_path):
    write_whole(tmp_path / "file", "x")
    with pytest.raises(ExportError, match=r"^cannot write .*file/a.txt: (not a directory|file exists)$"):
        write_whole(tmp_path / "file" / "a.txt", "y")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError, match=r"folder: is a directory$"):
        write_whole(tmp_path / "folder", "y")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["file", "folder"]


def test_what_the_block_fails_at_is_not_taken_for_the_file(tmp_path):
    def reads():
        with whole(tmp_path / "a.txt") as stream:
            stream.write((tmp_path / "no.txt").read_bytes())

    with pytest.raises(FileNotFoundError, match=r"no\.txt"):
        reads()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is full")
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_what_the_disk_refuses_while_the_block_writes_is_told_of_the_file(tmp_path, monkeypatch, size):
    monkeypatch.setattr(kgraph.files, "_File", lambda _, path: Full(path))
    with pytest.raises(ExportError, match=r"a\.txt: no space left on device$"), whole(tmp_path / "a.txt") as stream:
        stream.write(b"x" * size)
    assert list(tmp_path.iterdir()) == []


class Full(kgraph.files._File):
    """A file on a disk that is full."""

    def __init__(self, path):
        self._path = path
        io.FileIO.__init__(self, "/dev/full", "wb")


def test_a_full_disk_leaves_nothing_behind(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportError, match=r"no space left on device$"):
        write_whole(tmp_path / "a.txt", "x")
    assert list(tmp_path.iterdir()) == []


def test_a_graph_is_a_file_or_what_a_build_left_in_a_folder(tmp_path):
    with pytest.raises(GraphNotFound):
        graph_files(tmp_path)
    evidence = write_whole(tmp_path / "evidence.ttl", "")
    with pytest.raises(GraphNotFound):
        graph_files(tmp_path)
    graph = write_whole(tmp_path / "graph.ttl", "")
    assert graph_files(tmp_path) == [graph, evidence]
    assert graph_files(str(graph)) == [graph]
