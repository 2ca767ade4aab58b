"""Which annotated papers are kept from training, to stop on, to set thresholds and to measure.

``python -m kgraph.training.split GOLD.jsonl --output development.jsonl`` writes them into a file of their own.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from pathlib import Path

from kgraph.files import write_whole

__all__ = ["is_development", "main"]


def is_development(id: str, *, one_in: int = 9) -> bool:
    """Whether a paper is kept from training, by the hash of its id: so for good, whatever else is in the file.

    >>> sum(is_development(str(number)) for number in range(9000))
    1006
    """
    return int.from_bytes(hashlib.sha256(id.encode()).digest()[:4]) % one_in == 0


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the papers of a file that are kept from training, line by line as they stand in it."""
    from kgraph.training.data import read_gold

    parser = argparse.ArgumentParser(prog="python -m kgraph.training.split", description=main.__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--output", type=Path, required=True)
    asked = parser.parse_args(arguments)
    lines = asked.gold.read_text(encoding="utf-8").splitlines(keepends=True)
    told = [line for line in lines if line.strip()]
    kept = [line for line, (gold, _) in zip(told, read_gold(asked.gold), strict=True) if is_development(gold.paper.id)]
    write_whole(asked.output, "".join(kept))


if __name__ == "__main__":
    main()
