"""A difference as people and machines read it: text, Markdown for a pull request, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from kgraph.diff.differences import Difference, Rating, Regrouped, Thing
from kgraph.exporters.report import escaped
from kgraph.text import clean

__all__ = ["generate_markdown", "generate_text", "to_record"]

_Section = tuple[str, list[str]]


def to_record(difference: Difference) -> dict[str, Any]:
    """The difference as a JSON object: its lists, and how many each of them has.

    >>> record = to_record(Difference(papers_gained=(Thing("paper/1", "T"),)))
    >>> record["papers_gained"], record["counts"]
    (({'id': 'paper/1', 'name': 'T'},), {'papers gained': 1})
    """
    counts = {heading: len(lines) for heading, lines in _sections(difference)}
    renamed = [{"before": asdict(before), "after": asdict(after)} for before, after in difference.renamed]
    return {"counts": counts, **asdict(difference), "renamed": renamed}


def generate_text(difference: Difference, *, most: int | None = None) -> Iterator[str]:
    """The lines of a difference for a terminal, at most so many of each kind.

    >>> print(*generate_text(Difference(papers_gained=(Thing("paper/1", "T"),))), sep="|")
    papers gained: 1||papers gained|  paper/1 'T'
    """
    sections = list(_sections(difference))
    yield _summary(sections)
    for heading, lines in sections:
        yield ""
        yield heading
        yield from (f"  {clean(line)}" for line in lines[:most])
        if more := len(lines[most:]) if most is not None else 0:
            yield f"  … and {more:,} more"


def generate_markdown(difference: Difference, *, most: int | None = None) -> Iterator[str]:
    """The lines of a difference as a comment on a pull request: a summary, and what it counts folded away.

    >>> print(*generate_markdown(Difference(papers_gained=(Thing("paper/1", "<b>"),))), sep="|")
    **papers gained: 1**||<details><summary>papers gained</summary>||- paper/1 '&lt;b&gt;'||</details>
    """
    sections = list(_sections(difference))
    yield f"**{_summary(sections)}**"
    for heading, lines in sections:
        yield from ("", f"<details><summary>{heading}</summary>", "")
        yield from (f"- {escaped(line)}" for line in lines[:most])
        if more := len(lines[most:]) if most is not None else 0:
            yield f"- … and {more:,} more"
        yield from ("", "</details>")


def _summary(sections: Iterable[_Section]) -> str:
    return ", ".join(f"{heading}: {len(lines):,}" for heading, lines in sections) or "no difference"


def _sections(difference: Difference) -> Iterator[_Section]:
    """What there is to tell, as a heading and a line for each; nothing of what did not change."""
    found = (
        ("papers gained", map(_thing, difference.papers_gained)),
        ("papers lost", map(_thing, difference.papers_lost)),
        ("entities gained", map(_thing, difference.entities_gained)),
        ("entities lost", map(_thing, difference.entities_lost)),
        ("entities merged", (_regrouped(it, "from") for it in difference.merged)),
        ("entities split", (_regrouped(it, "into") for it in difference.split)),
        ("entities with another id", (f"{old.id}, now {_thing(new)}" for old, new in difference.renamed)),
        *_ratings("facts", difference.facts),
        *_ratings("results", difference.results),
    )
    for heading, told in found:
        if lines := list(told):
            yield heading, lines


def _ratings(noun: str, ratings: Iterable[Rating]) -> Iterator[_Section]:
    found = list(ratings)
    yield f"{noun} gained", [_rating(it) for it in found if it.before is None]
    yield f"{noun} lost", [_rating(it) for it in found if it.after is None]
    yield f"{noun} with another score", [_rating(it) for it in found if None not in (it.before, it.after)]


def _thing(thing: Thing) -> str:
    return f"{thing.id} {thing.name!r}"


def _regrouped(it: Regrouped, word: str) -> str:
    others = " and ".join(other.id for other in it.others)
    return f"{_thing(it.entity)} {word} {others} ({it.mentions:,} mention{'s' if it.mentions > 1 else ''} moved)"


def _rating(rating: Rating) -> str:
    said = rating.statement
    parts = [f"{said.subject.name!r} {said.predicate}"]
    if said.paper is None and said.object:
        parts.append(repr(said.object.name))
    else:
        parts += [f"on {said.object.name!r}"] if said.object else []
        parts += [f"against {said.versus.name!r}"] if said.versus else []
        parts += [f"in {said.paper.id}"] if said.paper else []
    return f"{' '.join(parts)}  ({_scores(rating)})"


def _scores(rating: Rating) -> str:
    """The score, or both; in as many digits as tell them apart.

    >>> from kgraph.diff.differences import Statement
    >>> _scores(Rating(Statement(Thing("a", "A"), "uses", None), 0.5, 0.5001))
    '0.5 → 0.5001'
    """
    return " → ".join(f"{score:.4g}" for score in (rating.before, rating.after) if score is not None)
