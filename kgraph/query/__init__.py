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
(:func:`kgraph.sparql.refuse_unsafe`).
"""

from kgraph.query.answers import Form, Kind, Rows, answer, ask, check, construct, records, select, write
from kgraph.query.names import unknown_names
from kgraph.query.stores import Store, load_store, open_store, prefixes_of, read_store
from kgraph.rdf.plain import Iri, Value

__all__ = [
    "Form",
    "Iri",
    "Kind",
    "Rows",
    "Store",
    "Value",
    "answer",
    "ask",
    "check",
    "construct",
    "load_store",
    "open_store",
    "prefixes_of",
    "read_store",
    "records",
    "select",
    "unknown_names",
    "write",
]
