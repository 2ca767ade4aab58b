"""A release finds no less than the one before: the figures kept, and what is done with those of a checkout."""

import sys

import pytest

from benchmarks import quality as module
from benchmarks.quality import JUDGED, SYSTEMS, keep, kept_figures, regressions
from kgraph.evaluate import Score

KEPT = dict.fromkeys(JUDGED, 70.0)


def test_every_measure_of_every_release_is_kept():
    figures = kept_figures()
    assert figures
    assert all(set(JUDGED) <= set(release[system]) for release in figures.values() for system in SYSTEMS)


def test_a_loss_of_more_than_a_point_is_told():
    assert regressions({"model": KEPT}, {"model": KEPT | {"entity": 69.1, "role": 80.0}}) == []
    assert regressions({"model": KEPT}, {"model": KEPT | {"entity": 68.9}}) == ["model: entity fell from 70.0 to 68.9"]
    assert regressions({"model": KEPT}, {}) == [f"model: {name} fell from 70.0 to 0.0" for name in JUDGED]


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Check against a release with 70 of everything, every measure of every system being this one."""
    keep("0.0.1", dict.fromkeys(SYSTEMS, KEPT), tmp_path / "quality.json")
    gold = tmp_path / "gold.jsonl"
    gold.touch()

    def check(f1, *arguments):
        scores = [Score(name, f1, f1, f1, 1, 1, 1) for name in JUDGED]
        monkeypatch.setattr(module, "quality", lambda _gold, _config: scores)
        monkeypatch.setattr(module, "kept_figures", lambda: kept_figures(tmp_path / "quality.json"))
        monkeypatch.setattr(sys, "argv", ["quality", "--gold", str(gold), *arguments])
        return module.main()

    return check


def test_a_check_fails_on_a_loss_and_on_nothing_else(check, capsys):
    assert check(69.2, "--check") == 0
    assert "| entity | 70.0 | 69.2 | 70.0 | 69.2 |" in capsys.readouterr().out
    assert check(68.9, "--check") == 1
    assert "default: mention fell from 70.0 to 68.9" in capsys.readouterr().err
    assert check(68.9) == 0
