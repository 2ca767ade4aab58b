"""The component that looks for what no list exhausts: part numbers, coined names, introductions, noun phrases."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from spacy.language import Language

from kgraph.extraction.capitals import find_capitals
from kgraph.extraction.hardware import find_part_numbers
from kgraph.extraction.introductions import find_introductions
from kgraph.extraction.marks import Found, add, text_of
from kgraph.extraction.names import find_names
from kgraph.extraction.phrases import find_phrases

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["FAMILIES", "create_patterns"]

FAMILIES: dict[str, Callable[[Doc], Iterable[Found]]] = {
    "capitals": find_capitals,
    "hardware": lambda doc: find_part_numbers(text_of(doc)),
    "introductions": find_introductions,
    "names": find_names,
    "phrases": find_phrases,
}


@Language.factory("kgraph_patterns", assigns=["doc.spans"], default_config={"families": list(FAMILIES)})
def create_patterns(nlp: Language, name: str, families: list[str]) -> Callable[[Doc], Doc]:  # noqa: ARG001
    """The component, with those families of patterns that a configuration names."""
    finders = [FAMILIES[family] for family in families]

    def find_patterns(doc: Doc) -> Doc:
        add(doc, [found for find in finders for found in find(doc)])
        return doc

    return find_patterns
