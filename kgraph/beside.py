"""What is made out of a build's files and kept beside them: each a folder, made once for each content.

Such a folder stands in the hidden ``.kgraph`` beside the files, is called by a digest of their
content and never changes: it is made aside and renamed, so that whoever makes one at the same time
only does the work twice, and who still reads an older one is not disturbed. All of it may be
removed at any time.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from kgraph.errors import ExportError
from kgraph.files import write_whole

__all__ = ["FOLDER", "discard", "kept"]

FOLDER = ".kgraph"
_STAMP = "stamp.json"
_MAKING = ".making-"
_KEPT = 2  # versions of one kind: the newest, and the one that somebody may still be reading
_LEFT_OVER_SECONDS = 3600.0
_ATTEMPTS = 3


def kept(files: Sequence[Path], kind: str, make: Callable[[Path], None], *, version: str = "") -> Path:
    """The folder that ``make`` fills out of the files' present content; made now where it is not there yet.

    ``version`` names what else its content depends on. The files are read again only when the
    system's record of one (size, times, number) has changed. Raises ``OSError`` where nothing can
    be written beside the files or they do not come to rest, and whatever ``make`` raises.

    >>> import tempfile
    >>> folder = Path(tempfile.mkdtemp())
    >>> _ = (folder / "graph.ttl").write_text("a")
    >>> made = kept([folder / "graph.ttl"], "lengths", lambda place: (place / "length").touch())
    >>> made.parent.name, sorted(path.name for path in made.iterdir())
    ('.kgraph', ['length', 'stamp.json'])
    >>> kept([folder / "graph.ttl"], "lengths", lambda place: 1 / 0) == made
    True
    """
    place = files[0].parent / FOLDER
    for _ in range(_ATTEMPTS):
        state = _state(files)
        for folder in _versions(place, kind):
            if _stamped(folder, version) == state:
                return folder
        folder = place / f"{kind}-{_digest(files, version)}"
        if not _ours(folder):
            _make(folder, make)
        if _state(files) == state:  # else they were replaced meanwhile, and this may be half of each
            _stamp(folder, version, state)
            _forget_old(place, kind, folder)
            return folder
        discard(folder)
    raise OSError(f"{files[0]} changes while it is read")


def discard(folder: Path) -> None:
    """Remove a folder that turned out to be damaged; the next one who asks makes it anew."""
    shutil.rmtree(folder, ignore_errors=True)


def _make(folder: Path, make: Callable[[Path], None]) -> None:
    folder.parent.mkdir(exist_ok=True)
    with contextlib.suppress(ExportError):
        write_whole(folder.parent / ".gitignore", "*\n")
    aside = folder.parent / f"{_MAKING}{secrets.token_hex(4)}"
    aside.mkdir()
    try:
        make(aside)
        discard(folder)  # nothing, or one that is not ours
        os.rename(aside, folder)
    except OSError:
        if not _ours(folder):  # nobody else made it meanwhile
            raise
    finally:
        discard(aside)


def _state(files: Sequence[Path]) -> list[list[object]]:
    """What the system tells of the files without reading them; a file that is written anew has another."""
    states = [(file.name, file.stat()) for file in files]
    return [[name, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino] for name, found in states]


def _digest(files: Sequence[Path], version: str) -> str:
    whole = hashlib.sha256(version.encode())
    for file in files:
        with file.open("rb") as stream:
            whole.update(f"\n{file.name} {hashlib.file_digest(stream, 'sha256').hexdigest()}".encode())
    return whole.hexdigest()[:20]


def _versions(place: Path, kind: str) -> list[Path]:
    """The folders of the kind that may be trusted, the newest first."""
    try:
        found = [path for path in place.iterdir() if path.name.startswith(f"{kind}-") and _ours(path)]
    except OSError:
        return []
    return sorted(found, key=_age)


def _age(folder: Path) -> float:
    try:
        return time.time() - folder.lstat().st_mtime
    except OSError:
        return 0.0


def _ours(folder: Path) -> bool:
    """Whether it is a plain folder made by this user, or by whom the build itself belongs to."""
    try:
        found, build = folder.lstat(), folder.parent.parent.stat()
    except OSError:
        return False
    trusted = not hasattr(os, "getuid") or found.st_uid in {os.getuid(), build.st_uid}
    return trusted and folder.is_dir() and not folder.is_symlink()


def _stamped(folder: Path, version: str) -> object:
    try:
        stamp = json.loads((folder / _STAMP).read_bytes())
        return stamp["files"] if stamp["version"] == version else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _stamp(folder: Path, version: str, state: list[list[object]]) -> None:
    with contextlib.suppress(ExportError):  # read-only: the digest is computed again next time
        write_whole(folder / _STAMP, json.dumps({"version": version, "files": state}))


def _forget_old(place: Path, kind: str, newest: Path) -> None:
    """Remove what is left of builds before the last, and of makers that were stopped."""
    others = [folder for folder in _versions(place, kind) if folder != newest]
    left_over = [path for path in place.glob(f"{_MAKING}*") if _age(path) > _LEFT_OVER_SECONDS]
    for folder in [*others[_KEPT - 1 :], *left_over]:
        discard(folder)
