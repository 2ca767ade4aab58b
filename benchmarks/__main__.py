"""``python -m benchmarks``: one table of speed and one of quality; ``--write`` keeps them in figures.md."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

from benchmarks.processes import Ratio
from benchmarks.quality import SYSTEMS, keep, kept_figures, quality, regressions
from benchmarks.speed import speed
from kgraph import __version__
from kgraph.evaluate import Score

HERE = Path(__file__).parent
SPEED = "Speed: medians of whole processes run in turn on one machine; only the ratio carries over to another."
APART = "F1 and the like in percent, on the papers that training keeps apart (one in nine, by the hash of its id), of"
DEFAULT = "Quality of the default pipeline (the trained model, with hints from vocabularies, patterns and cues):"
WITHOUT = "Quality of the pipeline without the model (`--config patterns`):"
SHARED = HERE.parent.parent / "shared"


def speed_table(ratios: list[Ratio]) -> str:
    rows = [f"| {r.what} | {r.ours:.2f} s | {r.floor:.2f} s | **{r.times:.2f}** | {r.limit:.1f} |" for r in ratios]
    return "\n".join(["| | kgraph | floor | ratio | limit |", "|---|---:|---:|---:|---:|", *rows])


def quality_table(scores: list[Score]) -> str:
    rows = [f"| {s.name} | {s.precision} | {s.recall} | **{s.f1}** | {s.gold} | {s.found} |" for s in scores]
    return "\n".join(["| | P | R | F1 | gold | found |", "|---|---:|---:|---:|---:|---:|", *rows])


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--papers", type=Path, default=SHARED / "seeds", help="listings to build")
    parser.add_argument("--gold", type=Path, default=SHARED / "corpus" / "train.jsonl", help="annotated abstracts")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/figures.md")
    arguments = parser.parse_args()
    for needed in (arguments.papers, arguments.gold):
        if not needed.exists():
            parser.error(f"{needed} is not there: name your own with --papers and --gold")
    ratios = speed(arguments.papers)
    measured = {system: quality(arguments.gold, config) for system, config in SYSTEMS.items()}
    figures = {system: {score.name: score.f1 for score in scores} for system, scores in measured.items()}
    text = "\n\n".join(
        [
            f"# Figures of kgraph {__version__}",
            f"{SPEED} Python {platform.python_version()}.",
            speed_table(ratios),
            f"{DEFAULT} {APART} {arguments.gold.name}.",
            quality_table(measured["default"]),
            WITHOUT,
            quality_table(measured["patterns"]),
        ]
    )
    print(text)
    if arguments.write:
        (HERE / "figures.md").write_text(text + "\n", encoding="utf-8")
        keep(__version__, figures)
    releases = list(kept_figures().values())
    lost = regressions(releases[-1], figures) if releases else []
    for line in lost:
        print(line, file=sys.stderr)
    return int(bool(lost) or any(ratio.times > ratio.limit for ratio in ratios))


if __name__ == "__main__":
    sys.exit(main())
