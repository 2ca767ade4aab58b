"""Which of a text's numbers are findings: the figures that an abstract reports.

Whether a number is one is scored as in a logistic regression over what stands around it
(:data:`WEIGHTS`, estimated on half of the annotated corpus); hyper-parameters, sizes of models and
data sets, years and counts score low.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kgraph.extraction.cues import Reading, Sentence, read
from kgraph.extraction.quantities import Quantity, quantities
from kgraph.extraction.scoring import probability, total
from kgraph.model import Entity

__all__ = ["WEIGHTS", "Figure", "figures", "observations"]

# fmt: off
WEIGHTS: dict[str, float] = {
    "always": -1.8, "left by": 1.5, "factor": 1.0, "left achieve": 0.9, "percent in rest": 0.9, "then on": 0.9,
    "unit of measure": 0.9, "metric follows": 0.8, "next of": 0.8, "factor in rest": 0.7, "metric in sentence": 0.7,
    "time": 0.6, "percent": 0.5, "right gain": 0.5, "metric near": 0.4, "qualified": 0.4, "rival in sentence": 0.4,
    "sentence achieve": 0.4, "sentence gain": 0.4, "sentence use": -0.4, "right )": -0.5, "sentence background": -0.5,
    "count": -0.7, "next on": -0.8, "bare": -0.9, "count in rest": -1.0, "counts": -1.1, "right achieve": -1.1,
}
# fmt: on

_ALWAYS = "always"
_NEIGHBOURS = 16  # mentions on either side that a number may go with: the cost stays linear
_OF_SENTENCE = frozenset({"achieve", "gain", "use", "background"})
_MEASURING = frozenset({"time", "rate", "efficiency", "energy", "power", "score"})
_COUNTING = frozenset({"bare", "count"})
_COUNTED = frozenset(
    "parameter parameters layer layers task tasks image images sample samples example examples dataset datasets model "
    "models language languages class classes category categories participant participants user users node nodes gpus "
    "bits hours videos experts heads steps epochs tokens years papers subjects questions domains benchmarks types "
    "different public real diverse agents dimensional variables open-source popular widely people patients".split()
)
"""What stands after a number that counts things."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity at a place among the tokens of its sentence, and how likely it is a finding.

    ``before`` and ``after`` are the mentions and other numbers near it, the nearest first, as
    pairs of place and index: entities first, numbers from ``len(entities)`` on.
    """

    quantity: Quantity
    sentence: Sentence
    place: int
    before: tuple[tuple[int, int], ...]
    after: tuple[tuple[int, int], ...]
    score: float


def figures(text: str, title_end: int, entities: Sequence[Entity]) -> tuple[Figure, ...]:
    r"""The numbers of a text that are no part of a mention, in its order.

    >>> from kgraph.model import Mention
    >>> text = "Zip\nWe train 12 models. Zip improves accuracy by 2.6%."
    >>> accuracy = Entity("accuracy", "Metric", "reports", 1.0, (Mention(37, 45, "accuracy"),))
    >>> found = figures(text, 3, [accuracy])
    >>> [(text[figure.quantity.start:figure.quantity.end], figure.score > 0.5) for figure in found]
    [('12', False), ('2.6%', True)]
    """
    found = quantities(text)
    if not found:
        return ()
    reading = read(text, title_end, entities, _marks(found, entities))
    return tuple(
        Figure(
            quantity,
            sentence,
            place=sentence.mentions[at][0],
            before=sentence.mentions[max(0, at - _NEIGHBOURS) : at][::-1],
            after=sentence.mentions[at + 1 : at + 1 + _NEIGHBOURS],
            score=probability(WEIGHTS[_ALWAYS] + total(WEIGHTS, seen)),
        )
        for sentence, at, quantity, seen in observations(reading, found, entities)
    )


def observations(
    reading: Reading, found: Sequence[Quantity], entities: Sequence[Entity]
) -> Iterator[tuple[Sentence, int, Quantity, set[str]]]:
    """Each quantity that was read: its sentence, its place among the mentions there, and what is seen around it.

    ``left CUE`` and ``right CUE`` are the nearest cues, ``next CUE`` and ``then CUE`` those that
    touch it; ``sentence CUE`` stands anywhere in its sentence; ``KIND in rest`` is a quantity of
    that kind after the sentence with the proposal; ``counts``: the next words are counted things.
    """
    known = len(entities)
    for number, sentence in enumerate(reading.sentences):
        named = [(position, entities[index]) for position, index in sentence.mentions if index < known]
        metrics = {position for position, entity in named if entity.type == "Metric"}
        shared = {f"sentence {cue}" for cue in _OF_SENTENCE.intersection(sentence.cues)}
        if metrics:
            shared.add("metric in sentence")
        if any(entity.role == "comparesWith" for _, entity in named):
            shared.add("rival in sentence")
        for at, (position, index) in enumerate(sentence.mentions):
            if index >= known:
                quantity = found[index - known]
                seen = shared | {quantity.kind, *_around(sentence, position, metrics)}
                if quantity.kind in _COUNTING and not _COUNTED.isdisjoint(sentence.tokens[position + 1 : position + 3]):
                    seen.add("counts")
                if quantity.kind in _MEASURING:
                    seen.add("unit of measure")
                if number > reading.proposal:
                    seen.add(f"{quantity.kind} in rest")
                if quantity.start < quantity.number:
                    seen.add("qualified")
                yield sentence, at, quantity, seen


def _around(sentence: Sentence, position: int, metrics: set[int]) -> Iterator[str]:
    """What stands around the quantity at this place among the tokens."""
    cues = sentence.cues
    before, after = cues[max(0, position - 6) : position], cues[position + 1 : position + 6]
    for side, near in (("left", reversed(before)), ("right", iter(after))):
        yield from [f"{side} {cue}" for cue in near if cue][:1]
    yield from [f"next {cue}" for cue in before[-1:] if cue]
    yield from [f"then {cue}" for cue in after[:1] if cue]
    if not metrics.isdisjoint(range(position - 6, position + 7)):
        yield "metric near"
    if not metrics.isdisjoint(range(position + 1, position + 5)):
        yield "metric follows"


def _marks(found: Sequence[Quantity], entities: Sequence[Entity]) -> list[tuple[int, int]]:
    """The quantities as stretches to be read; a metric that is also a unit (``48 FPS``) stays a mention."""
    starts = sorted({mention.start for entity in entities for mention in entity.mentions})
    marks = []
    for quantity in found:
        following = bisect_left(starts, quantity.number + 1)
        end = min(quantity.end, starts[following]) if following < len(starts) else quantity.end
        marks.append((quantity.start, end))
    return marks
