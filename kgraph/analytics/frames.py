"""Data frames whose columns are named and described, be they empty or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import pandas

__all__ = ["Column", "empty", "frame", "from_columns", "thing"]


class Column(NamedTuple):
    """A column: its name, its type in numpy's words (``object`` for lists), what it holds and in which unit."""

    name: str
    type: str
    meaning: str


def thing(name: str = "", what: str = "the entity") -> tuple[Column, Column, Column]:
    """The columns of an entity: its node, name and type; with a prefix where a row has several.

    >>> [column.name for column in thing("source")]
    ['source', 'source_name', 'source_type']
    """
    prefix = f"{name}_" if name else ""
    return (
        Column(name or "id", "str", f"{what}: its node"),
        Column(f"{prefix}name", "str", "its label"),
        Column(f"{prefix}type", "str", "its type"),
    )


def frame(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> pandas.DataFrame:
    """The rows as a data frame; ``frame.attrs["columns"]`` says what each column holds.

    Without rows the columns are there all the same, each with its type.

    >>> found = frame([Column("share", "float64", "of all papers, 0 to 1")], [])
    >>> list(found.columns), found.share.dtype, found.attrs["columns"]["share"]
    (['share'], dtype('float64'), 'of all papers, 0 to 1')
    """
    found = list(rows)
    values = list(zip(*found, strict=True)) if found else [()] * len(columns)
    return from_columns(columns, {column.name: value for column, value in zip(columns, values, strict=True)})


def from_columns(columns: Sequence[Column], values: Mapping[str, Any]) -> pandas.DataFrame:
    """The same from the values of each column, in the order of ``columns``."""
    import pandas

    made = {column.name: pandas.Series(_listed(values[column.name]), dtype=column.type) for column in columns}
    table = pandas.DataFrame(made)
    table.attrs["columns"] = {column.name: column.meaning for column in columns}
    return table


def empty(columns: Sequence[Column]) -> pandas.DataFrame:
    """The columns without a row."""
    return frame(columns, [])


def _listed(values: Any) -> Any:
    """A tuple would be taken for one value by some constructors."""
    return list(values) if isinstance(values, tuple) else values
