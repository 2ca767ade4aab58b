"""Answers that may not grow beyond a size."""

import pytest

from kgraph.errors import QueryError
from kgraph.query import read_store
from kgraph.query.limits import Limits, TooLarge, respond

STORE = read_store('@prefix kg: <https://w3id.org/kgraph/ontology#> . kg:a kg:b "one", "two", "three" .')
ALL = "SELECT ?o { ?s ?p ?o }"


@pytest.mark.parametrize(
    ("query", "kind", "form"), [(ALL, "rows", "csv"), ("ASK {}", "truth", "csv"), ("DESCRIBE kg:a", "triples", "nt")]
)
def test_the_form_is_that_of_what_the_query_gives(query, kind, form):
    answer = respond(STORE, query, rows="csv", triples="nt", limits=Limits())
    assert (answer.kind, answer.form) == (kind, form)
    assert answer.content


def test_where_no_form_fits_nothing_is_asked():
    assert respond(STORE, ALL, rows=None, triples="ttl", limits=Limits()).content == b""


@pytest.mark.parametrize("form", ["json", "csv", "tsv", "xml"])
def test_every_form_holds_every_row(form):
    content = respond(STORE, ALL, rows=form, triples=None, limits=Limits(rows=3)).content
    assert all(word in content for word in (b"one", b"two", b"three"))


def test_too_many_rows_or_bytes_are_refused_whole():
    with pytest.raises(TooLarge, match="3 rows, of which 2 are given at most"):
        respond(STORE, ALL, rows="csv", triples=None, limits=Limits(rows=2))
    for query in (ALL, "DESCRIBE kg:a"):
        with pytest.raises(TooLarge, match="more than 50 bytes"):
            respond(STORE, query, rows="json", triples="nt", limits=Limits(bytes=50))


def test_what_cannot_be_read_is_told_as_ever():
    with pytest.raises(QueryError, match="line 1"):
        respond(STORE, "SELECT", rows="csv", triples=None, limits=Limits())
