"""From annotations to the graph in memory: a join over the papers, and what the vocabularies know beside it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from kgraph.graph.attributes import Attributes, Edge, multigraph
from kgraph.graph.contributions import contribution, with_ids
from kgraph.graph.entities import described, known_edges
from kgraph.graph.facts import Graph
from kgraph.iri import DATA, data_base, paper_node
from kgraph.model import Annotation
from kgraph.ontology import Ontology
from kgraph.papers import unite
from kgraph.vocabulary import Vocabulary

__all__ = ["assemble"]


def assemble(
    annotations: Iterable[Annotation], *, ontology: Ontology, vocabulary: Vocabulary, base_iri: str = DATA
) -> Graph:
    """The graph of all annotations; neither their order nor saying one twice matters.

    Ancestors of every concept that a paper names come along, and what the vocabularies know of
    all of them, marked as theirs. Entities without an id get one from their name. Raises
    :class:`~kgraph.errors.ExtractionError` where a relation or a result names something that is
    no entity of its paper, and :class:`~kgraph.errors.KgraphError` for a base that is no IRI.

    >>> from kgraph.model import Entity, Mention, Paper
    >>> from kgraph.ontology import load_ontology
    >>> entity = Entity("FPGA", "Hardware", "runsOn", 0.9, (Mention(5, 9, "FPGA"),))
    >>> annotation = Annotation(Paper("2401.00001", "Fast FPGA", "Text."), (entity,))
    >>> graph = assemble([annotation], ontology=load_ontology(), vocabulary=Vocabulary())
    >>> list(graph.nx.edges(keys=True))
    [('paper/2401.00001', 'hardware/fpga', 'runsOn')]
    """
    base = data_base(base_iri)
    united = (with_ids(annotation) for annotation in unite(annotations)[1])
    ordered = tuple(sorted(united, key=lambda annotation: paper_node(annotation.paper.id)))
    nodes: dict[str, Attributes] = {}
    edges: dict[Edge, Attributes] = {}
    names: dict[str, Counter[str]] = defaultdict(Counter)
    papers: Counter[str] = Counter()
    for annotation in ordered:
        found = contribution(annotation, ontology, vocabulary)
        nodes.update(found.nodes)
        papers.update(found.named.keys())
        for id, called in found.names.items():
            names[id].update(called)
        for edge, (kind, score) in found.edges.items():
            data = edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 0.0, "vocabulary": False})
            data["papers"] += 1
            data["score"] = max(data["score"], score)
    for edge, kind in known_edges(names, vocabulary):
        edges.setdefault(edge, {"kind": kind, "papers": 0, "score": 1.0})["vocabulary"] = True
        names[edge[1]]  # which papers may not name
    for id, called in names.items():
        nodes[id] = described(id, called, papers[id], ontology=ontology, vocabulary=vocabulary)
    return Graph(multigraph(nodes.items(), edges), ordered, base)
