"""What all papers together say about names, gathered before any is resolved.

:class:`Evidence` is a set union and nothing else, hence commutative, associative and idempotent:
it can be gathered in batches, in any order, on any machine, and a paper read twice adds nothing.
Whoever resolves a batch with the same evidence comes to the same ids. No single paper decides: a
short form stands for what the papers that define it agree on, the shorter it is the more of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from kgraph.iri import slug
from kgraph.model import Annotation, Entity
from kgraph.resolution.spelling import abbreviates, alike, core, distinct, is_short, short_key, spelling
from kgraph.text import passage, singular

__all__ = ["Definition", "Evidence", "Usage", "definitions", "gather", "join", "usage", "written_out"]

_CLOSING = frozenset(");,")
_ENOUGH = 5
"""Letters of a short form and papers that define it, added up: two letters take three papers, four letters one."""
_SHARE = 0.75
"""Of the papers that define a short form, how many must agree."""

Key = tuple[str, str]
"""A type and the spelling of a name."""


class Definition(NamedTuple):
    """A short form and what it is short for, as a paper's text says it."""

    type: str
    short: str
    long: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Names by type, as written and with their own papers' short forms written out; definitions with their papers."""

    names: frozenset[tuple[str, str]] = frozenset()
    written_out: frozenset[tuple[str, str]] = frozenset()
    definitions: frozenset[tuple[Definition, str]] = frozenset()


def gather(annotations: Iterable[Annotation]) -> Evidence:
    """The evidence of some papers; linear in their number.

    >>> gather([]) == Evidence()
    True
    """
    names: set[tuple[str, str]] = set()
    longer: set[tuple[str, str]] = set()
    found: set[tuple[Definition, str]] = set()
    for annotation in annotations:
        own = definitions(annotation)
        for entity in annotation.entities:
            names.add((entity.type, entity.name))
            long = written_out(entity, own)
            if long != entity.name:
                longer.add((entity.type, long))
        found.update((definition, annotation.paper.id) for definition in own.values())
    return Evidence(frozenset(names), frozenset(longer), frozenset(found))


def join(one: Evidence, other: Evidence) -> Evidence:
    """The evidence of the papers of both."""
    return Evidence(one.names | other.names, one.written_out | other.written_out, one.definitions | other.definitions)


def definitions(annotation: Annotation) -> dict[Key, Definition]:
    """Where a paper's text defines one mention by another, *long (SHORT)* or *SHORT (long)*, by the short form's key.

    Read off the mentions' places, so that joining entities changes nothing.
    """
    text = passage(annotation.paper.title, annotation.paper.abstract)
    bracketed = [
        (entity.type, mention)
        for entity in annotation.entities
        for mention in entity.mentions
        if text[mention.start - 1 : mention.start] == "(" and text[mention.end : mention.end + 1] in _CLOSING
    ]
    if not bracketed:
        return {}
    ends = {(mention.end, entity.type): mention.text for entity in annotation.entities for mention in entity.mentions}
    found = set()
    for type, mention in bracketed:
        before = ends.get((mention.start - 2, type)) or ends.get((mention.start - 1, type), "")
        short, long = sorted((before, mention.text), key=len)
        if is_short(short) and abbreviates(short, long):
            found.add(Definition(type, short, long))
    return {(told.type, short_key(told.short)): told for told in sorted(found, reverse=True)}


def written_out(entity: Entity, own: Mapping[Key, Definition]) -> str:
    """An entity's name with the short forms in it written out as its own paper does, whatever their type.

    >>> own = {("Method", "SAR"): Definition("Method", "SAR", "synthetic aperture radar")}
    >>> written_out(Entity("SAR imaging", "Task", "uses", 1, ()), own)
    'synthetic aperture radar imaging'
    """
    name = entity.name
    if is_short(name):
        defined = own.get((entity.type, short_key(name)))
        if defined is not None:
            return defined.long
        return min((m.text for m in entity.mentions if abbreviates(name, m.text)), default=name)
    if not own or name.islower() or " " not in name:
        return name
    return _with_words_replaced(name, {key: own[type, key].long for type, key in sorted(own, reverse=True)})


def _with_words_replaced(name: str, longs: Mapping[str, str]) -> str:
    """A name of several words with the short forms among them replaced, by one where a paper defines the plural."""
    if name.islower() or " " not in name:
        return name
    return " ".join(_one_of(longs.get(short_key(word), word)) if is_short(word) else word for word in name.split(" "))


def _one_of(long: str) -> str:
    """A long form as it stands before a noun: *large language models*, but *large language model inference*.

    >>> _one_of("large language models"), _one_of("mixture of experts")
    ('large language model', 'mixture of experts')
    """
    before, _, noun = long.rpartition(" ")
    head = before and noun[1:].islower() and not before.endswith(" of")
    return f"{before} {singular(noun)}" if head else long


@dataclass(frozen=True, slots=True)
class Usage:
    """What the evidence comes to: which short forms are safe, and how each name is written best.

    ``longs`` has what a short form stands for in papers that do not say, ``papers`` how many say
    so, ``agreed`` what those that define it agree on, be they few; ``inner`` is as ``longs``, for
    short forms within longer names, whatever their type. ``variants`` brings the rarer long forms
    of one short form to the one that counts, which is never itself a variant. For every name that
    a paper gives, ``names`` has the spelling that ids are made of, and ``general`` its long form
    where that is another one.
    """

    longs: Mapping[Key, str] = field(default_factory=dict)
    papers: Mapping[Key, int] = field(default_factory=dict)
    agreed: Mapping[Key, str] = field(default_factory=dict)
    inner: Mapping[str, str] = field(default_factory=dict)
    variants: Mapping[Key, str] = field(default_factory=dict)
    names: Mapping[tuple[str, str], str] = field(default_factory=dict)
    general: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def long(self, type: str, name: str) -> str:
        """The name with its short forms written out, and the one long form that others go by."""
        if (type, name) in self.names:
            return self.general.get((type, name), name)
        bare = distinct(type, name)
        long = self.longs.get((type, short_key(bare))) or _with_words_replaced(bare, self.inner)
        return self.variants.get((type, spelling(long)), long)

    def preferred(self, type: str, name: str) -> str:
        """The spelling, among all papers' for that thing, that its id is made of."""
        return self.names.get((type, name), name)


def usage(evidence: Evidence, known: Mapping[str, str] | None = None) -> Usage:
    """What the evidence comes to, whatever the order in which it was gathered.

    ``known`` are short forms, by their key, and long forms that vocabularies vouch for.
    """
    defined: dict[Key, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for definition, paper in evidence.definitions:
        defined[definition.type, short_key(definition.short)][definition.long].add(paper)
    longs: dict[Key, str] = {}
    papers: dict[Key, int] = {}
    agreed: dict[Key, str] = {}
    variants: dict[Key, str] = {}
    for key in sorted(defined):
        groups = _alike(defined[key])
        for long, (others, _) in groups.items():
            variants.update(((key[0], spelling(other)), long) for other in others)
        long, (_, agreeing) = next(iter(groups.items()))
        told = set().union(*defined[key].values())
        if len(agreeing) >= _SHARE * len(told):
            agreed[key] = long
            if len(key[1]) + len(agreeing) >= _ENOUGH:
                longs[key], papers[key] = long, len(agreeing)
    canonical = {(type, spelling(long)) for (type, _), long in variants.items()}
    canonical |= {(type, spelling(long)) for (type, _), long in longs.items()}
    variants = {key: long for key, long in variants.items() if key not in canonical}
    found = Usage(longs, papers, agreed, _inner(longs, papers, known or {}), variants)
    return _with_names(found, evidence)


def _alike(told: Mapping[str, set[str]]) -> dict[str, tuple[set[str], set[str]]]:
    """Long forms that count, the most agreed on first, each with those that are one with it and all their papers.

    A form is compared with those that count only, so that no chain of small steps comes about.
    """
    groups: dict[str, tuple[set[str], set[str]]] = {}
    for long in sorted(told, key=lambda long: (-len(told[long]), -len(long.split()), long)):
        canonical = next((other for other in groups if spelling(other) == spelling(long) or alike(other, long)), long)
        others, papers = groups.setdefault(canonical, (set(), set()))
        others.add(long)
        papers.update(told[long])
    return dict(sorted(groups.items(), key=lambda group: -len(group[1][1])))


def _inner(longs: Mapping[Key, str], papers: Mapping[Key, int], known: Mapping[str, str]) -> dict[str, str]:
    """Short forms that mean one thing whatever their type; what vocabularies vouch for goes first."""
    meanings: dict[str, dict[str, str]] = defaultdict(dict)
    for (type, key), long in sorted(longs.items()):
        if papers[type, key] > 1:
            meanings[key].setdefault(spelling(long), long)
    certain = {key: next(iter(found.values())) for key, found in meanings.items() if len(found) == 1}
    return {**certain, **known}


def _with_names(found: Usage, evidence: Evidence) -> Usage:
    """With, for each name, the spelling to make ids of: as a paper gives it, without class noun, in most words."""
    general = {(type, name): found.long(type, name) for type, name in evidence.names | evidence.written_out}
    spellings: dict[Key, list[str]] = defaultdict(list)
    for type, name in sorted(evidence.names):
        spellings[type, spelling(general[type, name])].append(name)
    best = {key: names[0] if len(names) == 1 else _best(key[0], names) for key, names in spellings.items()}
    names = {(key[0], name): best[key] for key, written in spellings.items() for name in written}
    for type, name in sorted(evidence.written_out - evidence.names):
        names[type, name] = best.setdefault((type, spelling(general[type, name])), name)
    return replace(found, names=names, general={pair: long for pair, long in general.items() if long != pair[1]})


def _best(type: str, names: list[str]) -> str:
    """The spelling to make ids of: the least by its slug, which the joining of names in a paper keeps."""
    return min(names, key=lambda name: (core(type, name) != name, -slug(name).count("-"), slug(name), name))
