"""How an entity comes to its id: rules in a row, the surest first, each with its reason.

============ ==================================================================================
step         the id is
============ ==================================================================================
given        the one that the annotation came with, a concept's, where the rules would not say so
label        of the concept that bears the name to the letter
spelling     of the concept that bears it in another spelling
class noun   of the concept that is left when the noun behind the name is taken away
maker        of the product that is left when its maker's name is taken away
abbreviation of the concept that the paper's own short or long form leads to
definition   of the concept that other papers' long form of the name leads to
name         made from the name, in the spelling that all papers share
curation     what people decided
============ ==================================================================================

Annotations of earlier builds may come in, with ids that were chosen while less was known. What
such an id is worth is told by the paper alone: where the rules come to that very id from the
paper without any other, it says nothing that they do not know, and the entity is decided on in
the light of all papers, as if it had just been found. Another id is somebody's word, and stands.
So graphs of parts of the papers, built again together, are the graph of all papers, but for

- names of one paper that only a part of the papers made one: they cannot be taken apart again;
- a concept that only other papers' definitions led to, where all papers together no longer agree
  on what the name is short for: it looks like somebody's word;
- ids that people's curation chose and that the build before was given, not this one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from kgraph.iri import entity_id
from kgraph.model import Annotation, Entity
from kgraph.resolution.evidence import Definition, Usage, definitions, gather, usage, written_out
from kgraph.resolution.labels import Labels, Match, matches
from kgraph.resolution.spelling import abbreviates, alike, core, is_short, short_key, spelling
from kgraph.text import passage
from kgraph.vocabulary import Concept

__all__ = ["Decision", "Step", "decide"]

Step = Literal["given", "label", "spelling", "class noun", "maker", "abbreviation", "definition", "name", "curation"]

_WORD = re.compile(r"[^\W_]+")
_TELLING = 4
"""Letters from which a short form that no vocabulary writes out is taken for what a vocabulary calls so."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an entity of a paper has its id.

    ``reason`` is a sentence for people. ``candidates`` are the concepts that it might have been as
    well: the fewer, the surer.
    """

    paper: str
    name: str
    type: str
    id: str
    step: Step
    reason: str
    candidates: tuple[str, ...] = ()


def decide(annotation: Annotation, labels: Labels, usage: Usage) -> list[Decision]:
    """For each entity of a paper, in their order, which id it has and why; costs a look-up per form of a name."""
    page = _Page(annotation, labels, usage)
    return [_decided(entity, page) for entity in annotation.entities]


class _Page:
    """A paper as its decisions need it: its own short forms at hand, its words when they are asked for."""

    def __init__(self, annotation: Annotation, labels: Labels, usage: Usage) -> None:
        self.annotation = annotation
        self.labels = labels
        self.concepts = labels.vocabulary.concepts
        self.usage = usage
        self.own = definitions(annotation)

    @cached_property
    def alone(self) -> _Page:
        """The same paper as if there were no other."""
        return _Page(self.annotation, self.labels, usage(gather([self.annotation]), self.labels.longs))

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of the paper's text in lower case."""
        paper = self.annotation.paper
        return frozenset(_WORD.findall(passage(paper.title, paper.abstract).lower()))


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write an entity's name, and what speaks for it; ``sure`` judges what it leads to."""

    text: str
    step: Step | None = None
    why: str = ""
    sure: Callable[[Concept], bool] | None = None


def _decided(entity: Entity, page: _Page) -> Decision:
    doubtful: list[str] = []
    found = _found(entity, page, doubtful)
    given = page.concepts.get(page.labels.one.get(entity.id, entity.id))
    if given is not None and given.type == entity.type and (found is None or found.id != given.id):
        alone = _found(entity, page.alone, []) or _named(entity, page.alone, ())
        if alone.id != given.id:  # else the rules have said so where they knew less
            others = (found.id,) if found else tuple(doubtful)
            return _decision(entity, page, given.id, "given", f"the annotation says that it is {given.name}", others)
    return found or _named(entity, page, tuple(dict.fromkeys(doubtful)))


def _found(entity: Entity, page: _Page, doubtful: list[str]) -> Decision | None:
    """The concept that the first way of writing an entity's name leads to which leads to any."""
    return next(filter(None, (_linked(entity, form, page, doubtful) for form in _forms(entity, page))), None)


def _forms(entity: Entity, page: _Page) -> Iterator[_Form]:
    """The ways to write an entity's name, those first that its own paper vouches for."""
    name, type = entity.name, entity.type
    long = written_out(entity, page.own)
    general = page.usage.long(type, long)
    if long != name and is_short(name):
        yield _Form(long, "abbreviation", f"the paper writes {name} out as {long!r}")
        yield _Form(name, sure=_agreeing(name, long, page))
    else:
        yield _Form(name, sure=_unless(name, general, page) if general != name and is_short(name) else None)
        if long != name:
            yield _Form(long, "abbreviation", f"the paper's short forms written out, {name!r} is {long!r}")
        for short in _shorts(entity, page.own):
            yield _Form(short, "abbreviation", f"the paper calls it {short} for short", _agreeing(short, name, page))
    if general != long and spelling(general) != spelling(long):
        papers = page.usage.papers.get((type, short_key(name)))
        who = f"{papers} papers write" if papers and papers > 1 else "a paper writes" if papers else "papers write"
        yield _Form(general, "definition", f"{who} {name!r} out as {general!r}")


def _shorts(entity: Entity, own: Mapping[tuple[str, str], Definition]) -> Iterator[str]:
    """The short forms that the paper uses for an entity named by its long form."""
    key = spelling(entity.name)
    defined = (d.short for d in own.values() if d.type == entity.type and spelling(d.long) == key)
    used = (m.text for m in entity.mentions if is_short(m.text) and abbreviates(m.text, entity.name))
    yield from sorted({*defined, *used})


def _agreeing(short: str, long: str, page: _Page) -> Callable[[Concept], bool]:
    """Judges whether a concept that bears a short form is what the paper means by it.

    Its long form must say the same. Where it has none the papers must agree on one, or the short
    form be too long for chance.
    """

    def sure(concept: Concept) -> bool:
        longs = _longs(concept, short)
        letters = short_key(short)
        if not longs and len(letters) < _TELLING:
            agreed = page.usage.agreed.get((concept.type, letters)) if len(letters) > 2 else None
            longs = [agreed] if agreed else []
        elif not longs:
            return True
        return any(spelling(label) == spelling(long) or alike(label, long) for label in longs)

    return sure


def _unless(name: str, general: str, page: _Page) -> Callable[[Concept], bool]:
    """Judges whether a concept that bears a short form stands: not if only the papers' long form leads elsewhere."""

    def sure(concept: Concept) -> bool:
        elsewhere = {match.id for match in matches(page.labels, concept.type, general)}
        return not elsewhere or concept.id in elsewhere or bool(_longs(concept, name))

    return sure


def _longs(concept: Concept, short: str) -> list[str]:
    """What a concept's other labels say that its short form stands for; another short form (*TOP/s*) says nothing."""
    labels = (concept.name, *concept.aliases, *concept.risky)
    return [label for label in labels if abbreviates(short, label) and not is_short(label)]


def _linked(entity: Entity, form: _Form, page: _Page, doubtful: list[str]) -> Decision | None:
    """The decision that a form leads to; concepts that it may mean without enough to say so become doubtful."""
    fitting = []
    for match in matches(page.labels, entity.type, form.text):
        concept = page.concepts[match.id]
        if (form.sure is None or form.sure(concept)) and _fits(match, form.text, concept, page):
            fitting.append(match)
        elif form.sure is None or not _longs(concept, form.text):
            doubtful.append(match.id)
    if not fitting:
        return None
    if len(fitting) > 1:
        fitting.sort(key=lambda match: _rank(match, page))
    match = fitting[0]
    step = form.step or match.way
    reason = "; ".join(filter(None, (form.why, _reason(match, form.text, page))))
    return _decision(entity, page, match.id, step, reason, tuple(other.id for other in fitting[1:]))


def _fits(match: Match, form: str, concept: Concept, page: _Page) -> bool:
    """Whether a label may stand for its concept here: a risky one must be written so, its context be near."""
    if match.label not in concept.risky or match.label == concept.name or match.way == "maker":
        return True
    beside = frozenset(_WORD.findall(match.beside.lower()))
    bare = core(concept.type, form)
    to_the_letter = bare == match.label or (match.label.islower() and bare == match.label.capitalize())
    return to_the_letter and not page.words.union(beside).isdisjoint(concept.context)


def _rank(match: Match, page: _Page) -> tuple[int, bool, bool, str]:
    """The more of its context stands in the text the better, then the name to the letter, then the id."""
    concept = page.concepts[match.id]
    near = sum(word in page.words for word in concept.context)
    return -near, match.way != "label", match.label != concept.name, match.id


def _reason(match: Match, form: str, page: _Page) -> str:
    concept = page.concepts[match.id]
    label = "the name" if match.label == concept.name else "another name"
    said = {
        "label": f"{form!r} is {label} of {concept.name} in the vocabulary",
        "spelling": f"{form!r} is a spelling of {match.label!r}, {label} of {concept.name} in the vocabulary",
        "class noun": f"without {match.beside!r}, {form!r} is {match.label!r}, {label} of {concept.name}",
        "maker": f"{match.beside} makes {match.label!r}, {label} of {concept.name} in the vocabulary",
    }[match.way]
    if match.way == "class noun" and not match.beside:
        said = f"{form!r} is {concept.name} in the vocabulary, without its class noun"
    near = sorted(page.words.intersection(concept.context)) if match.label in concept.risky else []
    return f"{said}, and the text has {near[0]!r}" if near else said


def _named(entity: Entity, page: _Page, doubtful: tuple[str, ...]) -> Decision:
    """The decision for what no vocabulary knows: its id comes from the spelling that all papers share."""
    long = written_out(entity, page.own)
    name = page.usage.preferred(entity.type, long)
    said = [f"no vocabulary knows a {entity.type} {entity.name!r}"]
    if long != entity.name:
        said.append(f"the paper writes it out as {long!r}")
    if name not in {entity.name, long}:
        said.append(f"all papers together write it {name!r}")
    if doubtful:
        said.append(f"it may be {' or '.join(doubtful)}, but nothing in the text says so")
    return _decision(entity, page, entity_id(entity.type, name), "name", "; ".join(said), doubtful)


def _decision(
    entity: Entity, page: _Page, id: str, step: Step, reason: str, candidates: tuple[str, ...] = ()
) -> Decision:
    return Decision(page.annotation.paper.id, entity.name, entity.type, id, step, reason, candidates)
