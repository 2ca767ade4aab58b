"""The whole of training on a tiny encoder: it learns, it repeats itself, it goes on where it stopped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="needs kgraph[train]")
pytest.importorskip("onnx", reason="needs kgraph[train]")
pytest.importorskip("safetensors", reason="needs kgraph[train]")

import numpy as np

from kgraph.errors import EvaluationError, ReadError
from kgraph.extraction.model import heads
from kgraph.extraction.model.loading import load_model
from kgraph.training.making import train
from kgraph.training.trainer import Settings
from tests.training.tiny import annotated_papers, write_base, write_papers

pytestmark = pytest.mark.slow

SETTINGS = Settings(epochs=16, encoder_rate=3e-3, heads_rate=5e-3, pieces_per_batch=300, mean_over=20, patience=16)


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Path:
    return write_base(tmp_path_factory.mktemp("base") / "encoder")


@pytest.fixture(scope="module")
def trained(base, tmp_path_factory):
    folder = tmp_path_factory.mktemp("trained")
    papers = annotated_papers()
    gold = write_papers(folder / "gold.jsonl", [paper for n, paper in enumerate(papers) if n % 5])
    apart = write_papers(folder / "apart.jsonl", papers[::5])
    made = train([gold], folder / "model", base=base, settings=SETTINGS, development=[apart], report=lambda _line: None)
    return folder / "model", made


def test_it_learns_what_is_to_be_learned(trained):
    _, made = trained
    scores = made.scores
    assert made.development == 8
    assert scores["mention"].f1 > 70
    assert scores["role"].f1 > 70
    assert scores["relation"].f1 > 50
    assert scores["result"].f1 > 50


def test_the_folder_says_what_is_in_it(trained):
    folder, made = trained
    assert {path.name for path in folder.iterdir()} == {
        "config.json", "encoder.onnx", "heads.npz", "MODEL_CARD.md", "spans.onnx", "tokenizer.json",
    }  # fmt: skip
    card = (folder / "MODEL_CARD.md").read_text()
    assert f"| mention | {made.scores['mention'].precision} |" in card


def test_scores_are_probabilities(trained):
    _, made = trained
    assert all(0 < bin.score <= 1 and 0 <= bin.right <= 1 for bin in made.reliability)
    assert sum(bin.facts for bin in made.reliability if bin.kind == "entity") == made.scores["entity"].found


def test_the_same_seed_gives_the_same_weights_also_after_an_interruption(base, tmp_path):
    gold = write_papers(tmp_path / "gold.jsonl")
    settings = Settings(epochs=2, pieces_per_batch=300)
    whole, parts = tmp_path / "whole", tmp_path / "parts"
    train([gold], whole, base=base, settings=settings, report=lambda _line: None)

    class Stopped(Exception):
        pass

    def stop(items, total, what):
        for number, item in enumerate(items):
            if what == "epoch 2 of 2" and number == 1:
                raise Stopped
            yield item

    with pytest.raises(Stopped):
        train([gold], parts, base=base, settings=settings, report=lambda _line: None, progress=stop)
    told: list[str] = []
    train([gold], parts, base=base, settings=settings, report=told.append)
    assert "going on after epoch 1" in told
    with np.load(whole / "heads.npz") as one, np.load(parts / "heads.npz") as other:
        assert sorted(one.files) == sorted(other.files)
        for name in one.files:
            np.testing.assert_array_equal(one[name], other[name])


def test_a_checkpoint_of_other_papers_is_not_gone_on_from(base, tmp_path):
    settings = Settings(epochs=1, pieces_per_batch=300)
    told: list[str] = []
    for papers in (annotated_papers(), annotated_papers()[:-4]):
        gold = write_papers(tmp_path / "gold.jsonl", papers)
        train([gold], tmp_path / "model", base=base, settings=settings, report=told.append)
    assert "model.checkpoint is of another training: begun anew" in told
    train([gold], tmp_path / "model", base=base, settings=settings, report=told.append)
    assert "going on after epoch 1" in told


def test_heads_can_be_trained_on_a_frozen_encoder(trained, base, tmp_path):
    import torch

    gold = write_papers(tmp_path / "gold.jsonl")
    start = trained[0].with_name("model.checkpoint")
    settings = replace(SETTINGS, epochs=1, masked=0.0, renamed=0.0, frozen=True)
    train([gold], tmp_path / "more", base=base, start=start, settings=settings, report=lambda _line: None)
    before, after = (torch.load(path, weights_only=True)["best"] for path in (start, tmp_path / "more.checkpoint"))
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed
    assert not any(name.startswith("encoder.") for name in changed)
    assert "weights.hints" in changed


def test_heads_give_the_same_in_both_libraries(trained):
    import torch

    model = load_model(trained[0])
    random = np.random.default_rng(0)
    entity = random.normal(size=(5, 192)).astype(np.float32)
    cues = random.normal(size=(5, len(model.labels.roles))).astype(np.float32)
    weights = {name: torch.from_numpy(weight) for name, weight in model.weights.items()}
    np.testing.assert_allclose(
        heads.role_logits(model.weights, entity, cues),
        heads.role_logits(weights, torch.from_numpy(entity), torch.from_numpy(cues)).numpy(),
        atol=1e-5,
    )


def test_too_few_papers_are_refused_in_one_sentence(base, tmp_path):
    gold = write_papers(tmp_path / "gold.jsonl", annotated_papers()[:1])
    with pytest.raises(EvaluationError, match="more are needed"):
        train([gold], tmp_path / "model", base=base, development=[gold], report=lambda _line: None)


def test_a_line_that_is_no_paper_is_named(base, tmp_path):
    (tmp_path / "gold.jsonl").write_text('{"title": ')
    with pytest.raises(ReadError, match=r"gold\.jsonl:1"):
        train([tmp_path / "gold.jsonl"], tmp_path / "model", base=base, report=lambda _line: None)
