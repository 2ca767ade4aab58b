"""The rows of each table, of a stretch of the graph; what their columns mean is in :mod:`kgraph.exporters.tables`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from kgraph import graph
from kgraph.graph import Fact, Stretch, members, vocabulary_facts

__all__ = ["Row", "entities", "known", "mentions", "papers", "relations", "results", "stated", "values"]

Row = tuple[Any, ...]


def papers(stretch: Stretch) -> Iterator[Row]:
    """Each paper, with how many entities, relations and results it has."""
    found = Counter(other for _, _, links in stretch.of_kind("result") for other, key, _ in links if key == "inPaper")
    for id, about, links in stretch.of_kind("paper"):
        names = ("label", "abstract", "date", "year", "authors", "organization")
        handle = [other for other, key, _ in links if key == "submittedBy"]
        entities = sum(data["kind"] == "role" for *_, data in links)
        relations = len(stretch.annotations[id].relations) if id in stretch.annotations else 0
        counts = entities, relations, found[id]
        yield id, *map(about.get, names), handle[0] if handle else None, members(about["source"]), *counts


def entities(stretch: Stretch) -> Iterator[Row]:
    """Each entity."""
    for id, about, links in stretch.of_kind("entity"):
        above = [other for other, key, _ in links if key == "broader"]
        lists = members(about.get("aliases", "")), above, members(about.get("links", ""))
        yield id, about["type"], about["label"], about["papers"], about["vocabulary"], *lists


def mentions(stretch: Stretch) -> Iterator[Row]:
    """Each mention of each paper, by its place."""
    for paper, annotation in stretch.annotations.items():
        yield from sorted(
            (paper, entity.id, entity.type, mention.start, mention.end, mention.text, entity.score)
            for entity in annotation.entities
            for mention in entity.mentions
        )


def stated(stretch: Stretch) -> Iterator[Row]:
    """What papers state."""
    return _facts(stretch, graph.stated(stretch.nodes, stretch.annotations))


def known(stretch: Stretch) -> Iterator[Row]:
    """What vocabularies know of entities beside each other."""
    return _facts(stretch, graph.known(stretch.nodes))


def _facts(stretch: Stretch, facts: Iterable[Fact]) -> Iterator[Row]:
    for fact in facts:
        first = fact.mentions[0] if fact.mentions else fact
        ends = *_named(stretch, fact.subject), fact.predicate, *_named(stretch, fact.object)
        yield *ends, None, None, fact.kind, fact.paper, fact.score, first.start, first.end, len(fact.mentions)


def values(stretch: Stretch) -> Iterator[Row]:
    """What vocabularies know of entities in numbers and words."""
    for id, about, _ in stretch.of_kind("entity"):
        for name, value in vocabulary_facts(about):
            number = float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
            text = str(value).lower() if isinstance(value, bool) else str(value)
            yield *_named(stretch, id), name, None, None, None, text, number, "value", None, 1.0, None, None, 0


def relations(stretch: Stretch) -> Iterator[Row]:
    """What is so between two entities."""
    for subject, _, links in stretch.nodes:
        for object, predicate, data in links:
            if data["kind"] in {"relation", "broader"}:
                ends = *_named(stretch, subject), predicate, *_named(stretch, object)
                yield *ends, data["papers"], data["score"], data["vocabulary"]


def results(stretch: Stretch) -> Iterator[Row]:
    """Each result."""
    for id, about, links in stretch.of_kind("result"):
        ends = {key: other for other, key, _ in links}
        named = (_named(stretch, ends.get(key))[:2] for key in ("resultOf", "metric", "measuredOn", "versus"))
        value = about["value"], about.get("numericValue"), about.get("unit")
        (entity, metric, on, versus) = named
        place = about["score"], about.get("start"), about.get("end")
        yield id, ends.get("inPaper"), *entity, *metric, *value, *on, *versus, *place


def _named(stretch: Stretch, id: str | None) -> tuple[str | None, str | None, str | None]:
    """A node with its label and type, for whom a join is one too many."""
    return (None, None, None) if id is None else (id, *stretch.named(id))
