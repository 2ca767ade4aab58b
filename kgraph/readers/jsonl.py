"""JSON objects, one a line: papers, and annotations in the form of :mod:`kgraph.records`.

An array of such objects and objects printed over several lines are read as well. The standard
library's parser is used: it takes what faster ones refuse and a paper can be saved from (lone
surrogates, raw control characters), and it meets nesting bombs with an exception, not a crash.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from kgraph.model import Annotation, Paper
from kgraph.readers.limits import excerpt, flaw
from kgraph.records import from_record, paper_of
from kgraph.stages import Note, Skipped, Source

__all__ = ["LONGEST_LINE", "JsonLinesReader"]

LONGEST_LINE = 16 * 1024 * 1024
"""Characters of one object; a richly annotated abstract has about 30,000."""

_LONGEST_INTEGER = 18  # digits; what is larger counts nothing here
_MOST_BREAKS = 100  # after so many broken objects a document is no JSON worth saving
_OBJECT_BEGINS = re.compile(r"\[?\s*\{\s*(?:[\"}]|\Z)")
_ARRAY_BEGINS = re.compile(r"\[\s*(?:\{|\]|\Z)")
_EXCERPT = 400  # characters from which an excerpt is made
_GAP = re.compile(r"[\s,]*")


def _integer(digits: str) -> int | float:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else float(digits)


_DECODER = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)


class JsonLinesReader:
    r"""Reads papers, and annotations where an object has a list of entities.

    >>> reader = JsonLinesReader()
    >>> [paper, skipped] = reader.read(Source("a.jsonl", '{"title": "T", "abstract": "A."}\n{"title": "U"}\n'))
    >>> paper.title, skipped.line, skipped.reason
    ('T', 2, 'the abstract is missing')
    """

    name = "JSON Lines"

    def recognises(self, text: str) -> bool:
        """Whether a text begins with an object or an array of them, or half of its lines do."""
        lines = [line for line in text.split("\n") if line.strip()]
        objects = sum(bool(_OBJECT_BEGINS.match(line.lstrip())) for line in lines)
        return bool(_OBJECT_BEGINS.match(text.lstrip()) or _ARRAY_BEGINS.match(text.lstrip())) or (
            0 < len(lines) <= 2 * objects
        )

    def read(self, source: Source) -> Iterator[Paper | Annotation | Skipped | Note]:
        """The papers of a file in its order; a broken line costs only what stands on it."""
        empty = True
        for item in _document(source.text) if _is_document(source.text) else _lines(source.text):
            empty = False
            if isinstance(item, _Broken):
                yield Skipped(source.name, item.line, item.reason, excerpt(item.text))
            elif not isinstance(item.value, dict):
                yield Skipped(
                    source.name, item.line, "not a JSON object with a title and an abstract", excerpt(item.begin)
                )
            else:
                yield from _read_object(item.value, item.line, source.name)
        if empty:
            yield Skipped(source.name, None, "the list holds no papers")


@dataclass(frozen=True, slots=True)
class _Value:
    line: int
    value: Any
    begin: str


@dataclass(frozen=True, slots=True)
class _Broken:
    line: int
    reason: str
    text: str


def _is_document(text: str) -> bool:
    """Whether values go over lines: an array, or an object whose first line does not end it."""
    first = text.lstrip().partition("\n")[0].rstrip()
    return first.startswith("[") or not first.endswith("}")


def _lines(text: str) -> Iterator[_Value | _Broken]:
    start, number = 0, 0
    while start < len(text):
        end = text.find("\n", start)
        end, number = len(text) if end < 0 else end, number + 1
        if end - start > LONGEST_LINE:
            reason = f"the line has {end - start:,} characters, more than {LONGEST_LINE:,}"
            yield _Broken(number, reason, text[start : start + _EXCERPT])
        else:
            yield from _on_line(text[start:end].strip(), number)
        start = end + 1


def _on_line(line: str, number: int) -> Iterator[_Value | _Broken]:
    """The value of a line, or several that were glued together; what is broken does not cost those before it."""
    at = 0
    while (at := _next(line, at)) < len(line):
        begin = line[at : at + _EXCERPT]
        try:
            value, at = _DECODER.raw_decode(line, at)
        except (ValueError, RecursionError) as error:
            yield _Broken(number, _reason(error), begin)
            return
        yield _Value(number, value, begin)


def _document(text: str) -> Iterator[_Value | _Broken]:
    """Values wherever they end, in an array or one after the other."""
    at = len(text) - len(text.lstrip())
    in_array = text.startswith("[", at)
    at += in_array
    line, counted, breaks = 1, 0, 0
    while (at := _next(text, at)) < len(text):
        line, counted = line + text.count("\n", counted, at), at
        if in_array and text[at] == "]":
            in_array, at = False, at + 1
            continue
        begin = text[at : at + _EXCERPT]
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            yield _Broken(line, _reason(error), begin)
            at, breaks = _resume(text, at), breaks + 1
            if breaks == _MOST_BREAKS:
                yield _Broken(line, f"{breaks} objects are broken: the rest of the file is left out", "")
                return
        else:
            yield _Value(line, value, begin)
    if in_array:
        yield _Broken(line + text.count("\n", counted), "the list breaks off: its closing bracket is missing", "")


def _next(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _resume(text: str, at: int) -> int:
    """After a broken object: where the next one begins a line in its column."""
    column = at - text.rfind("\n", 0, at) - 1
    following = re.compile(rf"\n[ \t]{{{min(column, 1000)}}}\{{").search(text, at)
    return following.end() - 1 if following else len(text)


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        what = error.msg[:1].lower() + error.msg[1:].removesuffix(" at")
        return f"broken JSON: {what} at {line}column {error.colno}"
    return "the JSON is nested too deeply" if isinstance(error, RecursionError) else str(error)


def _read_object(record: dict[str, Any], line: int, name: str) -> Iterator[Paper | Annotation | Skipped | Note]:
    annotated = isinstance(record.get("entities"), list)
    problems: list[str] = []
    found: Paper | Annotation
    try:
        if annotated:
            found, problems = from_record(record, source=name)
        else:
            found = paper_of(record, source=name)
    except (ValueError, RecursionError) as error:
        title = record.get("title")
        yield Skipped(name, line, _reason(error), excerpt(title) if isinstance(title, str) else "")
        return
    paper = found.paper if isinstance(found, Annotation) else found
    if unfit := flaw(paper.title, paper.abstract):
        yield Skipped(name, line, unfit, excerpt(paper.title))
        return
    yield found
    if paper.date is None and (given := record.get("date")) not in (None, ""):
        shown = excerpt(str(given))
        yield Note(name, f"line {line}: the date {shown!r} is left out: write it as 2024-03-11, 2024-03 or 2024")
    yield from (Skipped(name, line, problem, excerpt(paper.title)) for problem in problems)
