"""``python -m benchmarks``: one table of speed and one of quality; ``--write`` keeps them in figures.md."""

from __future__ import annotations

import argparse
import platform
import sys
from pathlib import Path

from benchmarks.processes import Ratio
from benchmarks.quality import keep, kept_figures, quality, regressions
from benchmarks.speed import speed
from kgraph import __version__
from kgraph.evaluate import Score
from kgraph.pipeline import evaluate

HERE = Path(__file__).parent
SPEED = "Speed: medians of whole processes run in turn on one machine; only the ratio carries over to another."
PATTERNS = "Quality of the pipeline that is the default (vocabularies, patterns, cues), in percent, on every paper of"
HALVES = "Half of these were looked at while the patterns were made; entity F1 is a point or two lower on the others."
TRAINED = "Quality of the trained model (`--model`), in percent, on the papers that its training kept apart, of"
MODEL = HERE.parent / "kgraph" / "data" / "model"
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
    parser.add_argument("--model", type=Path, default=MODEL, help="the trained model, or a spaCy configuration")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/figures.md")
    arguments = parser.parse_args()
    for needed in (arguments.papers, arguments.gold):
        if not needed.exists():
            parser.error(f"{needed} is not there: name your own with --papers and --gold")
    ratios = speed(arguments.papers)
    trained = quality(arguments.gold, arguments.model)
    default = list(evaluate(arguments.gold).scores.values())
    figures = {
        system: {score.name: score.f1 for score in scores}
        for system, scores in (("default", quality(arguments.gold)), ("model", trained))
    }
    text = "\n\n".join(
        [
            f"# Figures of kgraph {__version__}",
            f"{SPEED} Python {platform.python_version()}.",
            speed_table(ratios),
            f"{PATTERNS} {arguments.gold.name}. {HALVES}",
            quality_table(default),
            f"{TRAINED} {arguments.gold.name}.",
            quality_table(trained),
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
