"""What is costly to make and cheap to keep: bytes by name in the user's cache folder.

A cache may be lost at any time. So nothing here ever raises: what cannot be read, is damaged or
belongs to somebody else is as good as absent, and what cannot be written is not.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from pathlib import Path

from kgraph.errors import ExportError
from kgraph.files import write_whole

__all__ = ["folder", "recall", "remember"]

_LARGEST = 1 << 28
_KEPT = 4
_NOT_FOLLOWING = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


def folder() -> Path | None:
    """Where the user's caches are (XDG Base Directory Specification); None where there is no home.

    >>> import os, unittest.mock
    >>> with unittest.mock.patch.dict(os.environ, {"XDG_CACHE_HOME": "/tmp/mine"}):
    ...     folder().as_posix()
    '/tmp/mine/kgraph'
    """
    named = os.environ.get("XDG_CACHE_HOME", "")
    if Path(named).is_absolute():  # a relative one is to be ignored, says the specification
        return Path(named) / "kgraph"
    try:
        return Path.home() / ".cache" / "kgraph"
    except RuntimeError:
        return None


def recall(name: str) -> bytes | None:
    """What was remembered under the name, to the byte; None where it is absent, damaged or not ours."""
    place = folder()
    if place is None:
        return None
    try:
        content = _read_own(place / name)
    except OSError:
        return None
    checksum, _, kept = content.partition(b"\n")
    return kept if checksum == _checksum(kept) else None


def remember(name: str, content: bytes) -> bool:
    """Keep the bytes under the name; whether that was possible.

    Names alike up to their first hyphen are versions of one thing, of which only the newest few stay.
    """
    place = folder()
    if place is None:
        return False
    with contextlib.suppress(ExportError, OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(place / name, _checksum(content) + b"\n" + content)
        _forget_old(place, name)
        return True
    return False


def _forget_old(place: Path, name: str) -> None:
    """Remove all but the newest versions of what was just written; never that one itself."""
    kind, hyphen, _ = name.partition("-")
    others = [path for path in place.iterdir() if hyphen and path.name.startswith(f"{kind}-") and path.name != name]
    newest = sorted(others, key=lambda path: path.lstat().st_mtime_ns, reverse=True)
    for path in newest[_KEPT - 1 :]:
        with contextlib.suppress(OSError):
            path.unlink()


def _read_own(path: Path) -> bytes:
    """The bytes of a plain file that belongs to this user; ``OSError`` for anything else."""
    with os.fdopen(os.open(path, os.O_RDONLY | _NOT_FOLLOWING), "rb") as stream:
        status = os.fstat(stream.fileno())
        ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
        if not (ours and stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST):
            raise PermissionError(path)
        return stream.read(_LARGEST)


def _checksum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
