import os

import pytest

from kgraph.errors import KgraphError, ReadError
from kgraph.readers.locating import Located, locate
from kgraph.stages import Note, Skipped


@pytest.fixture
def folder(tmp_path):
    for name in ("b.txt", "a.jsonl", "deep/er/c.txt.gz", ".hidden", ".git/config"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path


def build_into(folder):
    (folder / "tables").mkdir(parents=True)
    for name in ("manifest.json", "annotations.jsonl", "graph.ttl", "graph.html", "report.md", "tables/papers.parquet"):
        (folder / name).write_text(name)


def names(inputs):
    return [item.name for item in locate(inputs) if isinstance(item, Located)]


def test_a_folder_is_read_to_its_depth_in_order(folder):
    assert names([folder]) == ["a.jsonl", "b.txt", "c.txt.gz"]
    assert Note(folder.name, "hidden files and folders are left out: 2") in list(locate([folder]))


def test_a_glob_is_matched_here(folder):
    assert names([f"{folder}/*.txt"]) == ["b.txt"]
    assert names([f"{folder}/**/*.gz"]) == ["c.txt.gz"]
    assert names([f"{folder}/d*"]) == ["c.txt.gz"], "a glob may match a folder"


def test_a_file_with_the_letters_of_a_glob_is_a_file(folder):
    (folder / "odd[1].txt").write_text("x")
    assert names([folder / "odd[1].txt"]) == ["odd[1].txt"]


def test_a_file_named_twice_is_read_once(folder):
    inputs = [folder / "b.txt", folder, f"{folder}/deep/../b.txt", "-", "-"]
    assert names(inputs) == ["b.txt", "a.jsonl", "c.txt.gz", "stdin"]


def test_a_missing_input_is_an_error_with_a_suggestion(folder):
    with pytest.raises(ReadError, match=r"bb\.txt: no such file or folder; is .*/b\.txt meant\?$"):
        names([folder / "bb.txt"])
    with pytest.raises(ReadError, match=r"no such file or folder$"):
        names([folder / "nothing" / "like" / "it"])
    with pytest.raises(ReadError, match=r"\*\.xml: no file matches$"):
        names([f"{folder}/*.xml"])
    with pytest.raises(KgraphError, match="nothing to read"):
        names([])


def test_a_link_to_nothing_says_where_it_leads(folder):
    (folder / "link.txt").symlink_to("gone.txt")
    with pytest.raises(ReadError, match=r"link\.txt: a link to gone\.txt, which is not there$"):
        names([folder / "link.txt"])


@pytest.mark.parametrize("name", ["zero\0byte", "x" * 5_000, "*" * 300 + "[", "\udcff", "two\nlines"])
def test_impossible_names_are_missing_files(name):
    with pytest.raises(ReadError) as caught:
        names([name])
    assert "\n" not in str(caught.value)


def test_a_build_among_the_inputs_is_no_input(folder):
    build_into(folder / "exports")
    assert names([folder]) == ["a.jsonl", "b.txt", "c.txt.gz"]
    assert Note(folder.name, "folders that kgraph itself has built are left out: 1") in list(locate([folder]))


def test_a_build_into_the_folder_of_its_inputs_leaves_the_inputs(tmp_path):
    build_into(tmp_path)
    (tmp_path / "papers.txt").write_text("x")
    assert names([tmp_path]) == ["papers.txt"]


def test_a_build_that_is_named_gives_its_annotations(tmp_path):
    build_into(tmp_path / "exports")
    assert names([tmp_path / "exports"]) == ["annotations.jsonl"]
    assert not [item for item in locate([tmp_path / "exports"]) if not isinstance(item, Located)]


def test_an_empty_folder_is_named(tmp_path):
    assert list(locate([tmp_path])) == [Skipped(tmp_path.name, None, "the folder holds no files to read")]


def test_pipes_and_loops_in_a_folder_do_not_hang_the_reading(folder):
    os.mkfifo(folder / "pipe")
    (folder / "loop").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "gone")
    found = list(locate([folder]))
    assert names([folder]) == ["a.jsonl", "b.txt", "c.txt.gz"]
    assert {item.source for item in found if isinstance(item, Skipped)} == {"pipe", "nowhere.txt"}
    assert Note(folder.name, "links to folders are left out: 1") in found
