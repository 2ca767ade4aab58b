"""From what a user names to the files that are meant."""

from __future__ import annotations

import difflib
import glob
import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import KgraphError, ReadError
from kgraph.stages import Note, Skipped
from kgraph.text import clean

__all__ = ["STDIN", "Located", "locate"]

STDIN = "stdin"
"""The name under which standard input appears."""

# What a build writes (DESIGN 2.3): a build's folder may lie among its inputs, and is none.
_BUILT = frozenset({
    "graph.ttl", "evidence.ttl", "graph.html", "graph.graphml", "graph.json", "report.md", "manifest.json",
    "annotations.jsonl",
})  # fmt: skip
_SIGNS_OF_A_BUILD = frozenset({"manifest.json", "annotations.jsonl"})
_BUILT_FOLDERS = frozenset({"tables"})


@dataclass(frozen=True, slots=True)
class Located:
    """A file to read; ``path`` is None for standard input. ``name`` is its base name."""

    name: str
    path: Path | None


def locate(inputs: Sequence[str | Path]) -> Iterator[Located | Skipped | Note]:
    """The files of the inputs in their order, each file once, and what was left out.

    An input is a file, a folder (with all that is in it, sorted), a glob or ``-``. Raises
    :class:`~kgraph.errors.ReadError` for one that is not there.
    """
    if not inputs:
        raise KgraphError("nothing to read: give a file, a folder, a glob or - for standard input")
    seen: set[str] = set()
    for given in inputs:
        for item in _located(given):
            if isinstance(item, Located):
                key = "-" if item.path is None else os.path.realpath(item.path)
                if key in seen:
                    continue
                seen.add(key)
            yield item


def _located(given: str | Path) -> Iterator[Located | Skipped | Note]:
    if str(given) == "-":
        yield Located(STDIN, None)
        return
    for path in _matches(given):
        if path.is_dir():
            yield from _in_folder(path)
        else:
            yield _file(path)


def _file(path: Path) -> Located:
    return Located(_shown(path.name), path)


def _shown(name: str | Path) -> str:
    """A name of a file on one line, without what could disturb a terminal."""
    return clean(str(name)).replace("\n", " ")


def _matches(given: str | Path) -> list[Path]:
    """The path itself, or what it matches as a glob."""
    path = Path(given)
    try:
        if path.exists():
            return [path]
        if glob.has_magic(str(given)):
            if matches := sorted(glob.glob(str(given), recursive=True)):  # Path.glob takes no absolute pattern
                return [Path(match) for match in matches]
            raise ReadError(_shown(given), None, "no file matches")
    except OSError as error:
        raise ReadError(_shown(given), None, f"cannot be reached: {(error.strerror or str(error)).lower()}") from error
    if path.is_symlink():
        raise ReadError(_shown(given), None, f"a link to {_shown(path.readlink())}, which is not there")
    raise ReadError(_shown(given), None, f"no such file or folder{_nearest(path)}")


def _nearest(path: Path) -> str:
    try:
        names = sorted(entry.name for entry in path.parent.iterdir())
    except (OSError, ValueError):
        return ""
    close = difflib.get_close_matches(path.name, names, n=1)
    return f"; is {_shown(path.parent / close[0])} meant?" if close else ""


def _in_folder(folder: Path) -> Iterator[Located | Skipped | Note]:
    """The files of a folder and of those in it, sorted; hidden ones and builds of kgraph left out."""
    name = _shown(folder.resolve().name) or str(folder)
    files: list[Path] = []
    left_out: Counter[str] = Counter()
    problems: list[OSError] = []
    for root, folders, names in os.walk(folder, onerror=problems.append):
        here = Path(root)
        for entry in [*folders, *names]:
            left_out["hidden files and folders"] += entry.startswith(".")
        folders[:] = sorted(entry for entry in folders if not entry.startswith("."))
        left_out["links to folders"] += sum((here / entry).is_symlink() for entry in folders)
        shown = {entry for entry in names if not entry.startswith(".")}
        if shown >= _SIGNS_OF_A_BUILD:
            left_out["folders that kgraph itself has built"] += 1
            shown -= _BUILT
            folders[:] = [entry for entry in folders if entry not in _BUILT_FOLDERS]
        files += [here / entry for entry in shown]
    if not files and all((folder / sign).is_file() for sign in _SIGNS_OF_A_BUILD):
        files = [folder / "annotations.jsonl"]  # nothing but a build: then what it found is what is meant
        del left_out["folders that kgraph itself has built"]
    for path in sorted(files):
        yield _file(path) if path.is_file() else Skipped(_shown(path.name), None, "not a regular file")
    for problem in problems:
        yield Skipped(_shown(Path(problem.filename).name), None, f"cannot be read: {(problem.strerror or '').lower()}")
    for what, number in left_out.items():
        if number:
            yield Note(name, f"{what} are left out: {number}")
    if not files:
        yield Skipped(name, None, "the folder holds no files to read")
