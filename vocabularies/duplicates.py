"""One thing under two names: an acronym beside what it stands for, a phrase with an acronym written out.

Names that differ in spaces and hyphens alone (*Trivia QA*, *TriviaQA*) are joined without asking
(:func:`vocabularies.entries.compact`). Of what acronyms hide nothing is joined by itself, but a
build stops at it. Of two things that were written by hand

- *initials*: the name of one is short for a name of the other, which stands below the same concept
  (*MU-MIMO*, *multi-user MIMO*);
- *writing out*: labels of both are one when every acronym in them is written out as the vocabulary
  itself does it (*medical VLM*, *medical vision-language model*).

Who reads the finding either joins the two in the outline or says that they are :data:`APART`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import permutations

from kgraph.resolution.spelling import abbreviates
from vocabularies.entries import Entry, compact, labels

__all__ = ["APART", "duplicates"]

APART = frozenset(
    map(
        frozenset,
        [
            ("AlphaGo Zero", "AlphaZero"),
            ("BeT", "behavior tree"),
            ("Co-DETR", "Conditional DETR"),
            ("GAIA", "Gaia mission"),
            ("GLM", "GLaM"),
            ("GLaM", "generalized linear model"),
            ("LayerSkip", "layer skipping"),
            ("MM1", "MiniMax-M1"),
            ("MM1", "MiroMind-M1"),
            ("MolTrans", "Molecular Transformer"),
            ("OLMo", "Ouro looped model"),
            ("PageRank", "reranking"),
            ("ProGen", "pseudorandom generator"),
            ("RSA", "representational similarity analysis"),
            ("RadFM", "random forest"),
            ("TasNet", "Transporter networks"),
            ("TiDE", "training data extraction"),
            ("TrOCR", "Tesseract OCR"),
            ("VMamba", "Vision Mamba"),
        ],
    )
)
"""Names that look like one thing and are two."""

_TYPES = frozenset({"Method", "Metric", "Task"})  # named by phrases; other names have initials by chance
_MINOR = frozenset("a an and as by for from in of on the to via with".split())
_ACRONYM = re.compile(r"(?=.*[A-Z].*[A-Z])[A-Za-z0-9-]{2,9}")
_WORD = re.compile(r"[A-Za-z]+|\d+")


def duplicates(entries: Iterable[Entry]) -> list[tuple[str, str]]:
    """Pairs of names that look like one thing, those aside that are :data:`APART`; sorted."""
    own = [item for item in entries if "own" in item.sources]
    found = {frozenset(pair) for pair in (*_by_initials(own), *_by_writing_out(own))} - APART
    return sorted((min(pair), max(pair)) for pair in found)


def _by_initials(entries: Iterable[Entry]) -> Iterator[tuple[str, str]]:
    siblings: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
    for item in entries:
        if item.concept.type in _TYPES:
            siblings[item.concept.type, *item.concept.broader].append(item)
    for group in siblings.values():
        phrases: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for item in group:
            for label in labels(item.concept):
                phrases[_initials(label)].add((item.concept.name, label))
        for item in group:
            name = item.concept.name
            if _ACRONYM.fullmatch(name) and not any(abbreviates(name, label) for label in labels(item.concept)):
                yield from ((name, other) for other, label in phrases[_capitals(name)] if abbreviates(name, label))


def _by_writing_out(entries: list[Entry]) -> Iterator[tuple[str, str]]:
    long = {
        (item.concept.type, alias): item.concept.name
        for item in entries
        for alias in item.concept.aliases
        if _ACRONYM.fullmatch(alias) and _initials(item.concept.name) == _capitals(alias)
    }
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in entries:
        for words in (re.split(r"[ -]", label) for label in labels(item.concept)):
            if len(words) > 1:
                written = " ".join(long.get((item.concept.type, word), word) for word in words)
                bearers[item.concept.type, compact(written)].add(item.concept.name)
    for names in bearers.values():
        yield from permutations(names, 2)


def _initials(label: str) -> str:
    """What a phrase's acronym has in capitals and digits; nothing for what is no phrase.

    >>> _initials("3D Gaussian splatting"), _initials("AI for science"), _initials("transformer")
    ('3DGS', 'AIS', '')
    """
    words = [word for word in _WORD.findall(label) if word.lower() not in _MINOR]
    if len(words) < 2 or _ACRONYM.fullmatch(label):
        return ""
    return "".join(word if word.isdigit() or word.isupper() else word[0].upper() for word in words)


def _capitals(label: str) -> str:
    """The capitals and digits of a label.

    >>> _capitals("NeRFs"), _capitals("MU-MIMO"), _capitals("SD3")
    ('NRF', 'MUMIMO', 'SD3')
    """
    return "".join(character for character in label if character.isupper() or character.isdigit())
