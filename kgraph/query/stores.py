"""A graph ready for questions: in memory, or in a store on the disk that opens in milliseconds.

The store on the disk is kept beside the Turtle of a build (:mod:`kgraph.beside`) and opened for
reading only, by any number of processes at once. It belongs to one content of the Turtle: where
that changes, another is made.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kgraph.beside import discard, kept
from kgraph.errors import ReadError
from kgraph.files import graph_files
from kgraph.iri import DATA, KG
from kgraph.rdf.terms import TYPE, prefixes

__all__ = ["Store", "load_store", "open_store", "prefixes_of", "read_store"]

_SMALL = 1 << 20  # bytes of Turtle that are parsed sooner than a store on the disk would be of use
_OUTSIDE = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#", "owl": "http://www.w3.org/2002/07/owl#"}
_KIND = "triples"
_BROKEN = (OSError, RuntimeError)  # what the system and the database say where something cannot be read or written


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Store:
    """A graph ready for questions; ``base_iri`` is what its papers' and entities' IRIs begin with."""

    rdf: ox.Store
    base_iri: str = DATA


def load_store(path: str | Path) -> Store:
    """The graph of a Turtle file, or of a build's folder (``graph.ttl`` and ``evidence.ttl``), held in memory.

    Costs about 2.5 s a million triples. Raises :class:`~kgraph.errors.GraphNotFound` where there is
    none, and :class:`~kgraph.errors.ReadError` with the line where a file is no Turtle.
    """
    store = ox.Store()
    try:
        _load(store, graph_files(path))
    except OSError as error:
        raise ReadError(str(path), None, f"it cannot be read: {error}") from error
    return Store(store, _base_iri(store))


def open_store(path: str | Path) -> Store:
    """The same graph, for reading: of a build's folder from a store on the disk, made the first time.

    That costs about 5 s a million triples, and milliseconds from then on until the Turtle changes;
    queries take two or three times as long as in memory. A small graph, a single file, and a folder
    in which nothing can be written are held in memory. Raises what :func:`load_store` does.
    """
    files = graph_files(path)
    try:
        if Path(path).is_file() or sum(file.stat().st_size for file in files) < _SMALL:
            return load_store(path)
        return _opened(files)
    except _BROKEN:
        return load_store(path)


def read_store(turtle: str) -> Store:
    """The graph that a Turtle text says; raises :class:`~kgraph.errors.ReadError` where it is none."""
    store = ox.Store()
    try:
        store.bulk_load(turtle.encode(), format=ox.RdfFormat.TURTLE)
    except SyntaxError as error:
        raise ReadError("the text", error.lineno, f"it is no Turtle: {error.msg}") from error
    return Store(store, _base_iri(store))


def prefixes_of(store: Store) -> dict[str, str]:
    """The prefixes that queries of this graph may use, with their namespaces.

    >>> list(prefixes_of(read_store("")))[:4]
    ['kg', 'rdf', 'skos', 'dcterms']
    """
    return prefixes(store.base_iri) | {"paper": f"{store.base_iri}paper/"} | _OUTSIDE


def _opened(files: list[Path]) -> Store:
    def make(folder: Path) -> None:
        store = ox.Store(str(folder / _KIND))
        _load(store, files)
        store.optimize()

    folder = kept(files, _KIND, make, version=ox.__version__)
    try:
        return _read_only(folder)
    except _BROKEN:  # damaged: what is made out of the Turtle can be made again
        discard(folder)
        return _read_only(kept(files, _KIND, make, version=ox.__version__))


def _read_only(folder: Path) -> Store:
    store = ox.Store.read_only(str(folder / _KIND))
    return Store(store, _base_iri(store))


def _load(store: ox.Store, files: Iterable[Path]) -> None:
    for file in files:
        try:
            store.bulk_load(path=str(file), format=ox.RdfFormat.TURTLE)
        except SyntaxError as error:
            raise ReadError(str(file), error.lineno, f"it is no Turtle or damaged: {error.msg}") from error


def _base_iri(store: ox.Store) -> str:
    paper = next(store.quads_for_pattern(None, TYPE, ox.NamedNode(KG + "Paper")), None)
    base = re.match(r"<(.*?[/:])paper/", str(paper.subject)) if paper else None
    return base[1] if base else DATA
