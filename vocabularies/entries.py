"""An entry: a concept on its way into a vocabulary, and where it comes from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from kgraph.iri import entity_id
from kgraph.text import fold, normal_form
from kgraph.vocabulary import Concept

__all__ = ["Entry", "Fact", "compact", "entry", "joined", "labels", "respelled", "without"]

Fact = tuple[str, str | int | float]

_SPACE = re.compile(r"(?<!\d) | (?!\d)")
_ACRONYM = re.compile(r"\b[A-Z]{2,}(?=s?\b)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A concept and the keys of its sources (:mod:`vocabularies.gazetteers`)."""

    concept: Concept
    sources: tuple[str, ...]


def entry(
    type: str,
    name: str,
    *,
    source: str,
    aliases: Iterable[str] = (),
    risky: Iterable[str] = (),
    context: Iterable[str] = (),
    broader: Iterable[str] = (),
    facts: Iterable[Fact] = (),
    links: Iterable[str] = (),
) -> Entry:
    """An entry with its id made from its name and every list sorted; ``broader`` are names of the same type.

    >>> entry("Software", "Go", source="own", aliases=["Golang", "Go"], risky=["Go"]).concept.aliases
    ('Golang',)
    """
    dangerous = tuple(sorted(set(risky)))
    id = entity_id(type, name)
    others = {alias for alias in aliases if alias and alias != name and alias not in dangerous}
    concept = Concept(
        id=id,
        type=type,
        name=name,
        aliases=_distinct(name, others),
        risky=dangerous,
        context=tuple(sorted(set(context))),
        broader=tuple(sorted({entity_id(type, label) for label in broader} - {id})),
        facts=tuple(sorted(set(facts), key=lambda fact: (fact[0], str(fact[1])))),
        links=tuple(sorted(set(links))),
    )
    return Entry(concept, (source,))


def _distinct(name: str, aliases: set[str]) -> tuple[str, ...]:
    """The aliases, of phrases that case and hyphens alone tell apart only the one that more spellings fit.

    That is the one in lower case if it is there, else the one with the fewest words in capitals.

    >>> _distinct("LLaMA 3", {"Llama 3", "Llama-3", "Open Llama", "open llama"})
    ('Llama-3', 'open llama')
    >>> _distinct("PASCAL VOC", {"Pascal VOC", "PASCAL-VOC dataset", "Pascal-VOC dataset"})
    ('Pascal VOC', 'Pascal-VOC dataset')
    """
    fewest = {fold(name): _acronyms(name)}
    found = set()
    for alias in sorted(aliases, key=lambda alias: (not alias.islower(), _acronyms(alias), alias)):
        form = fold(alias)
        if " " not in alias or form not in fewest or _acronyms(alias) < fewest[form]:
            found.add(alias)
            fewest[form] = _acronyms(alias)
    return tuple(sorted(found))


def _acronyms(label: str) -> int:
    return len(_ACRONYM.findall(label))


def compact(label: str) -> str:
    """What the ways to write a name share: its normal form without spaces, but for those between digits.

    >>> compact("Trivia QA") == compact("TriviaQA"), compact("Twitter-15") == compact("Twitter15")
    (True, True)
    >>> compact("HumanEval+") == compact("HumanEval"), compact("GPT-2 1.5B") == compact("GPT-21.5B")
    (False, False)
    """
    return _SPACE.sub("", normal_form(label))


def labels(concept: Concept) -> tuple[str, ...]:
    """Every label once, the preferred one first."""
    return tuple(dict.fromkeys((concept.name, *concept.aliases, *concept.risky)))


def joined(entries: Iterable[Entry]) -> list[Entry]:
    """The entries with those that name one thing made one, in the order of ids.

    Two of one type do when the later one's name is a label of the earlier, spaces and hyphens
    aside (:func:`compact`); that one gives the name, and the facts that both have.
    """
    found: dict[str, Entry] = {}
    known: dict[tuple[str, str], str] = {}
    moved: dict[str, str] = {}
    for item in entries:
        concept = item.concept
        id = known.get((concept.type, compact(concept.name)), concept.id)
        if id != concept.id:
            moved[concept.id] = id
        found[id] = _both(found[id], item) if id in found else item
        for label in labels(concept):
            known.setdefault((concept.type, compact(label)), id)
    return [_relinked(found[id], moved) for id in sorted(found)]


def _relinked(item: Entry, moved: dict[str, str]) -> Entry:
    """The entry with its broader concepts under the ids that they have now."""
    concept = item.concept
    if moved.keys().isdisjoint(concept.broader):
        return item
    broader = {moved.get(id, id) for id in concept.broader} - {concept.id}
    return replace(item, concept=replace(concept, broader=tuple(sorted(broader))))


def _both(first: Entry, second: Entry) -> Entry:
    a, b = first.concept, second.concept
    told = {name for name, _ in a.facts}
    risky = tuple(sorted({*a.risky, *(label for label in b.risky if label not in (a.name, *a.aliases))}))
    spelled = {normal_form(label): label for label in reversed((a.name, *a.aliases, *a.risky))}
    more = [label for label in (b.name, *b.aliases) if normal_form(label) not in spelled and label not in risky]
    concept = replace(
        a,
        aliases=tuple(sorted({*a.aliases, *more})),
        risky=risky,
        context=tuple(sorted({*a.context, *b.context})),
        broader=tuple(sorted({*a.broader, *b.broader} - {a.id})),
        facts=tuple(
            sorted({*a.facts, *(fact for fact in b.facts if fact[0] not in told)}, key=lambda f: (f[0], str(f[1])))
        ),
        links=tuple(sorted({*a.links, *b.links})),
    )
    return Entry(concept, tuple(dict.fromkeys((*first.sources, *second.sources))))


def respelled(item: Entry, spellings: Iterable[str]) -> Entry:
    """The entry with those spellings of its labels that put spaces elsewhere; what is no spelling of one is left out.

    >>> respelled(entry("Dataset", "TriviaQA", source="own"), ["Trivia QA", "trivia-qa", "NQ"]).concept.aliases
    ('Trivia QA',)
    """
    concept = item.concept
    known = {normal_form(label) for label in labels(concept)}
    shared = {compact(label) for label in labels(concept)}
    more = {normal_form(name): name for name in sorted(spellings, reverse=True) if compact(name) in shared}
    added = (name for form, name in more.items() if form not in known)
    return replace(item, concept=replace(concept, aliases=tuple(sorted({*concept.aliases, *added}))))


def without(item: Entry, unwanted: set[str]) -> Entry:
    """The entry without those of its labels, the preferred one aside."""
    concept = item.concept
    return replace(
        item,
        concept=replace(
            concept,
            aliases=tuple(label for label in concept.aliases if label not in unwanted),
            risky=tuple(label for label in concept.risky if label not in unwanted),
        ),
    )
