"""``python -m benchmarks.engines``: what the engines cost, and what a second worker gives.

The work is that of a build: batches of 64 abstracts extracted and written to a store. Seconds of
the processor tell the overhead whatever else the machine does: those of the process that gives
out the batches against those of the workers. Seconds of the clock tell what a second worker
gives, the best of some rounds, on a machine that is otherwise idle. Loading the model, which a
worker does once, is told apart.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.growing import papers_in
from benchmarks.scale import ABSTRACTS
from kgraph.engines.processes import ProcessesEngine
from kgraph.extraction.fingerprint import fingerprint
from kgraph.incremental import Extraction
from kgraph.model import Paper
from kgraph.ontology import load_vocabulary
from kgraph.stages import BATCH

MOST_OVERHEAD, LEAST_GAIN = 0.05, 1.8


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds: of the clock from the first result to the last, of this process's processor, of each worker's."""

    clock: float
    giving: float
    working: float


@dataclass(frozen=True, slots=True)
class Timed:
    """Extraction that says whose processor it took how long."""

    extraction: Extraction

    def __call__(self, batch: Sequence[Paper]) -> tuple[int, float]:
        """The worker's process, and its seconds of the processor so far."""
        self.extraction(batch)
        return os.getpid(), time.process_time()


def run(papers: Sequence[Paper], workers: int) -> Run:
    """Extract all papers; the first batch of each worker, in which it loads, is left aside."""
    settings = fingerprint(None, load_vocabulary().digest)
    with tempfile.TemporaryDirectory() as store:
        work = Timed(Extraction(store, None, settings))
        begun: dict[int, float] = {}
        ended: dict[int, float] = {}
        clock, giving = time.perf_counter(), _own()
        for worker, seconds in ProcessesEngine(workers=workers).map(work, _batches(papers)):
            if worker not in begun:
                begun[worker] = seconds
                clock, giving = time.perf_counter(), _own()
            ended[worker] = seconds
        total = sum(ended[worker] - begun[worker] for worker in begun)
        return Run(time.perf_counter() - clock, _own() - giving, total)


def _batches(papers: Sequence[Paper]) -> Iterator[tuple[Paper, ...]]:
    left = iter(papers)
    return iter(lambda: tuple(islice(left, BATCH)), ())


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.engines", description=__doc__)
    parser.add_argument("--papers", type=int, default=40 * BATCH)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    papers = papers_in(ABSTRACTS, arguments.papers)
    one = list(_rounds(papers, 1, arguments.rounds))
    two = list(_rounds(papers, 2, arguments.rounds))
    overhead = min(taken.giving / taken.working for taken in two)
    more = min(taken.working for taken in two) / min(taken.working for taken in one)
    gain = min(taken.clock for taken in one) / min(taken.clock for taken in two)
    print(f"overhead: {100 * overhead:.1f} % of the work (at most {100 * MOST_OVERHEAD:.0f} wanted)")
    free = 2 / more / (1 + overhead)
    print(f"two workers take {more:.2f} times the processor's seconds of one: {free:.2f} times as fast on free cores")
    print(f"by the clock {gain:.2f} times as fast (at least {LEAST_GAIN} wanted, on an idle machine)")
    return int(overhead > MOST_OVERHEAD)


def _rounds(papers: Sequence[Paper], workers: int, rounds: int) -> Iterator[Run]:
    for _ in range(rounds):
        taken = run(papers, workers)
        print(f"{workers}: clock {taken.clock:.1f} s, giving {taken.giving:.2f} s, working {taken.working:.1f} s")
        yield taken


if __name__ == "__main__":
    sys.exit(main())
