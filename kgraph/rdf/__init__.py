"""The graph as RDF and back: the one place where terms are translated.

``graph.ttl`` holds what is so (:mod:`~kgraph.rdf.graph`), ``evidence.ttl`` who says so
(:mod:`~kgraph.rdf.evidence`); :mod:`~kgraph.rdf.reading` makes the networkx graph out of both
again, equal to the one they were written from. RDF 1.1, no blank nodes, no named graphs.
"""

from kgraph.rdf.evidence import EVIDENCE, evidence_triples
from kgraph.rdf.graph import graph_blocks, graph_triples
from kgraph.rdf.notation import Notation
from kgraph.rdf.reading import graph_from_rdf
from kgraph.rdf.terms import VOCABULARY, prefixes
from kgraph.rdf.turtle import read_turtle, to_ntriples, to_rdflib, write_turtle

__all__ = [
    "EVIDENCE",
    "VOCABULARY",
    "Notation",
    "evidence_triples",
    "graph_blocks",
    "graph_from_rdf",
    "graph_triples",
    "prefixes",
    "read_turtle",
    "to_ntriples",
    "to_rdflib",
    "write_turtle",
]
