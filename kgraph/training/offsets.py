"""Annotations without their texts: kept as offsets, joined with the abstracts again where those lie.

An abstract belongs to its authors, what a reader found in it to the reader. So ``corpus/`` holds
only where things stand: mentions, names and values as offsets into ``title + "\\n" + abstract``,
the ends of relations and results as numbers of entities, and the hash of the text, so that an
abstract that has changed since is told from the one that was read.

``python -m kgraph.training.offsets OFFSETS TEXTS... -o GOLD`` writes gold that ``kgraph train`` reads.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kgraph.errors import KgraphError, ReadError
from kgraph.files import whole
from kgraph.model import Annotation, Entity, Mention, Paper, Relation, Result
from kgraph.readers.opening import open_text
from kgraph.records import paper_of, to_record
from kgraph.text import passage

__all__ = ["from_offsets", "main", "restore", "to_offsets"]

Span = list[int]


def to_offsets(annotation: Annotation) -> dict[str, Any]:
    """The annotation as a JSON object that holds no word of the text.

    An entity's name becomes the place that spells it, else its longest mention: "NVIDIA A100"
    said of "A100 GPUs" comes back as "A100 GPUs". Raises ``ValueError`` where a result's value has
    no offsets, since it could not be found again.

    >>> paper = Paper("2401.00001", "LLMs on a GPU", "We run them.")
    >>> gpu = Entity("gpu", "Hardware", "runsOn", 1.0, (Mention(10, 13, "GPU"),))
    >>> told = to_offsets(Annotation(paper, (gpu,)))
    >>> told["entities"]
    [{'name': [10, 13], 'type': 'Hardware', 'role': 'runsOn', 'mentions': [[10, 13]]}]
    >>> from_offsets(told, paper).entities[0].name
    'GPU'
    """
    paper = annotation.paper
    text = passage(paper.title, paper.abstract)
    number = {entity.name: at for at, entity in enumerate(annotation.entities)}
    return {
        "id": paper.id,
        "source": "; ".join(paper.sources),
        "sha256": _digest(text),
        "entities": [
            {
                "name": _name_span(entity, text),
                "type": entity.type,
                "role": entity.role,
                "mentions": [[mention.start, mention.end] for mention in entity.mentions],
            }
            for entity in annotation.entities
        ],
        "relations": [[number[r.subject], r.predicate, number[r.object]] for r in annotation.relations],
        "results": [
            {
                "entity": number[result.entity],
                "metric": number.get(result.metric, result.metric),
                "value": _value_span(result),
                "on": None if result.on is None else number[result.on],
                "versus": None if result.versus is None else number[result.versus],
            }
            for result in annotation.results
        ],
    }


def from_offsets(record: Mapping[str, Any], paper: Paper) -> Annotation:
    """The annotation of a paper, from the offsets and its text.

    A metric that the text gives no noun stands as the plain word it is. Raises ``ValueError`` where
    the text is another than the one annotated, or an offset lies outside it.
    """
    text = passage(paper.title, paper.abstract)
    if record.get("sha256") != _digest(text):
        raise ValueError("its text is another than the one that was annotated")
    try:
        entities = tuple(_entity(entity, text) for entity in record["entities"])
        names = [entity.name for entity in entities]
        if len(set(names)) < len(names):
            raise ValueError("two of its entities have one name")
        relations = tuple(Relation(names[a], predicate, names[b]) for a, predicate, b in record["relations"])
        results = tuple(_result(result, names, text) for result in record["results"])
    except (KeyError, IndexError, TypeError) as error:
        raise ValueError(f"its offsets are not whole ({type(error).__name__}: {error})") from error
    return Annotation(paper, entities, relations, results)


def restore(
    offsets: Path, texts: Iterable[Path], *, report: Callable[[str], None] = lambda _line: None
) -> Iterator[Annotation]:
    """The annotations of a file of offsets, in its order, joined with the papers of ``texts``.

    ``texts`` are JSON lines with ``id``, ``title`` and ``abstract``, packed with gzip where you like.
    A paper whose text is missing or has changed is left out, and ``report`` is told which and why.
    Raises :class:`~kgraph.errors.ReadError` where the offsets themselves cannot be read.
    """
    records = []
    for number, line in enumerate(_lines(offsets), 1):
        try:
            record = json.loads(line)
            records.append((str(record["id"]), record))
        except (ValueError, KeyError, TypeError) as error:
            raise ReadError(str(offsets), number, f"no annotation as offsets: {error}") from error
    papers = _papers({id for id, _ in records}, texts)
    for id, record in records:
        if id not in papers:
            report(f"{id} left out: its text is in none of the files given")
            continue
        try:
            yield from_offsets(record, papers[id])
        except ValueError as error:
            report(f"{id} left out: {error}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the gold of a file of offsets; 1 with one line on stderr where a file cannot be read or written."""
    parser = argparse.ArgumentParser(prog="python -m kgraph.training.offsets", description=__doc__.split("\n")[0])
    parser.add_argument("offsets", type=Path, help="annotations as offsets (corpus/annotations.jsonl)")
    parser.add_argument("texts", type=Path, nargs="+", help="JSON lines with id, title and abstract, packed or not")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the gold to write (DESIGN 2.1)")
    options = parser.parse_args(arguments)
    written = 0
    left_out: list[str] = []
    try:
        with whole(options.output) as stream:
            for annotation in restore(options.offsets, options.texts, report=left_out.append):
                stream.write(json.dumps(to_record(annotation), ensure_ascii=False).encode() + b"\n")
                written += 1
    except KgraphError as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    sys.stderr.write("".join(f"{line}\n" for line in left_out) + f"{written} annotated papers: {options.output}\n")
    return 0


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _name_span(entity: Entity, text: str) -> Span:
    """Where the name is spelled within a mention, in its own case if possible; else the longest mention."""
    longest = max(entity.mentions, key=lambda mention: (mention.end - mention.start, -mention.start))
    for fold in (str, str.casefold):
        for mention in entity.mentions:
            at = fold(text[mention.start : mention.end]).find(fold(entity.name))
            if at >= 0:
                return [mention.start + at, mention.start + at + len(entity.name)]
    return [longest.start, longest.end]


def _value_span(result: Result) -> Span:
    if result.start is None or result.end is None:
        raise ValueError(f"the value {result.value!r} has no offsets")
    return [result.start, result.end]


def _cut(span: Span, text: str) -> str:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise ValueError(f"its offsets {start} to {end} are not within the text of {len(text)} characters")
    return text[start:end]


def _entity(record: Mapping[str, Any], text: str) -> Entity:
    mentions = tuple(Mention(span[0], span[1], _cut(span, text)) for span in record["mentions"])
    return Entity(_cut(record["name"], text), record["type"], record["role"], 1.0, mentions)


def _result(record: Mapping[str, Any], names: Sequence[str], text: str) -> Result:
    metric, on, versus = record["metric"], record["on"], record["versus"]
    start, end = record["value"]
    return Result(
        entity=names[record["entity"]],
        metric=metric if isinstance(metric, str) else names[metric],
        value=_cut([start, end], text),
        on=None if on is None else names[on],
        versus=None if versus is None else names[versus],
        start=start,
        end=end,
    )


def _papers(wanted: set[str], texts: Iterable[Path]) -> dict[str, Paper]:
    """The papers wanted, by the id in their file; a line that tells of none is somebody else's."""
    found: dict[str, Paper] = {}
    for path in texts:
        for line in _lines(path):
            try:
                record = json.loads(line)
                if record.get("id") in wanted:
                    found.setdefault(record["id"], paper_of(record, source=path.name))
            except (ValueError, AttributeError, TypeError):
                continue
        if len(found) == len(wanted):
            break
    return found


def _lines(path: Path) -> list[str]:
    try:
        return [line for line in open_text(path.read_bytes()).text.split("\n") if line.strip()]
    except OSError as error:
        raise ReadError(str(path), None, (error.strerror or str(error)).lower()) from error
    except ValueError as error:
        raise ReadError(str(path), None, str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
