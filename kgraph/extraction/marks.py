"""What the components of the pipeline leave on a spaCy ``Doc`` for each other.

========================= =====================================================================
``doc.spans["kgraph"]``   mentions: ``span.label_`` is the type, ``span.id_`` the concept of a
                          vocabulary (``hardware/nvidia-a100``) or empty. Sorted, never overlapping
                          once ``kgraph_entities`` has run.
``span._.kgraph_score``   how sure the component that set the span was
``doc._.kgraph_abstract`` character at which the abstract begins (title before it)
``doc._.kgraph_forms``    short form → long form, as the paper itself defines them
``doc._.kgraph_entities`` ``tuple[Entity, ...]``: mentions of one thing together
``doc._.kgraph_relations`` ``tuple[Relation, ...]`` between them
``doc._.kgraph_results``  ``tuple[Result, ...]``
========================= =====================================================================

A component of somebody else's need only set the spans (and may set scores): the rest follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation
from spacy.tokens import Doc, Span

from kgraph.text import passage

if TYPE_CHECKING:
    from spacy.language import Language

    from kgraph.model import Paper

__all__ = ["MENTIONS", "Found", "add", "declare", "document", "longest", "marked", "occurrences", "rank", "text_of"]

MENTIONS = "kgraph"
"""The name of the span group that holds the mentions."""

_TEXT = "kgraph_text"
_LEAST = 0.001
_SMALL = Implementation.NoncontiguousNFA  # built fastest


class Found(NamedTuple):
    """Characters of a text that a technique takes for a mention, before they become a span."""

    start: int
    end: int
    type: str
    score: float
    id: str = ""


def document(nlp: Language, paper: Paper) -> Doc:
    """A paper's tokenized text, as the components expect it; of a text too long for spaCy, its beginning."""
    text = passage(paper.title, paper.abstract)[: nlp.max_length]
    doc = nlp.make_doc(text)
    doc.user_data[_TEXT] = text
    doc._.kgraph_abstract = len(paper.title) + 1
    return doc


def text_of(doc: Doc) -> str:
    """The text of a document, put together once: ``doc.text`` joins all tokens at each call."""
    text: str | None = doc.user_data.get(_TEXT)
    if text is None:
        text = doc.user_data[_TEXT] = doc.text
    return text


def add(doc: Doc, found: Iterable[Found]) -> list[Found]:
    """Set what was found as spans, and give what was set.

    What does not begin and end with tokens is dropped. An address on the web is one token, so
    nothing is ever found inside one.
    """
    spans, kept = [], []
    for item in found:
        span = doc.char_span(item.start, item.end, label=item.type, span_id=item.id)
        if span is not None:
            doc.user_data[_key(*item)] = item.score
            spans.append(span)
            kept.append(item)
    doc.spans[MENTIONS] = [*doc.spans.get(MENTIONS, ()), *spans]
    return kept


def marked(doc: Doc) -> Iterator[Found]:
    """What is set as spans, by whichever component; those without a type are none of ours.

    A score that a stranger's component sets outside of (0, 1] is brought into it.
    """
    for span in doc.spans.get(MENTIONS, ()):
        item = Found(span.start_char, span.end_char, span.label_, 1.0, span.id_)
        if item.type:
            yield item._replace(score=min(max(doc.user_data.get(_key(*item), 1.0), _LEAST), 1.0))


def occurrences(forms: Sequence[str], text: str) -> Iterator[tuple[str, int]]:
    """Where each form stands in a text as a word of its own, to the letter.

    >>> list(occurrences(["A10"], "A100, A10 and (A10)."))
    [('A10', 6), ('A10', 15)]
    """
    if not forms:
        return
    length = len(text)
    for index, start, end in AhoCorasick(forms, implementation=_SMALL).find_matches_as_indexes(text, overlapping=True):
        joined_before = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
        joined_behind = end < length and text[end].isalnum() and text[end - 1].isalnum()
        if not (joined_before or joined_behind):
            yield forms[index], start


def rank(item: Found) -> tuple[int, float, bool, Found]:
    """A key that puts the longest first, then the surest, then what is linked to a concept."""
    return item.start - item.end, -item.score, not item.id, item


def longest(found: Iterable[Found]) -> list[Found]:
    """Those that keep clear of each other, in the order of the text: of two that overlap the first by :func:`rank`.

    >>> found = [Found(0, 6, "Method", 0.5), Found(4, 12, "Task", 0.1), Found(13, 15, "Task", 0.1)]
    >>> [(item.start, item.end) for item in longest(found)]
    [(4, 12), (13, 15)]
    """
    chosen: list[Found] = []
    taken: set[int] = set()
    for item in sorted(found, key=rank):
        if item.start not in taken and item.end - 1 not in taken:
            taken.update(range(item.start, item.end))
            chosen.append(item)
    return sorted(chosen)


def declare() -> None:
    """Make the custom attributes known to spaCy; harmless when done twice."""
    for name, default in (
        ("kgraph_abstract", 0),
        ("kgraph_forms", {}),
        ("kgraph_entities", ()),
        ("kgraph_relations", ()),
        ("kgraph_results", ()),
    ):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=default)
    if not Span.has_extension("kgraph_score"):
        Span.set_extension("kgraph_score", getter=_score, setter=_set_score)


def _score(span: Span) -> float:
    score: float = span.doc.user_data.get(_key_of(span), 1.0)
    return score


def _set_score(span: Span, score: float) -> None:
    span.doc.user_data[_key_of(span)] = score


def _key_of(span: Span) -> str:
    return _key(span.start_char, span.end_char, span.label_, 1.0, span.id_)


def _key(start: int, end: int, type: str, _score: float, id: str) -> str:
    """What tells one span from another: spaCy's own storage would mix up those of equal characters."""
    return f"kgraph_score {start} {end} {type} {id}"


declare()
