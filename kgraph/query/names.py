"""The names of a graph: what is called so, and which of those in a query there are not.

Each table of names is made once for a graph and kept as long as it is. A store only answers, so
what was found in it stays true; without them every name in a stranger's question would cost a look
at every label there is.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar, cast
from weakref import WeakKeyDictionary

import pyoxigraph as ox

from kgraph.iri import KG
from kgraph.ontology import load_ontology
from kgraph.query.answers import select
from kgraph.query.stores import Store, prefixes_of
from kgraph.rdf.plain import Iri, reference
from kgraph.rdf.terms import TYPE
from kgraph.sparql import LONGEST, names_a_data_set, nearest, used_names
from kgraph.text import normal_form, title_key

__all__ = ["Names", "names_of", "unknown_names"]

_NO_DATA_SETS = "kgraph has one graph, which every query asks: leave FROM and GRAPH out, or nothing is found"
_MOST_EXPLAINED = 5  # for each of which the name most like it is looked for

T = TypeVar("T")

_kept: WeakKeyDictionary[Store, dict[tuple[str, ...], object]] = WeakKeyDictionary()
_making = threading.Lock()  # one thread makes a table, the others wait for it instead of making their own


@dataclass(frozen=True, slots=True)
class Names:
    """The things of a type by the form in which spellings of one name meet; and their names, the shortest first."""

    things: dict[str, tuple[Iri, ...]]
    labels: tuple[str, ...]


def names_of(store: Store, type: str, property: str) -> Names:
    """What the things of a type are called by a property, ``skos:prefLabel`` for instance; papers by their title key.

    >>> from kgraph.query import read_store
    >>> store = read_store('''@prefix kg: <https://w3id.org/kgraph/ontology#> .
    ...   @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ...   <https://w3id.org/kgraph/id/hardware/fpga> a kg:Hardware ; skos:prefLabel "FPGAs" .''')
    >>> names_of(store, "Hardware", "skos:prefLabel")
    Names(things={'fpga': ('https://w3id.org/kgraph/id/hardware/fpga',)}, labels=('FPGAs',))
    """
    return _once(store, (type, property), lambda: _names(store, type, property))


def unknown_names(store: Store, query: str) -> list[str]:
    """A sentence for each name in the query that neither the ontology nor the graph knows, with the nearest one.

    Of many, the first few are told, and how many others there are. Likewise where it asks for a data
    set, of which this one has no other than itself.

    >>> from kgraph.query import read_store
    >>> unknown_names(read_store(""), "SELECT * { ?paper kg:runOn ?hardware }")
    ['kg:runOn is not in the ontology: did you mean kg:runsOn?']
    """
    if len(query) > LONGEST:
        return []
    spaces = {prefix: space for prefix, space in prefixes_of(store).items() if space.startswith((store.base_iri, KG))}
    defined = load_ontology().labels
    unknown = [
        (prefix, name)
        for prefix, name in used_names(query, spaces)
        if not (prefix == "kg" and name in defined) and not _occurs(store, ox.NamedNode(spaces[prefix] + name))
    ]
    found = [_NO_DATA_SETS] if names_a_data_set(query) else []
    for prefix, name in unknown[:_MOST_EXPLAINED]:
        place = "the ontology" if prefix == "kg" else "the graph"
        near = nearest(name, defined if prefix == "kg" else _local_names(store, prefix.capitalize(), spaces[prefix]))
        found.append(f"{prefix}:{name} is not in {place}" + (f": did you mean {prefix}:{near}?" if near else ""))
    if len(unknown) > _MOST_EXPLAINED:
        found.append(f"{len(unknown) - _MOST_EXPLAINED:,} more of its names are in neither the ontology nor the graph")
    return found


def _occurs(store: Store, node: ox.NamedNode) -> bool:
    patterns = ((node, None, None), (None, node, None), (None, None, node))
    return any(next(store.rdf.quads_for_pattern(*pattern), None) for pattern in patterns)


def _once(store: Store, key: tuple[str, ...], make: Callable[[], T]) -> T:
    with _making:
        kept = _kept.setdefault(store, {})
        if key not in kept:
            kept[key] = make()
        return cast("T", kept[key])


def _names(store: Store, type: str, property: str) -> Names:
    form = title_key if type == "Paper" else normal_form
    rows = select(store, f"SELECT ?thing ?label {{ ?thing a {reference(KG + type)} ; {property} ?label }}").rows
    things: dict[str, dict[Iri, None]] = {}
    for thing, label in rows:
        if isinstance(thing, Iri) and (known := form(str(label))):
            things.setdefault(known, {})[thing] = None
    labels = sorted({str(label) for _, label in rows}, key=lambda label: (len(label), label))
    return Names({name: tuple(sorted(found)) for name, found in things.items()}, tuple(labels))


def _local_names(store: Store, type: str, namespace: str) -> tuple[str, ...]:
    """The names that the things of a type have in a namespace."""

    def make() -> tuple[str, ...]:
        found = (str(quad.subject)[1:-1] for quad in store.rdf.quads_for_pattern(None, TYPE, ox.NamedNode(KG + type)))
        return tuple(sorted(iri.removeprefix(namespace) for iri in found if iri.startswith(namespace)))

    return _once(store, ("local", type), make)
