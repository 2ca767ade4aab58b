"""Links to DBpedia, as the topics of OpenCS have them.

A topic is the same as a concept when all three names are: the topic's, its page's and the
concept's. One word names too many things for that, so only phrases are linked, and programming
languages, whose pages say in brackets what they are about.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kgraph.text import normal_form
from vocabularies.entries import Entry
from vocabularies.gazetteers import rows

__all__ = ["linked", "pages"]

_DBPEDIA = "http://dbpedia.org/resource/"
_TYPES = frozenset({"Hardware", "Method", "Metric", "Software", "Task"})
_LANGUAGE = "_(programming_language)"
_OTHER_MEANING = frozenset({
    "bandwidth extension", "collaborative learning", "color code", "color coding", "consistency model",
    "data system", "path length", "position error", "power analysis",
})  # fmt: skip


def pages(gazetteers: Path) -> dict[str, str]:
    """The DBpedia page of each topic whose name is the page's, by the normal form of the name."""
    found: dict[str, str] = {}
    for row in rows(gazetteers, "topics"):
        page = row.get("dbpedia") or ""
        name = normal_form(row["label"])
        if name == normal_form(page.removesuffix(_LANGUAGE).replace("_", " ")):
            found.setdefault(name, page)
    return found


def linked(item: Entry, pages: dict[str, str]) -> Entry:
    """The entry with a link to the page that has its name.

    >>> from vocabularies.entries import entry
    >>> pages = {"kalman filter": "Kalman_filter", "muon": "Muon", "haskell": "Haskell_(programming_language)"}
    >>> for name in ("Kalman filter", "Muon"):
    ...     print(linked(entry("Method", name, source="own"), pages).concept.links)
    ('http://dbpedia.org/resource/Kalman_filter',)
    ()
    >>> linked(entry("Software", "Haskell", source="own"), pages).concept.links
    ('http://dbpedia.org/resource/Haskell_(programming_language)',)
    """
    concept = item.concept
    name = normal_form(concept.name)
    page = pages.get(name)
    if page is None or concept.type not in _TYPES or name in _OTHER_MEANING:
        return item
    if " " not in name and not (page.endswith(_LANGUAGE) and concept.type == "Software"):
        return item
    links = tuple(sorted({*concept.links, _DBPEDIA + page}))
    return Entry(replace(concept, links=links), (*item.sources, "topics"))
