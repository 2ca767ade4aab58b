"""What one paper more costs a build that has thousands: ``python -m benchmarks.growth --papers 20000``.

Three builds into one folder: of so many abstracts, of one more, and of these again. The second and
the third extract one paper and none, so what they take is what a build takes that is not
extraction. Seconds are of the processor, which other work on the machine changes least.
"""

from __future__ import annotations

import argparse
import gzip
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

ABSTRACTS = Path(__file__).parents[2] / "shared" / "corpus"
ONE_BUILD = """
import contextlib, resource
from kgraph.cli import main
with contextlib.suppress(SystemExit):
    main()
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(usage.ru_utime + usage.ru_stime for usage in used), max(usage.ru_maxrss for usage in used) / 1024)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--papers", type=int, default=2000)
    parser.add_argument("options", nargs="*", help="of kgraph build, behind --: -- --on-disk --model kgraph/data/model")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        print("| build of | seconds | of the first | peak memory, MiB |\n|---|---:|---:|---:|")
        first = 0.0
        for what, count in (("all", asked.papers), ("one more", asked.papers + 1), ("the same", asked.papers + 1)):
            written = write(Path(place) / "papers.jsonl", count)
            seconds, memory = build(written, Path(place) / "exports", asked.options)
            first = first or seconds
            print(f"| {what} | {seconds:.1f} | {seconds / first:.1%} | {memory:,.0f} |", flush=True)


def write(path: Path, count: int) -> Path:
    """So many abstracts, those that are known first."""
    with path.open("wb") as written:
        left = count
        for packed in sorted(ABSTRACTS.glob("unlabelled-*.jsonl.gz")):
            with gzip.open(packed) as lines:
                for line in islice(lines, left):
                    written.write(line)
                    left -= 1
    return path


def build(papers: Path, folder: Path, options: list[str]) -> tuple[float, float]:
    """Seconds of the processor and MiB of memory that a build in a process of its own takes."""
    command = [sys.executable, "-c", ONE_BUILD, "build", str(papers), "-o", str(folder), *options]
    ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    seconds, memory = map(float, ran.stdout.splitlines()[-1].split())
    return seconds, memory


if __name__ == "__main__":
    main()
