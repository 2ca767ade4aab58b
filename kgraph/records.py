"""The JSON form of annotations, one object a line (DESIGN 2.1): the only code that spells its keys.

:func:`to_record` and :func:`from_record` are inverse: what one writes the other reads back
equal. Reading is lenient where a stranger's file may be poorer (no scores, no offsets of
relations) and strict where a wrong value would poison the graph: an odd part is left out and
named in the list of problems, never an exception.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from kgraph.iri import arxiv_id, paper_key
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.text import clean, passage

__all__ = ["from_own_record", "from_record", "paper_of", "to_record"]

_BETWEEN_SOURCES = "; "
_DATE = re.compile(r"\d{4}(?:-\d{2}){0,2}", re.ASCII)
T = TypeVar("T")


def to_record(annotation: Annotation) -> dict[str, Any]:
    """The annotation as a JSON object; keys in the order of the design.

    >>> paper = Paper("1", "T", "A", sources=("a.txt",))
    >>> list(to_record(Annotation(paper)))[:4]
    ['id', 'title', 'abstract', 'date']
    """
    paper = annotation.paper
    return {
        "id": paper.id,
        "title": paper.title,
        "abstract": paper.abstract,
        "date": paper.date,
        "authors": paper.authors,
        "organization": paper.organization,
        "source": _BETWEEN_SOURCES.join(paper.sources),
        "entities": [_entity_record(entity) for entity in annotation.entities],
        "relations": [_fields(relation) for relation in annotation.relations],
        "results": [_fields(result) for result in annotation.results],
    }


def _fields(value: Relation | Result) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}


def _entity_record(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "role": entity.role,
        "score": entity.score,
        "mentions": [{"start": m.start, "end": m.end, "text": m.text} for m in entity.mentions],
    }


def paper_of(record: Mapping[str, Any], *, source: str = "") -> Paper:
    """The paper that a JSON object tells of; ``ValueError`` with the reason where it tells of none.

    >>> paper_of({"title": "A title", "abstract": "Text.", "date": "2024-03"}).date
    '2024-03'
    """
    title, abstract = record.get("title"), record.get("abstract")
    if not isinstance(title, str) or not title.strip():
        raise ValueError("the title is missing")
    if not isinstance(abstract, str) or not abstract.strip():
        raise ValueError("the abstract is missing")
    title, abstract = clean(title), clean(abstract)
    known = (record.get(name) for name in ("arxiv", "id"))
    identifiers = [found for text in known if isinstance(text, str) and (found := arxiv_id(text))]
    listed = record.get("source")
    sources = listed.split(_BETWEEN_SOURCES) if isinstance(listed, str) and listed else [source]
    authors, organization = record.get("authors"), record.get("organization")
    if isinstance(authors, list):  # a list of names says their number
        authors = len(authors)
    return Paper(
        id=identifiers[0] if identifiers else paper_key(title),
        title=title,
        abstract=abstract,
        date=_date(record.get("date")),
        authors=authors if isinstance(authors, int) and not isinstance(authors, bool) and authors > 0 else None,
        organization=clean(organization).strip() or None if isinstance(organization, str) else None,
        sources=tuple(sorted({clean(name) for name in sources if name})),
    )


def _date(value: object) -> str | None:
    """An ISO date, month or year, else None.

    >>> _date("2024-02-30"), _date("2024-02"), _date("2024-03-11T10:00:00Z"), _date("soon")
    (None, '2024-02', '2024-03-11', None)
    """
    text = str(value)[:10] if isinstance(value, str | int) else ""
    if not _DATE.fullmatch(text):  # Python reads weeks and days of the year as well, which no datatype of XML takes
        return None
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None
    return text


def from_record(record: Mapping[str, Any], *, source: str = "") -> tuple[Annotation, list[str]]:
    """The annotation that a JSON object tells of, and what of it could not be used.

    Raises ``ValueError`` where there is no paper in it (:func:`paper_of`).

    >>> annotation, problems = from_record({"title": "T", "abstract": "A.", "entities": [{"name": "X"}]})
    >>> annotation.entities, problems
    ((), ["entity 1 ('X'): its type is missing"])
    """
    paper = paper_of(record, source=source)
    text = passage(paper.title, paper.abstract)
    problems: list[str] = []
    entities = tuple(_each(record, "entities", "entity", lambda item: _entity(item, text), problems))
    names = {entity.name for entity in entities}
    relations = tuple(_each(record, "relations", "relation", lambda item: _relation(item, names, text), problems))
    results = tuple(_each(record, "results", "result", lambda item: _result(item, names, text), problems))
    return Annotation(paper, entities, relations, results), problems


def from_own_record(record: Mapping[str, Any], paper: Paper | None = None) -> Annotation:
    """The annotation that kgraph itself has written and nobody could have changed since, unchecked: five times as fast.

    ``paper`` takes the place of the paper in the record, where more is known of it by now.

    >>> from kgraph.model import Annotation
    >>> told = to_record(Annotation(Paper("2401.00001", "T", "A."), (Entity("FPGA", "Hardware", "runsOn", 0.9, ()),)))
    >>> from_own_record(told) == from_record(told)[0]
    True
    """
    entities = [
        Entity(
            entity["name"],
            entity["type"],
            entity["role"],
            entity["score"],
            tuple([Mention(mention["start"], mention["end"], mention["text"]) for mention in entity["mentions"]]),
            entity["id"],
        )
        for entity in record["entities"]
    ]
    return Annotation(
        paper or _own_paper(record),
        tuple(entities),
        tuple([Relation(**relation) for relation in record["relations"]]),
        tuple([Result(**result) for result in record["results"]]),
    )


def _own_paper(record: Mapping[str, Any]) -> Paper:
    return Paper(
        id=record["id"],
        title=record["title"],
        abstract=record["abstract"],
        date=record["date"],
        authors=record["authors"],
        organization=record["organization"],
        sources=tuple(filter(None, record["source"].split(_BETWEEN_SOURCES))),
    )


def _each(
    record: Mapping[str, Any], field: str, noun: str, make: Callable[[Mapping[str, Any]], T], problems: list[str]
) -> Iterator[T]:
    items = record.get(field)
    for number, item in enumerate(items if isinstance(items, list) else (), 1):
        if not isinstance(item, dict):
            problems.append(f"{noun} {number}: it is no JSON object")
            continue
        try:
            yield make(item)
        except ValueError as error:
            label = item.get("name") or item.get("subject") or item.get("value") or ""
            problems.append(f"{noun} {number} ({str(label)[:60]!r}): {error}")


def _name(item: Mapping[str, Any], field: str) -> str:
    value = item.get(field)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"its {field} is missing")
    return clean(value).strip()


def _term(item: Mapping[str, Any], field: str) -> str:
    """A name of the ontology: letters and digits only, since it becomes part of an IRI."""
    value = _name(item, field)
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9]*", value):
        raise ValueError(f"its {field} {value[:40]!r} is no name of an ontology")
    return value


def _score(item: Mapping[str, Any]) -> float:
    value = item.get("score", 1.0)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"its score {str(value)[:20]!r} is no number from 0 to 1")
    return float(value)


def _span(item: Mapping[str, Any], text: str) -> tuple[int | None, int | None]:
    start, end = item.get("start"), item.get("end")
    if start is None and end is None:
        return None, None
    if type(start) is int and type(end) is int and 0 <= start < end <= len(text):  # a bool would be an int too
        return start, end
    raise ValueError(f"its offsets {start!r} to {end!r} are not within the text of {len(text)} characters")


def _mention(item: object, text: str) -> Mention:
    if not isinstance(item, dict):
        raise ValueError("a mention is no JSON object")
    start, end = _span(item, text)
    if start is None or end is None:
        raise ValueError("a mention has no offsets")
    if isinstance(item.get("text"), str) and clean(item["text"]) != text[start:end]:
        raise ValueError(f"its mention {item['text'][:40]!r} does not stand at {start} to {end}")
    return Mention(start, end, text[start:end])


def _entity(item: Mapping[str, Any], text: str) -> Entity:
    found = item.get("mentions")
    mentions = tuple(sorted({_mention(mention, text) for mention in found if found})) if isinstance(found, list) else ()
    kind = _term(item, "type")
    id = item.get("id")
    return Entity(
        name=_name(item, "name"),
        type=kind,
        role=_term(item, "role") if item.get("role") is not None else "mentions",
        score=_score(item),
        mentions=mentions,
        id=id if isinstance(id, str) and re.fullmatch(rf"{kind.lower()}/[\w.-]+", id) else "",
    )


def _relation(item: Mapping[str, Any], names: set[str], text: str) -> Relation:
    subject, predicate, object = _name(item, "subject"), _term(item, "predicate"), _name(item, "object")
    _must_be_known(names, subject, object)
    return Relation(subject, predicate, object, _score(item), *_span(item, text))


def _result(item: Mapping[str, Any], names: set[str], text: str) -> Result:
    on, versus = (_name(item, field) if item.get(field) is not None else None for field in ("on", "versus"))
    entity = _name(item, "entity")
    _must_be_known(names, entity, on, versus)
    value = _name(item, "value")
    return Result(entity, _name(item, "metric"), value, on, versus, _score(item), *_span(item, text))


def _must_be_known(names: set[str], *used: str | None) -> None:
    for name in used:
        if name is not None and name not in names:
            raise ValueError(f"{name[:60]!r} is no entity of this paper")
