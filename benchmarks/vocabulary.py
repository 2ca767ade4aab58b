"""``python -m benchmarks.vocabulary``: how large the vocabularies are, how fast they load and are matched."""

from __future__ import annotations

import argparse
import gzip
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TypeVar

from kgraph.model import Paper
from kgraph.ontology import load_vocabulary
from kgraph.text import fold, passage

T = TypeVar("T")

WANTED = {
    "Hardware": 2500,
    "Organization": 1000,
    "Dataset": 4000,
    "Method": 1000,
    "Task": 1500,
    "Metric": 300,
    "Software": 1000,
}
"""Concepts of each type that there are to be at least."""

LOADING = """
import time
from kgraph.ontology import load_vocabulary
begin = time.process_time()
load_vocabulary()
print(time.process_time() - begin)
"""


def loading_seconds() -> tuple[float, float]:
    """Processor time of the first loading, which compiles, and of the next; each in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"XDG_CACHE_HOME": folder}
        runs = [
            subprocess.run([sys.executable, "-c", LOADING], env=environment, check=True, capture_output=True, text=True)
            for _ in range(2)
        ]
    first, second = (float(run.stdout) for run in runs)
    return first, second


@dataclass(frozen=True, slots=True)
class Matching:
    """Texts a second on one core of what matching is made of, and how many mentions it finds.

    ``automaton`` is Aho and Corasick's alone: every label anywhere in folded text, inside of words too.
    ``found`` is what the gazetteer takes from a text to its mentions, ``set`` with the spans that it
    sets on tokens that are there, ``tokenised`` spaCy's own tokenising of the same texts.
    """

    automaton: float
    found: float
    set: float
    tokenised: float
    mentions: int


def matching(papers: list[Paper]) -> Matching:
    """How fast the shipped vocabularies are matched in these papers; processor time."""
    import spacy
    from ahocorasick_rs import AhoCorasick, Implementation

    from kgraph.extraction.gazetteer import Gazetteer
    from kgraph.extraction.marks import document

    nlp = spacy.blank("en")
    vocabulary = load_vocabulary()
    forms = sorted({fold(label) for c in vocabulary.concepts.values() for label in (c.name, *c.aliases)})
    automaton = AhoCorasick(forms, implementation=Implementation.ContiguousNFA)
    gazetteer = Gazetteer(vocabulary)
    gazetteer.find("the automaton is built with the first text")
    texts = [passage(paper.title, paper.abstract) for paper in papers]
    folded = [fold(text) for text in texts]
    docs = [document(nlp, paper) for paper in papers]
    mentions = sum(len(gazetteer.find(text)) for text in texts)
    return Matching(
        _a_second(lambda text: automaton.find_matches_as_indexes(text, overlapping=True), folded),
        _a_second(gazetteer.find, texts),
        _a_second(gazetteer, docs),
        _a_second(nlp.make_doc, texts),
        mentions,
    )


def _a_second(do: Callable[[T], object], items: Sequence[T]) -> float:
    """How many a second: the median of five parts, so that somebody else's burst of work does not count."""
    rates = []
    for part in (items[start::5] for start in range(5)):
        begin = time.process_time()
        for item in part:
            do(item)
        rates.append(len(part) / (time.process_time() - begin))
    return median(rates)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.vocabulary", description=__doc__)
    default = Path(__file__).parents[2] / "shared" / "corpus" / "unlabelled-0.jsonl.gz"
    parser.add_argument("--papers", type=Path, default=default, help="JSON Lines of abstracts, packed with gzip")
    parser.add_argument("--most", type=int, default=5000, help="how many of them")
    arguments = parser.parse_args()
    counts = Counter(concept.type for concept in load_vocabulary().concepts.values())
    print("| type | concepts | wanted |\n|---|---:|---:|")
    for type, wanted in WANTED.items():
        print(f"| {type} | {counts[type]:,} | {wanted:,} |")
    first, second = loading_seconds()
    print(f"\nloaded in {first:.2f} s at first, {second:.2f} s from then on (processor time)")
    if arguments.papers.exists():
        with gzip.open(arguments.papers, "rt", encoding="utf-8") as lines:
            rows = [json.loads(line) for line, _ in zip(lines, range(arguments.most), strict=False)]
        found = matching([Paper(row["title"], row["title"], row["abstract"]) for row in rows])
        print(
            f"{len(rows):,} abstracts, {found.mentions:,} mentions; abstracts a second on one core: the bare automaton "
            f"{found.automaton:,.0f}, matching {found.found:,.0f} ({found.found / found.automaton:.2f} of that), with "
            f"spans on tokens {found.set:,.0f}; spaCy's tokenising {found.tokenised:,.0f} "
            f"(matching {found.found / found.tokenised:.1f} times as fast)"
        )
    return int(any(counts[type] < wanted for type, wanted in WANTED.items()))


if __name__ == "__main__":
    sys.exit(main())
