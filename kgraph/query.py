"""SPARQL over a graph: a Turtle file, or the folder of a build.

>>> store = read_store('''
...     @prefix kg: <https://w3id.org/kgraph/ontology#> .
...     @prefix hardware: <https://w3id.org/kgraph/id/hardware/> .
...     <https://w3id.org/kgraph/id/paper/2401.00001> a kg:Paper ; kg:runsOn hardware:fpga .
... ''')
>>> select(store, "SELECT ?paper { ?paper kg:runsOn hardware:fpga }").rows
(('https://w3id.org/kgraph/id/paper/2401.00001',),)

Prefixes are built in: ``kg:``, the W3C's and Dublin Core's, and one for papers and for each type
of entity. A store only answers: a query that would write or ask another server is refused
(:func:`kgraph.sparql.refuse_unsafe`). It runs on a thread of its own, whose stack holds whatever a
query of the length allowed can nest, and is left behind when its time is over.
"""

from __future__ import annotations

import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import IO, Literal, TypeVar

import pyoxigraph as ox

from kgraph.deadline import in_time
from kgraph.errors import QueryError, ReadError
from kgraph.files import graph_files
from kgraph.iri import DATA, KG
from kgraph.ontology import load_ontology
from kgraph.rdf.plain import Iri, Value, plain
from kgraph.rdf.terms import TYPE, prefixes
from kgraph.rdf.turtle import write_turtle
from kgraph.sparql import BEHIND, LONGEST, nearest, refuse_unsafe, unreadable, used_names

__all__ = [
    "Form",
    "Iri",
    "Rows",
    "Store",
    "Value",
    "answer",
    "ask",
    "construct",
    "load_store",
    "prefixes_of",
    "read_store",
    "records",
    "select",
    "strangers",
    "write",
]

_FORMS = {"csv": ox.QueryResultsFormat.CSV, "tsv": ox.QueryResultsFormat.TSV, "json": ox.QueryResultsFormat.JSON}
_OUTSIDE = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "owl": "http://www.w3.org/2002/07/owl#"}

Form = Literal["csv", "tsv", "json", "ttl"]
"""How an answer is written: the W3C's formats of results, and Turtle for triples."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Store:
    """A graph ready for questions; ``base_iri`` is what its papers' and entities' IRIs begin with."""

    rdf: ox.Store
    base_iri: str = DATA


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the names of the variables, and a tuple of values for each solution.

    ``total`` is the number of solutions, of which ``rows`` may hold only the first.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: int


def load_store(path: str | Path) -> Store:
    """The graph of a Turtle file, or of a build's folder (``graph.ttl`` and ``evidence.ttl``), held in memory.

    Costs about 2.5 s a million triples. Raises :class:`~kgraph.errors.GraphNotFound` where there is
    none, and :class:`~kgraph.errors.ReadError` with the line where a file is no Turtle.
    """
    store = ox.Store()
    for file in graph_files(path):
        try:
            store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            raise ReadError(str(file), error.lineno, f"it is no Turtle or damaged: {error.msg}") from error
        except OSError as error:
            raise ReadError(str(file), None, f"it cannot be read: {error}") from error
    return Store(store, _base_iri(store))


def read_store(turtle: str) -> Store:
    """The graph that a Turtle text says; raises :class:`~kgraph.errors.ReadError` where it is none."""
    store = ox.Store()
    try:
        store.bulk_load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise ReadError("the text", error.lineno, f"it is no Turtle: {error.msg}") from error
    return Store(store, _base_iri(store))


def _base_iri(store: ox.Store) -> str:
    paper = next(store.quads_for_pattern(None, TYPE, ox.NamedNode(KG + "Paper")), None)
    base = re.match(r"<(.*?[/:])paper/", str(paper.subject)) if paper else None
    return base[1] if base else DATA


def prefixes_of(store: Store) -> dict[str, str]:
    """The prefixes that queries of this graph may use, with their namespaces.

    >>> list(prefixes_of(read_store("")))[:4]
    ['kg', 'rdf', 'skos', 'dcterms']
    """
    return prefixes(store.base_iri) | {"paper": f"{store.base_iri}paper/"} | _OUTSIDE


def select(store: Store, query: str, *, timeout_seconds: float | None = None) -> Rows:
    """The rows that a SELECT query gives.

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


def answer(
    store: Store, query: str, *, most: int | None = None, timeout_seconds: float | None = None
) -> Rows | bool | None:
    """What a query gives: rows for SELECT, a truth for ASK; None for CONSTRUCT and DESCRIBE, which are written.

    ``most`` is how many rows are kept; the others are counted only. Raises
    :class:`~kgraph.errors.QueryError` for a query that cannot be read, with its place, and for one
    that takes longer than allowed.
    """

    def work(over: threading.Event) -> Rows | bool | None:
        found = _solve(store, query)
        if isinstance(found, ox.QueryTriples):
            return None
        if isinstance(found, ox.QueryBoolean):
            return bool(found)
        columns = tuple(variable.value for variable in found.variables)
        solutions = takewhile(lambda _: not over.is_set(), found)
        rows = tuple(tuple(plain(term) for term in solution) for solution in islice(solutions, most))
        return Rows(columns, rows, len(rows) + sum(1 for _ in solutions))

    return _in_time(work, timeout_seconds)


def write(store: Store, query: str, form: Form, stream: IO[bytes], *, timeout_seconds: float | None = None) -> bool:
    r"""Write the answer in one of the W3C's formats; give whether it holds anything.

    CSV, TSV or JSON for SELECT and ASK, as the rows are found; Turtle for CONSTRUCT and DESCRIBE,
    sorted.

    >>> stream = io.BytesIO()
    >>> write(read_store(""), "SELECT (1 AS ?one) {}", "csv", stream), stream.getvalue()
    (True, b'one\r\n1\r\n')
    """

    def work(over: threading.Event) -> bool:
        found = _solve(store, query)
        if isinstance(found, ox.QueryTriples):
            if form != "ttl":
                raise QueryError(f"CONSTRUCT and DESCRIBE give triples, which {form} cannot hold: take ttl")
            triples = sorted(found, key=str)
            write_turtle(triples, stream, base_iri=store.base_iri)
            return bool(triples)
        if form == "ttl":
            raise QueryError("SELECT and ASK give no triples that ttl could hold: take table, csv, tsv or json")
        counted = _Counted(stream, over)
        found.serialize(counted, format=_FORMS[form])  # type: ignore[arg-type]
        full = isinstance(found, ox.QueryBoolean) or counted.length > len(_no_rows(found, form))
        if form == "json" or isinstance(found, ox.QueryBoolean):  # the others end their lines themselves
            stream.write(b"\n")
        return full

    return _in_time(work, timeout_seconds)


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


def strangers(store: Store, query: str) -> list[str]:
    """A sentence for each name in the query that neither the ontology nor the graph knows, with the nearest one.

    >>> strangers(read_store(""), "SELECT * { ?paper kg:runOn ?hardware }")
    ['kg:runOn is not in the ontology: did you mean kg:runsOn?']
    """
    spaces = {prefix: space for prefix, space in prefixes_of(store).items() if space.startswith((store.base_iri, KG))}
    known = load_ontology().labels
    found = []
    for prefix, name in used_names(query, spaces) if len(query) <= LONGEST else ():
        if (prefix == "kg" and name in known) or _occurs(store, ox.NamedNode(spaces[prefix] + name)):
            continue
        place = "the ontology" if prefix == "kg" else "the graph"
        near = nearest(name, known if prefix == "kg" else _names(store, prefix, spaces[prefix]))
        found.append(f"{prefix}:{name} is not in {place}" + (f": did you mean {prefix}:{near}?" if near else ""))
    return found


def _occurs(store: Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(next(store.rdf.quads_for_pattern(*pattern), None) for pattern in patterns)


def _names(store: Store, prefix: str, namespace: str) -> Iterator[str]:
    for quad in store.rdf.quads_for_pattern(None, TYPE, ox.NamedNode(KG + prefix.capitalize())):
        yield str(quad.subject)[1:-1].removeprefix(namespace)


def _solve(store: Store, query: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    refuse_unsafe(query)
    try:
        return store.rdf.query(query + BEHIND, prefixes=prefixes_of(store), base_iri=store.base_iri)
    except SyntaxError as error:
        raise unreadable(query, str(error), prefixes_of(store)) from None


def _in_time(work: Callable[[threading.Event], T], seconds: float | None) -> T:
    try:
        return in_time(work, seconds)
    except TimeoutError:
        raise QueryError(f"the query was given up after {seconds:g} s: ask for less, or allow more") from None
    except (RuntimeError, ValueError) as error:
        raise QueryError(f"the query cannot be answered: {error}") from error
