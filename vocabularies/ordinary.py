"""Labels that are also ordinary English, told by how abstracts write them.

The rule: a label of letters only is ordinary when at least 4 of 100,000 unlabelled abstracts write
it in lower case and those are at least 3 % of the abstracts that write it in any case. The labels of
the gazetteers and outlines for which it holds are in ``ordinary.txt``, with both counts. Labels of
one or two characters are as dangerous. Labels written by hand carry their mark in the outline; those
of gazetteers get it here.

``python -m vocabularies.ordinary ../shared/gazetteers ../shared/corpus`` makes the list anew.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import ahocorasick_rs
import orjson
from kgraph.files import write_whole

from vocabularies.entries import Entry, labels

__all__ = ["CONTEXTS", "guarded", "is_noise", "ordinary", "with_context"]

CONTEXTS = {
    "Dataset": ("benchmark", "benchmarks", "corpus", "dataset", "datasets", "leaderboard"),
    "Hardware": ("board", "chip", "device", "gpu", "hardware", "nvidia", "processor", "processors"),
    "Method": ("architecture", "baseline", "baselines", "llm", "llms", "model", "models", "network"),
    "Metric": ("accuracy", "metric", "metrics", "score", "scores"),
    "Organization": ("company", "inc", "laboratory", "researchers", "startup", "university"),
    "Software": ("framework", "library", "open-source", "package", "python", "software", "tool", "toolkit"),
    "Task": ("benchmark", "task", "tasks"),
}
"""The words that let an ordinary label of a type count, where nothing better is known."""

_LIST = Path(__file__).with_name("ordinary.txt")
_LEAST_COUNT = 4
_LEAST_SHARE = 0.03
_SHORTEST = 3
_ACRONYMS_IN = frozenset({"Method", "Metric", "Task"})
_LONG = 6  # a shorter name with capitals is matched by its capitals
_PHRASES = frozenset({"Metric", "Task"})
_NOISY = frozenset({"Dataset", "Metric", "Task"})
_KNOWN_NAMES = frozenset(
    "Android arXiv Bash Bokeh C# Docker Git GitHub HuggingFace JUnit Markdown NumPy Numpy npm pgvector PyTorch Q# SciPy Zenodo "
    "Blockchain Softmax Dropout Backpropagation Quantization Pruning Transformer Transformers Mamba SuperPoint".split()
)
_PLAIN = frozenset({"AI", "ML", "DL", "RL", "NN", "QA", "KG", "KGs", "LM", "LMs", "F1"})
_ADDRESS = re.compile(r"\S+(?:://|\.(?:com|io|org|ai|co|net|edu)\b)\S*|@\S+")


@cache
def ordinary() -> frozenset[str]:
    """Every ordinary label, in lower case."""
    return frozenset(line.partition("\t")[0] for line in _LIST.read_text(encoding="utf-8").splitlines())


def guarded(item: Entry) -> Entry:
    """The entry with its dangerous labels marked risky; of a gazetteer's task or metric, without them.

    An outline says itself what is ordinary, and is trusted where a label is also written there in
    lower case. Its names of one word are checked all the same, and acronyms of two letters count
    only where a word of what they stand for is near.
    """
    concept = item.concept
    names = (concept.name, *concept.aliases)
    if "own" in item.sources:
        item = with_context(item, {label for label in names if _is_short_acronym(label, concept.type)})
        return _marked(item, {label for label in names if _is_dangerous_name(label, names, concept.type)})
    found = {label for label in names if len(label) < _SHORTEST or label.lower() in ordinary()}
    return item if concept.type in _PHRASES else _marked(item, found)


def is_noise(item: Entry) -> bool:
    """Whether a gazetteer's entry is an ordinary word and no more: ``time`` among the metrics.

    >>> from vocabularies.entries import entry
    >>> is_noise(entry("Metric", "Time", source="leaderboard_metrics")), is_noise(entry("Metric", "Time", source="own"))
    (True, False)
    """
    concept = item.concept
    ordinary_name = concept.name.lower() in ordinary() and " " not in concept.name
    return "own" not in item.sources and concept.type in _NOISY and ordinary_name


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
    spelled = {word.lower() for label in labels(concept) for word in re.findall(r"[A-Za-z]{4,}", label) if label not in acronyms}
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
    return type in _ACRONYMS_IN and label not in _PLAIN and re.fullmatch(r"[A-Z]{1,2}s?|[A-Z][a-z]?", label) is not None


def count(candidates: Iterable[str], texts: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """In how many texts each candidate (in lower case) stands in lower case, and in any case.

    >>> lower, anyhow = count(["go"], ["Go and see", "we go on", "gopher"])
    >>> lower["go"], anyhow["go"]
    (1, 2)
    """
    patterns = sorted(set(candidates))
    automaton = ahocorasick_rs.AhoCorasick(patterns)
    lower: Counter[str] = Counter()
    anyhow: Counter[str] = Counter()
    for text in texts:
        folded = text.lower()
        if len(folded) != len(text):
            continue
        found = {(start, end) for _, start, end in automaton.find_matches_as_indexes(folded, overlapping=True)}
        words = {(start, end) for start, end in found if _is_word(folded, start, end)}
        anyhow.update({folded[start:end] for start, end in words})
        lower.update({text[start:end] for start, end in words if text[start:end] == folded[start:end]})
    return lower, anyhow


def _is_word(text: str, start: int, end: int) -> bool:
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def abstracts(corpus: Path) -> Iterator[str]:
    """The abstracts of the unlabelled files of a folder, without web addresses."""
    for path in sorted(corpus.glob("unlabelled-*.jsonl.gz")):
        with gzip.open(path) as lines:
            yield from (_ADDRESS.sub(" ", orjson.loads(line)["abstract"]) for line in lines)


def main(gazetteers: Path, corpus: Path) -> None:
    """Count the labels and write the list."""
    from vocabularies.build import gathered

    entries = [item for found in gathered(gazetteers).values() for item in found]
    candidates = {label.lower() for item in entries for label in labels(item.concept)}
    lower, anyhow = count((label for label in candidates if label.replace(" ", "").isalpha()), abstracts(corpus))
    found = [
        f"{label}\t{lower[label]}\t{anyhow[label]}\n"
        for label in sorted(lower)
        if lower[label] >= _LEAST_COUNT and lower[label] >= _LEAST_SHARE * anyhow[label]
    ]
    write_whole(_LIST, "".join(found))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
