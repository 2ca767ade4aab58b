"""Which concepts a name may stand for: every label of the vocabularies by its spelling.

Three ways lead from a name to a concept of its type: a label in some spelling; a label and a
class noun behind it (*NVIDIA A100 GPUs*); a product's label and its maker before it.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import orjson

from kgraph import text
from kgraph.cache import recall, remember
from kgraph.resolution import spelling as _spelling
from kgraph.resolution.spelling import abbreviates, alike, core, distinct, is_short, same_capitals, short_key, spelling
from kgraph.vocabulary import Concept, Vocabulary

__all__ = ["Labels", "Match", "labels_of", "matches"]

Way = Literal["label", "spelling", "class noun", "maker"]

_MEMORY = re.compile(r"[ -](\d{1,3}) ?GB\Z")
_MAKERS = ("manufacturer", "madeBy")
_JOINED = re.compile(r"[-/]")
_SEVERAL_WORDS = re.compile(r"[ -]")
_MADE = frozenset({"Hardware", "Method", "Software"})
_LONGEST_MAKER = 3
_LONGEST_KIND = 3


class Match(NamedTuple):
    """A concept that a name may stand for, the label that says so, and how the name comes to it.

    ``beside`` are the words of the name that are no part of the label.
    """

    id: str
    label: str
    way: Way
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a vocabulary.

    ``ids`` has, by type and spelling, the concepts that bear it; ``one`` brings concepts whose
    preferred labels are spellings of one name to the first of them; ``longs`` has, by a short
    form's key, what concepts say it is short for where they all say the same; ``seen`` keeps what
    was looked up.
    """

    vocabulary: Vocabulary
    ids: Mapping[str, Mapping[str, list[str]]]
    one: Mapping[str, str]
    longs: Mapping[str, str]
    seen: dict[tuple[str, str], tuple[Match, ...]] = field(default_factory=dict, repr=False, compare=False)


def labels_of(vocabulary: Vocabulary) -> Labels:
    """The labels of a vocabulary; kept in the user's cache where the vocabulary came from files."""
    name = f"labels-{_digest()}-{vocabulary.digest}.json"
    kept = recall(name) if vocabulary.digest else None
    if kept is not None:
        return Labels(vocabulary, *orjson.loads(kept))
    indexed = _indexed(vocabulary.concepts)
    if vocabulary.digest:
        remember(name, orjson.dumps(indexed))
    return Labels(vocabulary, *indexed)


@cache
def _digest() -> str:
    """A digest of the code that makes keys: a change of it changes what is kept."""
    sources = (Path(path).with_suffix(".py").read_bytes() for path in (__file__, _spelling.__file__, text.__file__))
    return hashlib.sha256(b"".join(sources)).hexdigest()[:16]


_Index = tuple[dict[str, dict[str, list[str]]], dict[str, str], dict[str, str]]


def _indexed(concepts: Mapping[str, Concept]) -> _Index:
    ids: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    meanings: dict[str, list[str]] = defaultdict(list)
    for concept in concepts.values():
        labels, bare = _labels(concept), distinct(concept.type, concept.name)
        names[concept.type, spelling(bare)].append(concept.id)
        for key in dict.fromkeys(map(spelling, (*labels, bare))):
            ids[concept.type][key].append(concept.id)
        for short in (label for label in labels if is_short(label)):
            long = next((label for label in labels if abbreviates(short, label)), None)
            if long is not None:
                meanings[short_key(short)].append(long)
    one = {id: same[0] for same in names.values() for id in same[1:] if not _related(concepts, id, same[0])}
    longs = {key: found[0] for key, found in meanings.items() if all(_same(found[0], other) for other in found)}
    return {type: _joined(known, one) for type, known in ids.items()}, one, longs


def _related(concepts: Mapping[str, Concept], id: str, other: str) -> bool:
    return id in concepts[other].broader or other in concepts[id].broader


def _joined(known: Mapping[str, list[str]], one: Mapping[str, str]) -> dict[str, list[str]]:
    return {key: list(dict.fromkeys(one.get(id, id) for id in found)) for key, found in known.items()}


def _labels(concept: Concept) -> tuple[str, ...]:
    return (concept.name, *concept.aliases, *concept.risky)


def _same(one: str, other: str) -> bool:
    return spelling(one) == spelling(other) or alike(one, other)


def matches(labels: Labels, type: str, name: str) -> tuple[Match, ...]:
    """The concepts of that type that a name may stand for, by the surest way that leads to any.

    >>> vocabulary = Vocabulary({
    ...     "hardware/gpu": Concept("hardware/gpu", "Hardware", "GPU"),
    ...     "hardware/x9": Concept("hardware/x9", "Hardware", "Acme X9", aliases=("X9",), broader=("hardware/gpu",),
    ...                            facts=(("manufacturer", "organization/acme"),)),
    ...     "organization/acme": Concept("organization/acme", "Organization", "Acme"),
    ... })
    >>> labels = labels_of(vocabulary)
    >>> [(m.id, m.way) for m in matches(labels, "Hardware", "Acme's X9 GPUs")]
    [('hardware/x9', 'class noun')]
    >>> matches(labels, "Hardware", "X90"), matches(labels, "Task", "X9")
    ((), ())
    """
    found = labels.seen.get((type, name))
    if found is None:
        ways = (_written, _with_class_noun, _with_maker) if _SEVERAL_WORDS.search(name) else (_written,)
        found = next((listed for way in ways if (listed := tuple(way(labels, type, name)))), ())
        labels.seen[type, name] = found
    return found


def _written(labels: Labels, type: str, name: str) -> Iterator[Match]:
    key = spelling(name)
    for id in labels.ids.get(type, {}).get(key, ()):
        concept = labels.vocabulary.concepts[id]
        known = _labels(concept)
        if name in known:
            yield Match(id, name, "label")
            continue
        alike = [label for label in known if spelling(label) == key]
        if not alike:  # its preferred label has a class noun that goes without saying
            yield Match(id, concept.name, "class noun")
        elif fitting := [label for label in alike if same_capitals(name, label)]:
            yield Match(id, fitting[0], "spelling")


def _with_class_noun(labels: Labels, type: str, name: str) -> Iterator[Match]:
    bare = core(type, name) if type != "Hardware" else _without_kinds(labels, name)
    memory = _MEMORY.search(bare) if type == "Hardware" else None
    heads = dict.fromkeys((bare, bare[: memory.start()] if memory else bare))  # a variant before its product
    found = ([*_headed(labels, type, name, head, memory if head != bare else None)] for head in heads if head != name)
    yield from next(filter(None, found), ())


def _headed(labels: Labels, type: str, name: str, head: str, memory: re.Match[str] | None) -> Iterator[Match]:
    """What the head of a name is, where what stands beside it goes without saying: a kind, a size of memory."""
    beside = name[len(head) :].strip(" -")
    for match in _written(labels, type, head):
        concept = labels.vocabulary.concepts[match.id]
        made_so = memory is None or int(memory[1]) in _memories(labels.vocabulary, match.id)
        if made_so and (type != "Hardware" or _is_kind_of(labels, concept, name, head)):
            yield match._replace(way="class noun", beside=beside)


def _without_kinds(labels: Labels, name: str) -> str:
    """A product's name without what is said behind it of its kind: class nouns, and kinds that a vocabulary knows."""
    bare = core("Hardware", name)
    words = bare.split(" ")
    for size in range(min(_LONGEST_KIND, len(words) - 1), 0, -1):
        kinds = labels.ids.get("Hardware", {}).get(spelling(" ".join(words[-size:])), ())
        if any(not _is_product(labels.vocabulary.concepts[id]) for id in kinds):
            return _without_kinds(labels, " ".join(words[:-size]))
    return bare


def _is_product(concept: Concept) -> bool:
    return any(property == "manufacturer" for property, _ in concept.facts)


def _memories(vocabulary: Vocabulary, id: str) -> set[str | int | float]:
    """With how many gigabytes a product is made, all its variants counted."""
    variants = (c for c in vocabulary.concepts.values() if c.id == id or id in c.broader)
    return {value for variant in variants for name, value in variant.facts if name == "memoryGigabytes"}


def _is_kind_of(labels: Labels, concept: Concept, name: str, head: str) -> bool:
    """Whether what stands behind a piece of hardware says what it is: a CPU core is no CPU."""
    noun = spelling(name[len(head) :])
    if noun != "memory" and (_is_product(concept) or distinct("Hardware", name) == head):
        return True
    concepts = labels.vocabulary.concepts
    above = (concepts[id] for id in labels.vocabulary.ancestors(concept.id) if id in concepts)
    return any(spelling(label) == noun for ancestor in above for label in _labels(ancestor))


def _with_maker(labels: Labels, type: str, name: str) -> Iterator[Match]:
    if type not in _MADE or name.islower():
        return
    words = name.split(" ")
    for size in range(1, min(_LONGEST_MAKER, len(words) - 1) + 1):
        maker, rest = " ".join(words[:size]), " ".join(words[size:])
        parts = dict.fromkeys((maker, *_JOINED.split(maker)))
        makers = {match.id for part in parts for match in _written(labels, "Organization", part)}
        if not makers:
            continue
        for match in (*_written(labels, type, rest), *_with_class_noun(labels, type, rest)):
            facts = labels.vocabulary.concepts[match.id].facts
            if any(property in _MAKERS and value in makers for property, value in facts):
                yield match._replace(way="maker", beside=maker)
