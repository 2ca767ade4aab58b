import datetime
import gzip
import hashlib
import io
import json
import sys
from types import SimpleNamespace

import pytest

from kgraph.errors import ReadError
from kgraph.iri import paper_key
from kgraph.readers.reading import Provenance, Reading, read
from kgraph.stages import Note, Skipped
from tests.readers.sample_listings import abstract, layout_a, layout_b, title


def record(number, **fields):
    return json.dumps({"title": title(number), "abstract": abstract(number)} | fields)


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(layout_a("  • 5 authors\n·\nAug 20, 2021", "adobe Adobe\n·\nNov 3"))
    (tmp_path / "b.txt").write_text(layout_b(3))
    (tmp_path / "c.jsonl").write_text(record(4, date="2022-01-05") + "\n{}\n")
    return tmp_path


def test_everything_together(folder):
    reading = read([folder], listing_date=datetime.date(2024, 12, 10))
    assert {paper.title for paper in reading.papers} == {title(number) for number in (0, 1, 2, 4)}
    assert [paper.id for paper in reading.papers] == sorted(paper_key(title(number)) for number in (0, 1, 2, 4))
    assert [(it.name, it.format, it.papers) for it in reading.sources] == [
        ("a.txt", "Daily Papers listing", 2),
        ("b.txt", "Daily Papers listing", 3),
        ("c.jsonl", "JSON Lines", 1),
    ]
    assert reading.sources[1].sha256 == hashlib.sha256((folder / "b.txt").read_bytes()).hexdigest()
    assert [(it.source, it.line, it.reason) for it in reading.skipped] == [("c.jsonl", 2, "the title is missing")]


def test_a_paper_in_two_listings_keeps_what_each_knew(folder):
    papers = {paper.title: paper for paper in read([folder / "a.txt", folder / "b.txt"]).papers}
    assert papers[title(0)].sources == ("a.txt", "b.txt")
    assert (papers[title(0)].date, papers[title(0)].authors) == ("2021-08-20", 5)
    assert papers[title(1)].organization == "adobe"
    assert papers[title(2)].sources == ("b.txt",)


def test_annotations_are_apart_from_papers(tmp_path):
    (tmp_path / "mixed.jsonl").write_text(record(0, entities=[]) + "\n" + record(1))
    reading = read([tmp_path])
    assert [annotation.paper.title for annotation in reading.annotations] == [title(0)]
    assert [paper.title for paper in reading.papers] == [title(1)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_standard_input(monkeypatch, pack):
    content = pack(layout_b(2).encode())
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(content)))
    reading = read(["-"])
    assert {paper.sources for paper in reading.papers} == {("stdin",)}
    assert reading.sources == [Provenance("stdin", hashlib.sha256(content).hexdigest(), "Daily Papers listing", 2)]


def test_no_standard_input_is_said(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert read(["-"]).skipped == [Skipped("stdin", None, "cannot be read: there is no standard input")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (bytes(99), "it is not text"),
        (b"\x89PNG\r\n", "it is a PNG picture, not text"),
        (b"hello\n", "no format that kgraph reads (JSON Lines or Daily Papers listing)"),
    ],
)
def test_a_bad_file_is_named_and_the_others_read(folder, content, reason):
    (folder / "bad.txt").write_bytes(content)
    reading = read([folder])
    assert len(reading.papers) == 4
    assert [it.reason for it in reading.skipped if it.source == "bad.txt"] == [reason]
    assert Provenance("bad.txt", hashlib.sha256(content).hexdigest(), "", 0) in reading.sources


def test_strict_stops_at_the_first_thing_skipped(folder):
    with pytest.raises(ReadError, match=r"^c\.jsonl:2: the title is missing$") as caught:
        read([folder], strict=True)
    assert (caught.value.path, caught.value.line) == ("c.jsonl", 2)
    assert len(read([folder / "b.txt"], strict=True).papers) == 3


def test_a_file_that_may_not_be_read_is_named(folder, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.open", refuse)
    assert {it.reason for it in read([folder]).skipped} == {"cannot be read: permission denied"}


def test_an_assumed_encoding_is_a_note(tmp_path):
    (tmp_path / "old.txt").write_bytes(layout_b(2).replace("small", "naïve").encode("cp1252"))
    reading = read([tmp_path])
    assert any("naïve" in paper.abstract for paper in reading.papers)
    assert ["Windows-1252" in note.message for note in reading.notes] == [True]


def test_a_loss_in_an_archive_is_named(tmp_path):
    (tmp_path / "cut.gz").write_bytes(gzip.compress(layout_b(60).encode())[:-200])
    reading = read([tmp_path])
    assert len(reading.papers) > 10
    assert Skipped("cut.gz", None, "the archive breaks off: what it holds up to there is read") in reading.skipped


def test_two_papers_that_claim_one_id_both_live(tmp_path):
    other = "Nothing here resembles a word of what stands elsewhere under this number."
    (tmp_path / "a.jsonl").write_text(f"{record(0, id='2401.01234')}\n{record(1, id='2401.01234', abstract=other)}\n")
    reading = read([tmp_path])
    assert {(paper.id, paper.title) for paper in reading.papers} == {
        (paper_key(title(0)), title(0)),
        ("2401.01234", title(1)),
    }
    [note] = reading.notes
    assert "has the id 2401.01234 of another paper" in note.message


def test_two_versions_of_a_paper_are_one_though_the_title_changed(tmp_path):
    later = record(
        1, abstract=abstract(0) + " The second version adds a board.", id="https://arxiv.org/abs/2401.01234v2"
    )
    (tmp_path / "a.jsonl").write_text(f"{record(0, id='2401.01234v1')}\n{later}\n")
    reading = read([tmp_path])
    assert [(paper.id, paper.title) for paper in reading.papers] == [("2401.01234", title(1))]


def test_abstracts_that_differ_are_told(tmp_path):
    (tmp_path / "a.jsonl").write_text(record(0) + "\n" + record(0, abstract=abstract(1) + " And more."))
    (tmp_path / "b.jsonl").write_text(record(0, abstract=abstract(0).upper()))
    reading = read([tmp_path])
    assert [paper.abstract for paper in reading.papers] == [abstract(1) + " And more."]
    assert [note.source for note in reading.notes] == ["a.jsonl", "b.jsonl"]
    assert reading.notes[0].message.endswith("comes with 2 different abstracts: the fullest is kept")


def test_names_carry_no_path(folder):
    text = repr(read([folder, f"{folder}/*.txt"]))
    assert str(folder) not in text


def test_an_empty_reading_can_be_made():
    assert Reading() == Reading([], [], [], [], [])


def test_notes_of_equal_words_are_one(tmp_path):
    (tmp_path / "twice.txt").write_text(layout_a("  • 5 authors\n·\nAug 20") * 2)
    assert read([tmp_path]).notes == [
        Note("twice.txt", "1 paper's date has no year and nothing tells it, so no date: give --listing-date YYYY-MM-DD")
    ]
