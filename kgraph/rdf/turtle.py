"""Turtle files and rdflib graphs out of triples, and triples out of Turtle files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse, serialize

from kgraph.errors import GraphNotFound, ReadError
from kgraph.files import whole
from kgraph.iri import DATA
from kgraph.rdf.terms import XSD, prefixes

if TYPE_CHECKING:
    from rdflib import Graph as RdflibGraph
    from rdflib.term import Node

__all__ = ["read_turtle", "to_ntriples", "to_rdflib", "write_turtle"]


def write_turtle(triples: Iterable[Triple], stream: IO[bytes], *, base_iri: str = DATA, relative: bool = False) -> None:
    """Write the triples in their order as Turtle; those of one subject in a row become one block.

    Papers and entities are abbreviated by their prefix (``hardware:nvidia-a100``). With
    ``relative``, what stands in papers is written relative to the base, which reads better where
    there are many fragments: ``<paper/2205.14135#char=512,523>``.
    """
    known = {prefix: namespace for prefix, namespace in prefixes(base_iri).items() if prefix != "paper" or not relative}
    base = base_iri if relative else None
    header = [f"@prefix {prefix}: <{known[prefix]}> ." for prefix in sorted(known)]
    stream.write("\n".join([f"@base <{base}> .", *header, "", ""] if base else [*header, "", ""]).encode())
    serialize(triples, _Body(stream), RdfFormat.TURTLE, prefixes=known, base_iri=base)  # type: ignore[arg-type]


class _Body:
    """A stream that drops the serializer's header, unsorted and with namespaces relative to the base."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.header: bytes | None = b""

    def write(self, data: bytes) -> int:
        if self.header is None:
            return self.stream.write(data)
        self.header += data
        if begin := re.search(rb"^[^@]", self.header, re.MULTILINE):
            self.stream.write(self.header[begin.start() :])
            self.header = None
        return len(data)

    def flush(self) -> None:
        self.stream.flush()


def read_turtle(path: Path) -> Iterator[Triple]:
    """The triples of a Turtle file, as the parser meets them.

    Raises :class:`~kgraph.errors.GraphNotFound` where there is no file, and
    :class:`~kgraph.errors.ReadError` with the line for one that is damaged.
    """
    try:
        for quad in parse(path=str(path), format=RdfFormat.TURTLE):
            yield quad.triple
    except FileNotFoundError as error:
        raise GraphNotFound(str(path)) from error
    except SyntaxError as error:
        raise ReadError(str(path), error.lineno, f"it is no Turtle or damaged: {error.msg}") from error
    except OSError as error:
        raise ReadError(str(path), None, f"it cannot be read: {(error.strerror or str(error)).lower()}") from error


def to_ntriples(turtle: Path, path: Path) -> Path:
    """Write the triples of a Turtle file as N-Triples, a line each in their order; give the new file's path.

    One at a time, so memory does not grow with the file. Raises as :func:`read_turtle` does, and
    :class:`~kgraph.errors.ExportError` where the file cannot be written.
    """
    with whole(path) as stream:
        serialize(read_turtle(turtle), stream, RdfFormat.N_TRIPLES)
    return path


def to_rdflib(triples: Iterable[Triple], *, base_iri: str = DATA) -> RdflibGraph:
    """The triples as an rdflib graph, equal to what rdflib's own parser makes of them.

    Plain literals get no datatype, as there: to rdflib ``Literal("x")`` and
    ``Literal("x", datatype=XSD.string)`` differ.
    """
    import rdflib

    graph = rdflib.Graph()
    for prefix, namespace in prefixes(base_iri).items():
        graph.bind(prefix, namespace)

    @lru_cache(1 << 16)
    def term(known: NamedNode | BlankNode | Literal | Triple) -> Node:
        if isinstance(known, NamedNode):
            return rdflib.URIRef(known.value)
        if isinstance(known, Literal):
            kind = known.datatype.value
            plain = known.language is not None or kind == XSD + "string"
            return rdflib.Literal(known.value, lang=known.language, datatype=None if plain else rdflib.URIRef(kind))
        return rdflib.BNode(str(known).removeprefix("_:"))

    for triple in triples:
        graph.add((term(triple.subject), term(triple.predicate), term(triple.object)))
    return graph
