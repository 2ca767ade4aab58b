"""``kill -9`` at any moment costs nothing of the build before, and the next run is right.

Real processes (:mod:`tests.store.dying`), killed by their pid at random moments, and by
themselves in the middle of each write and before each renaming.
"""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.store import versions

ROOT = Path(__file__).parents[2]
AT_RANDOM = 50

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork"),
]


def paper(number: int) -> dict:
    abstract = f"We propose FastConv-{number}, which runs on an FPGA and is {number}x faster than an NVIDIA A100."
    return {"id": f"2401.0000{number}", "title": f"FastConv-{number} on an FPGA", "abstract": abstract}


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and ".store" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


class Builder:
    """Runs builds in processes of their own."""

    def __init__(self, warm: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.dying", warm],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env=os.environ | {"SOURCE_DATE_EPOCH": "0"},
        )
        assert self.line() == "ready"

    def say(self, line: str) -> None:
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()

    def line(self) -> str:
        return self.process.stdout.readline().strip()

    def build(self, inputs: Path, output: Path, *, die_at: int = 0, kill_after_seconds: float | None = None) -> int:
        """How the build ended: 0, or -9 where it was killed."""
        self.say(json.dumps({"inputs": [str(inputs)], "output": str(output), "die_at": die_at}))
        pid = int(self.line())
        if kill_after_seconds is not None:
            time.sleep(kill_after_seconds)
            os.kill(pid, signal.SIGKILL)
        self.say("wait for it")
        return int(self.line())


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """Two inputs under one name, the second with a paper more, and the clean build of each."""
    place = tmp_path_factory.mktemp("dying")
    for name, papers in (("before", (1, 2)), ("after", (1, 2, 3))):
        (place / name).mkdir()
        (place / name / "papers.jsonl").write_text("".join(json.dumps(paper(number)) + "\n" for number in papers))
    return place


@pytest.fixture(scope="module")
def builder(place):
    (place / "warm").mkdir()
    shutil.copy(place / "before" / "papers.jsonl", place / "warm")
    builder = Builder(place / "warm")
    for name in ("before", "after"):
        assert builder.build(place / name / "papers.jsonl", place / name / "exports") == 0
    yield builder
    builder.process.stdin.close()
    assert builder.process.wait(timeout=60) == 0
    builder.process.stdout.close()


def check(place: Path, output: Path, builder: Builder) -> None:
    """What stands in the folder after a kill, and after the next build."""
    before, after = (files(place / name / "exports") for name in ("before", "after"))
    found = files(output)
    assert found.keys() == before.keys()
    assert [name for name in found if found[name] not in (before[name], after[name])] == []
    if len(versions(output)) == 1:  # the new version had not come to be
        assert found == before
    assert builder.build(place / "after" / "papers.jsonl", output) == 0
    assert files(output) == after
    assert not list((output / ".store").glob("parts/.*"))
    assert not (output / ".store" / "next").exists()
    assert [version.number for version in versions(output)] == [1, 2]


def fresh_output(place: Path) -> Path:
    output = place / "exports"
    shutil.rmtree(output, ignore_errors=True)
    shutil.copytree(place / "before" / "exports", output)
    return output


def test_killed_in_the_middle_of_each_write(place, builder):
    at, ended = 0, -signal.SIGKILL
    while ended:
        at += 1
        output = fresh_output(place)
        ended = builder.build(place / "after" / "papers.jsonl", output, die_at=at)
        assert ended in (0, -signal.SIGKILL)
        check(place, output, builder)
    assert at > 30, "each of a build's files is written and moved"


def test_killed_at_random_moments(place, builder):
    output = fresh_output(place)
    begun = time.monotonic()
    assert builder.build(place / "after" / "papers.jsonl", output) == 0
    takes = time.monotonic() - begun
    moments, ends = random.Random(5), []
    for _ in range(AT_RANDOM):
        output = fresh_output(place)
        wait = moments.uniform(0, takes)
        ends.append(builder.build(place / "after" / "papers.jsonl", output, kill_after_seconds=wait))
        check(place, output, builder)
    assert ends.count(-signal.SIGKILL) >= AT_RANDOM // 2


def test_killed_in_a_first_build(place, builder):
    for at in range(1, 40, 6):
        output = place / "first"
        shutil.rmtree(output, ignore_errors=True)
        builder.build(place / "after" / "papers.jsonl", output, die_at=at)
        assert builder.build(place / "after" / "papers.jsonl", output) == 0
        assert files(output) == files(place / "after" / "exports")
