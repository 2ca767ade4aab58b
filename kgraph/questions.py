"""Named questions: the queries of ``ontology/queries/*.rq``, and how their parameters are given.

A question is a whole SPARQL query. Its first comment line is the question in English; the lines
``# name (type): meaning`` declare its parameters, and each of these has one block
``VALUES ?name { … }``. What stands in the block is an example, which a given value replaces:
never as text, always as terms, written by the RDF library. An optional parameter has ``UNDEF`` in
its block; a literal's block is its default. Lines ``# asked: which papers run on {hardware}`` are
ways to put it in plain words (:mod:`kgraph.asking`), and no part of the query.

Types of parameters are the classes of entities, ``Entity`` for any of them, ``Paper``, ``Type`` (a
class itself), ``year``, ``date`` and ``text``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from heapq import nsmallest
from pathlib import Path

from kgraph.errors import OntologyError, QueryError
from kgraph.iri import KG, arxiv_id, entity_id, paper_key, paper_node
from kgraph.ontology import folder, load_ontology
from kgraph.query import Store, prefixes_of, select
from kgraph.query.names import names_of
from kgraph.rdf.plain import Iri, literal, reference
from kgraph.sparql import nearest, shorten
from kgraph.text import normal_form, title_key

__all__ = ["Bound", "Parameter", "Question", "bind", "find", "is_named", "load_questions", "question_named"]

_PARAMETER = re.compile(r"# (\w+) \((\w+)\): (.+)")
_PHRASING = re.compile(r"^# asked: (.+)\n", re.MULTILINE)
_BLOCK = re.compile(r"VALUES \?(\w+) \{ ([^{}]*) \}")
_LITERALS = {
    "year": (re.compile(r"\d{4}", re.ASCII), "integer", "a year such as 2024"),
    "date": (re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII), "string", "a date such as 2024, 2024-03 or 2024-03-11"),
    "text": (re.compile(r".+", re.DOTALL), "string", "some text"),
}
_ADDRESS = re.compile(r"<?([a-z][a-z0-9+.-]*:[^\s<>]*)>?", re.IGNORECASE)
_MOST_SUGGESTIONS = 3


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be given; ``needed`` where it has no answer without it."""

    name: str
    type: str
    meaning: str
    example: str
    needed: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A query with a name."""

    name: str
    text: str
    parameters: tuple[Parameter, ...]
    query: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bound:
    """A question ready to be asked: its SPARQL, and what its parameters were taken to mean where that is not plain."""

    query: str
    notes: tuple[str, ...]


@cache
def load_questions(path: Path | None = None) -> dict[str, Question]:
    """The questions of a folder by name, in the order of their names; by default those that kgraph ships.

    >>> load_questions()["runs-on"].text
    'Which papers run on a piece of hardware, or on anything under it?'
    """
    files = sorted((path or folder() / "queries").glob("*.rq"))
    return {file.stem: _question(file.stem, file.read_text(encoding="utf-8")) for file in files}


def _question(name: str, query: str) -> Question:
    phrasings = tuple(_PHRASING.findall(query))
    query = _PHRASING.sub("", query)
    first, *lines = query.splitlines()
    blocks = dict(_BLOCK.findall(query))
    declared = [match.groups() for line in lines if (match := _PARAMETER.fullmatch(line))]
    if not first.startswith("# ") or {name for name, *_ in declared} != set(blocks):
        raise OntologyError(f"queries/{name}.rq: its first line must be the question, each VALUES block a parameter")
    parameters = (
        Parameter(name, type, meaning, blocks[name], type not in {"Type", *_LITERALS} and blocks[name] != "UNDEF")
        for name, type, meaning in declared
    )
    return Question(name, first.removeprefix("# "), tuple(parameters), query, phrasings)


def question_named(name: str, questions: Mapping[str, Question] | None = None) -> Question:
    """The question of that name; raises :class:`~kgraph.errors.QueryError` with the nearest where there is none."""
    known = load_questions() if questions is None else questions
    if name not in known:
        near = nearest(name, known)
        hint = f"did you mean {near}?" if near else "kgraph query --list shows them all"
        raise QueryError(f"no question is named {name!r}: {hint}")
    return known[name]


def bind(store: Store, question: Question, arguments: Mapping[str, str]) -> Bound:
    """The question with its parameters set, as SPARQL that stands alone.

    An entity is given by its name in any spelling, an alias, its relative id
    (``hardware/nvidia-a100``), prefixed name or IRI; where several things of the type bear the name,
    all are meant, and a note says so. Raises :class:`~kgraph.errors.QueryError` for a parameter that
    is missing, unknown, or names nothing in the graph, with what is near it.
    """
    names = [parameter.name for parameter in question.parameters]
    for name in arguments:
        if name not in names:
            takes = ", ".join(names) or "none"
            raise QueryError(f"the question {question.name} has no parameter {name!r}: it takes {takes}")
    terms: dict[str, tuple[str, ...]] = {}
    notes = []
    for parameter in question.parameters:
        if parameter.name in arguments:
            terms[parameter.name] = _terms(store, parameter, arguments[parameter.name])
            if len(terms[parameter.name]) > 1:
                meant = ", ".join(shorten(term[1:-1], prefixes_of(store)) for term in terms[parameter.name])
                notes.append(f"{parameter.name} {arguments[parameter.name]!r} is taken as any of {meant}")
        elif parameter.needed:
            raise QueryError(
                f"the question {question.name} needs {parameter.name} ({parameter.meaning}): "
                f"give {parameter.name}=…, for instance {parameter.name}={parameter.example}"
            )

    def fill(block: re.Match[str]) -> str:
        name = block[1]
        return f"VALUES ?{name} {{ {' '.join(terms[name])} }}" if name in terms else block[0]

    return Bound(_BLOCK.sub(fill, question.query), tuple(notes))


def _terms(store: Store, parameter: Parameter, value: str) -> tuple[str, ...]:
    if parameter.type in _LITERALS:
        form, datatype, what = _LITERALS[parameter.type]
        if not form.fullmatch(value):
            raise QueryError(f"{parameter.name} {value[:60]!r} is not {what}")
        return (literal(value, datatype),)
    if parameter.type == "Type":
        types = load_ontology().types
        chosen = next((type for type in types if type.casefold() == value.removeprefix("kg:").casefold()), None)
        if chosen is None:
            raise QueryError(f"{parameter.name} {value[:60]!r} is no type: take one of {', '.join(types)}")
        return (reference(KG + chosen),)
    found = find(store, parameter.type, value)
    if not found:
        what = {"Entity": "thing", "Paper": "paper"}.get(parameter.type, parameter.type.lower())
        raise QueryError(f"the graph has no {what} called {value[:60]!r}{_suggestion(store, parameter.type, value)}")
    return tuple(map(reference, found))


def find(store: Store, type: str, name: str) -> list[Iri]:
    """The things of a type (``Entity`` for any, ``Paper``) that a name stands for, sorted; empty for none.

    The first of these ways that finds something decides: its address; a label that differs at most
    in case, hyphens and plural; an alias, likewise.

    >>> from kgraph.query import read_store
    >>> store = read_store('''@prefix kg: <https://w3id.org/kgraph/ontology#> .
    ...   @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ...   <https://w3id.org/kgraph/id/hardware/nvidia-a100> a kg:Hardware ;
    ...     skos:prefLabel "NVIDIA A100" ; skos:altLabel "A100" .''')
    >>> find(store, "Hardware", "A100") == find(store, "Entity", "hardware/nvidia-a100")
    True
    """
    types = load_ontology().types if type == "Entity" else (type,)
    for look in (_by_address, _by_id, _by_title if type == "Paper" else _by_label):
        found = look(store, types, name.strip())
        if found:
            return sorted(found)
    return []


def is_named(store: Store, name: str) -> bool:
    """Whether a name is the label or an alias of anything but a paper; costs no query once one has been looked up."""
    return bool(_by_label(store, load_ontology().types, name))


def _by_address(store: Store, types: Iterable[str], name: str) -> list[Iri]:
    known = prefixes_of(store)
    prefix, _, local = name.partition(":")
    match = _ADDRESS.fullmatch(known[prefix] + local if prefix in known else name)
    return _those_of(store, types, [match[1]] if match else [])


def _by_id(store: Store, types: Iterable[str], name: str) -> list[Iri]:
    ids = [name.strip("<>")] if re.fullmatch(r"<?\w+/[^\s<>]+>?", name) else []
    for type in types:
        made = [paper_node(arxiv_id(name) or name), paper_node(paper_key(name))] if type == "Paper" else []
        ids += made or [entity_id(type, name)]
    return _those_of(store, types, [store.base_iri + id for id in ids])


def _those_of(store: Store, types: Iterable[str], iris: Iterable[str]) -> list[Iri]:
    """Which of these addresses the graph knows as things of these types."""
    allowed = []
    for iri in iris:
        try:
            allowed.append(reference(iri))
        except QueryError:  # no address: so it names nothing
            continue
    classes = " ".join(reference(KG + type) for type in types)
    values = f"VALUES ?thing {{ {' '.join(allowed)} }} VALUES ?type {{ {classes} }}"
    rows = select(store, f"SELECT DISTINCT ?thing {{ {values} ?thing a ?type }}").rows if allowed else ()
    return [row[0] for row in rows if isinstance(row[0], Iri)]


def _by_label(store: Store, types: Iterable[str], name: str) -> list[Iri]:
    for property in ("skos:prefLabel", "skos:altLabel"):
        if found := _called(store, types, property, normal_form(name)):
            return found
    return []


def _by_title(store: Store, types: Iterable[str], name: str) -> list[Iri]:
    return _called(store, types, "dcterms:title", title_key(name))


def _called(store: Store, types: Iterable[str], property: str, form: str) -> list[Iri]:
    return list({thing for type in types for thing in names_of(store, type, property).things.get(form, ())})


def _suggestion(store: Store, type: str, name: str) -> str:
    """What the name may have meant: names that hold it, else the one most like it."""
    property = "dcterms:title" if type == "Paper" else "skos:prefLabel"
    types = load_ontology().types if type == "Entity" else (type,)
    labels = [label for type in types for label in names_of(store, type, property).labels]
    fold = name.casefold()
    holding = nsmallest(
        _MOST_SUGGESTIONS,
        {label for label in labels if fold in label.casefold()},
        key=lambda label: (len(label), label),
    )
    near = nearest(name, labels)
    meant = holding or ([near] if near else [])
    return f": did you mean {' or '.join(map(repr, meant))}?" if meant else ""
