"""A vocabulary as JSON, to be read back faster than Turtle can be parsed."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson

from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["compiled", "restored"]

_FIELDS = tuple(field.name for field in fields(Concept))


def compiled(vocabulary: Vocabulary) -> bytes:
    """The vocabulary as one JSON list: the fields' names, its digest and sources, then a row for each concept."""
    row = attrgetter(*_FIELDS)
    rows = (row(concept) for concept in vocabulary.concepts.values())
    return orjson.dumps([_FIELDS, vocabulary.digest, vocabulary.sources, *rows])


def restored(content: bytes) -> Vocabulary | None:
    """The vocabulary again; None where the content is not what :func:`compiled` gives.

    >>> concepts = {"task/go": Concept("task/go", "Task", "Go", facts=(("country", "x"),), sources=("own",))}
    >>> vocabulary = Vocabulary(concepts, "1f", {"own": "Written by hand"})
    >>> restored(compiled(vocabulary)) == vocabulary, restored(b"[]"), restored(b'{"a": 1}')
    (True, None, None)
    """
    try:
        header, digest, sources, *rows = orjson.loads(content)
        if tuple(header) != _FIELDS or not (isinstance(digest, str) and isinstance(sources, dict)):
            return None
        return Vocabulary({row[0]: _concept(*row) for row in rows}, digest, sources)
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _concept(id: str, type: str, name: str, *lists: Any) -> Concept:
    aliases, risky, context, broader, facts, links, sources = map(tuple, lists)
    return Concept(id, type, name, aliases, risky, context, broader, tuple(map(tuple, facts)), links, sources)
