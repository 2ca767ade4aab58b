"""The vocabularies: what is known of the field's things before any paper is read.

A :class:`Vocabulary` is read from ``ontology/vocabulary/*.ttl`` (SKOS). It is the ground that
the gazetteer matches against, the resolver links to and the graph takes facts from.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kgraph.text import normal_form

__all__ = ["Concept", "Vocabulary"]


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that a vocabulary knows.

    ``id`` is its relative id (``hardware/nvidia-a100``). ``aliases`` are the other ways authors
    write it. ``risky`` are labels, ``name`` perhaps among them, that also mean something else
    (``Go``, ``Swift``, ``V100``): written to the letter, case and all, they stand for the concept
    where one of the words in ``context`` is in the same sentence; without any ``context`` they
    never do by themselves, since only what lies below the concept is named in papers.
    ``broader`` are ids of what it is a kind of or belongs to. ``facts`` are (property of the
    ontology, value) pairs: an id for an object property (``madeBy``, ``organization/nvidia``),
    else a literal. ``links`` are IRIs outside. ``sources`` are names of where this is known from
    (:attr:`Vocabulary.sources`).

    Left to the matcher, so not spelled out in the labels: case, hyphens against spaces, the plural
    of the last word (:func:`kgraph.text.normal_form`), and a class noun behind a label, which is
    any label of an ancestor: "NVIDIA A100 GPUs" is ``NVIDIA A100`` since ``GPU`` stands above it.
    """

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    risky: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    facts: tuple[tuple[str, str | int | float], ...] = ()
    links: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All concepts by id, in the order of their ids; ``digest`` changes when any of them does.

    ``sources`` tells by its name what a source is called and under which licence it stands.
    """

    concepts: dict[str, Concept] = field(default_factory=dict)
    digest: str = ""
    sources: dict[str, str] = field(default_factory=dict)
    _by_name: dict[str, dict[str, str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def named(self, type: str, name: str) -> str | None:
        """The id of the concept of that type which bears the name in any spelling; None if none does.

        Preferred labels win over aliases, then the id first in order.

        >>> vocabulary = Vocabulary({"software/go": Concept("software/go", "Software", "Go", aliases=("golang",))})
        >>> vocabulary.named("Software", "Golang"), vocabulary.named("Task", "Go")
        ('software/go', None)
        """
        if type not in self._by_name:  # one type at a time: who asks for metrics need not wait for hardware
            concepts = [concept for concept in self.concepts.values() if concept.type == type]
            index = self._by_name[type] = {}
            for concept in concepts:
                index.setdefault(normal_form(concept.name), concept.id)
            for concept in concepts:
                for label in (*concept.aliases, *concept.risky):
                    index.setdefault(normal_form(label), concept.id)
        return self._by_name[type].get(normal_form(name))

    def ancestors(self, id: str) -> tuple[str, ...]:
        """Every concept above one, nearest first; empty for an id that no vocabulary holds.

        >>> vocabulary = Vocabulary({
        ...     "hardware/gpu": Concept("hardware/gpu", "Hardware", "GPU"),
        ...     "hardware/a100": Concept("hardware/a100", "Hardware", "A100", broader=("hardware/gpu",)),
        ... })
        >>> vocabulary.ancestors("hardware/a100")
        ('hardware/gpu',)
        """
        found: dict[str, None] = {}
        level = [id]
        while level:
            above = [broader for child in level if child in self.concepts for broader in self.concepts[child].broader]
            level = [broader for broader in dict.fromkeys(above) if broader not in found and broader != id]
            found.update(dict.fromkeys(level))
        return tuple(found)
