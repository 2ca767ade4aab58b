"""``python -m benchmarks.quality``: what kgraph finds of what people marked, beside the release before.

Measured are the pipeline that is the default and the one without the trained model, each on the annotated
papers that training keeps apart. ``--check`` fails where a measure that releases are judged by lost more than a point
against ``quality.json``, which keeps every release's figures (``python -m benchmarks --write``).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from kgraph.evaluate import Score
from kgraph.extraction.pipeline import PATTERNS
from kgraph.files import write_whole
from kgraph.pipeline import evaluate
from kgraph.records import paper_of
from kgraph.training.split import is_development

__all__ = ["FIGURES", "GOLD", "SYSTEMS", "keep", "kept_figures", "quality", "regressions"]

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "corpus" / "train.jsonl"

FIGURES = Path(__file__).with_name("quality.json")
"""F1 of every measure, by system, for each release, in the order of the releases."""

SYSTEMS = {"default": None, "patterns": PATTERNS}
"""What is measured, each with the configuration that replaces the shipped pipeline."""

ALLOWED = 1.0
"""Points of F1 that a measure may lose against the release before."""

JUDGED = ("mention", "entity", "role", "relation", "result", "entity Hardware", "entity Dataset")
"""The measures that a release is judged by."""

Figures = Mapping[str, Mapping[str, float]]
"""F1 of every measure, by system."""


def quality(gold: Path, config: Path | None = None) -> list[Score]:
    """Precision, recall and F1 of every measure, on the papers of the file that training keeps apart."""
    with tempfile.TemporaryDirectory() as folder:
        apart = write_whole(Path(folder) / gold.name, "".join(_kept_apart(gold)))
        return list(evaluate(apart, config=config).scores.values())


def _kept_apart(gold: Path) -> Iterator[str]:
    with gold.open(encoding="utf-8") as lines:
        yield from (line for line in lines if line.strip() and is_development(paper_of(json.loads(line)).id))


def kept_figures(path: Path = FIGURES) -> dict[str, Figures]:
    """The figures of every release; nothing where no release was measured yet."""
    figures: dict[str, Figures] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return figures


def keep(version: str, figures: Figures, path: Path = FIGURES) -> None:
    """Write the figures of a release beside those of the others."""
    write_whole(path, json.dumps(kept_figures(path) | {version: figures}, indent=1) + "\n")


def regressions(before: Figures, now: Figures) -> list[str]:
    """One line for each measure that lost more than a point, or that is not measured any more.

    >>> before = {"default": {"mention": 75.0, "relation": 40.0}}
    >>> regressions(before, {"default": {"mention": 74.5, "relation": 38.5}})
    ['default: relation fell from 40.0 to 38.5']
    """
    return [
        f"{system}: {name} fell from {measures[name]} to {now.get(system, {}).get(name, 0.0)}"
        for system, measures in before.items()
        for name in JUDGED
        if name in measures and now.get(system, {}).get(name, 0.0) < measures[name] - ALLOWED
    ]


def _table(before: Figures, now: Figures) -> str:
    """The measures that releases are judged by, of each system: in the release before, and now."""
    columns = {
        f"{system} {when}": figures.get(system, {})
        for system in now
        for when, figures in (("before", before), ("now", now))
    }
    rows = [["F1", *columns], ["---", *("---:" for _ in columns)]]
    rows += [[name, *(str(measures.get(name, "")) for measures in columns.values())] for name in JUDGED]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.quality", description=__doc__)
    parser.add_argument("--gold", type=Path, default=GOLD, help="annotated abstracts")
    parser.add_argument("--check", action="store_true", help="fail where a measure lost more than a point")
    arguments = parser.parse_args()
    if not arguments.gold.exists():
        parser.error(f"{arguments.gold} is not there: name your own with --gold")
    now = {
        system: {score.name: score.f1 for score in quality(arguments.gold, config)}
        for system, config in SYSTEMS.items()
    }
    before = next(reversed(kept_figures().values()), {})
    print(_table(before, now))
    lost = regressions(before, now)
    for line in lost:
        print(line, file=sys.stderr)
    return int(arguments.check and bool(lost))


if __name__ == "__main__":
    sys.exit(main())
