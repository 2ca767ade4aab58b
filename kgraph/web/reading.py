"""A paper as its page shows it: the text with its mentions, who says what where; and what else is known of a thing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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
    iri = reference(store.base_iri + paper.id)
    spans = select(
        store,
        f"SELECT ?start ?end ?e {{ ?m kg:inPaper {iri} ; kg:ofEntity ?e ; kg:start ?start ; kg:end ?end }}",
    ).rows
    stated = select(
        store,
        f"""SELECT ?s ?p ?o ?score ?start ?end {{
              ?x kg:inPaper {iri} ; rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kg:score ?score
              FILTER (?s != {iri}) OPTIONAL {{ ?x kg:start ?start ; kg:end ?end }}
            }} ORDER BY ?start ?s ?p""",
    ).rows
    known = _known(store, catalogue, [row[-1] for row in spans] + [iri for row in stated for iri in (row[0], row[2])])
    mentions = [(int(str(start)), int(str(end)), known[e]) for start, end, e in spans if e in known]
    border = len(paper.label)
    return Reading(
        segments(text, mentions, 0, border),
        segments(text, mentions, min(border + 1, len(text)), len(text)),
        [_fact(text, known, row) for row in stated if row[0] in known and row[2] in known],
    )


def _known(store: Store, catalogue: Catalogue, iris: Iterable[Any]) -> dict[Any, Node]:
    """The nodes of these addresses."""
    found = {iri: catalogue.node(str(iri).removeprefix(store.base_iri)) for iri in dict.fromkeys(iris)}
    return {iri: node for iri, node in found.items() if node is not None}


def _fact(text: str, known: dict[Any, Node], row: Sequence[Any]) -> Fact:
    subject, object = known[row[0]], known[row[2]]
    predicate = str(row[1]).rpartition("#")[2]
    sentence = text[row[4] : row[5]] if row[4] is not None and row[5] is not None else ""
    return Fact(subject, predicate, object, row[3], sentence, fact_fragment(predicate, subject.id, object.id))


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
    rows = select(store, f"SELECT ?p ?o {{ {reference(store.base_iri + node.id)} ?p ?o }} ORDER BY ?p ?o").rows
    values = []
    for property, value in rows:
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
