"""The trained model as spaCy components, which share one pass of its encoder over a text.

``kgraph_ner`` finds mentions and values; ``kgraph_roles`` groups mentions into entities with
roles; ``kgraph_relations`` and ``kgraph_results`` link these. Spans that a component before
``kgraph_ner`` has set (a gazetteer, patterns) are evidence for it: a name that they know needs less
of the model's own to be taken, and keeps the concept it was linked to. Spans that a component
behind ``kgraph_ner`` sets or takes away count: entities are made of the spans as they stand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from kgraph.extraction.marks import MENTIONS, Found, add, text_of
from kgraph.extraction.model.decoding import relate, results_of
from kgraph.extraction.model.grouping import Grouping, Reading, Taken, group
from kgraph.extraction.model.hints import hints_of
from kgraph.extraction.model.loading import SHIPPED, load_model
from kgraph.extraction.model.reading import Asked, Begun, begin, cores, finish, read
from kgraph.extraction.model.structure import word_span
from kgraph.stages import BATCH

if TYPE_CHECKING:
    from kgraph.extraction.model.loading import Model

__all__ = ["MentionFinder", "create_ner", "create_relations", "create_results", "create_roles", "create_words"]

_WORD = re.compile(r"[^\W_]+|.", re.DOTALL)

for _name in ("kgraph_reading", "kgraph_grouping"):
    if not Doc.has_extension(_name):
        Doc.set_extension(_name, default=None)


class MentionFinder:
    """The component ``kgraph_ner``: replaces the spans by the mentions that the model takes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, doc: Doc) -> Doc:
        """The document with its mentions."""
        model = load_model(self._folder)
        _set_mentions([doc], read(model, [_asked(doc)]), model)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """The documents with their mentions, a batch in the encoder while the one before is made use of."""
        model = load_model(self._folder)
        docs = iter(stream)
        before: tuple[list[Doc], Begun] | None = None
        with ThreadPoolExecutor(cores()) as pool:
            while batch := list(islice(docs, batch_size)):
                begun = begin(model, [_asked(doc) for doc in batch], pool)
                if before is not None:
                    yield from _set_mentions(before[0], finish(model, before[1]), model)
                before = batch, begun
            if before is not None:
                yield from _set_mentions(before[0], finish(model, before[1]), model)


def _asked(doc: Doc) -> Asked:
    return Asked(text_of(doc), max(0, doc._.kgraph_abstract - 1), hints_of(doc))


def _set_mentions(docs: list[Doc], readings: list[Reading | None], model: Model) -> list[Doc]:
    for doc, reading in zip(docs, readings, strict=True):
        ids = {(span.start_char, span.end_char, span.label_): span.id_ for span in doc.spans.get(MENTIONS, ())}
        doc._.kgraph_reading = reading
        doc.spans[MENTIONS] = []
        if reading is not None:
            add(doc, _found(reading, model, ids))
    return docs


def _found(reading: Reading, model: Model, ids: dict[tuple[int, int, str], str]) -> Iterator[Found]:
    for mention in reading.mentions:
        start, end = int(reading.words.starts[mention.start]), int(reading.words.ends[mention.end - 1])
        type = model.labels.types[mention.type]
        yield Found(start, end, type, mention.score, ids.get((start, end, type), ""))


def _mentions(doc: Doc, reading: Reading, model: Model) -> list[Taken]:
    """The spans of a document in words of the model; those of a type that it does not know stay out."""
    made = []
    for span in doc.spans.get(MENTIONS, ()):
        words = word_span(reading.words, span.start_char, span.end_char)
        if words is not None and span.label_ in model.labels.types:
            made.append(Taken(*words, model.labels.types.index(span.label_), span._.kgraph_score))
    return sorted(made)


@Language.factory("kgraph_ner", assigns=["doc.spans"], default_config={"model": None})
def create_ner(nlp: Language, name: str, model: str | None) -> MentionFinder:  # noqa: ARG001 - spaCy calls it so
    """Mentions by the model of that folder; None means the shipped one."""
    return MentionFinder(_folder(model))


@Language.factory("kgraph_roles", assigns=["doc._.kgraph_entities"], default_config={"model": None})
def create_roles(nlp: Language, name: str, model: str | None) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy calls it so
    """Entities with roles by the model, from the spans as they stand."""

    def set_entities(doc: Doc) -> Doc:
        reading: Reading | None = doc._.kgraph_reading
        if reading is not None:
            used = load_model(_folder(model))
            mentions = _mentions(doc, reading, used)
            with used.threads.limit(limits=1):
                grouping = group(reading, mentions, used.weights, used.labels, used.thresholds)
            doc._.kgraph_grouping = grouping
            doc._.kgraph_entities = grouping.entities if grouping else ()
        return doc

    return set_entities


@Language.factory("kgraph_relations", assigns=["doc._.kgraph_relations"], default_config={"model": None})
def create_relations(nlp: Language, name: str, model: str | None) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy calls it so
    """Relations by the model, between the entities of ``kgraph_roles``."""

    def set_relations(doc: Doc) -> Doc:
        grouping: Grouping | None = doc._.kgraph_grouping
        if grouping is not None:
            used = load_model(_folder(model))
            reading: Reading = doc._.kgraph_reading
            with used.threads.limit(limits=1):
                doc._.kgraph_relations = relate(reading, grouping, used.weights, used.labels, used.thresholds)
        return doc

    return set_relations


@Language.factory("kgraph_results", assigns=["doc._.kgraph_results"], default_config={"model": None})
def create_results(nlp: Language, name: str, model: str | None) -> Callable[[Doc], Doc]:  # noqa: ARG001 - spaCy calls it so
    """Results by the model, linked to the entities of ``kgraph_roles``."""

    def set_results(doc: Doc) -> Doc:
        grouping: Grouping | None = doc._.kgraph_grouping
        if grouping is not None:
            used = load_model(_folder(model))
            with used.threads.limit(limits=1):
                doc._.kgraph_results = results_of(doc._.kgraph_reading, grouping, used.weights, used.thresholds)
        return doc

    return set_results


def _folder(model: str | None) -> Path:
    return Path(model) if model else SHIPPED


@registry.tokenizers("kgraph.Words.v1")  # type: ignore[untyped-decorator]
def create_words() -> Callable[[Language], Callable[[str], Doc]]:
    """A tokenizer that cuts wherever the model may: between runs of letters and digits, and around all else.

    >>> import spacy
    >>> [token.text for token in create_words()(spacy.blank("en"))("EMOv2-5M, 3.5x")]
    ['EMOv2', '-', '5M', ',', '3', '.', '5x']
    """

    def create(nlp: Language) -> Callable[[str], Doc]:
        def tokenize(text: str) -> Doc:
            words: list[str] = []
            spaces: list[bool] = []
            for word in _WORD.findall(text):
                if word == " " and spaces and not spaces[-1]:
                    spaces[-1] = True
                else:
                    words.append(word)
                    spaces.append(False)
            return Doc(nlp.vocab, words=words, spaces=spaces)

        return tokenize

    return create
