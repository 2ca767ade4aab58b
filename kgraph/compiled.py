"""A vocabulary as JSON, to be read back faster than Turtle can be parsed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any

import orjson

from kgraph.vocabulary import Concept

__all__ = ["compiled", "restored"]

_FIELDS = tuple(field.name for field in fields(Concept))


def compiled(concepts: Mapping[str, Concept]) -> bytes:
    """The concepts as one JSON list of rows, behind a row of the fields' names."""
    row = attrgetter(*_FIELDS)
    return orjson.dumps([_FIELDS, *(row(concept) for concept in concepts.values())])


def restored(content: bytes) -> dict[str, Concept] | None:
    """The concepts again; None where the content is not what :func:`compiled` gives.

    >>> concepts = {"task/go": Concept("task/go", "Task", "Go", facts=(("country", "x"),))}
    >>> restored(compiled(concepts)) == concepts, restored(b"[]"), restored(b'{"a": 1}')
    (True, None, None)
    """
    try:
        header, *rows = orjson.loads(content)
        if tuple(header) != _FIELDS:
            return None
        return {row[0]: _concept(*row) for row in rows}
    except (TypeError, ValueError, KeyError, IndexError):
        return None


def _concept(id: str, type: str, name: str, *lists: Any) -> Concept:
    aliases, risky, context, broader, facts, links = map(tuple, lists)
    return Concept(id, type, name, aliases, risky, context, broader, tuple(map(tuple, facts)), links)
