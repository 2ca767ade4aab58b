"""``manifest.json``: from what, with what and into what a build was made; for machines.

The only file with a clock in it: ``built`` is the time of the build, or the one that
``SOURCE_DATE_EPOCH`` sets (https://reproducible-builds.org/specs/source-date-epoch/).
"""

from __future__ import annotations

import datetime
import hashlib
import os
import platform
import time
import zlib
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from kgraph import __version__
from kgraph.errors import ExportError, KgraphError
from kgraph.files import write_whole

__all__ = ["LIBRARIES", "build_time", "write_manifest"]

LIBRARIES = ("ahocorasick-rs", "networkx", "numpy", "orjson", "pyarrow", "pyoxigraph", "pyvis", "spacy")
"""The libraries whose version may change a byte of what a build writes."""


def write_manifest(
    folder: Path,
    *,
    files: Iterable[Path],
    inputs: Iterable[Mapping[str, Any]],
    settings: Mapping[str, Any],
    counts: Mapping[str, int],
) -> Path:
    """Write ``manifest.json`` into the folder, when all other files are there; give its path.

    ``files`` are the others, ``inputs`` say of each input its name, SHA-256, format and number of
    papers (two inputs in different folders may bear one name), ``settings`` what
    the build was asked for, as JSON knows it. Raises :class:`~kgraph.errors.ExportError` where one
    of the files is not there, and :class:`~kgraph.errors.KgraphError` for a time that is none.
    """
    import orjson

    manifest = {
        "kgraph": __version__,
        "built": build_time(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES} | {"zlib": zlib.ZLIB_RUNTIME_VERSION},
        "inputs": sorted((dict(source) for source in inputs), key=lambda source: (source["name"], source["sha256"])),
        "settings": {name: settings[name] for name in sorted(settings)},
        "counts": dict(counts),
        "files": {path.relative_to(folder).as_posix(): _description(path) for path in sorted(files)},
    }
    options = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return write_whole(folder / "manifest.json", orjson.dumps(manifest, option=options))


def build_time() -> str:
    """The time to print, to the second and in UTC.

    >>> os.environ["SOURCE_DATE_EPOCH"] = "1700000000"
    >>> build_time()
    '2023-11-14T22:13:20+00:00'
    >>> del os.environ["SOURCE_DATE_EPOCH"]
    """
    set_to = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        seconds = int(time.time()) if set_to is None else int(set_to)
        return datetime.datetime.fromtimestamp(seconds, tz=datetime.UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        raise KgraphError(
            f"SOURCE_DATE_EPOCH is {set_to!r}: set it to whole seconds since 1970, or not at all"
        ) from None


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _description(path: Path) -> dict[str, str | int]:
    try:
        with path.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        return {"sha256": digest, "bytes": path.stat().st_size}
    except OSError as error:
        raise ExportError(str(path), f"it is gone before the manifest was written ({error.strerror})") from error
