"""The ontology as data: which classes, roles and predicates there are, and what may link what.

Read from ``ontology/kgraph.ttl``, so that nothing is spelled twice; :func:`load_vocabulary`
reads the concepts of ``ontology/vocabulary/*.ttl``. This is the only module beside the RDF ones
that knows the parser.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kgraph.errors import OntologyError
from kgraph.iri import KG

__all__ = ["Ontology", "Property", "folder", "load_ontology", "triples"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_RDF_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology: what it may link, by the names of classes."""

    name: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    literal: bool


@dataclass(frozen=True, slots=True)
class Ontology:
    """Classes and properties by name, without the namespace.

    ``types`` are the classes of entities; ``roles`` link a paper to an entity, the strongest
    first; ``predicates`` link two entities; ``facts`` are what vocabularies say.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    predicates: tuple[str, ...]
    facts: tuple[str, ...]
    properties: dict[str, Property]
    labels: dict[str, str]

    def allows(self, subject: str, predicate: str, object: str) -> bool:
        """Whether the predicate may link things of these classes (``Paper`` or an entity's type).

        >>> ontology = load_ontology()
        >>> ontology.allows("Method", "trainedOn", "Dataset"), ontology.allows("Task", "trainedOn", "Dataset")
        (True, False)
        """
        property = self.properties.get(predicate)
        return property is not None and self._is_a(subject, property.domain) and self._is_a(object, property.range)

    def _is_a(self, kind: str, classes: tuple[str, ...]) -> bool:
        return not classes or kind in classes or ("Entity" in classes and kind in self.types)


def folder() -> Path:
    """Where the ontology's files are: inside the installed package, or beside it in a checkout."""
    installed = Path(__file__).parent / "data" / "ontology"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "ontology"


def triples(path: Path) -> Iterator[tuple[str, str, str]]:
    """The triples of a Turtle file as plain strings: IRIs, literals' values, ``_:`` blank nodes.

    Raises :class:`~kgraph.errors.OntologyError` with the line where the file is no Turtle.
    """
    import pyoxigraph

    try:
        for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
            subject, predicate, object = quad.subject, quad.predicate, quad.object
            blank = isinstance(subject, pyoxigraph.BlankNode)
            yield (
                f"_:{subject.value}" if blank else subject.value,  # type: ignore[union-attr]
                predicate.value,
                f"_:{object.value}" if isinstance(object, pyoxigraph.BlankNode) else object.value,  # type: ignore[union-attr]
            )
    except (SyntaxError, OSError) as error:
        raise OntologyError(f"{path} is no ontology that can be read: {error}") from error


@cache
def load_ontology(path: Path | None = None) -> Ontology:
    """The ontology of that folder, by default the one kgraph ships.

    >>> load_ontology().types
    ('Method', 'Task', 'Dataset', 'Metric', 'Hardware', 'Organization', 'Software')
    >>> load_ontology().roles[:2]
    ('proposes', 'evaluatesOn')
    """
    index: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, object in triples((path or folder()) / "kgraph.ttl"):
        index[subject][predicate].append(object)

    def ranked(kind: str, link: str = _RDF_TYPE) -> tuple[str, ...]:
        found = [subject for subject in index if KG + kind in index[subject].get(link, ())]
        return tuple(_local(name) for name in sorted(found, key=lambda name: (_rank(index[name]), name)))

    literal = _OWL + "DatatypeProperty"
    properties = {
        _local(subject): Property(
            name=_local(subject),
            label=_first(about, _RDFS + "label"),
            comment=_first(about, _RDFS + "comment"),
            domain=_classes(index, about.get(_RDFS + "domain", [])),
            range=_classes(index, about.get(_RDFS + "range", [])),
            literal=literal in about[_RDF_TYPE],
        )
        for subject, about in sorted(index.items())
        if subject.startswith(KG) and {literal, _OWL + "ObjectProperty"} & set(about[_RDF_TYPE])
    }
    return Ontology(
        types=ranked("Entity", _RDFS + "subClassOf"),
        roles=ranked("Role"),
        predicates=ranked("Predicate"),
        facts=ranked("Fact"),
        properties=properties,
        labels={_local(name): _first(about, _RDFS + "label") for name, about in index.items() if name.startswith(KG)},
    )


def _local(iri: str) -> str:
    return iri.removeprefix(KG)


def _first(about: dict[str, list[str]], predicate: str) -> str:
    return about.get(predicate, [""])[0]


def _rank(about: dict[str, list[str]]) -> int:
    return int(about.get(KG + "rank", ["1000"])[0])


def _classes(index: dict[str, dict[str, list[str]]], named: list[str]) -> tuple[str, ...]:
    """The classes of a domain or range, a union written out."""
    found: list[str] = []
    for name in named:
        rest = index[name].get(_OWL + "unionOf", []) if name.startswith("_:") else []
        if not rest and name.startswith(KG):
            found.append(_local(name))
        while rest and rest[0].startswith("_:"):
            found += [_local(member) for member in index[rest[0]][_RDF_FIRST]]
            rest = index[rest[0]].get(_RDF_REST, [])
    return tuple(found)
