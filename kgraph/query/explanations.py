"""What a query asks of the graph: its text as any store takes it, and how much each of its patterns matches."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any

from kgraph.errors import QueryError
from kgraph.query.answers import check, select
from kgraph.query.stores import Store, prefixes_of

__all__ = ["Explanation", "Pattern", "explain", "standalone"]

_COUNTING_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern or property path, and how many matches it has by itself; None where they took too long."""

    text: str
    matches: int | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """A query as any SPARQL 1.1 store takes it, and its patterns in the order of the text."""

    query: str
    patterns: tuple[Pattern, ...]


def explain(store: Store, query: str) -> Explanation:
    """What the query asks of the graph, without answering it.

    A slow query mostly joins two patterns that match much and share nothing. Raises
    :class:`~kgraph.errors.QueryError` for what is refused or cannot be read.

    >>> from kgraph.query import read_store
    >>> explain(read_store(""), "ASK { ?paper kg:runsOn hardware:fpga }").patterns
    (Pattern(text='?paper kg:runsOn hardware:fpga', matches=0),)
    """
    check(store, query)
    texts = dict.fromkeys(_patterns(store, query))
    return Explanation(standalone(store, query), tuple(Pattern(text, _matches(store, text)) for text in texts))


def standalone(store: Store, query: str) -> str:
    """The query with the prefixes that it uses and does not declare, and the base of its relative addresses.

    >>> from kgraph.query import read_store
    >>> print(standalone(read_store(""), "ASK { ?x a kg:Paper }"))
    PREFIX kg: <https://w3id.org/kgraph/ontology#>
    ASK { ?x a kg:Paper }
    """
    declared = set(re.findall(r"prefix\s+([^\s:]*):", query, re.IGNORECASE))
    used = {
        prefix: space
        for prefix, space in prefixes_of(store).items()
        if prefix not in declared and re.search(rf"(?<![\w<:/?$@.-]){prefix}:", query)
    }
    base = [f"BASE <{store.base_iri}>"] if re.search(r"<(?![\w+.-]*:)[\w./-]+>", query) else []
    return "\n".join([*base, *(f"PREFIX {prefix}: <{space}>" for prefix, space in used.items()), query.strip()])


def _patterns(store: Store, query: str) -> Iterator[str]:
    from rdflib.namespace import NamespaceManager
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    names = NamespaceManager(_empty(), bind_namespaces="none")
    for prefix, space in prefixes_of(store).items():
        names.bind(prefix, space)
    try:
        parsed = _numbered(parseQuery(query), query)
        algebra = translateQuery(parsed, base=store.base_iri, initNs=prefixes_of(store)).algebra
    except Exception as error:  # whatever rdflib does not know of what pyoxigraph does
        raise QueryError("the query cannot be taken apart, though it can be answered") from error
    for triple in _triples(algebra):
        yield " ".join(_written(term, names) for term in triple)


def _numbered(parsed: Any, query: str) -> Any:
    """The query with its blank nodes numbered as they appear: rdflib names them, and sorts by it, at random."""
    from rdflib import BNode
    from rdflib.plugins.sparql.algebra import traverse

    names = (f"_{number}" for number in count(1) if f"_{number}" not in query)
    known: dict[Any, Any] = {}

    def number(term: Any) -> Any:
        if not isinstance(term, BNode):
            return None
        if term not in known:
            known[term] = BNode(next(names))
        return known[term]

    return traverse(parsed, visitPost=number)


def _empty() -> Any:
    import rdflib

    return rdflib.Graph(bind_namespaces="none")


def _triples(part: Any) -> Iterator[tuple[Any, Any, Any]]:
    """The triples of every basic graph pattern, wherever the algebra has put it."""
    if isinstance(part, dict):  # rdflib's CompValue
        for found in dict.get(part, "triples", ()):  # a triple; in EXISTS, which is left as parsed, several in a row
            yield from zip(found[::3], found[1::3], found[2::3], strict=True)
        for name, value in part.items():
            if not name.startswith("_") and name != "triples":
                yield from _triples(value)
    elif isinstance(part, list | tuple | set):
        for member in part:
            yield from _triples(member)


def _written(term: Any, names: Any) -> str:
    import rdflib

    if isinstance(term, rdflib.BNode):
        return f"?{term}"
    return str(term.n3(names))


def _matches(store: Store, text: str) -> int | None:
    try:
        rows = select(store, f"SELECT (COUNT(*) AS ?n) {{ {text} }}", timeout_seconds=_COUNTING_SECONDS).rows
    except QueryError:
        return None
    number = rows[0][0]
    return number if isinstance(number, int) else None
