"""The same paper in several inputs is one paper that keeps what each knew.

:func:`join` is commutative, associative and idempotent, so that neither the order of the inputs
nor reading one twice changes anything.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from kgraph.iri import arxiv_id
from kgraph.model import Annotation, Paper
from kgraph.records import to_record
from kgraph.text import title_key

__all__ = ["join", "unite"]

T = TypeVar("T")


def join(left: Paper, right: Paper) -> Paper:
    """One paper out of two records of it.

    The fullest abstract, the most exact date (the earlier of two as exact), the larger number of
    authors, every source; what is left to chance elsewhere is the least in code point order here.

    >>> a = Paper("x", "T", "Text.", date="2024", sources=("a.txt",))
    >>> b = Paper("x", "T", "Text.", date="2024-03", authors=3, sources=("b.txt",))
    >>> joined = join(a, b)
    >>> joined.date, joined.authors, joined.sources, joined == join(b, a)
    ('2024-03', 3, ('a.txt', 'b.txt'), True)
    """
    texts = sorted([left, right], key=lambda paper: (-len(paper.abstract), paper.abstract, paper.title))
    dates = sorted((paper.date for paper in (left, right) if paper.date), key=lambda date: (-len(date), date))
    counts = [paper.authors for paper in (left, right) if paper.authors]
    organizations = sorted(paper.organization for paper in (left, right) if paper.organization)
    return Paper(
        id=min(left.id, right.id, key=lambda id: (arxiv_id(id) is None, id)),
        title=texts[0].title,
        abstract=texts[0].abstract,
        date=dates[0] if dates else None,
        authors=max(counts) if counts else None,
        organization=organizations[0] if organizations else None,
        sources=tuple(sorted({*left.sources, *right.sources})),
    )


def unite(found: Iterable[Paper | Annotation]) -> tuple[list[Paper], list[Annotation]]:
    """Papers still to be read and papers already annotated, each once, sorted by id.

    Two records are of one paper when their titles have the same letters and digits, or their ids
    are the same (a title may change between versions). Where one comes with annotations, these are
    kept; of two annotations of a paper the one with more entities, for annotations of one text may
    contradict each other and a mixture is nobody's.

    >>> papers, _ = unite([Paper("x", "A title", "Text."), Paper("2401.00001", "A Title!", "Text.")])
    >>> [paper.id for paper in papers]
    ['2401.00001']
    """
    papers: dict[str, Paper] = {}
    annotations: dict[str, Annotation] = {}
    for item in found:
        paper = item.paper if isinstance(item, Annotation) else item
        key = title_key(paper.title) or paper.id
        _add(papers, key, paper, join)
        if isinstance(item, Annotation):
            _add(annotations, key, item, _fuller)
    by_id: dict[str, Paper] = {}
    annotated: dict[str, Annotation] = {}
    for key, paper in papers.items():
        _add(by_id, paper.id, paper, join)
        if key in annotations:
            _add(annotated, paper.id, annotations[key], _fuller)
    return (
        [by_id[id] for id in sorted(by_id) if id not in annotated],
        [_with_knowledge(annotated[id], by_id[id]) for id in sorted(annotated)],
    )


def _add(known: dict[str, T], key: str, item: T, join: Callable[[T, T], T]) -> None:
    known[key] = join(known[key], item) if key in known else item


def _fuller(left: Annotation, right: Annotation) -> Annotation:
    return max(left, right, key=_fullness)


def _fullness(annotation: Annotation) -> tuple[int, int, int, str]:
    """An order on annotations of one paper that no two different ones share."""
    exact = json.dumps(to_record(annotation), sort_keys=True)
    return len(annotation.entities), len(annotation.relations), len(annotation.results), exact


def _with_knowledge(annotation: Annotation, known: Paper) -> Annotation:
    """The annotation with what other inputs know of its paper; its own text stays, for its offsets."""
    own = annotation.paper
    return replace(annotation, paper=replace(known, title=own.title, abstract=own.abstract))
