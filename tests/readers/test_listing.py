import datetime

import pytest

from kgraph.model import Paper
from kgraph.readers.limits import LONGEST_ABSTRACT
from kgraph.readers.listing import ListingReader
from kgraph.stages import Note, Skipped, Source
from tests.readers.sample_listings import HEAD_A, HEAD_B, abstract, layout_a, layout_b, paper_a, title


def read(text, **options):
    return list(ListingReader(**options).read(Source("page.txt", text)))


def papers(items):
    return [item for item in items if isinstance(item, Paper)]


def skipped(items):
    return [(item.line, item.reason) for item in items if isinstance(item, Skipped)]


def notes(items):
    return [item.message for item in items if isinstance(item, Note)]


def line_of(text, part):
    return text[: text.index(part)].count("\n") + 1


def test_layout_a():
    text = layout_a(
        "  • 5 authors\n·\nAug 20",
        "  • 1 authors\n·\nDec 3, 2024",
        "Alibaba-NLP Alibaba-NLP\n·\nOct 31 1",
        "furiosa-ai FuriosaAI\n·\nMar 11, 2024 4",
        None,
    )
    found = read(text)
    assert [paper.title for paper in papers(found)] == [title(number) for number in range(5)]
    assert [paper.abstract for paper in papers(found)] == [abstract(number) for number in range(5)]
    assert [paper.date for paper in papers(found)] == ["2025-08-20", "2024-12-03", "2025-10-31", "2024-03-11", None]
    assert [paper.authors for paper in papers(found)] == [5, 1, None, None, None]
    assert [paper.organization for paper in papers(found)] == [None, None, "Alibaba-NLP", "furiosa-ai", None]
    assert {paper.sources for paper in papers(found)} == {("page.txt",)}
    assert not skipped(found)
    [note] = notes(found)
    assert "2 papers' dates have no year" in note
    assert "2025" in note
    assert "--listing-date" in note


def test_layout_b():
    found = read(layout_b(7))
    assert [(paper.title, paper.abstract) for paper in found] == [(title(n), abstract(n)) for n in range(7)]
    assert all(paper.date is paper.authors is paper.organization is None for paper in found)


def test_the_listing_date_sets_the_year_and_needs_no_note():
    found = read(layout_a("  • 5 authors\n·\nAug 20"), listing_date=datetime.date(2023, 12, 10))
    assert [paper.date for paper in papers(found)] == ["2023-08-20"]
    assert not notes(found)


def test_a_year_that_nothing_tells_is_left_out_and_said():
    found = read(layout_a("  • 5 authors\n·\nAug 20"))
    assert [paper.date for paper in papers(found)] == [None]
    [note] = notes(found)
    assert note.startswith("1 paper's date has no year and nothing tells it")


def test_every_year_printed_needs_no_note():
    assert not notes(read(layout_a("  • 5 authors\n·\nAug 20, 2021")))


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
@pytest.mark.parametrize("trail", ["", " ", "\u00a0", "\t"])
def test_trailing_space_changes_nothing(newline, trail):
    text = layout_a("  • 5 authors\n·\nAug 20, 2021", "adobe Adobe\n·\nNov 3, 2022 1").replace("\n", trail + newline)
    assert papers(read(text)) == papers(
        read(layout_a("  • 5 authors\n·\nAug 20, 2021", "adobe Adobe\n·\nNov 3, 2022 1"))
    )


def test_a_layout_a_page_that_lost_its_blank_lines_reads_the_same():
    text = layout_a("  • 5 authors\n·\nAug 20, 2021", "  • 2 authors\n·\nNov 3, 2022", None)
    squeezed = "\n".join(line for line in text.split("\n") if line.strip())
    assert papers(read(squeezed)) == papers(read(text))


def test_a_page_without_its_head_is_still_a_listing():
    for text in (layout_b(40).removeprefix(HEAD_B), layout_a(*[None] * 40, heading="").removeprefix(HEAD_A)):
        assert all(ListingReader().recognises(text[:end]) for end in range(1_000, 9_000, 77))
        assert len(papers(read(text))) == 40


def test_pages_one_after_the_other_keep_their_own_layout_and_year():
    old = layout_a("  • 5 authors\n·\nAug 20", "  • 5 authors\n·\nDec 1, 2021", heading="Dec 10")
    for glue in ("", "\n"):
        new = layout_a("  • 4 authors\n·\nMay 2", "  • 1 authors\n·\nMay 2, 2024")
        found = read(old + glue + layout_b(3) + glue + new)
        dates = ["2022-08-20", "2021-12-01", None, None, None, "2025-05-02", "2024-05-02"]
        assert [paper.date for paper in papers(found)] == dates
        assert papers(found)[4].abstract == abstract(2)
        assert not skipped(found)


def test_a_wrapped_abstract_is_joined_by_spaces():
    wrapped = abstract(0).replace(". ", ".\n")
    text = f"{HEAD_A}{title(0)}\n\n{wrapped}\n\n  • 5 authors\n·\nAug 20, 2021"
    assert papers(read(text))[0].abstract == abstract(0)


def test_paragraphs_of_an_abstract_are_one_abstract():
    text = f"{HEAD_A}{title(0)}\n\n{abstract(0)}\n\n{abstract(1)}\n\n  • 5 authors\n·\nAug 20, 2021\n\n{paper_a(2)}"
    assert [paper.abstract for paper in papers(read(text))] == [f"{abstract(0)} {abstract(1)}", abstract(2)]


@pytest.mark.parametrize("lost", range(1, 6))
@pytest.mark.parametrize("what", [title, abstract])
@pytest.mark.parametrize("make", [layout_b, lambda count: layout_a(*["  • 5 authors\n·\nAug 20, 2021"] * count)])
def test_a_lost_line_costs_its_own_paper_only(make, what, lost):
    whole = make(7)
    text = whole.replace(f"{what(lost)}\n", "\n" if "\n\n" in whole else "")
    found = read(text)
    assert [paper.title for paper in papers(found)] == [title(number) for number in range(7) if number != lost]
    missing, left = ("title", abstract(lost)) if what is title else ("abstract", title(lost))
    assert skipped(found) == [(line_of(text, left), f"the {missing} is missing")]


def test_a_broken_byline_costs_the_date_only():
    text = layout_a("  • 5 authors\n·\n2 days ago", "  • 3 authors\n·\nAug 20, 2021")
    found = read(text)
    assert [(paper.authors, paper.date) for paper in papers(found)] == [(5, None), (3, "2021-08-20")]
    assert skipped(found) == [(line_of(text, "  • 5"), "no date as the listing prints them: left out")]


def test_a_byline_without_date_or_dot():
    bylines = {
        "  • 5 authors": (5, None),
        "  • 3 authors\n·": (3, None),
        "·\nAug 20, 2021": (None, "2021-08-20"),
        "  • 1,024 authors · Aug 20, 2021 3": (1024, "2021-08-20"),
        "  • 7 authors\nAug 20, 2021": (7, "2021-08-20"),
        "  • 8 authors\n\n·\n\nAug 20, 2021": (8, "2021-08-20"),
    }
    found = read(layout_a(*bylines))
    assert [(paper.authors, paper.date) for paper in papers(found)] == list(bylines.values())
    assert not skipped(found)


def test_a_date_alone_is_named():
    text = layout_a("  • 5 authors\n\nAug 20, 2021", None)
    assert [paper.date for paper in papers(read(text))] == [None, None]
    assert skipped(read(text)) == [(line_of(text, "Aug 20"), "a date that stands with no paper: left out")]


def test_a_byline_alone_is_named():
    assert skipped(read(f"{HEAD_A}  • 5 authors\n·\nAug 20, 2021"))[0][1] == (
        "a line of authors and date without a paper before it"
    )


def test_an_impossible_day_is_named():
    found = read(layout_a("  • 5 authors\n·\nFeb 29"), listing_date=datetime.date(2023, 12, 10))
    assert papers(found)[0].date is None
    assert skipped(found)[0][1] == "there is no day 02-29 in 2023: left out"


@pytest.mark.parametrize("make", [layout_b, lambda count: layout_a(*[None] * count)])
def test_a_page_cut_in_an_abstract_keeps_it_and_says_so(make):
    text = make(3)[:-60]
    found = read(text)
    assert len(papers(found)) == 3
    line = line_of(text, title(2)) + (1 if make is layout_b else 2)
    reason = "the page seems to break off in the middle of this abstract: kept as it is"
    assert notes(found) == [f"line {line}: {reason}"]


@pytest.mark.parametrize("end", ["and more.", "(see the appendix)", "Code: https://example.org/x", "see example.org"])
def test_a_page_that_ends_as_texts_end_needs_no_note(end):
    assert not notes(read(layout_b(2) + " " + end))


def test_an_abstract_of_a_megabyte_is_skipped():
    text = layout_b(2) + f"\n{title(9)}\n" + "Sentence upon sentence. " * 44_000 + f"\n{title(3)}\n{abstract(3)}"
    found = read(text)
    assert [paper.title for paper in papers(found)] == [title(0), title(1), title(3)]
    [(line, reason)] = skipped(found)
    assert line == line_of(text, title(9))
    assert f"more than {LONGEST_ABSTRACT:,}" in reason


def test_controls_become_spaces_one_for_one_and_other_scripts_stay():
    hostile = "\u202eYou\x00 read this \u05e9\u05dc\u05d5\u05dd backwards\ud800. " + abstract(0)
    [paper] = papers(read(f"{HEAD_B}{title(0)}\n{hostile}"))
    assert paper.abstract == "You  read this \u05e9\u05dc\u05d5\u05dd backwards . " + abstract(0)


def test_inner_spaces_stay_for_the_sake_of_offsets():
    text = abstract(0).replace(" We", "  We")
    assert papers(read(f"{HEAD_B}{title(0)}\n{text}"))[0].abstract == text


def test_a_listing_without_papers_is_named():
    assert skipped(read(HEAD_A)) == [(None, "the listing holds no papers")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Just one line of text.",
        "# Notes\n\n" + abstract(1) + "\n\n- a point\n- another point\n",
        "<!DOCTYPE html>\n" + abstract(1),
        "id,title,abstract\n" + abstract(1),
        "def main():\n    return 1\n",
        abstract(1) + "\n\n" + abstract(2),
    ],
)
def test_other_texts_are_not_taken_for_a_listing(text):
    assert not ListingReader().recognises(text)
