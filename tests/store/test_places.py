"""The contract of a place, for a folder and for an object store behind fsspec."""

import uuid

import pytest

from kgraph.errors import ExportError, MissingExtra, ReadError
from kgraph.store.places import place_of


@pytest.fixture(params=["folder", "objects"])
def place(request, tmp_path):
    if request.param == "folder":
        return place_of(str(tmp_path / "new" / "place"))
    pytest.importorskip("fsspec", reason="needs kgraph[s3]")
    return place_of(f"memory://{uuid.uuid4()}/place")


def test_nothing_is_in_a_place_that_does_not_exist_yet(place):
    assert place.names() == []


def test_what_is_written_is_read(place):
    place.write("b", b"two")
    place.write("a", b"")
    assert place.names() == ["a", "b"]
    assert (place.read("a"), place.read("b")) == (b"", b"two")


def test_writing_twice_leaves_the_last(place):
    place.write("a", b"one")
    place.write("a", b"two")
    assert (place.names(), place.read("a")) == (["a"], b"two")


def test_what_is_removed_is_gone_and_may_be_removed_again(place):
    place.write("a", b"one")
    place.remove("a")
    place.remove("a")
    assert place.names() == []
    with pytest.raises(ReadError, match="a: "):
        place.read("a")


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ExportError, match=r"cannot write .*file/a"):
        place_of(str(tmp_path / "file")).write("a", b"")
    with pytest.raises(ReadError, match="not a directory"):
        place_of(str(tmp_path / "file")).names()


def test_a_protocol_that_nothing_speaks_names_what_to_install():
    with pytest.raises(MissingExtra, match="annotations kept at gopher://somewhere/a need an optional part"):
        place_of("gopher://somewhere/a")
