import pytest

from kgraph.errors import ExportError
from kgraph.exporters.tables import arrow_rows
from kgraph.streaming.database import database, parquet
from kgraph.streaming.files import columns, groups, read_group, read_where, write_rows

NUMBERS = columns(id="string", number="int32")


def test_files_are_written_in_groups_and_read_back_by_group_and_by_condition(tmp_path):
    path = write_rows(tmp_path / "it's here", NUMBERS, ((chr(65 + n), n) for n in range(5)), at_once=2)
    assert groups(path) == 3
    assert read_group(path, 2) == [{"id": "E", "number": 4}]
    assert read_where(path, [("id", ">=", "B"), ("id", "<=", "C")]) == [
        {"id": "B", "number": 1},
        {"id": "C", "number": 2},
    ]
    with database(tmp_path) as store:
        assert list(store.rows(f"SELECT sum(number) FROM {parquet(path)}")) == [(10,)]


def test_a_query_knows_tables_in_memory_and_answers_are_read_side_by_side(tmp_path):
    with database(tmp_path) as store:
        known = arrow_rows(NUMBERS, [("a", 1), ("b", 2)])
        up = store.rows("SELECT id FROM known ORDER BY number", known=known)
        down = store.rows("SELECT id FROM known ORDER BY number DESC", known=known)
        assert list(zip(up, down, strict=True)) == [(("a",), ("b",)), (("b",), ("a",))]


def test_order_is_that_of_code_points(tmp_path):
    words = sorted(["Z", "a", "é", "\uffee", "😀", "B", "~", "-"])
    with database(tmp_path) as store:
        known = arrow_rows(NUMBERS, [(word, 1) for word in reversed(words)])
        path = store.write("SELECT id FROM known ORDER BY id", tmp_path / "words", known=known)
    assert [row["id"] for row in read_group(path, 0)] == words


def test_what_fits_nowhere_is_told_in_one_line(tmp_path):
    with (
        database(tmp_path, memory="20MB") as store,
        pytest.raises(ExportError, match=r"^cannot write what does not fit"),
    ):
        list(store.rows("SELECT list(range::VARCHAR) FROM range(10000000)"))
