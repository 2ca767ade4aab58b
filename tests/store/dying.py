"""Builds that are killed: a process that has everything loaded forks one for each line that it reads.

A line is a JSON object: ``inputs``, ``output``, and ``die_at``, the number of the write in whose
middle the build kills itself (half of the file is on the disk then), or of the renaming before
which it does; none where somebody else will kill it. The pid is printed, and after the next line
how the build ended: until then the pid stays its own.
"""

import json
import os
import signal
import sys
import traceback
from pathlib import Path


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def armed(die_at: int) -> None:
    """Let this process die at its n-th write or renaming."""
    fsync, replace, count = os.fsync, os.replace, 0

    def counted_fsync(handle: int) -> None:
        nonlocal count
        count += 1
        if count == die_at:
            os.ftruncate(handle, os.fstat(handle).st_size // 2)
            fsync(handle)
            die()
        fsync(handle)

    def counted_replace(source, target) -> None:
        nonlocal count
        count += 1
        if count == die_at:
            die()
        replace(source, target)

    os.fsync, os.replace = counted_fsync, counted_replace


def tell(what: object) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def main() -> None:
    from kgraph.pipeline import build

    warm = Path(sys.argv[1])
    build([warm / "papers.jsonl"], warm / "exports")
    tell("ready")
    for line in sys.stdin:
        task = json.loads(line)
        child = os.fork()
        if child == 0:
            if task["die_at"]:
                armed(task["die_at"])
            try:
                build(task["inputs"], task["output"])
            except BaseException:  # noqa: BLE001 - told, not swallowed
                traceback.print_exc()
                os._exit(1)
            os._exit(0)
        tell(child)
        sys.stdin.readline()
        tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


if __name__ == "__main__":
    main()
