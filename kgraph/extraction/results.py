"""The numbers that an abstract states as findings: what achieved which value of what, on what, against what.

Which numbers are findings is the matter of :mod:`~kgraph.extraction.figures`. What a finding speaks
of is told here: by nearness within its sentence, and by order where a list of numbers goes with a
list of names.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kgraph.extraction.cues import read
from kgraph.extraction.figures import Figure, figures
from kgraph.extraction.marks import text_of
from kgraph.extraction.roles import main_proposal
from kgraph.extraction.scoring import as_score
from kgraph.model import Entity, Result

__all__ = ["ResultPatterns", "find_results"]

# fmt: off
_METRIC_OF_WORD = {
    "faster": "speedup", "slower": "speedup", "speedup": "speedup", "speedups": "speedup", "speed-up": "speedup",
    "acceleration": "speedup", "parameters": "number of parameters", "smaller": "model size", "memory": "memory usage",
    "energy": "energy consumption", "power": "power consumption", "cheaper": "cost", "cost": "cost", "costs": "cost",
    "latency": "latency", "throughput": "throughput", "accuracy": "accuracy",
}
_METRIC_OF_KIND = {
    "factor": "speedup", "time": "latency", "rate": "throughput", "efficiency": "energy efficiency",
    "energy": "energy consumption", "power": "power consumption", "size": "memory footprint", "magnitude": "speedup",
}
_WORDS_OF_KIND = {
    "time": ("time", "latency", "delay", "duration", "runtime", "speed", "overhead", "cost", "ttft", "tpot"),
    "energy": ("energy", "efficiency", "cost", "consumption"),
    "power": ("power", "consumption", "energy"),
    "size": ("memory", "size", "footprint", "usage", "area", "storage", "overhead", "ram", "traffic", "cost"),
}
# fmt: on
_ANY_METRIC = "performance"
"""Of a percentage or a bare number in a sentence that names no metric."""

_LINK = 6  # tokens between a preposition or a comparing word and the name that it links to a number
_LONGEST_LIST = 60  # tokens between a number and "respectively"
_CLAUSE = 8  # tokens before or after a number that are taken to speak of it
_SPEEDING = frozenset("accelerate accelerates accelerated accelerating speeds outperform outperforms".split())
_BARRIERS = frozenset({",", ";", ":", ".", "and", "or", "while", "with", "(", ")", "but", "whereas", "at"})
_BASELINE_CUES = frozenset({"outperform", "than", "compare", "to", "existing", "standard"})
_SETTING_CUES = frozenset({"on", "across"})
_ACTORS = frozenset({"Method", "Software", "Hardware"})


def find_results(
    text: str, title_end: int, entities: Sequence[Entity], *, threshold: float = 0.5
) -> tuple[Result, ...]:
    r"""The numbers that are findings with at least this probability, in the order of the text.

    A number of which nothing can be told that achieved it is no result. ``metric`` is the name of
    an entity where the sentence has one, else a plain name told from the unit. The score is the
    probability times the root of the entity's score: so it was measured to be calibrated.

    >>> from kgraph.model import Mention
    >>> text = "Zip\nIn tests, Zip reaches an accuracy of 91.5% and is 3.2x faster than Zap with 8 layers."
    >>> zip = Entity("Zip", "Method", "proposes", 1.0, (Mention(0, 3, "Zip"), Mention(14, 17, "Zip")))
    >>> zap = Entity("Zap", "Method", "comparesWith", 1.0, (Mention(71, 74, "Zap"),))
    >>> accuracy = Entity("accuracy", "Metric", "reports", 1.0, (Mention(29, 37, "accuracy"),))
    >>> [(result.metric, result.value, result.versus) for result in find_results(text, 3, [zip, zap, accuracy])]
    [('accuracy', '91.5%', 'Zap'), ('speedup', '3.2x', 'Zap')]
    """
    main = main_proposal(read(text, title_end, entities), entities)
    used = [index for index, entity in enumerate(entities) if entity.type in _ACTORS and entity.role == "uses"]
    most_used = max(used, key=lambda index: len(entities[index].mentions), default=None)
    likely = [figure for figure in figures(text, title_end, entities) if figure.score >= threshold]
    achievers = [_achiever(figure, entities, main, most_used) for figure in likely]
    return tuple(
        Result(
            entity=entities[achiever].name,
            metric=_metric(figure, entities),
            value=text[figure.quantity.start : figure.quantity.end],
            on=_setting(figure, entities),
            versus=_rival(figure, entities, achiever),
            score=as_score(figure.score * math.sqrt(entities[achiever].score)),
            start=figure.quantity.start,
            end=figure.quantity.end,
        )
        for figure, achiever in zip(likely, achievers, strict=True)
        if achiever is not None
    )


def _metric(figure: Figure, entities: Sequence[Entity]) -> str:
    """What was measured: the metric named after the number, else told by the words there, else named before it.

    In a sentence without any it is told by the unit.
    """
    kind, tokens = figure.quantity.kind, figure.sentence.tokens
    listed = _in_step(figure, entities, lambda entity: entity.type == "Metric")
    if listed is not None:
        return entities[listed].name
    before, after = _metrics(figure.before, kind, entities), _metrics(figure.after, kind, entities)
    clause = _clause_after(figure, len(entities))
    following = [after[place] for place in clause if place in after]
    worded = [_METRIC_OF_WORD[tokens[place]] for place in clause if tokens[place] in _METRIC_OF_WORD]
    near = range(max(0, figure.place - _CLAUSE), figure.place)
    if kind == "factor" and before.keys().isdisjoint(near):
        worded += ["speedup" for place in near if tokens[place] in _SPEEDING]
    told = _METRIC_OF_KIND.get(kind, _ANY_METRIC)
    return [*following, *worded, *before.values(), *after.values(), told][0]


def _metrics(near: Sequence[tuple[int, int]], kind: str, entities: Sequence[Entity]) -> dict[int, str]:
    """The metrics among the neighbours of a number that can be stated in its unit: no memory in milliseconds."""
    words = _WORDS_OF_KIND.get(kind, ("",))
    named = [(place, entities[index]) for place, index in near if index < len(entities)]
    return {
        place: entity.name
        for place, entity in named
        if entity.type == "Metric" and any(word in entity.name.lower() for word in words)
    }


def _clause_after(figure: Figure, known: int) -> range:
    """The places after a number up to a comma, a conjunction or the next number."""
    tokens, first = figure.sentence.tokens, figure.place + 1
    end = min(len(tokens), first + _CLAUSE)
    numbers = {place for place, index in figure.after if index >= known}
    return range(first, next((at for at in range(first, end) if tokens[at] in _BARRIERS or at in numbers), end))


def _achiever(figure: Figure, entities: Sequence[Entity], main: int | None, most_used: int | None) -> int | None:
    """What reached the number: the last proposal named before it, the main one, else what is used.

    Of a proposal without a name the guidelines give the result to the nearest named thing: the
    last one before the number, else the one that the paper names most often.
    """
    actors = [index for _, index in figure.before if index < len(entities) and entities[index].type in _ACTORS]
    proposed = [index for index in actors if entities[index].role == "proposes"]
    return next((index for index in (*proposed[:1], main, *actors[:1], most_used) if index is not None), None)


def _setting(figure: Figure, entities: Sequence[Entity]) -> str | None:
    """The data set or hardware that a preposition links to the number, first to its right."""

    def is_setting(entity: Entity) -> bool:
        return entity.role in {"evaluatesOn", "runsOn"} or (entity.type == "Dataset" and entity.role == "proposes")

    listed = _in_step(figure, entities, is_setting)
    linked = _linked(figure, entities, _SETTING_CUES) if listed is None else [listed]
    return next((entities[index].name for index in linked if is_setting(entities[index])), None)


def _rival(figure: Figure, entities: Sequence[Entity], achiever: int) -> str | None:
    """The baseline that a comparing word links to the number, first to its right."""
    linked = [index for index in _linked(figure, entities, _BASELINE_CUES) if index != achiever]
    return next((entities[index].name for index in linked if entities[index].role == "comparesWith"), None)


def _linked(figure: Figure, entities: Sequence[Entity], cues: frozenset[str]) -> Iterator[int]:
    """The entities around a number that stand soon after one of these cues: after the number, then before it."""
    for place, index in (*figure.after, *figure.before):
        near = figure.sentence.cues[max(0, place - _LINK) : place]
        if index < len(entities) and not cues.isdisjoint(near):
            yield index


def _in_step(figure: Figure, entities: Sequence[Entity], fits: Callable[[Entity], bool]) -> int | None:
    """In *X and Y reach 1 and 2, respectively*: the entity as far down its list as the number is down its own."""
    if "respectively" not in figure.sentence.tokens[figure.place : figure.place + _LONGEST_LIST]:
        return None
    at = len(figure.before)
    indices = [*(index for _, index in reversed(figure.before)), len(entities), *(index for _, index in figure.after)]
    wanted = [index < len(entities) and fits(entities[index]) for index in indices]
    first, last = _run([index >= len(entities) for index in indices], at)
    for start in (*range(last, len(wanted)), *reversed(range(first))):
        if wanted[start]:
            opening, closing = _run(wanted, start)
            if closing - opening == last - first > 1:
                return indices[opening + at - first]
    return None


def _run(flags: Sequence[bool], at: int) -> tuple[int, int]:
    """The stretch of true flags around one of them."""
    first = last = at
    while first > 0 and flags[first - 1]:
        first -= 1
    while last < len(flags) and flags[last]:
        last += 1
    return first, last


class ResultPatterns:
    """The component: sets ``doc._.kgraph_results``; ``threshold`` is that of :func:`find_results`."""

    def __init__(self, *, threshold: float) -> None:
        self.threshold = threshold

    def __call__(self, doc: Doc) -> Doc:
        """The document with the results that it states."""
        entities, title_end = doc._.kgraph_entities, max(0, doc._.kgraph_abstract - 1)
        doc._.kgraph_results = find_results(text_of(doc), title_end, entities, threshold=self.threshold)
        return doc


@Language.factory(
    "kgraph_result_patterns",
    requires=["doc._.kgraph_entities"],
    assigns=["doc._.kgraph_results"],
    default_config={"threshold": 0.5},
)
def create_result_patterns(nlp: Language, name: str, threshold: float) -> ResultPatterns:  # noqa: ARG001
    """The component."""
    return ResultPatterns(threshold=threshold)
