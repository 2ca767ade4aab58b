"""Annotations as extracted, in Parquet files of a batch each, named by what they hold.

A part's name is ``<settings>-<SHA-256 of its bytes>.parquet``: what it was extracted with can be
told without opening it, a damaged part betrays itself, and writing one twice is writing it once.
So workers on any number of machines can write parts side by side, and one that is killed leaves
what it has finished. A part has a row for each paper:

============== =======================================================================
``paper``      the paper's id
``key``        a digest of the text that was read (:func:`text_key`)
``annotation`` the annotation as JSON (:mod:`kgraph.records`), entities without ids
============== =======================================================================
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import orjson

from kgraph.errors import ReadError
from kgraph.model import Annotation, Paper
from kgraph.records import to_record
from kgraph.store.places import place_of
from kgraph.text import passage

if TYPE_CHECKING:
    import pyarrow

__all__ = [
    "GIVEN",
    "DamagedPart",
    "Row",
    "annotation_key",
    "forget_parts",
    "part_names",
    "read_part",
    "remove_parts",
    "text_key",
    "write_part",
]

GIVEN = "given"
"""The settings of annotations that came as an input: nothing was extracted."""

_NAME = re.compile(r"(?P<settings>[0-9a-z]+)-(?P<digest>[0-9a-f]{64})\.parquet")


class DamagedPart(ReadError):
    """A part whose bytes are not those that its name was made from."""


class Row(NamedTuple):
    """A paper's annotation in a part."""

    paper: str
    key: str
    annotation: str


def text_key(paper: Paper) -> str:
    """What an extraction depends on, of a paper: its title and its abstract.

    >>> text_key(Paper("1", "T", "A.", date="2024")) == text_key(Paper("2", "T", "A."))
    True
    """
    return _digest(f"{len(paper.title)} {passage(paper.title, paper.abstract)}".encode())


def annotation_key(annotation: Annotation) -> str:
    """What tells an annotation that came as an input from others: its text and all that is marked in it."""
    told = to_record(annotation)
    return _digest(orjson.dumps([told[name] for name in ("title", "abstract", "entities", "relations", "results")]))


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def part_names(url: str, settings: str) -> list[str]:
    """The names of the parts that were extracted with these settings, sorted."""
    named = ((name, _NAME.fullmatch(name)) for name in place_of(url).names())
    return [name for name, found in named if found and found["settings"] == settings]


def forget_parts(url: str, kept: Collection[str]) -> None:
    """Remove the parts that were extracted with other settings than those kept; strange files stay."""
    place = place_of(url)
    for name in place.names():
        found = _NAME.fullmatch(name)
        if found and found["settings"] not in {GIVEN, *kept}:
            place.remove(name)


def write_part(url: str, settings: str, annotations: Iterable[tuple[str, Annotation]]) -> str:
    """Write annotations, each behind its key, as a part; give its name.

    The same annotations have the same name. Raises :class:`~kgraph.errors.ExportError` where the
    place cannot be written to.
    """
    import pyarrow
    from pyarrow.parquet import write_table

    rows = [(a.paper.id.encode(), key.encode(), orjson.dumps(to_record(a))) for key, a in annotations]
    columns = [_texts([row[number] for row in rows]) for number in range(len(Row._fields))]
    written = pyarrow.BufferOutputStream()
    table = pyarrow.table(columns, names=list(Row._fields))
    write_table(table, written, compression="zstd", use_dictionary=False, write_statistics=False)
    content = written.getvalue().to_pybytes()
    name = f"{settings}-{hashlib.sha256(content).hexdigest()}.parquet"
    place_of(url).write(name, content)
    return name


def _texts(texts: list[bytes]) -> pyarrow.Array:
    """A column of texts out of their UTF-8; ``pyarrow.array`` would import pandas for it, half a second."""
    import numpy
    import pyarrow

    ends = numpy.cumsum([0, *map(len, texts)], dtype=numpy.int64)
    buffers = (pyarrow.py_buffer(ends), pyarrow.py_buffer(b"".join(texts)))
    return pyarrow.LargeStringArray.from_buffers(len(texts), *buffers)


def read_part(url: str, name: str) -> Iterator[Row]:
    """The rows of a part.

    Raises :class:`DamagedPart` where a byte of it has changed, and :class:`~kgraph.errors.ReadError`
    where it cannot be read at all.
    """
    import pyarrow
    from pyarrow.parquet import read_table

    content = place_of(url).read(name)
    found = _NAME.fullmatch(name)
    if found is None or hashlib.sha256(content).hexdigest() != found["digest"]:
        raise DamagedPart(f"{url}/{name}", None, "it is damaged")
    table = read_table(pyarrow.BufferReader(content), columns=list(Row._fields), use_threads=False)
    yield from map(Row, *(column.to_pylist() for column in table.columns))


def remove_parts(url: str, names: Iterable[str]) -> None:
    """Remove parts that nobody needs any more."""
    place = place_of(url)
    for name in names:
        place.remove(name)
