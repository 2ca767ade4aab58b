"""Names that the vocabularies know, found in raw text.

An automaton (:mod:`kgraph.extraction.automaton`) reads folded text (:func:`kgraph.text.fold`), so that
case, hyphens and odd spaces do not count and offsets stay. What it finds must then be written as the
label allows and, for a label that is also an ordinary word, stand near a word of its context.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.language import Language

from kgraph.extraction.automaton import WordAutomaton, spaced
from kgraph.extraction.evidence import EXACT_LABEL, LABEL_IN_OTHER_CASE, RISKY_LABEL
from kgraph.extraction.hardware import another_model, widen
from kgraph.extraction.idioms import is_idiom
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

_PHRASES = frozenset({"Task", "Metric"})  # named by phrases rather than by proper names
_APART = frozenset({"Dataset", "Method", "Software", "Task"})  # a hyphen makes other things of these
_NAMED = frozenset({"Organization", "Software"})  # by names that are never written in lower case
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_ACRONYM = re.compile(r"\b[A-Z]{2,}(?=s?\b)")
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
        self._automaton: WordAutomaton | None = None

    def set_vocabulary(self, vocabulary: Vocabulary) -> None:
        """Match these concepts from now on, unless the configuration chose others."""
        if not self._chosen:
            self._vocabulary = vocabulary
            self._automaton = None

    def __call__(self, doc: Doc) -> Doc:
        """Set a span for every mention of a concept, those that :meth:`find` gives."""
        add(doc, self.find(text_of(doc)))
        return doc

    def find(self, text: str) -> list[Found]:
        """The mentions of concepts in a text, the longest where several begin or end within each other."""
        if self._automaton is None:
            self._automaton = self._build()
        return longest(self._found(text, self._automaton))

    def _build(self) -> WordAutomaton:
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
        return WordAutomaton(labels)

    def _found(self, text: str, automaton: WordAutomaton) -> Iterator[Found]:
        folded = fold(text)
        for index, start, end in automaton.find(folded):
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
    type, id = label.concept.type, label.concept.id
    written = text[start:end]
    if written[-1] == "S" and label.text[-1].isupper() and label.text[-1] != "S":
        return None  # SARS is not several SAR
    if written.startswith(label.text):
        score = EXACT_LABEL if label.context is None else RISKY_LABEL
    elif label.context is None and _case_fits(label.text, written, type):
        score = LABEL_IN_OTHER_CASE
    else:
        return None
    if label.context is not None and label.context.isdisjoint(_words_near(label, folded, start, end)):
        return None
    if (type in _APART and _is_half(text, start, end)) or is_idiom(text, start, end):
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


def _words_near(label: _Label, folded: str, start: int, end: int) -> list[str]:
    """The words to either side of a risky label that may tell what it means."""
    near = _NEAR if end - start > 1 and any(map(str.isupper, label.text)) else _BESIDE
    return spaced(f"{folded[max(0, start - near) : start]} {folded[end : end + near]}").split()


def _is_half(text: str, start: int, end: int) -> bool:
    """Whether hyphens make a longer name of what was found: *VLA* in *Foo-VLA*, *Foo* in *Foo-7B*; not in *Foo-based*.

    >>> _is_half("Foo-VLA", 4, 7), _is_half("Foo-7B", 0, 3), _is_half("Foo-based", 0, 3), _is_half("a - Foo", 4, 7)
    (True, True, False, False)
    """
    if text[end : end + 1] not in _HYPHENS and text[start - 1 : start] not in _HYPHENS:
        return False  # nearly always
    before = text[max(0, start - 2) : start]
    behind = text[end : end + 2]
    second = len(before) == 2 and before[1] in _HYPHENS and before[0].isalnum()
    first = len(behind) == 2 and behind[0] in _HYPHENS and (behind[1].isupper() or behind[1].isdigit())
    return second or first


def _case_fits(label: str, written: str, type: str) -> bool:
    """Whether a text that differs from a label in case or hyphens may stand for it.

    Words in lower case may be written in any way. Of other labels a short name keeps its capitals,
    a name with but one of them (*Crossformer*, not *CrossFormer*) stands to the letter, and words
    in capitals alone keep two of these, unless a number makes the name plain. The rest keeps some;
    but lists of tasks and metrics capitalise phrases at random.

    >>> _case_fits("neural network", "Neural Networks", "Method"), _case_fits("SAM", "Sam", "Method")
    (True, False)
    >>> _case_fits("ImageNet", "Imagenet", "Dataset"), _case_fits("ComplEx", "complex", "Method")
    (True, False)
    >>> _case_fits("FLAMINGO", "Flamingo", "Method"), _case_fits("AISHELL-4", "Aishell-4", "Dataset")
    (False, True)
    >>> _case_fits("Object Detection", "object detection", "Task"), _case_fits("Average", "average", "Metric")
    (True, False)
    >>> _case_fits("TO design", "to design", "Task"), _case_fits("Scale AI", "scale AI", "Organization")
    (False, False)
    """
    if label.islower():
        return True
    if len(label) <= _SHORT:
        return [c for c in label if c.isupper()] == [c for c in written if c.isupper()]
    if not _keeps_acronyms(label, written):
        return False
    if " " in label:
        begins = type not in _NAMED or written[0].isupper() or label[0].islower()
        return type in _PHRASES or (begins and any(character.isupper() for character in written))
    if label.isalpha() and label[1:].islower():
        return False
    return written[0].isupper() == label[0].isupper() and any(character.isupper() for character in written)


def _keeps_acronyms(label: str, written: str) -> bool:
    """Whether words that are capitals alone in a label have two of them in the text; a folded label's letters align.

    >>> _keeps_acronyms("OOD detection", "OoD detection"), _keeps_acronyms("MERLIN", "Merlin")
    (True, False)
    """
    if label.isalpha() and not label.isupper():
        return True
    return any(map(str.isdigit, label)) or all(
        sum(map(str.isupper, written[acronym.start() : acronym.end()])) > 1 for acronym in _ACRONYM.finditer(label)
    )


@Language.factory("kgraph_gazetteer", assigns=["doc.spans"], default_config={"vocabulary": None})
def create_gazetteer(nlp: Language, name: str, vocabulary: Vocabulary | None) -> Gazetteer:  # noqa: ARG001
    """The component, for a vocabulary that a function of spaCy's registry gives (``kgraph.Vocabulary.v1``)."""
    return Gazetteer(vocabulary)
