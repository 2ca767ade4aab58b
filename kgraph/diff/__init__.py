"""What changed from one build to another: ``kgraph diff``."""

from kgraph.diff.differences import Difference, Rating, Regrouped, Statement, Thing, compare, is_empty
from kgraph.diff.sides import Side, side_of
from kgraph.diff.telling import generate_markdown, generate_text, to_record

__all__ = [
    "Difference",
    "Rating",
    "Regrouped",
    "Side",
    "Statement",
    "Thing",
    "compare",
    "generate_markdown",
    "generate_text",
    "is_empty",
    "side_of",
    "to_record",
]
