"""How long kgraph takes, as a multiple of the least it could."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.processes import Ratio, compare

__all__ = ["speed"]

FLOOR = str(Path(__file__).parent / "floor.py")


def speed(papers: Path) -> list[Ratio]:
    """The ratios, each with the limit it must keep.

    ``build`` stands against bare spaCy on the same texts, start-up and vocabularies in both;
    ``validate`` (which each build also runs) against a build; ``--help`` against importing click.
    """
    with tempfile.TemporaryDirectory() as folder:
        return [
            compare(
                f"kgraph build {papers.name} / bare spaCy tokenising and matching",
                ["-m", "kgraph", "build", str(papers), "-o", folder],
                [FLOOR, str(papers)],
                limit=3.0,
            ),
            compare(
                "kgraph validate (start-up in both) / kgraph build",
                ["-m", "kgraph", "validate", folder],
                ["-m", "kgraph", "build", str(papers), "-o", folder],
                limit=0.5,
            ),
            compare(
                "kgraph --help / import click", ["-m", "kgraph", "--help"], ["-c", "import click"], limit=3.0, rounds=15
            ),
        ]
