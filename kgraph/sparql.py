"""The text of a query: what is refused before it runs, where it is wrong, which names it uses.

A query is a stranger's text. What would let it reach out of the graph or bring the process down
is refused here, before any parser sees it; what a parser says of it is told so that one finds
the place.
"""

from __future__ import annotations

import bisect
import difflib
import re
from collections.abc import Iterable, Iterator, Mapping

from kgraph.errors import QueryError
from kgraph.text import clean

__all__ = ["BEHIND", "LONGEST", "names_a_data_set", "nearest", "refuse_unsafe", "shorten", "unreadable", "used_names"]

LONGEST = 100_000
"""How many characters a query may have; the stack that it runs on is made for what so many can nest."""

BEHIND = "\n" + " " * 40
"""What is put behind a query, so that a parser which reads a keyword's length ahead never meets the end instead."""

_BLANK = r"(?>\s++|#[^\n\r]*+)*+"  # spaces and comments, each taken once and for all
_WORDS = r"[^:\s\"'(){}\[\],;|^/*+=!&<>?$#]"  # what keywords, numbers and prefixes are made of, and more
_SERVICE = re.compile(r"(?<!\w)\w*service\w*", re.IGNORECASE)
_CALLED = re.compile(rf":|{_BLANK}(?:silent{_BLANK})?(?:[<?$]|{_WORDS}*+:)", re.IGNORECASE)
_UPDATE = re.compile(
    rf"{_BLANK}(?:(?:base|prefix\s+\S*:){_BLANK}<[^>]*>{_BLANK})*"
    r"(insert|delete|load|clear|drop|create|add|move|copy|with)\b",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U000([0-9A-Fa-f]{5})")
_NO_NAMES = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|<[^<>\s\"{}]*>|(?<!\S)#[^\n\r]*")
_NO_STRINGS = re.compile(r"\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'|(?<!\S)#[^\n\r]*")
_NAME = re.compile(r"(?<![\w?$@:.-])(\w[\w.-]*|):(\w(?:[\w.-]*\w)?)?")
_MANY = 5_000
_DATA_SET = re.compile(r"(?<![\w?$@:.-])(?:from\s+(?:named\s+)?|graph\s*)[<\w?$:]", re.IGNORECASE)
_PLACE = re.compile(r"error at (\d+):(\d+): expected (?:one of )?")
_SENTENCE = re.compile(r"(?<![A-Za-z])[A-Z][A-Za-z]* [A-Za-z ]+")
_PLAIN = re.compile(r"\w(?:[\w.-]*[\w-])?", re.ASCII)


def refuse_unsafe(query: str) -> None:
    """Raise :class:`~kgraph.errors.QueryError` for a query that is too long, writes, or calls other services.

    SPARQL 1.1's ``SERVICE`` makes the engine ask a server that the query names. Where strings,
    comments and IRIs end cannot be told without the whole grammar (``?a<?b)…>`` may be either), so
    whatever could be that keyword is refused, be it inside a string: too careful, never too trusting.

    >>> refuse_unsafe("SELECT ?service { ?paper kg:uses ?service FILTER(?service != 'a service') }")
    >>> refuse_unsafe("ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kgraph.errors.QueryError: the query calls another service (SERVICE), but kgraph answers from the graph alone: ...
    """
    if not query.strip():
        raise QueryError("the query is empty: kgraph query --list shows what one may ask")
    if len(query) > LONGEST:
        raise QueryError(f"the query is {len(query):,} characters long: {LONGEST:,} are read at most")
    if update := _UPDATE.match(query):
        raise QueryError(f"the query is an update ({update[1].upper()}), but kgraph only reads: build the graph anew")
    unescaped = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), query)
    if any(_calls_a_service(text) for text in (query, unescaped)):
        raise QueryError(
            "the query calls another service (SERVICE), but kgraph answers from the graph alone: "
            "leave that part out (a prefix named service: needs another name)"
        )


def _calls_a_service(query: str) -> bool:
    """Whether the keyword may stand there with what it calls: a variable, an IRI or a prefixed name."""
    for words in re.finditer(f"{_WORDS}+", query):
        called = _CALLED.match(query, words.end()) if "service" in words[0].lower() else None
        for word in _SERVICE.finditer(words[0]) if called else ():
            start = words.start() + word.start()
            before = query[start - 1 : start]
            named = word.end() == len(words[0]) or called[0] == ":"  # type: ignore[index]
            if named and before not in {"?", "$", ":"}:  # else a variable, or a name in a namespace
                return True
    return False


def unreadable(query: str, complaint: str, prefixes: Iterable[str]) -> QueryError:
    """The error for what the parser complains of: the place, a reason where one can be told, and a caret.

    The parser is to be given :data:`BEHIND` behind the query.

    >>> print(unreadable("ASK { ?s foo:bar ?o }", "error at 1:17: expected one of Prefix not found, [':']", ["kg"]))
    the query cannot be read at line 1, column 10: the prefix foo: is not declared (known are kg:)
        ASK { ?s foo:bar ?o }
                 ^
    """
    place = _PLACE.match(complaint)
    if place is None:
        return QueryError(f"the query cannot be read: {complaint.splitlines()[0]}")
    expected = complaint[place.end() :]
    starts = [0, *(found.end() for found in re.finditer("\n", query + BEHIND))]
    fault = starts[min(int(place[1]), len(starts)) - 1] + int(place[2]) - 1 - _read_ahead(expected)
    fault = max(0, min(fault, len(query.rstrip())))
    declared = [*prefixes, *re.findall(r"prefix\s+([^\s:]*):", query, re.IGNORECASE)]
    stranger = next((name for name in _names(query) if name[1] not in [*declared, "_"]), None)
    if stranger:
        fault = stranger.start()
        reason = f"the prefix {stranger[1]}: is not declared (known are {', '.join(f'{name}:' for name in declared)})"
    elif sentence := _SENTENCE.search(expected):
        reason = re.sub(r"^The\b", "the", sentence[0])
    else:
        word = re.match(r"\s*([\w?$:@-]+|\S)", query[fault:])
        reason = f"not understood from {word[1]!r} on" if word else "something is missing at its end"
    line = bisect.bisect(starts, fault)
    column = fault - starts[line - 1] + 1
    source = clean(query[starts[line - 1] :].partition("\n")[0].rstrip("\r")).expandtabs(1)
    caret = f"    {source}\n    {' ' * (column - 1)}^"
    return QueryError(f"the query cannot be read at line {line}, column {column}: {reason}\n{caret}", line, column)


def _names(query: str) -> Iterator[re.Match[str]]:
    """The prefixed names in a query, at their places: not what strings, IRIs and comments hold."""
    return _NAME.finditer(_NO_NAMES.sub(lambda found: " " * len(found[0]), query))


def _read_ahead(expected: str) -> int:
    """How far behind the fault the parser's place is: it reads a keyword's length before it compares.

    >>> _read_ahead("DATATYPE, STRAFTER"), _read_ahead("LIMIT, ['0'..='9']")
    (8, 0)
    """
    items = expected.split(", ")
    keywords = [item for item in items if re.fullmatch(r"[A-Za-z_]{2,}", item)]
    return len(keywords[0]) if len(keywords) == len(items) else 0


def used_names(query: str, prefixes: Mapping[str, str]) -> list[tuple[str, str]]:
    """The names that a query uses from these namespaces, as (prefix, local name), each once, in order.

    >>> used_names("SELECT ?p { ?p kg:runOn hardware:fpga ; kg:runOn ?x }", {"kg": "https://w3id.org/kgraph/ontology#"})
    [('kg', 'runOn')]
    """
    text = query
    for prefix, namespace in prefixes.items():
        text = re.sub(rf"<{re.escape(namespace)}([\w.-]+)>", rf" {prefix}:\1 ", text)
    return list(dict.fromkeys((name[1], name[2]) for name in _names(text) if name[1] in prefixes and name[2]))


def names_a_data_set(query: str) -> bool:
    """Whether a query asks for a part of the store (``FROM``, ``GRAPH``) instead of all of it.

    >>> names_a_data_set("SELECT * FROM <https://example.org/> { ?s ?p ?o }")
    True
    >>> names_a_data_set("SELECT * { ?paper ex:from ?graph FILTER(?graph != 'GRAPH ?g') }")
    False
    """
    return bool(_DATA_SET.search(_NO_STRINGS.sub(lambda found: " " * len(found[0]), query)))


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like another; None where none is like it. Of many, only those that begin like it.

    >>> nearest("runOn", ["runsOn", "uses"]), nearest("xyz", ["runsOn", "uses"])
    ('runsOn', None)
    """
    name_fold = name.casefold()
    by_fold = {name.casefold(): name for name in sorted(known, reverse=True)}
    if len(by_fold) > _MANY:  # comparing with each would take seconds
        by_fold = {fold: name for fold, name in by_fold.items() if fold[:2] == name_fold[:2]}
    found = difflib.get_close_matches(name_fold, by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else None


def shorten(iri: str, prefixes: Mapping[str, str]) -> str:
    """The IRI by its prefix, as one may write it in a query; in pointed brackets where no prefix fits.

    >>> shorten("https://w3id.org/kgraph/ontology#runsOn", {"kg": "https://w3id.org/kgraph/ontology#"})
    'kg:runsOn'
    >>> shorten("https://example.org/a", {})
    '<https://example.org/a>'
    """
    fitting = [prefix for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    for prefix in sorted(fitting, key=lambda prefix: (-len(prefixes[prefix]), prefix)):
        local = iri.removeprefix(prefixes[prefix])
        if _PLAIN.fullmatch(local):
            return f"{prefix}:{local}"
    return f"<{iri}>"
