"""Labels that need a guard: ordinary English, two letters, capitalised words that name anything.

Labels written by hand carry their mark in the outline; those of gazetteers get it here. A risky
label counts only where a word of its concept's context is near, and without one never by itself.
"""

from __future__ import annotations

import re
from dataclasses import replace

from vocabularies.entries import Entry, labels
from vocabularies.ordinary import ordinary

__all__ = ["CONTEXTS", "guarded", "is_noise", "with_context"]

CONTEXTS = {
    "Dataset": ("benchmark", "benchmarks", "corpus", "dataset", "datasets", "leaderboard"),
    "Hardware": ("board", "chip", "device", "gpu", "hardware", "nvidia", "processor", "processors"),
    "Method": ("architecture", "baseline", "baselines", "llm", "llms", "model", "models", "network"),
    "Metric": ("accuracy", "metric", "metrics", "score", "scores"),
    "Organization": ("company", "inc", "laboratory", "researchers", "startup", "university"),
    "Software": ("library", "package", "python", "software", "toolkit"),
    "Task": ("benchmark", "task", "tasks"),
}
"""The words that let an ordinary label of a type count, where nothing better is known."""

_SHORTEST = 3
_LONG = 6  # a shorter name with capitals is matched by its capitals
_ACRONYMS_IN = frozenset({"Method", "Metric", "Task"})
_PHRASES = frozenset({"Metric", "Task"})  # whose names are ordinary phrases, and no less theirs
_NOISY = frozenset({"Dataset", "Metric", "Task"})
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?: [A-Za-z][a-z]+)*")
# Written in lower case now and then, and yet nothing else: the names of things that everybody uses.
_KNOWN_NAMES = frozenset(
    "Android arXiv Bash Bokeh C# Docker Git GitHub HuggingFace JUnit Markdown NumPy Numpy npm pgvector PyTorch Q# "
    "SciPy Zenodo "
    "Backpropagation Blockchain Dropout Mamba Pruning Quantization Softmax SuperPoint Transformer Transformers".split()
)
_KNOWN_ACRONYMS = frozenset({"AI", "ML", "DL", "RL", "NN", "QA", "KG", "KGs", "LM", "LMs", "F1"})


def guarded(item: Entry) -> Entry:
    """The entry with its dangerous labels marked risky.

    A gazetteer's tasks and metrics are phrases, left as they are (:func:`is_noise` took the words).
    An outline says itself what is ordinary, and is trusted where a label is also written there in
    lower case. Its names of one word are checked all the same, and acronyms of two letters count
    only where a word of what they stand for is near.
    """
    concept = item.concept
    names = (concept.name, *concept.aliases)
    if "own" in item.sources:
        item = with_context(item, {label for label in names if _is_short_acronym(label, concept.type)})
        return _marked(item, {label for label in names if _is_dangerous_name(label, names, concept.type)})
    if concept.type in _PHRASES:
        return item
    found = {label for label in names if len(label) < _SHORTEST or label.lower() in ordinary()}
    if concept.type == "Dataset":
        found.update(filter(_CAPITALISED.fullmatch, names))
    return _marked(item, found)


def is_noise(item: Entry) -> bool:
    """Whether a gazetteer's entry is an ordinary word and no more, as ``Flowers`` among the data sets, or two letters.

    >>> from vocabularies.entries import entry
    >>> [is_noise(entry("Dataset", "Flowers", source=source)) for source in ("leaderboard_datasets", "own")]
    [True, False]
    >>> is_noise(entry("Metric", "MR", source="leaderboard_metrics"))
    True
    """
    concept = item.concept
    ordinary_name = concept.name.lower() in ordinary() and " " not in concept.name
    too_short = len(concept.name) < _SHORTEST
    return "own" not in item.sources and concept.type in _NOISY and (ordinary_name or too_short)


def _marked(item: Entry, dangerous: set[str]) -> Entry:
    """The entry with those labels risky; its own context, or the one of its type, is theirs."""
    concept = item.concept
    if not dangerous:
        context = concept.context if concept.risky else ()
        return item if context == concept.context else replace(item, concept=replace(concept, context=context))
    hopeless = all(label.islower() for label in dangerous)  # in lower case nothing tells it from the word
    return replace(
        item,
        concept=replace(
            concept,
            aliases=tuple(label for label in concept.aliases if label not in dangerous),
            risky=tuple(sorted({*concept.risky, *dangerous})),
            context=() if hopeless else concept.context or CONTEXTS[concept.type],
        ),
    )


def _is_dangerous_name(label: str, names: tuple[str, ...], type: str) -> bool:
    lower = label.lower()
    return (
        lower in ordinary()
        and lower not in names
        and " " not in label
        and label not in _KNOWN_NAMES
        and (type in {"Dataset", "Organization", "Software"} or (type == "Method" and len(label) >= _LONG))
    )


def with_context(item: Entry, acronyms: set[str]) -> Entry:
    """The entry with those acronyms marked risky, the words that they stand for as their context."""
    if not acronyms:
        return item
    concept = item.concept
    spelled = {
        word.lower()
        for label in labels(concept)
        for word in re.findall(r"[A-Za-z]{4,}", label)
        if label not in acronyms
    }
    return replace(
        item,
        concept=replace(
            concept,
            aliases=tuple(label for label in concept.aliases if label not in acronyms),
            risky=tuple(sorted({*concept.risky, *acronyms})),
            context=tuple(sorted({*concept.context, *spelled})),
        ),
    )


def _is_short_acronym(label: str, type: str) -> bool:
    return (
        type in _ACRONYMS_IN
        and label not in _KNOWN_ACRONYMS
        and re.fullmatch(r"[A-Z]{1,2}s?|[A-Z][a-z]?", label) is not None
    )
