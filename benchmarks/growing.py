"""Annotations of as many papers as are wanted: real ones, again and again under other names.

A copy has ids and a title of its own. Names that a single paper of the original uses are new in
every copy, names that several share stay: so the number of entities grows with that of papers,
which is more than real papers do, whose new names become rarer (Heaps' law).
"""

from __future__ import annotations

import gzip
import json
import random
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

import orjson

from kgraph.extraction.pipeline import load_extractor
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.records import from_own_record, paper_of, to_record
from kgraph.resolution.resolver import VocabularyResolver

__all__ = ["grown", "originals", "papers_in"]

T = TypeVar("T", Mention, Relation, Result)


def papers_in(path: Path, number: int) -> list[Paper]:
    """The first papers of a packed file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [paper_of(json.loads(line), source=path.name) for line in islice(lines, number)]


def originals(abstracts: Path, kept: Path, number: int = 2000) -> list[Annotation]:
    """What the pipeline finds in so many abstracts, with ids; kept in a file for the next time."""
    if not kept.exists():
        vocabulary, ontology = load_vocabulary(), load_ontology()
        extractor = load_extractor(vocabulary=vocabulary, ontology=ontology)
        found = list(extractor.extract(papers_in(abstracts, number)))
        resolved = VocabularyResolver(vocabulary, ontology).informed_by(found).resolve(found)
        kept.write_bytes(b"".join(orjson.dumps(to_record(annotation)) + b"\n" for annotation in resolved))
    return [from_own_record(orjson.loads(line)) for line in kept.read_bytes().splitlines()]


def grown(known: Sequence[Annotation], papers: int) -> Iterator[Annotation]:
    """So many annotations, in no order."""
    concepts = load_vocabulary().concepts
    uses = Counter(id for annotation in known for id in {entity.id for entity in annotation.entities})
    rare = {id for id, number in uses.items() if number == 1 and id not in concepts}
    numbers = random.Random(1).sample(range(papers), papers)  # noqa: S311 - the same at each run
    return (_copy(known[number % len(known)], number, rare) for number in numbers)


def _copy(annotation: Annotation, number: int, rare: Container[str]) -> Annotation:
    paper = annotation.paper
    own = replace(paper, id=f"{number // 100_000:04}.{number % 100_000:05}", title=f"{paper.title} {number}")
    new = {entity.name: f"{entity.name} {number}" for entity in annotation.entities if entity.id in rare}

    def moved(thing: T) -> T:
        """Behind a title that has become longer."""
        if thing.start is None or thing.end is None or thing.start <= len(paper.title):
            return thing
        by = len(own.title) - len(paper.title)
        return replace(thing, start=thing.start + by, end=thing.end + by)

    def renamed(entity: Entity) -> Entity:
        mentions = tuple(map(moved, entity.mentions))
        if entity.name not in new:
            return replace(entity, mentions=mentions)
        return replace(entity, name=new[entity.name], id=f"{entity.id}-{number}", mentions=mentions)

    return Annotation(
        own,
        tuple(map(renamed, annotation.entities)),
        tuple(
            moved(replace(relation, subject=_new(relation.subject, new), object=_new(relation.object, new)))
            for relation in annotation.relations
        ),
        tuple(
            moved(
                replace(
                    result,
                    entity=_new(result.entity, new),
                    metric=_new(result.metric, new),
                    on=_new(result.on, new) if result.on else None,
                    versus=_new(result.versus, new) if result.versus else None,
                )
            )
            for result in annotation.results
        ),
    )


def _new(name: str, new: dict[str, str]) -> str:
    return new.get(name, name)
