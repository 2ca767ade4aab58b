"""``python -m benchmarks.scale``: what a graph costs, from a hundred papers to a million and beyond.

Annotations are given; each size is a process of its own, whose peak of memory is its alone. Times
are those of the processor, since others may use the machine; those of the clock stand beside.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.growing import grown, originals
from kgraph.engines import load_engine
from kgraph.ontology import load_ontology, load_vocabulary
from kgraph.streaming import assemble_on_disk

HERE = Path(__file__).parent
ABSTRACTS = HERE.parent.parent / "shared" / "corpus" / "unlabelled-0.jsonl.gz"
SIZES = (100, 1_000, 10_000, 100_000)
STAGES = ("making", "sorting", "adding up", "summing", "writing", "joining")
BEYOND = {"arXiv": 2_700_000, "OpenAlex": 250_000_000}


@dataclass(frozen=True, slots=True)
class Cost:
    """What one size took: seconds of the processor by stage, seconds of the clock, memory and output in bytes."""

    papers: int
    stages: dict[str, float]
    clock: float
    memory: int
    sizes: dict[str, int]

    @property
    def seconds(self) -> float:
        """All but the making of the annotations."""
        return sum(self.stages.values()) - self.stages["making"]


class Watch:
    """Seconds of the processor, children's too, between the marks that the stages' progress leaves."""

    def __init__(self) -> None:
        self.marks = [_processor()]
        self.making = 0.0

    def progress(self, items: Iterable[Any], _total: int, _what: str) -> Iterator[Any]:
        self.marks.append(_processor())
        yield from items
        self.marks.append(_processor())

    def made(self, items: Iterable[Any]) -> Iterator[Any]:
        begin = time.thread_time()
        for item in items:
            self.making += time.thread_time() - begin
            yield item
            begin = time.thread_time()

    def stages(self) -> dict[str, float]:
        self.marks.append(_processor())
        seconds = [end - begin for begin, end in pairwise(self.marks)]
        seconds[0] -= self.making
        return dict(zip(STAGES, [self.making, *seconds], strict=True))


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def measure(papers: int, kept: Path, folder: Path, engine: str) -> Cost:
    """Assemble so many papers here and now."""
    known, ontology, vocabulary = originals(ABSTRACTS, kept), load_ontology(), load_vocabulary()
    watch = Watch()
    begin = time.perf_counter()
    written = assemble_on_disk(
        watch.made(grown(known, papers)),
        folder,
        ontology=ontology,
        vocabulary=vocabulary,
        engine=load_engine(engine),
        progress=watch.progress,
    )
    clock = time.perf_counter() - begin
    sizes = {path.relative_to(folder).as_posix(): path.stat().st_size for path in written.paths}
    return Cost(papers, watch.stages(), clock, _peak(), sizes)


def _peak() -> int:
    """The most memory of this process, and of the largest of its children as often as there may be some."""
    own, other = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return 1024 * (own + other * len(os.sched_getaffinity(0)))


def apart(papers: int, kept: Path, engine: str, scratch: Path | None) -> Cost:
    """The cost of a size, measured in a process of its own."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        arguments = ["--one", str(papers), "--kept", str(kept), "--engine", engine, "--folder", folder]
        ran = subprocess.run(
            [sys.executable, "-m", "benchmarks.scale", *arguments], check=True, stdout=subprocess.PIPE, text=True
        )
    return Cost(**json.loads(ran.stdout))


def table(costs: Iterable[Cost]) -> str:
    named = " | ".join(STAGES[1:])
    head = f"| papers | {named} | all, s | clock, s | ms a paper | peak memory, MiB | Turtle, MiB | tables, MiB |"
    return "\n".join([head, f"|{'---:|' * (head.count('|') - 1)}", *map(_line, costs)])


def _line(cost: Cost) -> str:
    seconds = " | ".join(f"{cost.stages[stage]:,.1f}" for stage in STAGES[1:])
    turtle = sum(size for name, size in cost.sizes.items() if name.endswith(".ttl"))
    tables = sum(size for name, size in cost.sizes.items() if name.endswith(".parquet"))
    sizes = " | ".join(f"{bytes / 2**20:,.0f}" for bytes in (cost.memory, turtle, tables))
    each = 1000 * cost.seconds / cost.papers
    return f"| {cost.papers:,} | {seconds} | {cost.seconds:,.1f} | {cost.clock:,.1f} | {each:.2f} | {sizes} |"


def beyond(cost: Cost) -> str:
    """What the largest size measured says of larger ones: time as n log n, output as n, memory as it is."""
    per = cost.seconds / (cost.papers * math.log(cost.papers))
    output = sum(cost.sizes.values()) / cost.papers
    rows = ["| | papers | hours of one core | output, GiB |", "|---|---:|---:|---:|"]
    for name, papers in BEYOND.items():
        hours, size = per * papers * math.log(papers) / 3600, output * papers / 2**30
        rows.append(f"| {name} | {papers:,} | {hours:,.1f} | {size:,.0f} |")
    return "\n".join(rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="how many papers")
    parser.add_argument("--engine", default="local", help="local or processes")
    parser.add_argument("--kept", type=Path, default=Path(tempfile.gettempdir()) / "kgraph-originals.jsonl")
    parser.add_argument("--scratch", type=Path, help="where to write: a million papers take 40 GB for a while")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(asdict(measure(arguments.one, arguments.kept, arguments.folder, arguments.engine))))
        return 0
    originals(ABSTRACTS, arguments.kept)
    if arguments.scratch:
        arguments.scratch.mkdir(parents=True, exist_ok=True)
    costs = [apart(size, arguments.kept, arguments.engine, arguments.scratch) for size in arguments.sizes]
    print(f"{table(costs)}\n\n{beyond(costs[-1])}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
