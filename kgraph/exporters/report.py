"""``report.md``: what was found, what was skipped and why, what readers decided; for people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from kgraph.files import whole
from kgraph.graph import Tally
from kgraph.ontology import Ontology, load_ontology
from kgraph.stages import Note, Skipped
from kgraph.text import clean

__all__ = ["WORDS", "counts", "escaped", "generate_report", "write_report"]

WORDS = {
    "known_entities": "entities that a vocabulary knows",
    "roles": "links from papers to entities",
    "relations": "links between entities",
}
"""What :func:`counts` counts, in words, where its names are none."""

_MEANS_SOMETHING = re.compile(r"[\\`*_{}\[\]<>#|~&!@$^]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_ENTITIES = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}


def write_report(
    folder: Path,
    found: Tally,
    *,
    inputs: Iterable[tuple[str, str, int]] = (),
    skipped: Iterable[Skipped] = (),
    notes: Iterable[Note] = (),
    findings: Iterable[str] = (),
) -> Path:
    """Write ``report.md`` into the folder; give its path.

    ``inputs`` are (name, format, number of papers), ``findings`` sentences on what the shapes of
    the ontology object to. Nothing is left out of any list, however long.
    """
    path = folder / "report.md"
    with whole(path) as stream:
        lines = generate_report(found, inputs=inputs, skipped=skipped, notes=notes, findings=findings)
        stream.writelines(f"{line}\n".encode() for line in lines)
    return path


def generate_report(
    found: Tally,
    *,
    inputs: Iterable[tuple[str, str, int]] = (),
    skipped: Iterable[Skipped] = (),
    notes: Iterable[Note] = (),
    findings: Iterable[str] = (),
) -> Iterator[str]:
    """The lines of the report, in Markdown (GitHub's)."""
    ontology = load_ontology()
    yield "# What kgraph found\n"
    yield from _table(("", "number"), ((WORDS.get(name, name), number) for name, number in counts(found).items()))
    yield from _section("Types", _types(found, ontology))
    yield from _section("Most named", _most_named(found))
    yield from _section("Roles of entities in papers", _roles(found, ontology))
    yield from _section("Relations between entities", _relations(found, ontology))
    yield from _section("Papers by year", _years(found))
    yield from _section("Inputs", _table(("input", "format", "papers"), sorted(inputs)))
    left_out = ((_where(it), it.reason, it.excerpt) for it in sorted(skipped, key=_place))
    yield from _section("Skipped", _table(("where", "why", "what"), left_out))
    told = ((note.source, note.message) for note in sorted(notes))
    yield from _section("Notes", _table(("input", "note"), told))
    yield from _section("Checks", _table(("finding",), ((finding,) for finding in sorted(findings))))


def counts(found: Tally) -> dict[str, int]:
    """How much there is of what, in few numbers.

    >>> counts(Tally())["papers"]
    0
    """
    return {
        "papers": found.nodes["paper"],
        "entities": found.nodes["entity"],
        "known_entities": found.known.total(),
        "mentions": found.mentions,
        "roles": sum(_keys(found, "role").values()),
        "relations": sum(_keys(found, "relation", "broader").values()),
        "results": found.nodes["result"],
    }


def escaped(text: str) -> str:
    r"""The text so that Markdown shows it as it is: no markup, no HTML, no links, one line.

    >>> escaped("<b>*not* bold</b> | [x](http://y)")
    '&lt;b&gt;\\*not\\* bold&lt;/b&gt; \\| \\[x\\](http\\://y)'
    """
    line = " ".join(clean(text).split())
    return _MEANS_SOMETHING.sub(lambda match: _ENTITIES.get(match.group(), f"\\{match.group()}"), line)


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    yield f"\n## {title}\n"
    yield from lines


def _table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """A table, whose columns of numbers lean to the right; a word where it would be empty."""
    listed = list(rows)
    if not listed:
        yield "None."
        return
    numbers = [all(isinstance(row[column], int) for row in listed) for column in range(len(columns))]
    yield f"| {' | '.join(columns)} |"
    yield f"| {' | '.join('---:' if number else '---' for number in numbers)} |"
    for row in listed:
        yield f"| {' | '.join(escaped(str(value)) for value in row)} |"


def _types(found: Tally, ontology: Ontology) -> Iterator[str]:
    ordered = sorted(found.entities, key=_by(ontology.types))
    rows = (
        (type, found.entities[type], found.naming[type], ", ".join(label for _, label in found.examples[type]))
        for type in ordered
    )
    return _table(("type", "entities", "papers", "most named"), rows)


def _most_named(found: Tally) -> Iterator[str]:
    return _table(("entity", "type", "papers"), [(label, type, papers) for papers, label, type in found.most_named])


def _roles(found: Tally, ontology: Ontology) -> Iterator[str]:
    links = _keys(found, "role")
    rows = ((role, links[role], _meaning(role, ontology)) for role in sorted(links, key=_by(ontology.roles)))
    return _table(("role", "links", "meaning"), rows)


def _relations(found: Tally, ontology: Ontology) -> Iterator[str]:
    links = _keys(found, "relation", "broader")
    rows = (
        (name, links[name], found.stated[name], _meaning(name, ontology))
        for name in sorted(links, key=_by(ontology.predicates))
    )
    return _table(("relation", "links", "stated by papers", "meaning"), rows)


def _keys(found: Tally, *kinds: str) -> dict[str, int]:
    """How many edges of these kinds there are by their keys."""
    total: dict[str, int] = {}
    for (kind, key), number in found.edges.items():
        if kind in kinds:
            total[key] = total.get(key, 0) + number
    return total


def _years(found: Tally) -> Iterator[str]:
    years = found.papers
    return _table(("year", "papers"), [(str(year) if year else "not known", years[year]) for year in sorted(years)])


def _where(skipped: Skipped) -> str:
    return f"{skipped.source}:{skipped.line}" if skipped.line else skipped.source


def _place(skipped: Skipped) -> tuple[str, int, str, str]:
    return skipped.source, skipped.line or 0, skipped.reason, skipped.excerpt


def _meaning(name: str, ontology: Ontology) -> str:
    if name == "broader":  # of SKOS
        return "The entity is a kind of, or belongs to, the other."
    property = ontology.properties.get(name)
    return property.comment if property else "not in the ontology"


def _by(ranking: Sequence[str]) -> Callable[[str], tuple[int, str]]:
    return lambda name: (_rank(ranking, name), name)


def _rank(ranking: Sequence[str], name: str) -> int:
    return ranking.index(name) if name in ranking else len(ranking)
