"""The ontology as data: which classes, roles and predicates there are, and what may link what.

Read from ``ontology/kgraph.ttl``, so that nothing is spelled twice; :func:`load_vocabulary`
reads the concepts of ``ontology/vocabulary/*.ttl``. This is the only module beside the RDF ones
that knows the parser.
"""

from __future__ import annotations

import gc
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from kgraph.cache import recall, remember
from kgraph.compiled import compiled, restored
from kgraph.errors import OntologyError
from kgraph.iri import KG
from kgraph.skos import read_concepts, read_sources
from kgraph.vocabulary import Vocabulary

__all__ = ["Ontology", "Property", "folder", "load_ontology", "load_vocabulary", "triples"]

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_RDF_FIRST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#first"
_RDF_REST = "http://www.w3.org/1999/02/22-rdf-syntax-ns#rest"


@dataclass(frozen=True, slots=True)
class Property:
    """A property of the ontology: what it may link, by the names of classes; a literal's datatype by its IRI.

    ``parent`` is the property that it implies, empty for none.
    """

    name: str
    label: str
    comment: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    literal: bool
    datatype: str
    parent: str


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
                f"_:{subject.value}" if blank else subject.value,
                predicate.value,
                f"_:{object.value}" if isinstance(object, pyoxigraph.BlankNode) else object.value,
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
            datatype=next((iri for iri in about.get(_RDFS + "range", []) if iri.startswith(_XSD)), ""),
            parent=_local(next((iri for iri in about.get(_RDFS + "subPropertyOf", []) if iri.startswith(KG)), "")),
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


def load_vocabulary(path: Path | None = None, *, extra: Iterable[Path] = ()) -> Vocabulary:
    """The vocabularies of that folder, by default the ones kgraph ships, and of any files or folders beside them.

    A team adds its own as Turtle in the same form (:mod:`kgraph.skos`): new concepts, or more
    labels and facts of known ones. Parsing takes about a second, so the result is kept in the
    user's cache under the digest of the files' contents, from where it comes in a fifth of that.
    Raises :class:`~kgraph.errors.OntologyError` for a file that is missing or no vocabulary.

    >>> vocabulary = load_vocabulary()
    >>> vocabulary.concepts[vocabulary.named("Hardware", "A100")].name
    'NVIDIA A100'
    """
    files = tuple(chain.from_iterable(_turtle_files(place) for place in (path or folder() / "vocabulary", *extra)))
    seed = Path(__file__).with_name("skos.py"), folder() / "kgraph.ttl"  # a change of either changes what files mean
    return _vocabulary(files, _digest((*seed, *files)))


@lru_cache(maxsize=4)
def _vocabulary(files: tuple[Path, ...], digest: str) -> Vocabulary:
    name = f"vocabulary-{digest}.json"
    kept = recall(name)
    with _without_collection():
        vocabulary = restored(kept) if kept is not None else None
        if vocabulary is None:
            said = tuple(chain.from_iterable(map(triples, files)))
            vocabulary = Vocabulary(read_concepts(said, load_ontology()), digest, read_sources(said))
            remember(name, compiled(vocabulary))
    return vocabulary


@contextmanager
def _without_collection() -> Iterator[None]:
    """Python's search for garbage put off: making many things that all stay, it takes as long as the work itself."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _turtle_files(path: Path) -> list[Path]:
    if not path.exists():
        raise OntologyError(f"there is no vocabulary {path}: give a Turtle file or a folder of them")
    return sorted(path.glob("*.ttl")) if path.is_dir() else [path]


def _digest(files: Iterable[Path]) -> str:
    """A digest of what the files hold, whatever they are called."""
    whole = hashlib.sha256()
    for file in files:
        try:
            whole.update(hashlib.sha256(file.read_bytes()).digest())
        except OSError as error:
            raise OntologyError(f"{file} cannot be read: {(error.strerror or str(error)).lower()}") from error
    return whole.hexdigest()
