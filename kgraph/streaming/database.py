"""The door to DuckDB (https://duckdb.org): sorts, sums and joins of Parquet files that need not fit into memory."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExportError
from kgraph.files import whole

if TYPE_CHECKING:
    import duckdb
    import pyarrow

__all__ = ["MEMORY", "Database", "database", "parquet"]

MEMORY = "1GB"
"""What DuckDB may hold in memory; what is more goes to the disk."""


class Database:
    """A database without tables: queries over Parquet files, which ``read_parquet`` names.

    Everything is ordered by code points and nothing by the number of threads, so that the same
    files give the same rows.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def batches(self, query: str, rows: int = 2048, **tables: pyarrow.Table) -> Iterator[dict[str, list[Any]]]:
        """The answer, some rows at a time, by column; ``tables`` are known to the query by their names."""
        with _told(), self._known(tables):
            for batch in self._connection.sql(query).to_arrow_reader(rows):
                yield batch.to_pydict()

    def write(self, query: str, path: Path, rows: int = 16384, **tables: pyarrow.Table) -> Path:
        """Write the answer as a Parquet file, in its order, so many rows to a group; give its path."""
        from pyarrow.parquet import ParquetWriter

        with _told(), self._known(tables):
            reader = self._connection.sql(query).to_arrow_reader(rows)
            with (
                whole(path, lasting=False) as stream,
                ParquetWriter(stream, reader.schema, compression="zstd") as writer,
            ):
                for batch in reader:
                    writer.write_batch(batch)
        return path

    @contextlib.contextmanager
    def _known(self, tables: Mapping[str, pyarrow.Table]) -> Iterator[None]:
        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            yield
        finally:
            for name in tables:
                self._connection.unregister(name)


@contextlib.contextmanager
def database(folder: Path, *, memory: str = MEMORY) -> Iterator[Database]:
    """A database that puts aside in the folder what memory cannot hold."""
    import duckdb

    with _told():
        connection = duckdb.connect(config={"memory_limit": memory, "temp_directory": str(folder / "aside")})
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
        reason = " ".join(str(error).split())[:200]
        raise ExportError("what does not fit into memory", reason) from error
