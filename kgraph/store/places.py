"""Where files are kept: a folder of this machine, or an object store behind fsspec.

Both keep files whole or not at all: the folder by writing aside and renaming, the object store
because an object appears when the last of its bytes has come.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kgraph.errors import ExportError, MissingExtra, ReadError, one_line
from kgraph.files import write_whole

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Place", "place_of"]


class Place(Protocol):
    """A flat folder of files that are written once and never changed."""

    def names(self) -> list[str]:
        """The names of the files, sorted; none where there is no folder yet."""
        ...

    def read(self, name: str) -> bytes:
        """A file's bytes; :class:`~kgraph.errors.ReadError` where they cannot be had."""
        ...

    def write(self, name: str, content: bytes) -> None:
        """Write a file whole; :class:`~kgraph.errors.ExportError` where that is refused."""
        ...

    def remove(self, name: str) -> None:
        """Remove a file; nothing happens where it is gone already."""
        ...


def place_of(url: str) -> Place:
    """The place at a path or a URL such as ``s3://bucket/papers``.

    Raises :class:`~kgraph.errors.MissingExtra` where what speaks the URL's protocol is not installed.

    >>> place_of("exports/.store/parts")
    _Folder(path=PosixPath('exports/.store/parts'))
    """
    if "://" not in url:
        return _Folder(Path(url))
    try:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(url, use_listings_cache=False)
    except (ImportError, ValueError) as error:
        raise MissingExtra(f"annotations kept at {url}", "s3") from error
    return _Objects(system, path, url)


@dataclass(frozen=True, slots=True)
class _Folder:
    path: Path

    def names(self) -> list[str]:
        try:
            return sorted(path.name for path in self.path.iterdir() if not path.name.startswith("."))
        except FileNotFoundError:
            return []
        except OSError as error:
            raise ReadError(str(self.path), None, (error.strerror or str(error)).lower()) from error

    def read(self, name: str) -> bytes:
        try:
            return (self.path / name).read_bytes()
        except OSError as error:
            raise ReadError(str(self.path / name), None, (error.strerror or str(error)).lower()) from error

    def write(self, name: str, content: bytes) -> None:
        write_whole(self.path / name, content)

    def remove(self, name: str) -> None:
        with contextlib.suppress(OSError):
            (self.path / name).unlink()


@dataclass(frozen=True, slots=True)
class _Objects:
    system: AbstractFileSystem
    path: str
    url: str

    def names(self) -> list[str]:
        try:
            return sorted(found.rpartition("/")[2] for found in self.system.ls(self.path, detail=False))
        except FileNotFoundError:
            return []
        except Exception as error:  # whatever the protocol's library raises
            raise ReadError(self.url, None, f"cannot be listed: {one_line(error)}") from error

    def read(self, name: str) -> bytes:
        try:
            return bytes(self.system.cat_file(f"{self.path}/{name}"))
        except Exception as error:
            raise ReadError(f"{self.url}/{name}", None, f"cannot be read: {one_line(error)}") from error

    def write(self, name: str, content: bytes) -> None:
        try:
            self.system.pipe_file(f"{self.path}/{name}", content)
        except Exception as error:
            raise ExportError(f"{self.url}/{name}", one_line(error)) from error

    def remove(self, name: str) -> None:
        with contextlib.suppress(Exception):
            self.system.rm_file(f"{self.path}/{name}")
