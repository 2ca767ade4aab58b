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
from pathlib import Path

from kgraph.ontology import load_vocabulary

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


def matching(texts: list[str]) -> tuple[float, float, int]:
    """Texts a second of tokenising alone and of the gazetteer alone on one core, and how many mentions it finds."""
    import spacy

    from kgraph.extraction.gazetteer import Gazetteer
    from kgraph.extraction.marks import MENTIONS

    nlp = spacy.blank("en")
    gazetteer = Gazetteer(load_vocabulary())
    gazetteer(nlp("the automaton is built with the first text"))
    begin = time.process_time()
    docs = [nlp.make_doc(text) for text in texts]
    tokenised = time.process_time()
    found = sum(len(gazetteer(doc).spans.get(MENTIONS, ())) for doc in docs)
    return len(texts) / (tokenised - begin), len(texts) / (time.process_time() - tokenised), found


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
            papers = [json.loads(line) for line, _ in zip(lines, range(arguments.most), strict=False)]
        tokenising, matched, found = matching([f"{paper['title']}\n{paper['abstract']}" for paper in papers])
        print(
            f"{len(papers):,} abstracts: matched {matched:,.0f} a second on one core "
            f"({matched / tokenising:.1f} times spaCy's tokenising: {tokenising:,.0f}), {found:,} mentions"
        )
    return int(any(counts[type] < wanted for type, wanted in WANTED.items()))


if __name__ == "__main__":
    sys.exit(main())
