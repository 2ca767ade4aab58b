import gzip

import pytest
import zstandard

from kgraph.readers import opening
from kgraph.readers.opening import open_text

TEXT = "Naïve Bayes on an FPGA – 4 µs\nλ-calculus\n" * 50
PACK = {"gzip": gzip.compress, "zstd": zstandard.ZstdCompressor(write_checksum=True).compress}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_needs_no_remark(encoding):
    opened = open_text(TEXT.encode(encoding))
    assert (opened.text, opened.remarks, opened.losses) == (TEXT, (), ())


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_recognised_and_said(encoding):
    text = "Plain words on a line.\n" * 9
    opened = open_text(text.encode(encoding))
    assert opened.text == text
    assert encoding.upper() in opened.remarks[0]


def test_western_european_is_assumed_and_said():
    text = "Café “au lait” – naïve\n" * 20
    opened = open_text(text.encode("cp1252"))
    assert opened.text == text
    assert "Windows-1252" in opened.remarks[0]


def test_a_few_broken_bytes_in_utf_8_are_replaced_and_said():
    content = TEXT.encode() + b"one \xff byte\n" + TEXT.encode()
    opened = open_text(content)
    assert opened.text == TEXT + "one \ufffd byte\n" + TEXT
    assert opened.remarks == ("1 character is broken in its UTF-8, the first on line 101: each reads as \ufffd",)


def test_a_file_cut_within_a_character():
    opened = open_text("It ends at µ".encode()[:-1])
    assert opened.text == "It ends at \ufffd"
    assert "1 character is broken" in opened.remarks[0]


def test_a_replacement_character_that_was_meant_is_no_fault():
    assert open_text("a \ufffd b".encode()).remarks == ()


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_newlines_are_plain(newline):
    assert open_text(f"a{newline}b{newline}".encode()).text == "a\nb\n"


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_packed_text_is_opened_whatever_its_name(pack):
    assert open_text(pack(TEXT.encode())).text == TEXT
    assert open_text(pack(b"one ") + pack(b"two")).text == "one two"


def test_gzip_padded_with_zeros_is_whole():
    assert open_text(gzip.compress(b"text", mtime=0) + b"\0" * 512).losses == ()


def test_bytes_behind_a_gzip_archive_are_named():
    opened = open_text(gzip.compress(b"text", mtime=0) + b"junk")
    assert (opened.text, len(opened.losses)) == ("text", 1)


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_an_archive_that_breaks_off_gives_its_beginning(pack):
    lines = "".join(f"line {number * 7919} of a text\n" for number in range(40_000)).encode()
    opened = open_text(pack(lines)[:-9_000])
    assert opened.losses == ("the archive breaks off: what it holds up to there is read",)
    assert len(opened.text) > 50_000
    assert lines.decode().startswith(opened.text)


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_damaged_archive_gives_what_stands_before(pack):
    content = bytearray(pack(b"whole. ") + pack(TEXT.encode()))
    content[-30:-20] = b"\xff" * 10
    opened = open_text(bytes(content))
    assert opened.text.startswith("whole. ")
    assert opened.losses == ("the archive is broken: what stands before the break is read",)


def test_damage_far_into_one_member_costs_what_comes_after():
    lines = "".join(f"line {number * 7919} of a text\n" for number in range(40_000)).encode()
    content = bytearray(gzip.compress(lines, mtime=0))
    content[-9_000:-8_900] = b"\xff" * 100
    opened = open_text(bytes(content))
    assert len(opened.losses) == 1
    assert len(opened.text) > 50_000
    assert lines.startswith(opened.text.encode()[:50_000])


@pytest.mark.parametrize("pack", PACK.values(), ids=PACK)
def test_a_bomb_ends_at_the_limit(pack, monkeypatch):
    monkeypatch.setattr(opening, "LARGEST", 1_000_000)
    bomb = pack(b"a" * 50_000_000)
    with pytest.raises(ValueError, match=r"it holds more than 1,000,000 bytes \(packed in [\d,]+\): split it"):
        open_text(bomb)
    with pytest.raises(ValueError, match="it holds more than 1,000,000 bytes: split it"):
        open_text(b"a" * 1_000_001)


@pytest.mark.parametrize(
    "content", [b"", b" \n\r\n", b"\xef\xbb\xbf", gzip.compress(b"", mtime=0), zstandard.compress(b"")]
)
def test_an_empty_file(content):
    with pytest.raises(ValueError, match=r"^the file is empty$"):
        open_text(content)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n" + TEXT.encode(), "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG picture"),
        (b"PK\x03\x04 zipped", "a ZIP archive"),
        (b"x" * 257 + b"ustar\0" + b"y" * 200, "a tar archive"),
        (gzip.compress(b"%PDF-1.7", mtime=0), "a PDF document"),
    ],
)
def test_known_kinds_are_called_by_their_names(content, kind):
    with pytest.raises(ValueError, match=f"it is {kind}.*, not text"):
        open_text(content)


@pytest.mark.parametrize(
    "content",
    [
        bytes(1_000),
        bytes(range(256)) * 9,
        "пример текста на русском".encode("cp1251"),
        b"\x1f\x8b\x08\0\0",
        b"\x28\xb5\x2f\xfd",
    ],
)
def test_what_is_no_text_is_refused(content):
    with pytest.raises(ValueError, match=r"not text|cannot be told|archive"):
        open_text(content)
