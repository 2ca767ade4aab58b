"""The door to DuckDB (https://duckdb.org): sorts, sums and joins of Parquet files that need not fit into memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.engines.workers import cores
from kgraph.errors import ExportError, one_line
from kgraph.files import whole

_ROWS = 16384  # of a batch, and of a group of a file
_THREADS = 4  # more of them would each hold memory of their own

if TYPE_CHECKING:
    import duckdb
    import pyarrow

__all__ = ["MEMORY", "Database", "database", "parquet"]

MEMORY = "1500MB"
"""What DuckDB may hold in memory; what is more goes to the disk."""


class Database:
    """A database without tables: queries over Parquet files, which ``read_parquet`` names.

    Everything is ordered by code points and nothing by the number of threads, so that the same
    files give the same rows.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def rows(self, query: str, **tables: pyarrow.Table) -> Iterator[tuple[Any, ...]]:
        """The rows of the answer as they are asked for; ``tables`` are known to the query by their names.

        Several answers can be read side by side.
        """
        with _told(), self._known(tables) as cursor:
            for batch in cursor.sql(query).to_arrow_reader(_ROWS):
                yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)

    def write(self, query: str, path: Path, **tables: pyarrow.Table) -> Path:
        """Write the answer as a Parquet file, in its order; give its path."""
        from pyarrow.parquet import ParquetWriter

        with _told(), self._known(tables) as cursor:
            reader = cursor.sql(query).to_arrow_reader(_ROWS)
            with (
                whole(path, lasting=False) as stream,
                ParquetWriter(stream, reader.schema, compression="zstd") as writer,
            ):
                for batch in reader:
                    writer.write_batch(batch)
        return path

    @contextlib.contextmanager
    def _known(self, tables: Mapping[str, pyarrow.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        cursor = self._connection.cursor()
        try:
            for name, table in tables.items():
                cursor.register(name, table)
            yield cursor
        finally:
            cursor.close()


@contextlib.contextmanager
def database(folder: Path, *, memory: str = MEMORY) -> Iterator[Database]:
    """A database that puts aside in the folder what memory cannot hold."""
    import duckdb

    with _told():
        connection = duckdb.connect(
            config={
                "memory_limit": memory,
                "preserve_insertion_order": False,  # every query says its order
                "temp_directory": str(folder / "aside"),
                "threads": min(_THREADS, cores()),
            }
        )
    try:
        yield Database(connection)
    finally:
        connection.close()


def parquet(*paths: Path) -> str:
    """The rows of Parquet files, as a query names them.

    >>> parquet(Path("it's/here.parquet"))
    "read_parquet(['it''s/here.parquet'])"
    """
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
    return f"read_parquet([{listed}])"


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """A full disk is no bug of ours."""
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise ExportError("what does not fit into memory", one_line(error)) from error
