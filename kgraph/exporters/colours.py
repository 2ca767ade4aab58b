"""The colours of the types, which people with any kind of colour vision can tell apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kgraph.exporters.scene import PAPER
from kgraph.ontology import Ontology

__all__ = ["DARK", "LIGHT", "legend"]

LIGHT = ("#2b62a8", "#e39a2d", "#098b66", "#cb96c6", "#c2452d", "#a38a06", "#5cb6f4")
"""On a light ground, in the order of the ontology's types. Found by moving the palette of Okabe and Ito
(2008) towards calmer colours for as long as the nearest two stayed as far apart, to the eye and to
eyes that lack one of the three cones (Machado et al. 2009)."""

DARK = ("#506ebc", "#e9a226", "#56c89a", "#c2a0f1", "#de6142", "#ebde6c", "#9ce5ff")
"""The same on a dark ground."""

_PAPER = ("#8a8f98", "#868d98")
_UNKNOWN = ("#000000", "#ffffff")


def legend(found: Iterable[str], ontology: Ontology) -> list[dict[str, Any]]:
    """The types found, in the order of the ontology, those unknown to it after, papers last; each with its colours.

    >>> from kgraph.ontology import load_ontology
    >>> [(type["name"], type["label"]) for type in legend({"Paper", "Dataset"}, load_ontology())]
    [('Dataset', 'data set'), ('Paper', 'paper')]
    """
    found = set(found)
    colours = dict(zip(ontology.types, zip(LIGHT, DARK, strict=True), strict=False)) | {PAPER: _PAPER}
    order = [*ontology.types, *sorted(found - {*ontology.types, PAPER}), PAPER]
    return [
        {"name": type, "label": ontology.labels.get(type, type), "light": light, "dark": dark}
        for type in order
        if type in found
        for light, dark in [colours.get(type, _UNKNOWN)]
    ]
