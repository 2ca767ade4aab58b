"""Parts: what is written is read, and a byte that flipped is noticed."""

import hashlib
from dataclasses import replace

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kgraph.model import Paper
from kgraph.records import from_own_record, from_record, to_record
from kgraph.store import (
    GIVEN,
    DamagedPart,
    annotation_key,
    forget_parts,
    part_names,
    read_part,
    remove_parts,
    text_key,
    write_part,
)
from tests.samples import FAST, SLOW
from tests.strategies import annotations, few


def written(folder, *found, settings="0a"):
    return write_part(str(folder), settings, [(text_key(annotation.paper), annotation) for annotation in found])


@few
@given(st.lists(annotations(), max_size=4))
def test_annotations_come_back_as_they_were(tmp_path_factory, found):
    folder = tmp_path_factory.mktemp("parts")
    rows = list(read_part(str(folder), written(folder, *found)))
    assert [row.paper for row in rows] == [annotation.paper.id for annotation in found]
    assert [row.key for row in rows] == [text_key(annotation.paper) for annotation in found]
    back = [
        from_own_record(orjson.loads(row.annotation), annotation.paper)
        for row, annotation in zip(rows, found, strict=True)
    ]
    assert back == found


@few
@given(annotations())
def test_the_fast_way_to_read_a_record_gives_what_the_careful_one_does(found):
    record = orjson.loads(orjson.dumps(to_record(found)))
    assert from_own_record(record, found.paper) == replace(from_record(record)[0], paper=found.paper)


def test_a_name_says_the_settings_and_what_the_bytes_are(tmp_path):
    name = written(tmp_path, FAST, settings="0a")
    digest = hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()
    assert name == f"0a-{digest}.parquet"


def test_the_same_annotations_make_the_same_part_and_others_another(tmp_path):
    assert written(tmp_path, FAST) == written(tmp_path, FAST)
    assert len({written(tmp_path, FAST), written(tmp_path, SLOW), written(tmp_path, FAST, SLOW)}) == 3


def test_parts_are_found_by_their_settings_and_strange_files_are_left_alone(tmp_path):
    ours = {written(tmp_path, FAST), written(tmp_path, SLOW)}
    other = written(tmp_path, FAST, settings=GIVEN)
    (tmp_path / "0a-notes.txt").touch()
    (tmp_path / "0a.parquet").touch()
    assert part_names(str(tmp_path), "0a") == sorted(ours)
    remove_parts(str(tmp_path), ours)
    assert (part_names(str(tmp_path), "0a"), part_names(str(tmp_path), GIVEN)) == ([], [other])


def test_parts_of_other_settings_can_be_forgotten(tmp_path):
    kept = {written(tmp_path, FAST, settings=settings) for settings in ("0a", GIVEN)}
    written(tmp_path, FAST, settings="0b")
    (tmp_path / "notes.txt").touch()
    forget_parts(str(tmp_path), ["0a"])
    assert {path.name for path in tmp_path.iterdir()} == {*kept, "notes.txt"}


@pytest.mark.parametrize("where", [0, 0.1, 0.5, 0.9, -1])
def test_a_flipped_byte_anywhere_is_noticed(tmp_path, where):
    name = written(tmp_path, FAST, SLOW)
    content = bytearray((tmp_path / name).read_bytes())
    content[int(where * len(content)) if where >= 0 else -1] ^= 1
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DamagedPart, match=f"{name}: it is damaged"):
        list(read_part(str(tmp_path), name))


def test_a_part_cut_short_is_noticed(tmp_path):
    name = written(tmp_path, FAST)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-100])
    with pytest.raises(DamagedPart):
        list(read_part(str(tmp_path), name))


def test_the_key_of_a_text_is_of_the_text_alone():
    paper = Paper("1", "T", "A.", "2024", 3, "acme", ("a.txt",))
    assert text_key(paper) == text_key(Paper("2", "T", "A."))
    assert len({text_key(paper), text_key(Paper("1", "T", "B.")), text_key(Paper("1", "TA", "."))}) == 3
    assert text_key(Paper("1", "T\nA", "B")) != text_key(Paper("1", "T", "A\nB"))  # the title ends elsewhere


def test_the_key_of_an_annotation_is_of_its_marks_too():
    assert annotation_key(FAST) == annotation_key(FAST)
    assert annotation_key(replace(FAST, relations=())) != annotation_key(FAST)
