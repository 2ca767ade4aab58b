from kgraph.extraction.marks import MENTIONS, Found, add, document, marked, text_of
from kgraph.model import Paper
from tests.extraction.reading import NLP, doc_of, spans_of


def test_what_does_not_fit_the_tokens_is_dropped():
    doc = doc_of("See https://example.org/Foo and Foo.")
    text = doc.text
    inside, outside = text.index("Foo"), text.rindex("Foo")
    add(doc, [Found(inside, inside + 3, "Method", 0.5), Found(outside, outside + 3, "Method", 0.5)])
    assert [span.start_char for span in doc.spans[MENTIONS]] == [outside]


def test_marks_add_up():
    doc = doc_of("Foo and Bar.")
    add(doc, [Found(10, 13, "Method", 0.5)])
    add(doc, [Found(18, 21, "Task", 0.7, "task/bar")])
    assert spans_of(doc) == [("Foo", "Method", ""), ("Bar", "Task", "task/bar")]


def test_spans_of_the_same_characters_have_scores_of_their_own():
    doc = doc_of("Foo.")
    add(doc, [Found(10, 13, "Method", 0.5), Found(10, 13, "Task", 0.7), Found(10, 13, "Task", 0.9, "task/foo")])
    assert [span._.kgraph_score for span in doc.spans[MENTIONS]] == [0.5, 0.7, 0.9]


def test_a_span_that_nobody_scored_is_sure():
    doc = doc_of("Foo.")
    assert doc[2:3]._.kgraph_score == 1.0


def test_a_document_knows_its_text_and_where_the_abstract_begins():
    doc = document(NLP, Paper("1", "Title", "Abstract."))
    assert text_of(doc) == doc.text == "Title\nAbstract."
    assert doc.text[doc._.kgraph_abstract :] == "Abstract."
    assert text_of(NLP("Other.")) == "Other."


def test_marks_of_strangers_are_brought_into_bounds():
    doc = doc_of("Foo and Bar.")
    doc.spans[MENTIONS] = [
        doc.char_span(10, 13, label="Method"), doc.char_span(18, 21, label="Task"), doc.char_span(14, 17)
    ]  # fmt: skip
    doc.spans[MENTIONS][0]._.kgraph_score = 7
    doc.spans[MENTIONS][1]._.kgraph_score = -1
    assert [(found.type, found.score) for found in marked(doc)] == [("Method", 1.0), ("Task", 0.001)]
