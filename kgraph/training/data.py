"""From annotations to what the network learns from: numbers of words, labels and links."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from kgraph.errors import ReadError
from kgraph.extraction.model.cues import relation_cues, role_cues
from kgraph.extraction.model.hints import Hint, hint_owners, hint_spans, linked_names
from kgraph.extraction.model.labels import Labels
from kgraph.extraction.model.structure import form_features, forms_of, places, sentences_of, word_span
from kgraph.extraction.model.wordpieces import Words, to_words
from kgraph.model import Annotation, Result
from kgraph.records import from_record
from kgraph.text import passage

__all__ = ["Example", "read_gold", "to_examples"]

Ints = NDArray[np.intp]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Example:
    """One annotated text in numbers. N mentions, G forms, E entities, V values, W words.

    ``starts``, ``ends``, ``types`` (N,): the mentions in words. ``forms`` (G, N) and ``members``
    (E, N) say which mentions bear a form and name an entity, ``same`` (G, G) which forms are of one
    entity. ``relations`` (E, E, predicates) is 1 where a relation holds. ``links`` (V, E + 1, 4)
    shares 1 in each slot among the entities a value is linked to, the last row being none.
    """

    annotation: Annotation
    words: Words
    sentences: Ints
    starts: Ints
    ends: Ints
    types: Ints
    forms: Floats
    form_features: Floats
    same: Floats
    members: Floats
    entity_types: Ints
    places: Floats
    roles: Ints
    relations: Floats
    value_starts: Ints
    value_ends: Ints
    links: Floats
    hints: tuple[Hint, ...]
    hint_spans: Ints
    role_cues: Floats
    relation_cues: Floats


def read_gold(path: Path) -> list[tuple[Annotation, Mapping[str, Any]]]:
    """The annotations of a JSON lines file, each with the object it came from.

    Raises :class:`~kgraph.errors.ReadError` where a line tells of no paper: what to learn from
    should be whole.
    """
    made = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    record = json.loads(line)
                    made.append((from_record(record, source=path.name)[0], record))
                except ValueError as error:
                    raise ReadError(str(path), number, str(error)) from error
    return made


def to_examples(
    annotations: Sequence[Annotation], hints: Sequence[Sequence[Hint]], tokenizer: Tokenizer, labels: Labels
) -> tuple[list[Example], Counter[str]]:
    """The texts in numbers, and how often something could not be learned from, by reason."""
    papers = [annotation.paper for annotation in annotations]
    texts = [passage(paper.title, paper.abstract) for paper in papers]
    words = to_words(tokenizer, texts, [len(paper.title) for paper in papers])
    skipped: Counter[str] = Counter()
    examples = [
        _example(annotation, text, own, tuple(known), labels, skipped)
        for annotation, text, own, known in zip(annotations, texts, words, hints, strict=True)
    ]
    return examples, skipped


def _example(
    annotation: Annotation, text: str, words: Words, hints: tuple[Hint, ...], labels: Labels, skipped: Counter[str]
) -> Example:
    found: dict[tuple[int, int], tuple[int, int]] = {}  # words -> entity, type
    known = [entity for entity in annotation.entities if entity.type in labels.types and entity.role in labels.roles]
    skipped["entity of an unknown type or role"] += len(annotation.entities) - len(known)
    for number, entity in enumerate(known):
        for mention in entity.mentions:
            span = word_span(words, mention.start, mention.end)
            if span is None or span[1] - span[0] > labels.longest_mention:
                skipped["mention longer than the longest span"] += 1
                continue
            if (int(words.starts[span[0]]), int(words.ends[span[1] - 1])) != (mention.start, mention.end):
                skipped["mention that does not begin and end at words (widened)"] += 1
            found.setdefault(span, (number, labels.types.index(entity.type)))
    spans = sorted(found)
    kept = sorted({found[span][0] for span in spans})
    row = {number: place for place, number in enumerate(kept)}
    names = {known[number].name: row[number] for number in kept}
    members = np.zeros((len(kept), len(spans)), dtype=np.float32)
    for column, span in enumerate(spans):
        members[row[found[span][0]], column] = 1.0
    types = np.array([found[span][1] for span in spans], dtype=np.intp)
    starts, ends = (np.array([span[side] for span in spans], dtype=np.intp) for side in (0, 1))
    sentences = sentences_of(text, len(annotation.paper.title), words)
    written = [text[words.starts[start] : words.ends[end - 1]] for start, end in spans]
    spelled, numbers = forms_of(written, types.tolist())
    forms = np.zeros((len(spelled), len(spans)), dtype=np.float32)
    forms[numbers, np.arange(len(spans))] = 1.0
    shares = forms @ members.T  # forms x entities
    entities, title_end = [known[number] for number in kept], len(annotation.paper.title)
    cues = role_cues(text, title_end, entities, linked_names(entities, hints), labels.roles)
    value_spans, links = _values(annotation.results, text, words, names, spans, found, row, labels, skipped)
    return Example(
        annotation=annotation,
        words=words,
        sentences=sentences,
        starts=starts,
        ends=ends,
        types=types,
        forms=forms,
        form_features=form_features(text, spelled, hint_owners(hints, text)),
        same=(shares @ shares.T > 0).astype(np.float32),
        members=members,
        entity_types=np.array([labels.types.index(known[number].type) for number in kept], dtype=np.intp),
        places=places(members > 0, starts, sentences),
        roles=np.array([labels.roles.index(known[number].role) for number in kept], dtype=np.intp),
        relations=_relations(annotation, names, labels, skipped),
        value_starts=np.array([start for start, _ in value_spans], dtype=np.intp),
        value_ends=np.array([end for _, end in value_spans], dtype=np.intp),
        links=links,
        hints=hints,
        hint_spans=hint_spans(hints, words, labels.types),
        role_cues=cues,
        relation_cues=relation_cues(text, title_end, entities, cues, labels.roles, labels.predicates),
    )


def _relations(annotation: Annotation, names: Mapping[str, int], labels: Labels, skipped: Counter[str]) -> Floats:
    made = np.zeros((len(names), len(names), len(labels.predicates)), dtype=np.float32)
    for relation in annotation.relations:
        if relation.subject in names and relation.object in names and relation.predicate in labels.predicates:
            made[names[relation.subject], names[relation.object], labels.predicates.index(relation.predicate)] = 1.0
        else:
            skipped["relation of an unknown predicate, or whose ends are not mentioned"] += 1
    return made


def _values(
    results: Iterable[Result],
    text: str,
    words: Words,
    names: Mapping[str, int],
    spans: Sequence[tuple[int, int]],
    found: Mapping[tuple[int, int], tuple[int, int]],
    row: Mapping[int, int],
    labels: Labels,
    skipped: Counter[str],
) -> tuple[list[tuple[int, int]], Floats]:
    """The spans of the values, and what each is linked to."""
    links: dict[tuple[int, int], Floats] = {}
    for result in results:
        metric = [span for span in spans if names.get(result.metric) == row[found[span][0]]]
        span = _value_span(result, text, words, metric, taken=links)
        if span is None or span[1] - span[0] > labels.longest_value:
            skipped["result whose value does not stand in the text, or is too long"] += 1
            continue
        shares = links.setdefault(span, np.zeros((len(names) + 1, 4), dtype=np.float32))
        for slot, name in enumerate((result.entity, result.metric, result.on, result.versus)):
            shares[names.get(name, -1) if name is not None else -1, slot] += 1.0
    ordered = sorted(links)
    kept: list[tuple[int, int]] = []
    for span in ordered:  # values that overlap another cannot both be decoded
        if kept and span[0] < kept[-1][1]:
            skipped["result whose value overlaps another's"] += 1
        else:
            kept.append(span)
    if not kept:
        return [], np.zeros((0, len(names) + 1, 4), dtype=np.float32)
    shares = np.stack([links[span] for span in kept])
    return kept, shares / shares.sum(1, keepdims=True)


def _value_span(
    result: Result,
    text: str,
    words: Words,
    metric: Sequence[tuple[int, int]],
    taken: Mapping[tuple[int, int], Floats],
) -> tuple[int, int] | None:
    """Where the value stands: of several places the one nearest to its metric, behind the title."""
    if result.start is not None and result.end is not None:
        return word_span(words, result.start, result.end)
    places: list[tuple[int, int]] = []
    at = text.find(result.value)
    while at >= 0 and len(places) < 20:
        span = word_span(words, at, at + len(result.value))
        if span is not None and int(words.starts[span[0]]) == at:
            places.append(span)
        at = text.find(result.value, at + 1)
    if not places:
        return None
    return min(
        places, key=lambda place: (place in taken, min((abs(place[0] - m[0]) for m in metric), default=0), place)
    )
