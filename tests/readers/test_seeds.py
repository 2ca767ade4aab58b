"""The four real listings, where they are there."""

import collections
import json
from pathlib import Path

import pytest

from kgraph.readers.reading import read

SHARED = Path(__file__).parents[2].parent / "shared"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the real listings are not beside the project"),
]


@pytest.fixture(scope="module")
def reading():
    return read([SHARED / "seeds"], strict=True)


def test_every_paper_is_found_and_each_once(reading):
    assert [source.papers for source in reading.sources] == [59, 233, 71, 100]
    assert len(reading.papers) == 438
    assert collections.Counter(len(paper.sources) for paper in reading.papers) == {1: 414, 2: 23, 3: 1}
    assert not reading.skipped


def test_bylines_are_read(reading):
    assert sum(paper.date is not None for paper in reading.papers) == 213
    assert all(len(paper.date) == 10 for paper in reading.papers if paper.date)
    assert max(paper.date for paper in reading.papers if paper.date) == "2025-11-20"
    assert {paper.organization for paper in reading.papers} == {
        None, "Alibaba-NLP", "ReactiveAI", "adobe", "apple", "furiosa-ai",
    }  # fmt: skip


def test_the_year_of_the_three_dated_listings_is_said(reading):
    assert ["read as 2025" in note.message for note in reading.notes] == [True] * 3


def test_the_texts_are_those_that_were_annotated_to_the_character(reading):
    texts = {(paper.title, paper.abstract) for paper in reading.papers}
    with (SHARED / "corpus" / "train.jsonl").open() as lines:
        gold = [record for record in map(json.loads, lines) if record["set"] == "listing"]
    assert len(gold) == 310
    assert all((record["title"], record["abstract"]) in texts for record in gold)
