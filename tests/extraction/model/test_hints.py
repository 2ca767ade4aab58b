"""What vocabularies and patterns say, in the numbers that the model reads."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.lang.en import English

from kgraph.extraction.marks import Found, add, document
from kgraph.extraction.model.hints import RELATIONS, hint_relations, hint_spans, hints_of, linked_names
from kgraph.model import Entity, Mention, Paper
from tests.extraction.model.test_finding import words_of

BEGINS, ENDS, WITHIN, AROUND, ACROSS = range(RELATIONS)
TYPES = ("Method", "Hardware")


@pytest.fixture
def doc():
    made = document(English(), Paper("1", "On GPUs", "A GPU and another GPU run FooNet."))
    add(
        made,
        [Found(3, 7, "Hardware", 0.6), Found(10, 13, "Hardware", 0.6, "hardware/gpu"), Found(34, 40, "Method", 0.9)],
    )
    return made


def test_spans_are_hints_and_forms_of_one_name_are_one_entity(doc):
    hints = hints_of(doc)
    assert [(hint.start, hint.type, hint.linked) for hint in hints] == [
        (3, "Hardware", False),
        (10, "Hardware", True),
        (34, "Method", False),
    ]
    assert hints[0].entity == hints[1].entity != hints[2].entity


def test_entities_that_another_component_made_are_kept_apart(doc):
    mentions = Mention(3, 7, "GPUs"), Mention(10, 13, "GPU")
    doc._.kgraph_entities = tuple(Entity(mention.text, "Hardware", "mentions", 1.0, (mention,)) for mention in mentions)
    assert [hint.entity for hint in hints_of(doc)] == [0, 1, 2]


def test_what_a_vocabulary_knows_is_told_by_name(doc):
    gpu = Entity("GPU", "Hardware", "runsOn", 1.0, (Mention(10, 13, "GPU"),))
    other = Entity("FooNet", "Method", "proposes", 1.0, (Mention(34, 40, "FooNet"),))
    assert linked_names([gpu, other], hints_of(doc)) == {"GPU"}


def test_only_types_that_the_model_knows_are_hinted_at(doc):
    words = words_of("On GPUs A GPU and another GPU run FooNet.")
    assert len(hint_spans(hints_of(doc), words, TYPES)) == 3
    assert len(hint_spans(hints_of(doc), words, ("Method",))) == 1
    assert hint_spans([], words, TYPES).shape == (0, 3)


def test_each_stretch_that_touches_a_hint_stands_to_it_in_one_way():
    level, type = 4, 1
    starts, lengths, kinds = hint_relations(np.array([[2, 4, level * 2 + type]]), 7, 4, 2)
    seen = {}
    for start, length, kind in zip(starts.tolist(), lengths.tolist(), kinds.tolist(), strict=True):
        assert kind % 2 == type
        seen[start, start + length + 1] = kind // 2
    assert seen[2, 4] == RELATIONS + level
    assert (seen[2, 5], seen[0, 4], seen[3, 4], seen[2, 3]) == (BEGINS, ENDS, ENDS, BEGINS)
    assert (seen[1, 5], seen[1, 3], seen[3, 6]) == (AROUND, ACROSS, ACROSS)
    assert set(seen) == {(a, b) for a in range(7) for b in range(a + 1, min(a + 5, 8)) if a < 4 and b > 2}
    assert len(seen) == len(starts)


def test_what_lies_within_a_hint_and_what_leaves_the_text():
    starts, lengths, kinds = hint_relations(np.array([[0, 3, 0]]), 3, 12, 1)
    where = list(zip(starts.tolist(), lengths.tolist(), strict=True))
    assert kinds[where.index((1, 0))] == WITHIN
    assert max(start + length for start, length in where) == 2


def test_two_hints_of_one_type_tell_a_stretch_the_same_only_once():
    starts, lengths, kinds = hint_relations(np.array([[1, 2, 0], [3, 4, 0]]), 5, 5, 1)
    around = [kind for start, length, kind in zip(starts, lengths, kinds, strict=True) if (start, length) == (0, 4)]
    assert around == [AROUND]


def test_no_hints():
    assert [len(part) for part in hint_relations(np.zeros((0, 3), dtype=np.intp), 5, 5, 1)] == [0, 0, 0]
