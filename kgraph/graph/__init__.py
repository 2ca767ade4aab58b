"""The graph: papers, entities and results as nodes of a networkx multigraph.

This is the only package that knows the keys of nodes, edges and attributes:

========== ====================================================================================
node       attributes beside ``kind`` and ``label``
========== ====================================================================================
paper      ``abstract``, ``source``; where known ``date``, ``year``, ``authors``, ``organization``
entity     ``type``, ``papers`` (how many name it), ``vocabulary`` (whether one knows it);
           where known ``aliases``, ``links``, ``sources`` (where vocabularies know it from) and their
           facts (``releaseDate`` …)
result     ``value``, ``score``; where they can be told ``numericValue``, ``unit``, ``start``, ``end``
========== ====================================================================================

Edges are keyed by the property's name. ``kind`` is ``role`` (paper → entity), ``relation`` (entity
→ entity), ``broader`` (entity → entity), ``result`` (result → paper, entity) or ``paper`` (paper →
organization); ``papers`` counts those that state it, ``score`` is that of the surest,
``vocabulary`` tells whether a vocabulary says it too. Every attribute is a scalar, so that any
format can hold it; lists are joined by ``|``.
"""

from kgraph.graph.assembly import assemble
from kgraph.graph.attributes import (
    BETWEEN,
    Attributes,
    Edge,
    Link,
    Node,
    joined,
    members,
    multigraph,
    vocabulary_facts,
)
from kgraph.graph.contributions import Contribution, contribution, with_ids
from kgraph.graph.entities import described, known_edges, type_of
from kgraph.graph.facts import Fact, Graph, facts, known, results, stated
from kgraph.graph.stretches import Stretch, in_memory
from kgraph.graph.tallies import Tally, added, tally

__all__ = [
    "BETWEEN",
    "Attributes",
    "Contribution",
    "Edge",
    "Fact",
    "Graph",
    "Link",
    "Node",
    "Stretch",
    "Tally",
    "added",
    "assemble",
    "contribution",
    "described",
    "facts",
    "in_memory",
    "joined",
    "known",
    "known_edges",
    "members",
    "multigraph",
    "results",
    "stated",
    "tally",
    "type_of",
    "vocabulary_facts",
    "with_ids",
]
