"""Terms: namespaces, names as IRIs, values as literals and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kgraph.iri import KG
from kgraph.ontology import Property, load_ontology

__all__ = [
    "DCTERMS",
    "RDF",
    "SKOS",
    "TYPE",
    "VOCABULARY",
    "XSD",
    "decimal",
    "integer",
    "naming",
    "prefixes",
    "property_iri",
    "term",
    "value",
]

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
XSD = "http://www.w3.org/2001/XMLSchema#"

VOCABULARY = KG + "vocabulary"
"""What stands for all vocabularies together where a fact is theirs."""

TYPE = NamedNode(RDF + "type")
_DECIMAL, _INTEGER, _BOOLEAN = (NamedNode(XSD + name) for name in ("decimal", "integer", "boolean"))
_DATES = {
    len(form): (re.compile(form.replace("0", "[0-9]")), NamedNode(XSD + name))
    for form, name in (("0000-00-00", "date"), ("0000-00", "gYearMonth"), ("0000", "gYear"))
}
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")

Value = str | int | float
"""An attribute's value: booleans are integers to Python and stay what they are."""


def prefixes(base_iri: str) -> dict[str, str]:
    """The namespaces by their prefixes: one for papers, one for each type of entity.

    >>> prefixes("https://example.org/")["hardware"]
    'https://example.org/hardware/'
    """
    outside = {"kg": KG, "rdf": RDF, "skos": SKOS, "dcterms": DCTERMS, "xsd": XSD}
    return outside | {type.lower(): f"{base_iri}{type.lower()}/" for type in ("Paper", *load_ontology().types)}


def naming(base_iri: str) -> Callable[[str], NamedNode]:
    """What gives the IRI of a node; most are asked for again soon."""
    return lru_cache(1 << 16)(lambda node: NamedNode(base_iri + node))


@lru_cache
def property_iri(name: str) -> NamedNode:
    """The IRI of a property by an edge's key: ours, but ``broader`` is SKOS'."""
    return NamedNode((SKOS if name == "broader" else KG) + name)


@lru_cache(1 << 12)
def integer(number: int) -> Literal:
    """The whole number as xsd:integer."""
    return Literal(str(number), datatype=_INTEGER)


def decimal(number: float) -> Literal:
    """The number as xsd:decimal, which knows no exponent; its digits read back give the same number.

    >>> decimal(3.5).value, decimal(1e22).value, decimal(3.2e-05).value
    ('3.5', '10000000000000000000000', '0.000032')
    """
    return _decimal(repr(float(number)))


@lru_cache(1 << 12)
def _decimal(digits: str) -> Literal:  # kept by the digits, since 0.0 == -0.0
    return Literal(digits if "e" not in digits else format(Decimal(digits), "f"), datatype=_DECIMAL)


def term(value: Value, property: Property | None = None) -> Literal:
    """The value as a literal of the property's range; as text where it is not of that range.

    A property without one range takes dates as exact as they are known.

    >>> term("2024-03").datatype.value.rpartition("#")[2], term("soon").datatype.value.rpartition("#")[2]
    ('gYearMonth', 'string')
    """
    if isinstance(value, bool):
        return Literal("true" if value else "false", datatype=_BOOLEAN)
    if isinstance(value, float):
        return decimal(value)
    if isinstance(value, int):
        return integer(value)
    datatype = property.datatype if property else ""
    if datatype == _DECIMAL.value and _NUMBER.fullmatch(value):
        return Literal(value, datatype=_DECIMAL)
    form = _DATES.get(len(value)) if not datatype else None
    return Literal(value, datatype=form[1]) if form and form[0].fullmatch(value) else Literal(value)


def value(literal: Literal) -> Value:
    """The value that a literal was made from; the text of one that is not what its datatype says.

    >>> [value(term(known)) for known in (True, 3, 3.5, "2024", "x")]
    [True, 3, 3.5, '2024', 'x']
    """
    try:
        if literal.datatype == _DECIMAL:
            return float(literal.value)
        if literal.datatype == _INTEGER:
            return int(literal.value)
    except ValueError:
        return literal.value
    return literal.value in {"true", "1"} if literal.datatype == _BOOLEAN else literal.value
