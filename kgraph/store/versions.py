"""The versions of a build's folder: each appears whole, the newest stands in the folder itself.

Everything lies in ``.store/``, which no build counts among its files::

    lock                 held while a command writes; the system frees it when its owner dies
    parts/               what was extracted (kgraph.store.parts)
    next/                the version that is being made; worth nothing if its maker dies
    versions/12/         a version that is complete
        snapshot         what was read, and with which settings
        manifest.json    what it is
        tables/          its tables, for comparing versions
        files/           what is still to be moved into the build's folder

A version comes to be by one rename, of ``next`` to its number. Then its files are moved into the
build's folder one by one; should that be cut off, the next command goes on with it. So whatever
stops a build before that rename costs nothing of the one before, and whatever stops it after
costs nothing of this one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from filelock import FileLock, Timeout

from kgraph.errors import ExportError, KgraphError, ReadError
from kgraph.files import write_whole

__all__ = ["KEPT", "STORE", "Version", "commit", "locked", "parts_of", "snapshot_of", "staged", "versions"]

STORE = ".store"
KEPT = 5
"""Versions that are kept: the newest and those before it."""

_LAST = "manifest.json"  # of the files to be moved: it vouches for the others
_TABLES = ("entities", "facts", "mentions", "papers", "relations", "results")
_KEPT = (_LAST, *(f"tables/{name}.parquet" for name in _TABLES))


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """A version in a store: its number, counted from 1, and its folder."""

    number: int
    path: Path


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Let nobody else write to a build's folder meanwhile; what a dead one left is put in order first.

    Raises :class:`~kgraph.errors.KgraphError` where another process is writing, and
    :class:`~kgraph.errors.ExportError` where this one may not.
    """
    store = folder / STORE
    lock = FileLock(store / "lock", timeout=0)
    try:
        with _told_as_export_error(store):
            store.mkdir(parents=True, exist_ok=True)
            held = lock.acquire()
    except Timeout:
        raise KgraphError(
            f"{folder} is being written by another kgraph: wait for its end, or take another folder"
        ) from None
    with held:
        with _told_as_export_error(store):
            if not (store / ".gitignore").exists():
                write_whole(store / ".gitignore", "*\n")
            _put_in_order(folder)
        yield


@contextlib.contextmanager
def _told_as_export_error(place: Path) -> Iterator[None]:
    try:
        yield
    except Timeout:  # which is an OSError too
        raise
    except OSError as error:
        raise ExportError(str(error.filename or place), (error.strerror or str(error)).lower()) from error


def parts_of(folder: Path) -> str:
    """Where the parts of a build's folder are, unless told otherwise."""
    return str(folder / STORE / "parts")


def versions(folder: Path) -> list[Version]:
    """The versions that a build's folder keeps, the newest last.

    >>> versions(Path("no/such/folder"))
    []
    """
    try:
        found = [path for path in (folder / STORE / "versions").iterdir() if path.name.isdecimal()]
    except OSError:
        return []
    return sorted(Version(int(path.name), path) for path in found)


def snapshot_of(version: Version) -> dict[str, Any]:
    """What was read for a version; :class:`~kgraph.errors.ReadError` where that is damaged."""
    path = version.path / "snapshot"
    try:
        checksum, _, content = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise ReadError(str(path), None, (error.strerror or str(error)).lower()) from error
    if hashlib.sha256(content).hexdigest().encode() != checksum:
        raise ReadError(str(path), None, "it is damaged")
    snapshot: dict[str, Any] = orjson.loads(content)
    return snapshot


@contextlib.contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """An empty folder for the files of the next version; what is not committed when the block ends goes away."""
    place = folder / STORE / "next"
    try:
        yield place / "files"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def commit(folder: Path, snapshot: dict[str, Any]) -> None:
    """Make what was staged the newest version and move its files into the build's folder.

    A version equal to the newest is not kept twice. Raises :class:`~kgraph.errors.ExportError`
    where the system refuses.
    """
    place = folder / STORE / "next"
    known = versions(folder)
    number = known[-1].number + 1 if known else 1
    content = orjson.dumps(snapshot, option=orjson.OPT_SORT_KEYS)
    with _told_as_export_error(folder):
        write_whole(place / "snapshot", hashlib.sha256(content).hexdigest().encode() + b"\n" + content)
        (place / "tables").mkdir()
        for name in _KEPT:
            _link(place / "files" / name, place / name)
        if known and _account(place) == _account(known[-1].path):
            os.replace(place / "snapshot", known[-1].path / "snapshot")  # it may know more of what is withdrawn
            _move(place / "files", folder)
            return
        numbered = folder / STORE / "versions" / str(number)
        numbered.parent.mkdir(exist_ok=True)
        os.replace(place, numbered)
        _settle(numbered.parent)
        _put_in_order(folder)


def _settle(folder: Path) -> None:
    """Force the renaming of what is in a folder to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _account(place: Path) -> dict[str, Any]:
    """The manifest of a version, but for its time; empty where it has none that can be read."""
    try:
        manifest: dict[str, Any] = orjson.loads((place / _LAST).read_bytes())
    except (OSError, ValueError):
        return {}
    return {name: told for name, told in manifest.items() if name != "built"}


def _link(file: Path, other: Path) -> None:
    """The same file under another name; a copy where the file system knows no such thing."""
    try:
        os.link(file, other)
    except OSError:
        shutil.copyfile(file, other)


def _put_in_order(folder: Path) -> None:
    """Finish what was begun: move a version's files into the folder, forget versions that are too old."""
    shutil.rmtree(folder / STORE / "next", ignore_errors=True)
    for half_written in (folder / STORE / "parts").glob(".*"):
        half_written.unlink(missing_ok=True)
    for old in versions(folder)[:-KEPT]:
        os.replace(old.path, folder / STORE / "next")  # at once, lest half a version be taken for one
        shutil.rmtree(folder / STORE / "next", ignore_errors=True)
    for newest in versions(folder)[-1:]:
        if (newest.path / "files").exists():
            for name in _written(folder, -2) - _written(folder, -1):
                (folder / name).unlink(missing_ok=True)
            _move(newest.path / "files", folder)


def _written(folder: Path, number: int) -> set[str]:
    """The files that a version, counted from the newest, says are its own; nothing outside of the folder."""
    names = {name for version in versions(folder)[number:][:1] for name in _account(version.path).get("files", ())}
    return {name for name in names if ".." not in Path(name).parts and not Path(name).is_absolute()}


def _move(files: Path, folder: Path) -> None:
    """Every file of one folder into the other, each replaced at once, the manifest last."""
    found = (path for path in files.rglob("*") if path.is_file())
    for file in sorted(found, key=lambda path: (path.name == _LAST, path)):
        place = folder / file.relative_to(files)
        place.parent.mkdir(parents=True, exist_ok=True)
        os.replace(file, place)
    shutil.rmtree(files, ignore_errors=True)
