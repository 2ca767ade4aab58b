"""Answers: rows, truths and triples, as Python's values or written in the W3C's formats.

A query runs on a thread of its own, whose stack holds whatever a query of the length allowed can
nest, and is left behind when its time is over.
"""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice, takewhile
from typing import IO, Literal, TypeVar

import pyoxigraph as ox

from kgraph.deadline import in_time
from kgraph.errors import QueryError
from kgraph.query.labels import labelled
from kgraph.query.stores import Store, prefixes_of
from kgraph.rdf.plain import Value, plain
from kgraph.rdf.turtle import write_turtle
from kgraph.sparql import BEHIND, refuse_unsafe, unreadable

__all__ = ["Form", "Kind", "Rows", "answer", "ask", "check", "construct", "records", "select", "write"]

_FORMS = {
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
}

_TRIPLES = {"nt": ox.RdfFormat.N_TRIPLES, "rdf": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD}

Form = Literal["csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld"]
"""How an answer is written: the W3C's formats of results; for triples Turtle, N-Triples, RDF/XML, JSON-LD."""

Kind = Literal["rows", "truth", "triples"]
"""What a query gives: SELECT rows, ASK a truth, CONSTRUCT and DESCRIBE triples."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the names of the variables, and a tuple of values for each solution.

    ``total`` is the number of solutions, of which ``rows`` may hold only the first.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int


def select(store: Store, query: str, *, timeout_seconds: float | None = None) -> Rows:
    """The rows that a SELECT query gives.

    >>> from kgraph.query import read_store
    >>> select(read_store(""), "SELECT (1 + 1 AS ?two) (3.50 AS ?price) {}").rows
    ((2, 3.5),)
    """
    found = answer(store, query, timeout_seconds=timeout_seconds)
    if not isinstance(found, Rows):
        raise QueryError("the query gives no rows: only SELECT does")
    return found


def ask(store: Store, query: str, *, timeout_seconds: float | None = None) -> bool:
    """Whether the pattern of an ASK query is in the graph."""
    found = answer(store, query, timeout_seconds=timeout_seconds)
    if not isinstance(found, bool):
        raise QueryError("the query gives no yes or no: only ASK does")
    return found


def construct(store: Store, query: str, *, timeout_seconds: float | None = None) -> str:
    """The triples that a CONSTRUCT or DESCRIBE query gives, sorted, as Turtle."""
    stream = io.BytesIO()
    write(store, query, "ttl", stream, timeout_seconds=timeout_seconds)
    return stream.getvalue().decode()


def check(store: Store, query: str) -> Kind:
    """What a query of this graph gives, without answering it.

    Raises :class:`~kgraph.errors.QueryError` for one that cannot be read, with the place of the fault.

    >>> from kgraph.query import read_store
    >>> check(read_store(""), "DESCRIBE hardware:fpga")
    'triples'
    """

    def work(_: threading.Event) -> Kind:
        found = _solve(Store(ox.Store(), store.base_iri), query)
        kinds: dict[type, Kind] = {ox.QueryTriples: "triples", ox.QueryBoolean: "truth"}
        return kinds.get(type(found), "rows")

    return _in_time(work, None)


def answer(
    store: Store, query: str, *, most: int | None = None, labels: bool = False, timeout_seconds: float | None = None
) -> Rows | bool | None:
    """What a query gives: rows for SELECT, a truth for ASK; None for CONSTRUCT and DESCRIBE, which are written.

    ``most`` is how many rows are kept; the others are counted only. With ``labels``, names stand
    beside addresses (:func:`kgraph.query.labels.labelled`). Raises :class:`~kgraph.errors.QueryError`
    for a query that cannot be read, with its place, and for one that takes longer than allowed.
    """

    def work(over: threading.Event) -> Rows | bool | None:
        found = _solve(store, query, labels=labels)
        if isinstance(found, ox.QueryTriples):
            return None
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        columns = tuple(variable.value for variable in found.variables)
        solutions = takewhile(lambda _: not over.is_set(), found)
        rows = tuple(tuple(plain(term) for term in solution) for solution in islice(solutions, most))
        return Rows(columns, rows, len(rows) + sum(1 for _ in solutions))

    return _in_time(work, timeout_seconds)


def write(
    store: Store,
    query: str,
    form: Form,
    stream: IO[bytes],
    *,
    labels: bool = False,
    timeout_seconds: float | None = None,
) -> bool:
    r"""Write the answer in one of the W3C's formats; give whether it holds anything.

    CSV, TSV, JSON or XML for SELECT and ASK, as the rows are found; for CONSTRUCT and DESCRIBE
    Turtle, N-Triples, RDF/XML or JSON-LD, sorted.

    >>> stream = io.BytesIO()
    >>> from kgraph.query import read_store
    >>> write(read_store(""), "SELECT (1 AS ?one) {}", "csv", stream), stream.getvalue()
    (True, b'one\r\n1\r\n')
    """

    def work(over: threading.Event) -> bool:
        found = _solve(store, query, labels=labels)
        if isinstance(found, ox.QueryTriples):
            return _write_triples(store, found, form, stream)
        if form not in _FORMS:
            raise QueryError(
                f"SELECT and ASK give no triples that {form} could hold: take table, csv, tsv, json or xml"
            )
        counted = _Counted(stream, over)
        found.serialize(counted, format=_FORMS[form])  # type: ignore[arg-type]
        full = isinstance(found, ox.QueryBoolean) or counted.length > len(_no_rows(found, form))
        if form in {"json", "xml"} or isinstance(found, ox.QueryBoolean):  # the others end their lines themselves
            stream.write(b"\n")
        return full

    return _in_time(work, timeout_seconds)


def _write_triples(store: Store, found: ox.QueryTriples, form: Form, stream: IO[bytes]) -> bool:
    if form in _FORMS:
        raise QueryError(f"CONSTRUCT and DESCRIBE give triples, which {form} cannot hold: take ttl")
    triples = sorted(found, key=str)
    if form == "ttl":
        write_turtle(triples, stream, base_iri=store.base_iri)
    else:
        names = prefixes_of(store) if form != "nt" else None
        ox.serialize(triples, stream, _TRIPLES[form], prefixes=names)
    return bool(triples)


@dataclass(slots=True)
class _Counted:
    """A stream that knows how much went into it, and takes no more when the time is over."""

    stream: IO[bytes]
    over: threading.Event
    length: int = 0

    def write(self, content: bytes) -> int:
        if self.over.is_set():
            raise TimeoutError
        self.length += len(content)
        return self.stream.write(content)

    def flush(self) -> None:
        self.stream.flush()


def _no_rows(found: ox.QuerySolutions, form: Form) -> bytes:
    """What an answer with these variables is in the format when it has no row."""
    head = {"head": {"vars": [variable.value for variable in found.variables]}, "results": {"bindings": []}}
    empty = ox.parse_query_results(json.dumps(head), format=ox.QueryResultsFormat.JSON)
    return empty.serialize(format=_FORMS[form]) or b""


def records(rows: Rows) -> list[dict[str, Value]]:
    """The rows as dictionaries by column, as data frames take them.

    >>> records(Rows(("name", "papers"), (("FPGA", 3),), 1))
    [{'name': 'FPGA', 'papers': 3}]
    """
    return [dict(zip(rows.columns, row, strict=True)) for row in rows.rows]


def _solve(store: Store, query: str, *, labels: bool = False) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    refuse_unsafe(query)
    try:
        found = store.rdf.query(query + BEHIND, prefixes=prefixes_of(store), base_iri=store.base_iri)
    except SyntaxError as error:
        raise unreadable(query, str(error), prefixes_of(store)) from None
    return labelled(store, found) if labels and isinstance(found, ox.QuerySolutions) else found


def _in_time(work: Callable[[threading.Event], T], seconds: float | None) -> T:
    try:
        return in_time(work, seconds)
    except TimeoutError:
        raise QueryError(f"the query was given up after {seconds:g} s: ask for less, or allow more") from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
