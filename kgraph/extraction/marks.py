"""What the components of the pipeline leave on a spaCy ``Doc`` for each other.

========================= =====================================================================
``doc.spans["kgraph"]``   mentions: ``span.label_`` is the type, ``span.id_`` the concept of a
                          vocabulary (``hardware/nvidia-a100``) or empty. Sorted, never overlapping
                          once ``kgraph_entities`` has run.
``span._.kgraph_score``   how sure the component that set the span was
``doc._.kgraph_abstract`` character at which the abstract begins (title before it)
``doc._.kgraph_forms``    short form → long form, as the paper itself defines them
``doc._.kgraph_entities`` ``tuple[Entity, ...]``: mentions of one thing together
``doc._.kgraph_relations`` ``tuple[Relation, ...]`` between them
``doc._.kgraph_results``  ``tuple[Result, ...]``
========================= =====================================================================

A component of somebody else's need only set the spans (and may set scores): the rest follows.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span

__all__ = ["MENTIONS", "declare"]

MENTIONS = "kgraph"
"""The name of the span group that holds the mentions."""


def declare() -> None:
    """Make the custom attributes known to spaCy; harmless when done twice."""
    for name, default in (
        ("kgraph_abstract", 0),
        ("kgraph_forms", {}),
        ("kgraph_entities", ()),
        ("kgraph_relations", ()),
        ("kgraph_results", ()),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    if not Span.has_extension("kgraph_score"):
        Span.set_extension("kgraph_score", default=1.0)


declare()
