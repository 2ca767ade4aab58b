"""A release finds no less than the one before: the figures kept, and those of this checkout."""

from pathlib import Path

import pytest

import kgraph
from benchmarks.quality import JUDGED, kept_figures, quality, regressions

ROOT = Path(kgraph.__file__).parents[1]
GOLD = ROOT / "../shared/corpus/train.jsonl"


def test_every_measure_of_every_release_is_kept():
    figures = kept_figures()
    assert figures
    assert all(set(JUDGED) <= set(scores) for scores in figures.values())


def test_a_loss_of_more_than_a_point_is_told():
    before = dict.fromkeys(JUDGED, 70.0)
    assert regressions(before, before | {"entity": 69.1, "role": 80.0}) == []
    assert regressions(before, before | {"entity": 68.9}) == ["entity fell from 70.0 to 68.9"]
    assert regressions(before, {}) == [f"{name} fell from 70.0 to 0.0" for name in JUDGED]


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.skipif(not GOLD.exists(), reason="the annotated corpus is not beside the project")
def test_the_shipped_model_is_no_worse_than_the_last_release():
    scores = quality(GOLD, ROOT / "kgraph" / "data" / "model")
    assert regressions(list(kept_figures().values())[-1], {score.name: score.f1 for score in scores}) == []
