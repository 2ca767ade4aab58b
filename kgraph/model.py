"""The nouns: what flows through kgraph, as frozen values without behaviour.

Offsets count characters (code points) of ``title + "\\n" + abstract``, half open: the
characters of a mention are ``text[start:end]``. The JSON form of each value is in
:mod:`kgraph.records`; what the types, roles and predicates mean is in ``ontology/kgraph.ttl``.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Annotation", "Entity", "Mention", "Paper", "Relation", "Result"]


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper as the inputs know it.

    ``id`` is the arXiv identifier where one is known, else a stable key made from the title
    (:func:`kgraph.iri.paper_key`). ``date`` is ISO 8601 as far as known: ``2024``, ``2024-03`` or
    ``2024-03-11``. ``authors`` is their number. ``organization`` is the handle that submitted the
    paper. ``sources`` are the names of the inputs that list it, sorted.
    """

    id: str
    title: str
    abstract: str
    date: str | None = None
    authors: int | None = None
    organization: str | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A stretch of the paper's text that names an entity."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that a paper names, and the part it plays there.

    ``name`` is unique within its paper. ``id`` is the node in the graph
    (``hardware/nvidia-a100``), empty until the resolver has set it. ``score`` in (0, 1] says how
    sure the extraction is of the entity, its type and its role.
    """

    name: str
    type: str
    role: str
    score: float
    mentions: tuple[Mention, ...]
    id: str = ""


@dataclass(frozen=True, slots=True)
class Relation:
    """``subject predicate object``: two entities of the same paper, by name, and the sentence."""

    subject: str
    predicate: str
    object: str
    score: float = 1.0
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """A number that the abstract states as a finding.

    ``entity``, ``on`` and ``versus`` are names of entities of the same paper; ``metric`` may be a
    plain name. ``value`` is to the letter as printed (``up to 3.5x``), at ``start`` to ``end``.
    """

    entity: str
    metric: str
    value: str
    on: str | None = None
    versus: str | None = None
    score: float = 1.0
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """What was found in one paper."""

    paper: Paper
    entities: tuple[Entity, ...] = ()
    relations: tuple[Relation, ...] = ()
    results: tuple[Result, ...] = ()
