"""How long kgraph takes, as a multiple of the least it could."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.processes import Ratio, compare

__all__ = ["speed"]

FLOOR = str(Path(__file__).parent / "floor.py")
ENCODER = str(Path(__file__).parent / "encoder.py")


def speed(papers: Path) -> list[Ratio]:
    """The ratios, each with the limit it must keep.

    ``extract`` stands against its encoder alone, and ``build`` without the model against bare spaCy
    on the same texts, start-up and vocabularies in both, nothing taken from a store; ``validate``
    (which each build also runs) against a build; ``--help`` against importing click.
    """
    with tempfile.TemporaryDirectory() as folder:
        build = ["-m", "kgraph", "build", str(papers), "-o", folder, "--config", "patterns", "--fresh"]
        return [
            compare(
                f"kgraph extract {papers.name} / the encoder alone",
                ["-m", "kgraph", "extract", str(papers), "-o", str(Path(folder, "annotations.jsonl"))],
                [ENCODER, str(papers)],
                limit=1 / 0.7,
                rounds=3,
            ),
            compare(
                f"kgraph build {papers.name} --config patterns / bare spaCy tokenising and matching",
                build,
                [FLOOR, str(papers)],
                limit=3.0,
            ),
            compare(
                "kgraph validate (start-up in both) / kgraph build --config patterns",
                ["-m", "kgraph", "validate", folder],
                build,
                limit=0.5,
            ),
            compare(
                "kgraph --help / import click", ["-m", "kgraph", "--help"], ["-c", "import click"], limit=3.0, rounds=15
            ),
        ]
