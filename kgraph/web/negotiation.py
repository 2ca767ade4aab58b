"""Content negotiation: which of the forms on offer a client likes best (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

__all__ = ["FORMS", "GRAPHS", "TABLES", "best"]

T = TypeVar("T")

TABLES = {
    "application/sparql-results+json": "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "application/json": "json",
    "application/xml": "xml",
    "text/xml": "xml",
}
"""Media types of SPARQL results and their forms in :mod:`kgraph.query`; the first is the default."""

GRAPHS = {
    "text/turtle": "ttl",
    "application/ld+json": "jsonld",
    "application/rdf+xml": "rdf",
    "application/n-triples": "nt",
    "application/x-turtle": "ttl",
    "text/plain": "nt",
}
"""Media types of RDF graphs and their forms; the first is the default."""

FORMS = {form: type for offer in (GRAPHS, TABLES) for type, form in reversed(offer.items())}
"""The media type that each form is sent as."""


def best(accept: str | None, offers: Mapping[str, T]) -> T | None:
    """What is offered under the media type that the header likes best; None where it takes none of them.

    Of types that are liked alike the one offered first; no header takes anything.

    >>> best("text/html;q=0.5, text/turtle", {"text/html": "page", "text/turtle": "ttl"})
    'ttl'
    >>> best("image/png", {"text/html": "page"}) is None, best(None, {"text/html": "page"})
    (True, 'page')
    """
    ranges = list(_ranges(accept if accept and accept.strip() else "*/*"))
    liked = [(_quality(type, ranges), -place, offer) for place, (type, offer) in enumerate(offers.items())]
    quality, _, offer = max(liked, key=lambda entry: entry[:2])
    return offer if quality > 0 else None


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept[:4096].split(","):
        type, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = next((value[2:] for value in parameters if value.startswith("q=")), "1")
        try:
            yield type, min(max(float(quality), 0.0), 1.0)
        except ValueError:
            continue


def _quality(type: str, ranges: list[tuple[str, float]]) -> float:
    """The quality by the range that fits most closely."""
    for wanted in (type, f"{type.partition('/')[0]}/*", "*/*"):
        found = [quality for range, quality in ranges if range == wanted]
        if found:
            return max(found)
    return 0.0
