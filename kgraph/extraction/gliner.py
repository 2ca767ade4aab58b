"""GLiNER as the finder of mentions: one encoder for any types, which are named in words.

The component ``kgraph_gliner`` can stand in for ``kgraph_ner``, or beside the gazetteer and the
patterns. It asks a GLiNER model for the types of the ontology; each has a threshold, and what words
describe it to the model can be chosen, for a model knows *data set* better than it knows ``Dataset``.
U. Zaratiana, N. Tomeh, P. Holat, T. Charnois: GLiNER, NAACL 2024.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol

from spacy.language import Language

from kgraph.errors import ExtractionError, MissingExtra, one_line
from kgraph.extraction.marks import Found, add, longest, text_of
from kgraph.ontology import load_ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.ontology import Ontology

__all__ = ["GlinerFinder", "create_gliner", "parts"]

_WORD = re.compile(r"\w+(?:[-_]\w+)*|\S")  # as GLiNER counts them
_WORDS = 256
"""Words that a model reads at once where it does not say how many."""

_OVERLAP = 4
"""Parts of a long text overlap by this share of their length."""


class _Model(Protocol):
    """What of ``gliner.GLiNER`` is used."""

    config: Any

    def inference(
        self, texts: list[str], labels: list[str], *, threshold: float, batch_size: int
    ) -> list[list[dict[str, Any]]]: ...


class GlinerFinder:
    """The component ``kgraph_gliner``; it loads its model when the first text comes.

    ``descriptions`` says which types to ask for, and by which words; where it is empty, all types of
    the ontology by their labels. ``thresholds`` are those of types that have another than ``threshold``.
    """

    def __init__(
        self,
        *,
        model: str,
        descriptions: Mapping[str, str],
        threshold: float,
        thresholds: Mapping[str, float],
        device: str,
        batch_size: int,
    ) -> None:
        self._name = model
        self._descriptions = dict(descriptions)
        self._threshold, self._thresholds = threshold, dict(thresholds)
        self._device = device
        self._batch_size = batch_size
        self.set_ontology(load_ontology())

    def set_ontology(self, ontology: Ontology) -> None:
        """Ask for the types of this ontology from now on, unless the configuration chose some."""
        labels = {type: ontology.labels.get(type, type).lower() for type in ontology.types}
        self._types = {words: type for type, words in (self._descriptions or labels).items()}
        if unknown := sorted(self._thresholds.keys() - self._types.values()):
            raise ExtractionError(
                f"kgraph_gliner has a threshold for {unknown[0]!r}, which is none of the types that it asks for: "
                f"{', '.join(self._types.values())}"
            )

    def __call__(self, doc: Doc) -> Doc:
        """The document with the mentions found.

        Raises :class:`~kgraph.errors.MissingExtra` where GLiNER is not installed and
        :class:`~kgraph.errors.ExtractionError` where the model cannot be loaded or fails.
        """
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """The documents with their mentions, in order; a text longer than the model reads is read in parts."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            texts = [text_of(doc) for doc in batch]
            places = [(row, start, end) for row, text in enumerate(texts) for start, end in parts(text, self._longest)]
            found: list[list[Found]] = [[] for _ in batch]
            answers = self._answers([texts[row][start:end] for row, start, end in places])
            for (row, start, _), answer in zip(places, answers, strict=True):
                found[row] += self._taken(answer, start, len(texts[row]))
            for doc, mentions in zip(batch, found, strict=True):
                add(doc, longest(mentions))
                yield doc

    @cached_property
    def _model(self) -> _Model:
        try:
            from gliner import GLiNER
        except ImportError as error:
            raise MissingExtra("models of GLiNER", "gliner") from error
        try:
            model: _Model = GLiNER.from_pretrained(self._name, map_location=self._device)
        except Exception as error:  # whatever the libraries raise over a folder or a name
            raise ExtractionError(f"no GLiNER model can be loaded from {self._name!r}: {one_line(error)}") from error
        return model

    @property
    def _longest(self) -> int:
        return int(getattr(self._model.config, "max_len", _WORDS))

    def _answers(self, texts: list[str]) -> list[list[dict[str, Any]]]:
        if not texts:
            return []
        lowest = min(self._least(type) for type in self._types.values())
        try:
            return self._model.inference(texts, list(self._types), threshold=lowest, batch_size=self._batch_size)
        except Exception as error:  # whatever a stranger's model raises over a text
            raise ExtractionError(
                f"the GLiNER model {self._name!r} failed among texts from {texts[0][:60]!r} on: {one_line(error)}"
            ) from error

    def _taken(self, answer: Iterable[Mapping[str, Any]], shift: int, length: int) -> Iterator[Found]:
        """Of an answer what is of a type that was asked for, sure enough, and in the text."""
        for item in answer:
            type = self._types.get(item["label"], "")
            start, end, score = shift + int(item["start"]), shift + int(item["end"]), float(item["score"])
            if type and score >= self._least(type) and shift <= start < end <= length:
                yield Found(start, end, type, min(score, 1.0))

    def _least(self, type: str) -> float:
        return self._thresholds.get(type, self._threshold)


def parts(text: str, longest: int) -> list[tuple[int, int]]:
    """Where the parts of a text begin and end that a model reads at once: at most so many words, overlapping.

    >>> text = "one two three four five six"
    >>> [text[start:end] for start, end in parts(text, 4)]
    ['one two three four', 'four five six']
    >>> parts("", 4)
    []
    """
    words = [match.span() for match in _WORD.finditer(text)]
    step = max(1, longest - longest // _OVERLAP)
    starts = range(0, max(1, len(words) - longest // _OVERLAP), step)
    return [(words[at][0], words[min(at + longest, len(words)) - 1][1]) for at in starts if words]


@Language.factory(
    "kgraph_gliner",
    assigns=["doc.spans"],
    default_config={
        "descriptions": {},
        "threshold": 0.5,
        "thresholds": {},
        "device": "cpu",
        "batch_size": 8,
    },
)
def create_gliner(
    nlp: Language,  # noqa: ARG001 - spaCy calls it so
    name: str,  # noqa: ARG001
    model: str,
    descriptions: dict[str, str],
    threshold: float,
    thresholds: dict[str, float],
    device: str,
    batch_size: int,
) -> GlinerFinder:
    """The component for a model's folder, or its name on the Hugging Face hub, from where it is then fetched."""
    return GlinerFinder(
        model=model,
        descriptions=descriptions,
        threshold=threshold,
        thresholds=thresholds,
        device=device,
        batch_size=batch_size,
    )
