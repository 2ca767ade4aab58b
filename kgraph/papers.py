"""The same paper in several inputs is one paper that keeps what each knew.

:func:`join` is commutative, associative and idempotent, so that neither the order of the inputs
nor reading one twice changes anything.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace

from kgraph.iri import arxiv_id
from kgraph.model import Annotation, Paper
from kgraph.records import to_record
from kgraph.text import title_key

__all__ = ["join", "unite"]


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

    Two records are of one paper when their titles have the same letters and digits. Where one
    comes with annotations, these are kept; of two annotations of a paper the one with more
    entities, for annotations of one text may contradict each other and a mixture is nobody's.
    """
    papers: dict[str, Paper] = {}
    annotations: dict[str, Annotation] = {}
    for item in found:
        paper = item.paper if isinstance(item, Annotation) else item
        key = title_key(paper.title) or paper.id
        papers[key] = join(papers[key], paper) if key in papers else paper
        if isinstance(item, Annotation):
            annotations[key] = max(annotations.get(key, item), item, key=_fullness)
    annotated = [_with_knowledge(annotations[key], papers[key]) for key in annotations]
    return (
        sorted((paper for key, paper in papers.items() if key not in annotations), key=lambda paper: paper.id),
        sorted(annotated, key=lambda annotation: annotation.paper.id),
    )


def _fullness(annotation: Annotation) -> tuple[int, int, int, str]:
    """An order on annotations of one paper that no two different ones share."""
    exact = json.dumps(to_record(annotation), sort_keys=True)
    return len(annotation.entities), len(annotation.relations), len(annotation.results), exact


def _with_knowledge(annotation: Annotation, known: Paper) -> Annotation:
    """The annotation with what other inputs know of its paper; its own text stays, for its offsets."""
    own = annotation.paper
    return replace(annotation, paper=replace(known, title=own.title, abstract=own.abstract))
