"""Entries as Turtle: sorted, one block a concept, the same bytes for the same entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kgraph.iri import DATA, KG
from kgraph.ontology import Ontology
from vocabularies.entries import Entry
from vocabularies.gazetteers import SOURCES

__all__ = ["generate_turtle"]

_SCHEME = "https://w3id.org/kgraph/vocabulary/"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_LOCAL = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")


def generate_turtle(name: str, title: str, license: str, entries: Iterable[Entry], ontology: Ontology) -> Iterator[str]:
    """The lines of a vocabulary file: the scheme with its licence and sources, then its concepts."""
    listed = list(entries)
    used = sorted({source for item in listed for source in item.sources})
    yield f"@prefix kg: <{KG}> ."
    yield from (f"@prefix {type.lower()}: <{DATA}{type.lower()}/> ." for type in ontology.types)
    yield f"@prefix source: <{_SCHEME}source#> ."
    yield "@prefix skos: <http://www.w3.org/2004/02/skos/core#> ."
    yield "@prefix dcterms: <http://purl.org/dc/terms/> ."
    yield f"@prefix xsd: <{_XSD}> ."
    yield ""
    yield f"<{_SCHEME}{name}> a skos:ConceptScheme ;"
    yield f"  dcterms:title {_literal(title)} ;"
    yield f"  dcterms:source {' , '.join(f'source:{source}' for source in used)} ;"
    yield f"  dcterms:license <{license}> ."
    for source in used:
        about = SOURCES[source]
        rights = f" ; dcterms:license <{about.license}>" if about.license else ""
        yield f"source:{source} dcterms:title {_literal(about.title)}{rights} ."
    for item in sorted(listed, key=lambda item: item.concept.id):
        yield ""
        yield from _block(item, ontology)


def _block(item: Entry, ontology: Ontology) -> Iterator[str]:
    concept = item.concept
    yield f"{_id(concept.id)} a kg:{concept.type} , skos:Concept ;"
    statements = [f"skos:prefLabel {_literal(concept.name)}"]
    for predicate, values in (
        ("skos:altLabel", map(_literal, concept.aliases)),
        ("kg:riskyLabel", map(_literal, concept.risky)),
        ("kg:contextWord", map(_literal, concept.context)),
        ("skos:broader", map(_id, concept.broader)),
        ("skos:exactMatch", (f"<{link}>" for link in concept.links)),
    ):
        if listed := " , ".join(values):
            statements.append(f"{predicate} {listed}")
    for name, value in concept.facts:
        property = ontology.properties[name]
        statements.append(f"kg:{name} {_value(value, property.datatype) if property.literal else _id(str(value))}")
    statements.append(f"dcterms:source {' , '.join(f'source:{source}' for source in item.sources)}")
    yield from (f"  {statement} ;" for statement in statements[:-1])
    yield f"  {statements[-1]} ."


def _id(id: str) -> str:
    """A relative id as a Turtle term: with the prefix of its type where its characters allow.

    >>> _id("hardware/nvidia-a100"), _id("organization/université-laval")
    ('hardware:nvidia-a100', '<https://w3id.org/kgraph/id/organization/université-laval>')
    """
    type, _, slug = id.partition("/")
    return f"{type}:{slug}" if _LOCAL.fullmatch(slug) else f"<{DATA}{id}>"


def _value(value: str | float, datatype: str) -> str:
    """A literal of its property's datatype; a date says by its length how much of it is known.

    >>> _value(40, f"{_XSD}decimal"), _value("2020-05", "")
    ('40.0', '"2020-05"^^xsd:gYearMonth')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        text = f"{float(value):.6f}".rstrip("0")
        return f"{text}0" if text.endswith(".") else text
    if datatype != f"{_XSD}string":
        for pattern, kind in ((r"\d{4}-\d\d-\d\d", "date"), (r"\d{4}-\d\d", "gYearMonth"), (r"\d{4}", "gYear")):
            if re.fullmatch(pattern, value):
                return f'"{value}"^^xsd:{kind}'
    return _literal(value)


def _literal(text: str) -> str:
    r"""A string literal of Turtle.

    >>> print(_literal('a "b"'))
    "a \"b\""
    """
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r") + '"'
