"""Tables for people."""

from kgraph.cli.tables import cell, show_table


def test_columns_of_numbers_are_set_to_the_right(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "40")
    show_table(("name", "papers"), [("FPGA", 3), ("GPU", 12), ("TPU", None)], title="Hardware")
    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == "Hardware"
    assert " FPGA        3" in lines
    assert " GPU        12" in lines


def test_in_a_narrow_terminal_names_are_folded_but_numbers_and_dates_are_not(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "34")
    show_table(("name of a paper", "issued", "papers"), [("a long name of a paper", "2024-01-08", 123_456)])
    lines = capsys.readouterr().out.splitlines()
    assert any(line.endswith("2024-01-08   123456") for line in lines)
    assert max(map(len, lines)) <= 34
    assert not any(line != line.rstrip() for line in lines)


def test_cells_of_every_kind():
    assert [cell(value) for value in (None, True, 2.0, 1e22, 0.1, "a", 12)] == [
        "",
        "true",
        "2",
        "1e+22",
        "0.1",
        "a",
        "12",
    ]
