"""Terms as the plain values of Python, for people who ask; and values as terms, for what they ask with."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kgraph.errors import QueryError
from kgraph.rdf.terms import XSD

__all__ = ["Iri", "Value", "literal", "plain", "reference"]


class Iri(str):
    """An IRI among plain values: text, and told from the text of a literal by its class."""

    __slots__ = ()


Value = str | int | float | bool | datetime.date | datetime.datetime | None
"""IRIs and text as ``str``, numbers as numbers, dates as dates; None where nothing is bound."""

_WHOLE = ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger")
_TRUTHS = {"true": True, "1": True, "false": False, "0": False}
_READERS: dict[str, Callable[[str], Value]] = {
    **dict.fromkeys((XSD + name for name in _WHOLE), int),
    **dict.fromkeys((XSD + name for name in ("decimal", "double", "float")), float),
    XSD + "boolean": lambda text: _TRUTHS.get(text, text),
    XSD + "date": datetime.date.fromisoformat,
    XSD + "dateTime": datetime.datetime.fromisoformat,
}


def plain(term: NamedNode | BlankNode | Literal | Triple | None) -> Value:
    """The term as a value; a literal that is not what its datatype says stays the text it is.

    A year or a month is text (``2024-03``), since it is no day and no number.

    >>> month = Literal("2024-03", datatype=NamedNode(XSD + "gYearMonth"))
    >>> plain(Literal(3)), plain(Literal(3.5)), plain(month), plain(Literal("x", datatype=NamedNode(XSD + "date")))
    (3, 3.5, '2024-03', 'x')
    """
    if isinstance(term, NamedNode):
        return Iri(term.value)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    read = _READERS.get(term.datatype.value)
    if read:
        with suppress(ValueError, OverflowError):
            return read(term.value)
    return term.value


def literal(text: str, type: str = "string") -> str:
    r"""The text as a literal of that XML Schema type, as it may stand in a query whatever it holds.

    >>> literal('a "b" }'), literal("2024", "integer")
    ('"a \\"b\\" }"', '"2024"^^<http://www.w3.org/2001/XMLSchema#integer>')
    """
    return str(Literal(text, datatype=NamedNode(XSD + type)))


def reference(iri: str) -> str:
    """The IRI as it may stand in a query; raises :class:`~kgraph.errors.QueryError` for what is none.

    >>> reference("https://example.org/a")
    '<https://example.org/a>'
    """
    try:
        return str(NamedNode(iri))
    except ValueError as error:
        raise QueryError(f"{iri[:80]!r} is no address: {error}") from error
