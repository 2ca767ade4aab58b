"""What a paper must have to be read, and how a piece of a file is quoted in a report."""

from __future__ import annotations

from kgraph.text import clean, shortened

__all__ = ["LONGEST_ABSTRACT", "LONGEST_TITLE", "excerpt", "flaw"]

LONGEST_ABSTRACT = 100_000
"""Characters; the longest of 100,950 abstracts from arXiv has 4,031. More is a whole paper or an attack."""

LONGEST_TITLE = 1_000
"""Characters; the longest of as many titles has 240."""

_LONGEST_EXCERPT = 80


def flaw(title: str, abstract: str) -> str | None:
    """Why these are no title and abstract of a paper; None where they are.

    >>> flaw("A title", "An abstract."), flaw("A title", " ")
    (None, 'the abstract is missing')
    >>> flaw("A title", "long " * 40_000)
    'the abstract has 200,000 characters, more than 100,000: give the abstract alone'
    """
    if not any(map(str.isalnum, title)):
        return "the title has no letters" if title.strip() else "the title is missing"
    if not abstract.strip():
        return "the abstract is missing"
    if len(title) > LONGEST_TITLE:
        return f"the title has {len(title):,} characters, more than {LONGEST_TITLE:,}"
    if len(abstract) > LONGEST_ABSTRACT:
        return f"the abstract has {len(abstract):,} characters, more than {LONGEST_ABSTRACT:,}: give the abstract alone"
    return None


def excerpt(text: str) -> str:
    r"""The beginning of a text on one line, to be recognised by.

    >>> excerpt("Title\nand much more")
    'Title and much more'
    """
    return shortened(" ".join(clean(text[: 4 * _LONGEST_EXCERPT]).split()), _LONGEST_EXCERPT)
