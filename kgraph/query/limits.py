"""Answers that may not grow beyond a size, for whoever lets strangers ask."""

from __future__ import annotations

import io
from dataclasses import dataclass

import orjson
import pyoxigraph as ox

from kgraph.errors import QueryError
from kgraph.query.answers import Form, Kind, check, write
from kgraph.query.stores import Store

__all__ = ["Answer", "Limits", "TooLarge", "respond"]


class TooLarge(QueryError):
    """The answer to a query is larger than allowed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How large an answer may be; none is without bounds."""

    rows: int = 100_000
    bytes: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer written in a form; both empty where no form was given for what the query gives."""

    kind: Kind
    form: Form | None
    content: bytes


def respond(store: Store, query: str, *, rows: Form | None, triples: Form | None, limits: Limits) -> Answer:
    """The answer in one of two forms, as the query gives rows (or a truth) or triples.

    Raises :class:`TooLarge` for one beyond the limits, never gives a part of it; and whatever
    :func:`kgraph.query.write` raises.

    >>> from kgraph.query import read_store
    >>> respond(read_store(""), "SELECT (1 AS ?one) {}", rows="csv", triples="ttl", limits=Limits()).content
    b'one\\r\\n1\\r\\n'
    """
    kind = check(store, query)
    form = triples if kind == "triples" else rows
    if form is None:
        return Answer(kind, None, b"")
    written = _Bounded(limits.bytes)
    if kind != "rows":
        write(store, query, form, written)
        return Answer(kind, form, written.getvalue())
    write(store, query, "json", written)
    number = len(orjson.loads(written.getvalue())["results"]["bindings"])
    if number > limits.rows:
        raise TooLarge(f"the answer has {number:,} rows, of which {limits.rows:,} are given at most: add a LIMIT")
    return Answer(kind, form, written.getvalue() if form == "json" else _as(form, written.getvalue()))


def _as(form: Form, content: bytes) -> bytes:
    forms = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "xml": ox.QueryResultsFormat.XML}
    solutions = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
    return solutions.serialize(format=forms[form]) or b""


class _Bounded(io.BytesIO):
    """Bytes that refuse to become more than so many."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def write(self, content: bytes) -> int:  # type: ignore[override]
        if self.tell() + len(content) > self.most:
            raise TooLarge(f"the answer has more than {self.most:,} bytes: ask for less, or add a LIMIT")
        return super().write(content)
