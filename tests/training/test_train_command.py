"""``kgraph train``, as one types it."""

from __future__ import annotations

import importlib.util

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests.training.tiny import write_papers


def test_it_wants_annotations_and_a_folder():
    assert CliRunner().invoke(kgraph, ["train"]).exit_code == 2
    assert CliRunner().invoke(kgraph, ["train", "nowhere.jsonl", "-o", "model"]).exit_code == 2


def test_without_torch_it_says_what_to_install(tmp_path, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "torch" else find(name))
    gold = write_papers(tmp_path / "gold.jsonl")
    ran = CliRunner().invoke(kgraph, ["train", str(gold), "-o", str(tmp_path / "model")])
    assert ran.exit_code == 1
    assert ran.stderr == 'kgraph: the libraries for training need an optional part: pip install "kgraph[train]"\n'


@pytest.mark.slow
def test_a_trained_model_extracts(tmp_path):
    pytest.importorskip("torch", reason="needs kgraph[train]")
    pytest.importorskip("onnx", reason="needs kgraph[train]")
    from tests.training.tiny import write_base

    gold, model = write_papers(tmp_path / "gold.jsonl"), tmp_path / "model"
    base = write_base(tmp_path / "base")
    ran = CliRunner().invoke(
        kgraph, ["train", str(gold), "-o", str(model), "--base", str(base), "--epochs", "2", "--rate", "3e-3"]
    )
    assert ran.exit_code == 0, ran.output
    assert "mention" in ran.stdout
    assert f"model written to {model}" in ran.stderr
    ran = CliRunner().invoke(kgraph, ["extract", str(gold), "--model", str(model), "-o", str(tmp_path / "found.jsonl")])
    assert ran.exit_code == 0, ran.output
