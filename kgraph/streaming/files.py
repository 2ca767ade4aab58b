"""The Parquet files between the steps: written and read a group of rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from kgraph.exporters.tables import Column, Table, arrow_rows, write_table

__all__ = ["columns", "groups", "read_group", "read_where", "write_rows"]


def columns(**types: str) -> Table:
    """A table of these columns, by name and type in Arrow's words, that nobody outside will see."""
    return Table(tuple(Column(name, type, "") for name, type in types.items()), ())


def write_rows(path: Path, table: Table, rows: Iterable[Sequence[Any]], *, at_once: int) -> Path:
    """Write rows as they come, so many to a group; give the file's path."""
    left = iter(rows)
    batches = iter(lambda: [tuple(row) for row in islice(left, at_once)], [])
    write_table(path, table, (arrow_rows(table, batch) for batch in batches), lasting=False)
    return path


def groups(path: Path) -> int:
    """How many groups of rows a file has."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        return int(file.num_row_groups)


def read_group(path: Path, number: int) -> list[dict[str, Any]]:
    """The rows of a group."""
    from pyarrow.parquet import ParquetFile

    with ParquetFile(path) as file:
        rows: list[dict[str, Any]] = file.read_row_group(number, use_threads=False).to_pylist()
    return rows


def read_where(path: Path, conditions: list[tuple[str, str, Any]]) -> list[dict[str, Any]]:
    """The rows for which all conditions hold, in their order; only groups that may have some are read."""
    from pyarrow.parquet import read_table

    rows: list[dict[str, Any]] = read_table(path, filters=conditions, use_threads=False).to_pylist()
    return rows
