"""What is read of a text: sentences, cues, mentions in their places."""

import time

import pytest
from hypothesis import given

from kgraph.extraction.cues import LEXICON, read
from kgraph.model import Entity, Mention
from kgraph.text import passage
from tests.extraction.marked import marked
from tests.strategies import annotations


def reading_of(source):
    sample = marked(source)
    return read(sample.text, sample.title_end, sample.entities)


def test_no_word_is_two_cues():
    words = [word for cue in LEXICON.values() for word in cue.split()]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


def test_a_mention_is_one_token_among_cues():
    sentence = reading_of("A title | We evaluate {Zip 2.0} on {MiniSet}, at 3.5%.").sentences[1]
    assert sentence.tokens == ("we", "evaluate", "", "on", "", ",", "at", "3.5", "%", ".")
    assert sentence.cues == ("we", "evaluate", "", "on", "", "", "at", "number", "number", "")
    assert sentence.mentions == ((2, 0), (4, 1))


def test_of_mentions_that_overlap_the_longest_of_the_first_is_read():
    entities = [
        Entity(str(start) + str(end), "Method", "mentions", 1.0, (Mention(start, end, ""),))
        for start, end in ((2, 5), (2, 9), (4, 12))
    ]
    assert read("A sparse net is read", 0, entities).sentences[0].mentions == ((1, 1),)


def test_marks_are_numbered_after_the_entities():
    sample = marked("T | {Zip} takes 3 ms.")
    start = sample.text.index("3")
    sentence = read(sample.text, sample.title_end, sample.entities, [(start, start + 4)]).sentences[1]
    assert sentence.tokens == ("", "takes", "", ".")
    assert sentence.mentions == ((0, 0), (2, 1))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("T | Nets are slow. They still grow. We propose {Zip}. It is fast.", 3),
        ("T | Nets are slow. In this paper we study them. We win.", 2),
        ("T | Nets are slow. Our net is fast.", 2),
        ("T | Nets are slow. They grow.", 1),
    ],
)
def test_the_sentence_with_the_proposal(source, expected):
    assert reading_of(source).proposal == expected


def test_a_text_without_a_title():
    reading = read("We propose nets.", 0, [])
    assert not reading.titled
    assert reading.proposal == 0


def test_an_empty_text():
    assert read("", 0, []).sentences == ()


@given(annotations())
def test_every_mention_read_points_to_an_entity(annotation):
    paper = annotation.paper
    reading = read(passage(paper.title, paper.abstract), len(paper.title), annotation.entities)
    for sentence in reading.sentences:
        assert len(sentence.tokens) == len(sentence.cues)
        assert [place for place, _ in sentence.mentions] == [at for at, t in enumerate(sentence.tokens) if not t]
        assert all(0 <= index < len(annotation.entities) for _, index in sentence.mentions)


@pytest.mark.parametrize("piece", ["we propose ", "a-", "1.", "1,1", "''", "a.a", "proposed"])
def test_time_is_linear_in_the_text(piece):
    started = time.process_time()
    read(piece * (100_000 // len(piece)), 0, [])
    assert time.process_time() - started < 5
