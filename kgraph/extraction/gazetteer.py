"""Names that the vocabularies know, found in raw text with an Aho-Corasick automaton.

The automaton reads folded text (:func:`kgraph.text.fold`), so that case, hyphens and odd spaces do
not count and offsets stay. What it finds must then begin and end as a word does, be written as the
label allows, and, for a label that is also an ordinary word, stand near a word of its context.
A. V. Aho, M. J. Corasick: Efficient string matching, CACM 18 (1975).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick, Implementation
from spacy.language import Language

from kgraph.extraction.evidence import EXACT_LABEL, LABEL_IN_OTHER_CASE, RISKY_LABEL
from kgraph.extraction.hardware import another_model, widen
from kgraph.extraction.heads import is_paid_attention
from kgraph.extraction.marks import Found, add, longest, text_of
from kgraph.text import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["Gazetteer", "create_gazetteer"]

_NEAR = 120
"""Characters to either side within which a context word lets a risky label count."""

_BESIDE = 16
"""The same for a single letter, and for one that has no capital and so is an ordinary word in most places."""

_WORD = re.compile(r"\w+")
_PHRASES = frozenset({"Task", "Metric"})  # named by phrases rather than by proper names
_APART = frozenset({"Dataset", "Method", "Software", "Task"})  # a hyphen makes other things of these
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_SHORT = 5  # letters of a name that must keep its capitals


@dataclass(frozen=True, slots=True)
class _Label:
    """A label of a concept; ``context`` is None where it needs none."""

    text: str
    concept: Concept
    context: frozenset[str] | None


class Gazetteer:
    """The component ``kgraph_gazetteer``; it builds its automaton when the first text comes.

    ``vocabulary`` None leaves the choice to :meth:`set_vocabulary`, and then to what kgraph ships.
    """

    def __init__(self, vocabulary: Vocabulary | None = None) -> None:
        self._chosen = vocabulary is not None
        self._vocabulary = vocabulary
        self._labels: list[list[_Label]] = []
        self._automaton: AhoCorasick | None = None

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Match these concepts from now on, unless the configuration chose others."""
        if not self._chosen:
            self._vocabulary = vocabulary
            self._automaton = None

    def __call__(self, doc: Doc) -> Doc:
        """Set a span for every mention of a concept, the longest where several begin or end within each other."""
        if self._automaton is None:
            self._automaton = self._build()
        add(doc, longest(self._find(text_of(doc), self._automaton)))
        return doc

    def _build(self) -> AhoCorasick:
        if self._vocabulary is None:
            from kgraph.ontology import load_vocabulary

            self._vocabulary = load_vocabulary()
        labels: dict[str, list[_Label]] = defaultdict(list)
        for concept in self._vocabulary.concepts.values():
            for text in (concept.name, *concept.aliases):
                if text not in concept.risky:
                    _enter(labels, _Label(text, concept, None))
            if concept.context:  # without context a risky label never counts by itself
                context = frozenset(concept.context)
                for text in concept.risky:
                    _enter(labels, _Label(text, concept, context))
        self._labels = list(labels.values())
        return AhoCorasick(list(labels), implementation=Implementation.ContiguousNFA)

    def _find(self, text: str, automaton: AhoCorasick) -> Iterator[Found]:
        folded = fold(text)
        length = len(folded)
        for index, start, stop in automaton.find_matches_as_indexes(folded, overlapping=True):
            end = stop
            if start and folded[start - 1].isalnum() and folded[start].isalnum():
                continue
            if end < length and folded[end].isalnum() and folded[end - 1].isalnum():
                if folded[end] != "s" or (end + 1 < length and folded[end + 1].isalnum()):
                    continue
                end += 1  # a plural
            for label in self._labels[index]:
                found = _judged(label, text, folded, start, end)
                if found is not None:
                    yield found
                    break


def _enter(labels: dict[str, list[_Label]], label: _Label) -> None:
    """Enter a label under its folded form, and under the plural that adds more than an s to it.

    >>> labels = defaultdict(list)
    >>> _enter(labels, _Label("random-access memory", None, None))
    >>> list(labels)
    ['random access memory', 'random access memories']
    """
    form = fold(label.text).strip()
    if len(form) > 1 or (form and label.context is not None):
        labels[form].append(label)
        if form[-1] == "y" and form[-2:-1] not in "aeiou":
            labels[form[:-1] + "ies"].append(label)


def _judged(label: _Label, text: str, folded: str, start: int, end: int) -> Found | None:
    """The mention, if it is written as the label allows and, for a risky label, its context is near."""
    written = text[start:end]
    exact = written.startswith(label.text)
    type, id = label.concept.type, label.concept.id
    if label.context is not None:
        near = _NEAR if len(written) > 1 and any(character.isupper() for character in label.text) else _BESIDE
        before = _WORD.findall(folded, max(0, start - near), start)
        behind = _WORD.findall(folded, end, end + near)
        if not exact or label.context.isdisjoint(before + behind):
            return None
        score = RISKY_LABEL
    elif exact:
        score = EXACT_LABEL
    elif _case_fits(label.text, written, type):
        score = LABEL_IN_OTHER_CASE
    else:
        return None
    if (type in _APART and _is_half(text, start, end)) or is_paid_attention(text, start, end):
        return None
    if written[-1].isdigit() and folded[end : end + 1] in {".", ","} and folded[end + 1 : end + 2].isdigit():
        return None  # GPT-4 in GPT-4.1
    if type == "Hardware":
        if another_model(text, end):
            return Found(*widen(text, start, end), type, score)
        wide = widen(text, start, end)
        vendor = text[wide[0] : start].split(" ", 1)[0].removesuffix("'s").removesuffix("’s")
        if vendor.casefold() not in label.concept.name.casefold():
            id = ""  # *Intel CPUs* are not *CPU*
        start, end = wide
    return Found(start, end, type, score, id)


def _is_half(text: str, start: int, end: int) -> bool:
    """Whether hyphens make a longer name of what was found: *VLA* in *Foo-VLA*, *Foo* in *Foo-7B*; not in *Foo-based*.

    >>> _is_half("Foo-VLA", 4, 7), _is_half("Foo-7B", 0, 3), _is_half("Foo-based", 0, 3), _is_half("a - Foo", 4, 7)
    (True, True, False, False)
    """
    before = text[max(0, start - 2) : start]
    behind = text[end : end + 2]
    second = len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    first = len(behind) == 2 and behind[0] in _HYPHENS and (behind[1].isupper() or behind[1].isdigit())
    return second or first


def _case_fits(label: str, written: str, type: str) -> bool:
    """Whether a text that differs from a label in case or hyphens may stand for it.

    Words in lower case may be written in any way; a short name or an acronym must keep its
    capitals; a longer one, some. Lists of tasks and metrics capitalise phrases at random.

    >>> _case_fits("neural network", "Neural Networks", "Method"), _case_fits("SAM", "Sam", "Method")
    (True, False)
    >>> _case_fits("ImageNet", "Imagenet", "Dataset"), _case_fits("ComplEx", "complex", "Method")
    (True, False)
    >>> _case_fits("Object Detection", "object detection", "Task"), _case_fits("Average", "average", "Metric")
    (True, False)
    """
    if label.islower():
        return True
    if " " in label:
        return type in _PHRASES or any(character.isupper() for character in written)
    if len(label) <= _SHORT:
        return [c for c in label if c.isupper()] == [c for c in written if c.isupper()]
    return written[0].isupper() == label[0].isupper() and any(character.isupper() for character in written)


@Language.factory("kgraph_gazetteer", assigns=["doc.spans"], default_config={"vocabulary": None})
def create_gazetteer(nlp: Language, name: str, vocabulary: Vocabulary | None) -> Gazetteer:  # noqa: ARG001
    """The component, for a vocabulary that a function of spaCy's registry gives (``kgraph.Vocabulary.v1``)."""
    return Gazetteer(vocabulary)
