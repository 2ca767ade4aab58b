"""Which named question a plain one is, and about what."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from kgraph.asking.phrasings import Match, match
from kgraph.deadline import in_time
from kgraph.errors import QueryError
from kgraph.query import Store
from kgraph.questions import Bound, Question, bind, is_named, load_questions
from kgraph.text import clean

__all__ = ["Understood", "understand"]

_LONGEST = 300
_MOST_READINGS = 12
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Understood:
    """A plain question as it was understood: the named one, what its parameters are, and its SPARQL."""

    question: Question
    arguments: dict[str, str]
    bound: Bound


def understand(store: Store, text: str, *, timeout_seconds: float | None = None) -> Understood:
    """The named question that a text asks.

    Of several readings the one counts whose phrasing accounts for most of the words and whose
    slots all name something in the graph. Raises :class:`~kgraph.errors.QueryError` for a text
    that no phrasing fits, or that names nothing known, with what may be asked instead; and for
    one that takes longer than allowed.

    >>> from kgraph.query import read_store
    >>> store = read_store('''@prefix kg: <https://w3id.org/kgraph/ontology#> .
    ...   @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ...   <https://w3id.org/kgraph/id/hardware/risc-v> a kg:Hardware ; skos:prefLabel "RISC-V" .''')
    >>> understood = understand(store, "which methods run on RISC-V?")
    >>> understood.question.name, understood.arguments
    ('methods-on', {'hardware': 'RISC-V'})
    """
    if not text.strip():
        raise QueryError("the question is empty: ask, for instance, which methods run on RISC-V?")
    if len(text) > _LONGEST:
        raise QueryError(f"the question is {len(text):,} characters long: {_LONGEST} are read at most")
    try:
        return in_time(lambda over: _understood(store, text, over), timeout_seconds)
    except TimeoutError:
        raise QueryError(
            f"the question was given up after {timeout_seconds:g} s: ask it again, or in fewer words"
        ) from None


def _understood(store: Store, text: str, over: threading.Event) -> Understood:
    problem: QueryError | None = None
    for question, found in _readings(text):
        if over.is_set():
            raise TimeoutError
        try:
            return Understood(question, found.slots, bind(store, question, found.slots))
        except QueryError as error:
            problem = problem or error
    raise _refusal(store, text, problem)


def _readings(text: str) -> Iterator[tuple[Question, Match]]:
    """Ways to read the text, the one that accounts for most of its words first."""
    found: list[tuple[int, int, int, str, Question, Match]] = []
    for name, question in load_questions().items():
        for phrasing in question.phrasings:
            read = match(phrasing, text)
            if read is not None:
                vague = sum(parameter.type == "Entity" for parameter in question.parameters)
                found.append((-read.words, -len(read.slots), vague, name, question, read))
    for *_, question, read in sorted(found, key=lambda reading: reading[:4])[:_MOST_READINGS]:
        yield question, read


def _refusal(store: Store, text: str, problem: QueryError | None) -> QueryError:
    start = str(problem) if problem else f"{clean(text.strip())[:80]!r} is not understood"
    stop = "" if start.endswith("?") else "."
    named = next(_named(store, text), None)
    about = ("what do we know about", "which papers mention") if named else ("what are the most common",) * 2
    things = (named, named) if named else ("methods", "datasets")
    hints = " or ".join(f'"{words} {thing}?"' for words, thing in zip(about, things, strict=True))
    return QueryError(f"{start}{stop} Try: {hints} (kgraph query --list shows all questions)")


def _named(store: Store, text: str) -> Iterator[str]:
    """The longest stretches of the text that name something in the graph."""
    words = re.sub(r"[?!.,;]+(?=\s|$)", "", text).split()[:40]
    for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if len(name) > 2 and is_named(store, name):
                yield name
