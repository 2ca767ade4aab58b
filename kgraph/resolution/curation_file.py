"""``curation.yaml``: what people decided, one entry each, read with its lines and checked for sense.

A list of entries. Each has an action with what it is about, what that action needs, and a reason::

    - merge: method/flash-attn          # or a list: [method/flash-attn, method/flash-attn-1]
      into: method/flashattention
      reason: the name of the authors' own repository

Every value is text as it stands (``2401.10`` keeps its nought); anchors, aliases and tags are
refused, so that no short file stands for a large one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import ReadError
from kgraph.iri import DATA
from kgraph.ontology import Ontology
from kgraph.resolution.curation import ACTIONS, Action, Curation, Ruling, curation_of

if TYPE_CHECKING:
    import yaml

__all__ = ["curation_in", "read_curation"]

_LARGEST = 1 << 20
_DEEPEST = 4
_LONGEST = 1000
_NEEDS: Mapping[Action, str] = {"merge": "into", "split": "into", "retype": "to", "rename": "to"}
_MAY_HAVE: Mapping[Action, frozenset[str]] = {
    "split": frozenset({"papers", "names"}),
    "ignore": frozenset({"papers", "names"}),
    "reject": frozenset({"papers"}),
}
_Entry = dict[str, tuple[int, list[str]]]


def read_curation(path: str | Path, ontology: Ontology) -> Curation:
    """The rulings of a file.

    Raises :class:`~kgraph.errors.ReadError` with the line of what cannot be read, is no ruling, or
    contradicts another one.
    """
    source = str(path)
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(source, None, (error.strerror or str(error)).lower()) from error
    return curation_in(content, source, ontology)


def curation_in(content: bytes, source: str, ontology: Ontology) -> Curation:
    """The rulings of a file's content; ``source`` is what errors call it. Raises what :func:`read_curation` does.

    >>> from kgraph.ontology import load_ontology
    >>> curation_in(b"- {ignore: method/a, reason: no name}", "mine", load_ontology()).rulings[0].about
    ('method/a',)
    """
    if len(content) > _LARGEST:
        raise ReadError(source, None, f"it has more than {_LARGEST >> 20} MB: split the work into fewer rulings")
    rulings = [
        ruling for line, entry in _entries(content, source) for ruling in _rulings(line, entry, source, ontology)
    ]
    _agree(rulings, source)
    return curation_of(rulings, source)


def _entries(content: bytes, source: str) -> Iterator[tuple[int, _Entry]]:
    """Each entry with its line: its keys, each with its line and values."""
    import yaml

    root = _root(content, source)
    if root is None:
        return
    if not isinstance(root, yaml.SequenceNode):
        raise ReadError(source, _line(root), "a list of rulings is needed, each beginning with '- '")
    for node in root.value:
        if not isinstance(node, yaml.MappingNode):
            raise ReadError(source, _line(node), "a ruling is needed, such as '- ignore: method/a' with its reason")
        entry: _Entry = {}
        for key, value in node.value:
            if key.value in entry:
                raise ReadError(source, _line(key), f"{key.value!r} is there twice")
            entry[key.value] = (_line(key), _texts(value, source))
        yield _line(node), entry


def _root(content: bytes, source: str) -> yaml.Node | None:
    """The file's only document as YAML nodes; bounded in depth, without anchors, aliases or tags."""
    import yaml

    depth = 0
    try:
        for event in yaml.parse(content, Loader=yaml.BaseLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            line = event.start_mark.line + 1
            if isinstance(event, yaml.NodeEvent) and (event.anchor or getattr(event, "tag", None)):
                raise ReadError(source, line, "anchors (&), aliases (*) and tags (!) are not read: write it out")
            if depth > _DEEPEST:
                raise ReadError(source, line, "lists within lists are not read")
        root: yaml.Node | None = yaml.compose(content, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise ReadError(source, mark.line + 1 if mark else None, f"it is no YAML: {error.problem}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ReadError(source, None, "it is no YAML: it holds bytes that are no text") from error
    return root


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _texts(node: yaml.Node, source: str) -> list[str]:
    import yaml

    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    for item in nodes:
        if not isinstance(item, yaml.ScalarNode) or not item.value.strip() or len(item.value) > _LONGEST:
            raise ReadError(source, _line(item), "a text or a list of texts is needed here")
    return [item.value.strip() for item in nodes]


def _rulings(line: int, entry: _Entry, source: str, ontology: Ontology) -> Iterator[Ruling]:
    """The rulings of an entry: one, or one for each thing that is merged."""
    actions = [action for action in ACTIONS if action in entry]
    if len(actions) != 1:
        raise ReadError(source, line, f"a ruling has one of {', '.join(ACTIONS)}")
    [action] = actions
    needed = _NEEDS.get(action)
    allowed = {action, "reason", *_MAY_HAVE.get(action, ()), *((needed,) if needed else ())}
    for key, (place, _) in entry.items():
        if key not in allowed:
            raise ReadError(source, place, f"{action} has no {key!r}: it has {', '.join(sorted(allowed - {action}))}")
    for key in filter(None, ("reason", needed)):
        if key not in entry:
            raise ReadError(source, line, f"{action}: its {key!r} is missing")
    if action == "split" and not entry.keys() & {"papers", "names"}:
        raise ReadError(source, line, "split: which papers or names? give 'papers' or 'names'")
    place, about = entry[action]
    reason = " ".join(entry["reason"][1])
    to = _target(action, entry[needed], source, ontology) if needed else ""
    papers = frozenset(_relative(paper).removeprefix("paper/") for paper in entry.get("papers", (0, []))[1])
    names = frozenset(entry.get("names", (0, []))[1])
    if action == "reject":
        yield Ruling(action, _fact(about, place, source, ontology), reason, papers=papers, line=line)
        return
    if len(about) > 1 and action != "merge":
        raise ReadError(source, place, f"{action}: one id is needed, not {len(about)}")
    for id in about:
        ruling = Ruling(action, (_id(id, place, source, ontology),), reason, to, papers, names, line)
        _makes_sense(ruling, source)
        yield ruling


def _target(action: Action, value: tuple[int, list[str]], source: str, ontology: Ontology) -> str:
    place, texts = value
    if len(texts) != 1:
        raise ReadError(source, place, f"{action}: it leads to one thing, not {len(texts)}")
    if action == "retype" and texts[0] not in ontology.types:
        raise ReadError(source, place, f"{texts[0]!r} is no type: give one of {', '.join(ontology.types)}")
    return texts[0] if action in {"rename", "retype"} else _id(texts[0], place, source, ontology)


def _relative(id: str) -> str:
    return id.removeprefix(DATA)


def _id(text: str, place: int, source: str, ontology: Ontology) -> str:
    types = "|".join(type.lower() for type in ontology.types)
    id = _relative(text)
    if not re.fullmatch(rf"(?:{types})/[\w.-]+", id):
        raise ReadError(source, place, f"{text[:80]!r} is no id such as method/flashattention")
    return id


def _fact(about: list[str], place: int, source: str, ontology: Ontology) -> tuple[str, str, str]:
    known = {*ontology.roles, *ontology.predicates, *ontology.facts, "broader"}
    if len(about) != 3 or about[1] not in known:
        raise ReadError(source, place, "reject: a fact is needed, such as [method/a, runsOn, hardware/b]")
    subject, predicate, object = _relative(about[0]), about[1], _relative(about[2])
    if predicate == "mentions":
        raise ReadError(source, place, "reject: that a paper mentions a thing is undone with ignore and papers")
    if not subject.startswith("paper/"):
        subject = _id(subject, place, source, ontology)
    return subject, predicate, object


def _makes_sense(ruling: Ruling, source: str) -> None:
    [id] = ruling.about
    type = id.partition("/")[0]
    if ruling.action in {"merge", "split"}:
        if ruling.to == id:
            raise ReadError(source, ruling.line, f"{ruling.action}: {id} leads to itself")
        if ruling.to.partition("/")[0] != type:
            raise ReadError(source, ruling.line, f"{ruling.action}: {id} and {ruling.to} are of two types: retype one")
    if ruling.action == "retype" and ruling.to.lower() == type:
        raise ReadError(source, ruling.line, f"retype: {id} is a {ruling.to} already")


def _agree(rulings: list[Ruling], source: str) -> None:
    """Refuse rulings of which one undoes or forestalls another."""
    first: dict[tuple[str, str], Ruling] = {}
    for ruling in rulings:
        if ruling.action in {"split", "reject"} or ruling.papers or ruling.names:
            continue
        [id] = ruling.about
        before = first.setdefault((ruling.action, id), ruling)
        if before.to != ruling.to:
            raise ReadError(source, ruling.line, f"{ruling.action}: line {before.line} leads {id} to {before.to}")
    for (action, id), ruling in first.items():
        for other in ("merge", "retype", "ignore"):
            beside = first.get((other, id))
            if other != action and beside is not None:
                earlier, line = sorted((ruling.line, beside.line))
                raise ReadError(source, line, f"{id} cannot have both {action} and {other}: see line {earlier}")
    for ruling in rulings:
        gone = first.get(("merge", ruling.to)) or first.get(("ignore", ruling.to))
        if ruling.action in {"merge", "split"} and gone is not None:
            what = f"merged into {gone.to}" if gone.action == "merge" else "ignored"
            raise ReadError(source, ruling.line, f"{ruling.action}: {ruling.to} is itself {what} in line {gone.line}")
