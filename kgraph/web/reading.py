"""A paper as its page shows it: the text with its mentions, who says what where; and what else is known of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kgraph.iri import fact_fragment, mention_fragment
from kgraph.query import Iri, Store, select
from kgraph.rdf.plain import reference
from kgraph.text import passage
from kgraph.web.catalogue import Catalogue, Node

__all__ = ["Fact", "Reading", "Segment", "Value", "read_paper", "segments", "values_of"]


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a text: plain, or a mention of a thing with the fragment that addresses it."""

    text: str
    node: Node | None = None
    fragment: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a paper says of two things, how surely, in which words; ``fragment`` addresses it."""

    subject: Node
    predicate: str
    object: Node
    score: float
    sentence: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A paper: title and abstract in segments, and the facts that it states."""

    title: list[Segment]
    abstract: list[Segment]
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class Value:
    """What is known of a thing by one property: a literal, another thing, or an address elsewhere."""

    property: str
    text: str
    node: Node | None = None
    link: str = ""


def read_paper(store: Store, catalogue: Catalogue, paper: Node) -> Reading:
    """The paper with all that stands in it."""
    text = passage(paper.label, catalogue.abstract(paper))
    parts = _parts(store, paper)
    iris = (about[name] for about in parts for name in ("ofEntity", "subject", "object") if name in about)
    known = _known(store, catalogue, iris)
    mentions = [
        (about["start"], about["end"], known[about["ofEntity"]]) for about in parts if about.get("ofEntity") in known
    ]
    facts = [about for about in parts if about.get("subject") in known and about.get("object") in known]
    border = len(paper.label)
    return Reading(
        segments(text, mentions, 0, border),
        segments(text, mentions, min(border + 1, len(text)), len(text)),
        [_fact(text, known, about) for about in sorted(facts, key=_order) if known[about["subject"]] != paper],
    )


def _parts(store: Store, paper: Node) -> list[dict[str, Any]]:
    """What stands in a paper, as its properties by their local names: one pattern, which costs no join."""
    query = f"""SELECT ?part ?p ?o {{ ?part kg:inPaper {reference(store.base_iri + paper.id)} ; ?p ?o
        FILTER (?p IN (kg:ofEntity, rdf:subject, rdf:predicate, rdf:object, kg:start, kg:end, kg:score)) }}"""
    parts: dict[Any, dict[str, Any]] = {}
    for part, property, value in select(store, query).rows:
        parts.setdefault(part, {})[str(property).rpartition("#")[2]] = value
    return [parts[part] for part in sorted(parts)]


def _known(store: Store, catalogue: Catalogue, iris: Iterable[Any]) -> dict[Any, Node]:
    """The nodes of these addresses."""
    found = {iri: catalogue.node(str(iri).removeprefix(store.base_iri)) for iri in dict.fromkeys(iris)}
    return {iri: node for iri, node in found.items() if node is not None}


def _order(about: Mapping[str, Any]) -> tuple[int, str, str, str]:
    """The order of the text, then of the names."""
    return about.get("start", 1 << 30), about["subject"], about["predicate"], about["object"]


def _fact(text: str, known: Mapping[Any, Node], about: Mapping[str, Any]) -> Fact:
    subject, object = known[about["subject"]], known[about["object"]]
    predicate = str(about["predicate"]).rpartition("#")[2]
    sentence = text[about["start"] : about["end"]] if "start" in about and "end" in about else ""
    return Fact(subject, predicate, object, about["score"], sentence, fact_fragment(predicate, subject.id, object.id))


def segments(text: str, mentions: Iterable[tuple[int, int, Node]], start: int, end: int) -> list[Segment]:
    """The characters from start to end, cut where mentions begin and end; of two that overlap the first counts.

    >>> node = Node(1, "hardware/fpga", "Hardware", "FPGA")
    >>> [segment.text for segment in segments("On an FPGA.", [(6, 10, node), (8, 10, node)], 0, 11)]
    ['On an ', 'FPGA', '.']
    """
    found = []
    place = start
    for begin, stop, node in sorted(mentions, key=lambda mention: (mention[0], -mention[1], mention[2].id)):
        if place <= begin < stop <= end:
            found += [Segment(text[place:begin])] if begin > place else []
            found.append(Segment(text[begin:stop], node, mention_fragment(begin, stop)))
            place = stop
    return [*found, Segment(text[place:end])] if place < end else found


_HIDDEN = {"prefLabel", "altLabel", "broader", "inScheme", "type", "title", "abstract", "issued"}


def values_of(store: Store, catalogue: Catalogue, node: Node) -> list[Value]:
    """What vocabularies and listings know of a thing beside its names: literals, makers, the same thing elsewhere."""
    query = f"""SELECT ?p ?o {{ {reference(store.base_iri + node.id)} ?p ?o
        FILTER (ISLITERAL(?o) || ?p IN (kg:manufacturer, kg:submittedBy, skos:exactMatch)) }} ORDER BY ?p ?o"""
    values = []
    for property, value in select(store, query).rows:
        name = str(property).replace("/", "#").rpartition("#")[2]
        if name in _HIDDEN or value is None:
            continue
        if not isinstance(value, Iri):
            values.append(Value(name, str(value).removesuffix(".0") if isinstance(value, float) else str(value)))
        elif not value.startswith(store.base_iri):
            values.append(Value(name, value, link=value if value.startswith(("http://", "https://")) else ""))
        elif name in {"manufacturer", "submittedBy"} and (other := catalogue.node(value.removeprefix(store.base_iri))):
            values.append(Value(name, other.label, other))
    return values
