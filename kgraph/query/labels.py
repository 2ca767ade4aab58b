"""Names beside addresses in the answer to a query."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

from kgraph.query.stores import Store
from kgraph.rdf.terms import DCTERMS, SKOS

__all__ = ["labelled"]

_LABELS = tuple(
    ox.NamedNode(iri) for iri in (f"{SKOS}prefLabel", f"{DCTERMS}title", "http://www.w3.org/2000/01/rdf-schema#label")
)
_Binding = dict[str, dict[str, str]]


def labelled(store: Store, found: ox.QuerySolutions) -> ox.QuerySolutions:
    """The solutions with a variable ``?xLabel`` behind each ``?x`` that stands for something with a name.

    All of them are held in memory, since whether a column is needed is known at the end only.
    """
    answer = json.loads(found.serialize(format=ox.QueryResultsFormat.JSON) or b"")
    variables: list[str] = answer["head"]["vars"]
    rows: list[_Binding] = answer["results"]["bindings"]
    names: dict[str, str | None] = {}
    added = {variable for variable in variables if _add(store, rows, variable, f"{variable}Label", variables, names)}
    head = [name for variable in variables for name in (variable, f"{variable}Label")[: 1 + (variable in added)]]
    whole = json.dumps({"head": {"vars": head}, "results": {"bindings": rows}})
    again = ox.parse_query_results(whole, format=ox.QueryResultsFormat.JSON)
    assert isinstance(again, ox.QuerySolutions)
    return again


def _add(
    store: Store,
    rows: Iterable[_Binding],
    variable: str,
    beside: str,
    taken: Iterable[str],
    names: dict[str, str | None],
) -> bool:
    """Bind the names of what a variable stands for; whether there is any."""
    if beside in taken:
        return False
    found = False
    for row in rows:
        bound: dict[str, Any] = row.get(variable, {})
        if bound.get("type") == "uri":
            iri = bound["value"]
            if iri not in names:
                names[iri] = _label(store, iri)
            if names[iri] is not None:
                row[beside] = {"type": "literal", "value": str(names[iri])}
                found = True
    return found


def _label(store: Store, iri: str) -> str | None:
    node = ox.NamedNode(iri)
    for property in _LABELS:
        objects = [quad.object for quad in store.rdf.quads_for_pattern(node, property, None)]
        labels = sorted(object.value for object in objects if isinstance(object, ox.Literal))
        if labels:
            return labels[0]
    return None
