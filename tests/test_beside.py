"""What is kept beside the files that it is made of."""

import os
import time

import pytest

from kgraph.beside import FOLDER, discard, kept


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "graph.ttl"
    path.write_text("one")
    return path


class Maker:
    """Copies the file and counts how often it is asked to."""

    def __init__(self, file):
        self.file = file
        self.times = 0

    def __call__(self, folder):
        self.times += 1
        (folder / "copy").write_bytes(self.file.read_bytes())


def test_it_is_made_once_and_again_when_the_content_changes(file):
    make = Maker(file)
    first = kept([file], "copies", make)
    assert kept([file], "copies", make) == first
    assert make.times == 1
    file.write_text("two")
    second = kept([file], "copies", make)
    assert (make.times, (second / "copy").read_text()) == (2, "two")
    assert (first / "copy").read_text() == "one"  # whoever reads the old one goes on


def test_a_file_that_was_only_touched_or_copied_needs_nothing_made(file):
    make = Maker(file)
    first = kept([file], "copies", make)
    os.utime(file, (1, 1))
    assert kept([file], "copies", make) == first
    assert make.times == 1


def test_a_change_that_keeps_size_and_time_is_noticed(file):
    make = Maker(file)
    kept([file], "copies", make)
    before = file.stat()
    time.sleep(0.02)  # the clock of a file system ticks in milliseconds
    file.write_text("six")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (kept([file], "copies", make) / "copy").read_text() == "six"


def test_another_version_of_the_maker_makes_another(file):
    make = Maker(file)
    assert kept([file], "copies", make, version="1") != kept([file], "copies", make, version="2")
    assert make.times == 2


def test_the_folder_is_hidden_from_git_and_holds_the_newest_two(file):
    make = Maker(file)
    for content in ("a", "bb", "ccc", "dddd"):
        file.write_text(content)
        newest = kept([file], "copies", make)
    place = file.parent / FOLDER
    assert (place / ".gitignore").read_text() == "*\n"
    copies = [path for path in place.iterdir() if path.name.startswith("copies-")]
    assert newest in copies
    assert len(copies) == 2


def test_what_a_maker_left_when_it_failed_or_was_killed_goes_away(file):
    def fail(folder):
        (folder / "half").touch()
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        kept([file], "copies", fail)
    place = file.parent / FOLDER
    assert [path.name for path in place.iterdir()] == [".gitignore"]
    (place / ".making-killed").mkdir()
    os.utime(place / ".making-killed", (1, 1))
    (place / ".making-just-now").mkdir()
    kept([file], "copies", Maker(file))
    assert sorted(path.name for path in place.glob(".making-*")) == [".making-just-now"]


def test_of_two_who_make_it_at_once_one_wins_and_both_have_it(file):
    make = Maker(file)

    def slow(folder):
        make(folder)
        assert kept([file], "copies", make) != folder  # the other process, in the middle of ours

    folder = kept([file], "copies", slow)
    assert (make.times, (folder / "copy").read_text()) == (2, "one")


def test_a_file_that_changes_while_it_is_read_is_read_again(file):
    contents = iter(["two", "three"])

    def make(folder):
        (folder / "copy").write_bytes(file.read_bytes())
        if content := next(contents, None):
            file.write_text(content)

    assert (kept([file], "copies", make) / "copy").read_text() == "three"


def test_a_file_that_never_rests_is_given_up(file):
    def make(folder):
        file.write_text(file.read_text() + "x")

    with pytest.raises(OSError, match="changes while it is read"):
        kept([file], "copies", make)


def test_where_nothing_can_be_written_the_system_says_so(file):
    (file.parent / FOLDER).write_text("in the way")
    with pytest.raises(OSError, match=FOLDER):
        kept([file], "copies", Maker(file))


def test_a_link_to_elsewhere_is_not_followed(file, tmp_path):
    make = Maker(file)
    folder = kept([file], "copies", make)
    discard(folder)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.symlink_to(elsewhere)
    with pytest.raises(OSError, match="copies-"):
        kept([file], "copies", make)
    assert list(elsewhere.iterdir()) == []
