"""What a model knows how to say: types, roles, predicates, and how long a span may be."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Labels"]


@dataclass(frozen=True, slots=True)
class Labels:
    """The names in the order of the model's outputs; ``allowed`` are the (subject's type, predicate,
    object's type) that the ontology lets stand. Lengths are in words of :mod:`kgraph.extraction.wordpieces`.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    predicates: tuple[str, ...]
    allowed: frozenset[tuple[str, str, str]]
    longest_mention: int = 12
    longest_value: int = 12
