import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph import cache
from kgraph.compiled import compiled, restored
from kgraph.vocabulary import Concept, Vocabulary


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))


def test_what_is_remembered_is_recalled_to_the_byte():
    content = bytes(range(256)) + b"\n\n"
    assert cache.recall("a") is None
    assert cache.remember("a", content)
    assert cache.recall("a") == content
    assert cache.remember("a", b"")
    assert cache.recall("a") == b""


@pytest.mark.parametrize("at", [0, 70, -1])
def test_a_changed_byte_is_noticed(at):
    cache.remember("a", b"content")
    path = cache.folder() / "a"
    damaged = bytearray(path.read_bytes())
    damaged[at] ^= 1
    path.write_bytes(damaged)
    assert cache.recall("a") is None


@pytest.mark.parametrize("content", [b"", b"\n", b"no checksum", b"x" * 64])
def test_what_kgraph_did_not_write_is_not_read(content):
    cache.remember("a", b"content")
    (cache.folder() / "a").write_bytes(content)
    assert cache.recall("a") is None


def test_what_belongs_to_somebody_else_is_not_read(monkeypatch):
    cache.remember("a", b"content")
    other = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: other)
    assert cache.recall("a") is None


def test_a_file_too_large_to_be_ours_is_not_read(monkeypatch):
    cache.remember("a", b"content")
    monkeypatch.setattr(cache, "_LARGEST", 16)
    assert cache.recall("a") is None


def test_the_folder_is_the_user_s_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "new"))
    cache.remember("a", b"content")
    assert (tmp_path / "new" / "kgraph").stat().st_mode & 0o077 == 0


def test_a_relative_cache_is_ignored_as_the_specification_says(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert cache.folder() == tmp_path / ".cache" / "kgraph"


def test_without_a_home_nothing_is_kept_and_nothing_breaks(monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: None)
    assert cache.recall("a") is None
    assert not cache.remember("a", b"content")


def test_of_many_versions_the_newest_stay():
    for number in range(9):
        assert cache.remember(f"a-{number}", b"content")
        os.utime(cache.folder() / f"a-{number}", ns=(number, number))
    cache.remember("b-0", b"content")
    cache.remember("ab", b"content")
    cache.remember("a-0", b"content again")
    assert sorted(path.name for path in cache.folder().iterdir()) == ["a-0", "a-6", "a-7", "a-8", "ab", "b-0"]


words = st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace").decode())
lists = st.lists(words, max_size=3).map(tuple)
facts = st.lists(st.tuples(words, words | st.integers(-(2**53), 2**53) | st.booleans()), max_size=3).map(tuple)
concepts = st.builds(Concept, words, words, words, lists, lists, lists, lists, facts, lists, lists)


@given(st.lists(concepts, max_size=4), words, st.dictionaries(words, words, max_size=2))
def test_a_vocabulary_survives_being_compiled(listed, digest, sources):
    vocabulary = Vocabulary({concept.id: concept for concept in listed}, digest, sources)
    assert restored(compiled(vocabulary)) == vocabulary


@given(
    st.binary(max_size=40)
    | st.sampled_from([b"[[]]", b"null", b"[1]", b'[["id"],[1]]', b"{}", compiled(Vocabulary())[:-1] + b",[1]]"])
)
def test_what_is_not_compiled_is_refused(content):
    assert restored(content) is None or content == compiled(Vocabulary())
