"""How good annotations are: scores against gold, and what was wrong, by kind."""

from kgraph.evaluate.mistakes import KINDS, Mistake, by_kind
from kgraph.evaluate.scores import Evaluation, Score, evaluate, verdicts

__all__ = ["KINDS", "Evaluation", "Mistake", "Score", "by_kind", "evaluate", "verdicts"]
