"""From bytes to text: packed or not, in whatever encoding, or no text at all.

What a file is, its first bytes say, not its name. Nothing is guessed in silence: what was
assumed or lost is told in :attr:`Opened.remarks` and :attr:`Opened.losses`.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

__all__ = ["LARGEST", "Opened", "open_text"]

LARGEST = 512 * 1024 * 1024
"""Bytes of text that one input may hold, unpacked: about 250,000 abstracts. A bomb ends here."""

_CHUNK = 1024  # bytes of a packed file at a time: a thousand may unpack to 32 MB
_SAMPLE = 65_536
_KINDS = {
    b"%PDF-": "a PDF document",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"PK\x03\x04": "a ZIP archive (or an office document)",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"7z\xbc\xaf": "a 7z archive",
    b"\x7fELF": "a program",
    b"PAR1": "a Parquet table",
    b"SQLite format 3": "an SQLite database",
}
_BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_CONTROLS = bytes(range(9)) + bytes(range(14, 32))
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_LEAST_TEXT = 0.95  # of a text's bytes are no controls
_MOST_ACCENTS = 0.3  # of a Western European text's bytes are beyond ASCII


@dataclass(frozen=True, slots=True)
class Opened:
    """A text with plain newlines, what had to be assumed to read it, and what was lost."""

    text: str
    remarks: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()


def open_text(content: bytes) -> Opened:
    r"""The text that the bytes hold, unpacked from gzip or Zstandard.

    Raises ``ValueError`` with the reason where they hold none.

    >>> open_text("naïve".encode("utf-16")).text
    'naïve'
    >>> open_text(b"\x89PNG\r\n")
    Traceback (most recent call last):
    ValueError: it is a PNG picture, not text
    """
    content, losses = _unpacked(content)
    kind = next((kind for magic, kind in _KINDS.items() if content.startswith(magic)), None)
    if kind or content[257:262] == b"ustar":
        raise ValueError(f"it is {kind or 'a tar archive'}, not text")
    text, remarks = _decoded(content)
    if not text.strip():
        raise ValueError(losses[0] if losses else "the file is empty")
    return Opened(text.replace("\r\n", "\n").replace("\r", "\n"), remarks, losses)


def _unpacked(content: bytes) -> tuple[bytes, tuple[str, ...]]:
    loss = None
    unpacked = content
    if content.startswith(b"\x1f\x8b\x08"):
        unpacked, loss = _members(content, lambda: zlib.decompressobj(wbits=31), zlib.error)
    elif content.startswith(b"\x28\xb5\x2f\xfd"):
        import zstandard

        unpacked, loss = _members(content, lambda: zstandard.ZstdDecompressor().decompressobj(), zstandard.ZstdError)
    if len(unpacked) > LARGEST:
        packed = f" (packed in {len(content):,})" if unpacked is not content else ""
        raise ValueError(f"it holds more than {LARGEST:,} bytes{packed}: split it into smaller files")
    return unpacked, (loss,) if loss else ()


class _Unpacker(Protocol):
    """What the decompressors of zlib and zstandard have in common."""

    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


def _members(content: bytes, new: Callable[[], _Unpacker], error: type[Exception]) -> tuple[bytes, str | None]:
    """All members of an archive (RFC 1952, RFC 8878), a chunk more than may be at most, and what was lost."""
    parts: list[bytes] = []
    size = at = 0
    member, begun = new(), False
    while at < len(content) and size <= LARGEST:
        if member.eof:
            member, begun = new(), False
        try:
            parts.append(member.decompress(content[at : at + _CHUNK]))
        except error:
            padding = not begun and parts and not content[at:].strip(b"\0")
            return b"".join(parts), None if padding else "the archive is broken: what stands before the break is read"
        begun = True
        at = min(at + _CHUNK, len(content)) - len(member.unused_data)
        size += len(parts[-1])
    complete = member.eof or size > LARGEST
    return b"".join(parts), None if complete else "the archive breaks off: what it holds up to there is read"


def _decoded(content: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            text = content.decode(encoding, errors="replace")
            return text, _on_replaced(text, 0, encoding.removesuffix("-sig"))
    sample = content[:_SAMPLE]
    if wide := _wide(sample):
        text = content.decode(wide, errors="replace")
        return text, (f"read as {wide.upper()}: it has no byte order mark but looks like it",)
    if len(sample.translate(None, _CONTROLS)) < _LEAST_TEXT * len(sample):
        raise ValueError("it is not text")
    try:
        return content.decode(), ()
    except UnicodeDecodeError as error:
        return _undeclared(content, cut=error.start >= len(content) - 3)


def _wide(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: Latin text has a zero in every other byte."""
    half = len(sample) / 2
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > 0.8 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.8 * half and odd < 0.05 * half else None


def _undeclared(content: bytes, *, cut: bool) -> tuple[str, tuple[str, ...]]:
    """UTF-8 with some bytes broken or the last character cut, or Western European, or not to be told."""
    text = content.decode(errors="replace")
    meant = content.count("\ufffd".encode())
    if cut or len(_BEYOND_ASCII.findall(text)) >= text.count("\ufffd") - meant:
        return text, _on_replaced(text, meant, "utf-8")
    sample = content[:_SAMPLE]
    if len(sample) - len(sample.translate(None, bytes(range(128, 256)))) > _MOST_ACCENTS * len(sample):
        raise ValueError("it is not text, or in an encoding that cannot be told: convert it to UTF-8")
    text = content.decode("cp1252", errors="replace")
    return text, ("it is not UTF-8: read as Windows-1252, so letters beyond ASCII may be wrong; convert it to UTF-8",)


def _on_replaced(text: str, meant: int, encoding: str) -> tuple[str, ...]:
    broken = text.count("\ufffd") - meant
    if broken <= 0:
        return ()
    line = text.count("\n", 0, text.index("\ufffd")) + 1
    characters = "1 character is" if broken == 1 else f"{broken:,} characters are"
    return (f"{characters} broken in its {encoding.upper()}, the first on line {line}: each reads as \ufffd",)
