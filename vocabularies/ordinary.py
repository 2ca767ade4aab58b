"""Labels that are also ordinary English, told by how abstracts write them.

The rule: a label of letters only is ordinary when at least 4 of 100,000 unlabelled abstracts write
it in lower case and those are at least 3 % of the abstracts that write it in any case. The labels of
the gazetteers and outlines for which it holds are in ``ordinary.txt``, with both counts.

``python -m vocabularies.ordinary ../shared/gazetteers ../shared/corpus`` makes the list anew.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import ahocorasick_rs
import orjson

from kgraph.files import write_whole
from vocabularies.entries import labels

__all__ = ["abstracts", "count", "ordinary"]

_LIST = Path(__file__).with_name("ordinary.txt")
_LEAST_COUNT = 4
_LEAST_SHARE = 0.03
_ADDRESS = re.compile(r"\S+(?:://|\.(?:com|io|org|ai|co|net|edu)\b)\S*|@\S+")


@cache
def ordinary() -> frozenset[str]:
    """Every ordinary label, in lower case."""
    return frozenset(line.partition("\t")[0] for line in _LIST.read_text(encoding="utf-8").splitlines())


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
