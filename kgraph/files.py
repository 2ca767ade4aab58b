"""Files, whole or not at all; and opened whatever packs them."""

from __future__ import annotations

import contextlib
import io
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kgraph.errors import ExportError, GraphNotFound

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

__all__ = ["graph_files", "whole", "write_whole"]

_GRAPH, _EVIDENCE = "graph.ttl", "evidence.ttl"


def graph_files(path: str | Path) -> list[Path]:
    """The Turtle files that are the graph at a path: the file itself, or what a build wrote into that folder.

    A folder without ``evidence.ttl`` is a graph whose facts nobody vouches for. Raises
    :class:`~kgraph.errors.GraphNotFound` where there is no graph.

    >>> graph_files("no/such/folder")
    Traceback (most recent call last):
    kgraph.errors.GraphNotFound: no graph in no/such/folder: run `kgraph build INPUT -o no/such/folder` first
    """
    path = Path(path)
    if path.is_file():
        return [path]
    found = [path / name for name in (_GRAPH, _EVIDENCE) if (path / name).is_file()]
    if not found or found[0].name != _GRAPH:
        raise GraphNotFound(str(path))
    return found


@contextlib.contextmanager
def whole(path: Path, *, lasting: bool = True) -> Iterator[IO[bytes]]:
    """A binary stream that becomes the file only when the block ends well.

    The bytes go to a file beside it, are forced to the disk and renamed into place, so that a
    reader sees the old file or the new one, never a part, whatever stops the writer. A file that
    need not be ``lasting``, since it is gone with this run, is not forced. Raises
    :class:`~kgraph.errors.ExportError` where the system refuses to write it; what else the block
    raises goes through.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> with whole(folder / "a.txt") as stream:
    ...     _ = stream.write(b"all of it")
    >>> (folder / "a.txt").read_text()
    'all of it'
    """
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with _refusals(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            file = _File(beside, path)
        with io.BufferedWriter(file) as stream:
            yield stream
            if lasting:
                stream.flush()
                with _refusals(path):
                    os.fsync(stream.fileno())
        with _refusals(path):
            os.replace(beside, path)
    finally:
        with contextlib.suppress(OSError):
            beside.unlink()


class _File(io.FileIO):
    """A new file on its way to its place, whose errors tell that place: they differ from those of who writes."""

    def __init__(self, beside: Path, path: Path) -> None:
        self._path = path
        super().__init__(beside, "xb")

    def write(self, content: ReadableBuffer, /) -> int:
        with _refusals(self._path):
            return super().write(content)

    def close(self) -> None:
        with _refusals(self._path):
            super().close()


@contextlib.contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """What the system refuses, told of the file that was to be written."""
    try:
        yield
    except OSError as error:
        raise ExportError(str(path), (error.strerror or str(error)).lower()) from error


def write_whole(path: Path, content: bytes | str) -> Path:
    """Write the file in one go (text as UTF-8) and give its path back."""
    with whole(path) as stream:
        stream.write(content.encode() if isinstance(content, str) else content)
    return path
