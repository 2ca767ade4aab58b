"""From annotations to a model's folder: the whole of ``kgraph train`` in one function."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer

from kgraph.errors import EvaluationError
from kgraph.evaluate import Score, evaluate
from kgraph.extraction.model.labels import PAPER, Labels
from kgraph.files import write_whole
from kgraph.model import Annotation
from kgraph.ontology import Ontology, load_ontology
from kgraph.stages import Progress
from kgraph.training.augmentation import names_by_type, renamed
from kgraph.training.card import model_card
from kgraph.training.data import Example, read_gold, to_examples
from kgraph.training.encoder import load_encoder, minilm_folder
from kgraph.training.export import export_model
from kgraph.training.hinting import hinted
from kgraph.training.network import Network
from kgraph.training.prediction import annotated, encoded, weights_of
from kgraph.training.split import is_development
from kgraph.training.trainer import Settings, fit
from kgraph.training.tuning import MEASURES, Bin, calibrate, reliability, tune

__all__ = ["Trained", "labels_of", "train"]


@dataclass(frozen=True, slots=True)
class Trained:
    """How a model came out: its trainings, papers kept apart, scores, reliability, what could not be learned from."""

    history: tuple[Mapping[str, Any], ...]
    development: int
    scores: dict[str, Score]
    reliability: list[Bin]
    skipped: Counter[str]


def labels_of(ontology: Ontology) -> Labels:
    """What a model of that ontology can say."""
    allowed = (
        (subject, predicate, object)
        for subject in (*ontology.types, PAPER)
        for predicate in (ontology.roles if subject == PAPER else ontology.predicates)
        for object in ontology.types
        if ontology.allows(subject, predicate, object)
    )
    return Labels(ontology.types, ontology.roles, ontology.predicates, frozenset(allowed))


def train(
    gold: Sequence[Path],
    output: Path,
    *,
    base: Path | None = None,
    start: Path | None = None,
    ontology: Ontology | None = None,
    settings: Settings | None = None,
    development: Sequence[Path] = (),
    report: Callable[[str], None],
    progress: Progress = lambda items, _total, _what: items,
) -> Trained:
    """Make a model from annotations and write it into the folder ``output``.

    One paper in nine, by the hash of its id, is kept from training, to set thresholds and to stop
    on; or the papers of the files ``development``. ``base`` is a folder with a BERT encoder, by
    default all-MiniLM-L6-v2; ``start`` the checkpoint of another training with the same labels, whose
    best weights are gone on from. Beside the folder a checkpoint lets an interrupted training go on.

    Raises :class:`~kgraph.errors.ReadError` for a file that holds something else,
    :class:`~kgraph.errors.EvaluationError` where too few papers are left to train or to stop on.
    """
    ontology, settings = ontology or load_ontology(), settings or Settings()
    labels = labels_of(ontology)
    folder = base or minilm_folder()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    training, kept, skipped = _examples(gold, development, tokenizer, labels)
    report(f"{len(training)} papers to train on, {len(kept)} kept apart")
    wanted = [example.annotation for example in kept]

    torch.manual_seed(settings.seed)
    network = Network(load_encoder(folder), labels)
    history = []
    if start is not None:
        state = torch.load(start, weights_only=True)
        network.load_state_dict(state["best"])
        history += state["history"]
    history.append({"papers": len(training)} | asdict(settings))

    def judge(candidate: Network) -> float:
        scores = evaluate(wanted, _annotate(candidate, kept), ontology=ontology).scores
        report(", ".join(f"{name} {scores[name].f1}" for name in MEASURES))
        return sum(scores[name].f1 for name in MEASURES) / len(MEASURES)

    checkpoint = output.with_name(output.name + ".checkpoint")
    names = names_by_type([example.annotation for example in training])

    def of_epoch(epoch: int) -> Sequence[Example]:
        if not settings.renamed:
            return training
        random = np.random.default_rng((settings.seed, epoch))
        others = [renamed(example.annotation, names, settings.renamed, random) for example in training]
        found = hinted([other.paper for other in others])
        return [example for example in to_examples(others, found, tokenizer, labels)[0] if len(example.starts)]

    network = fit(
        network,
        of_epoch,
        settings,
        evaluate=judge,
        checkpoint=checkpoint,
        history=history,
        report=report,
        progress=progress,
    )
    return finish(network, tokenizer_text(folder), kept, skipped, history, ontology, output, report=report)


def finish(
    network: Network,
    tokenizer: str,
    kept: Sequence[Example],
    skipped: Counter[str],
    history: Sequence[Mapping[str, Any]],
    ontology: Ontology,
    output: Path,
    *,
    report: Callable[[str], None],
) -> Trained:
    """Set thresholds, calibrate, export, and measure what was exported, as run time reads it."""
    weights = weights_of(network)
    report("setting thresholds")
    papers = list(encoded(network, kept))
    wanted = [example.annotation for example in kept]
    bars = tune(papers, weights, network.labels, ontology=ontology)
    bars = calibrate(wanted, [annotated(paper, weights, network.labels, bars) for paper in papers], bars)
    made = {"trainings": list(history), "development": len(kept)}
    export_model(network, tokenizer, bars, made, output)
    found = _read_back(output, wanted)
    scores = evaluate(wanted, found, ontology=ontology).scores
    trained = Trained(tuple(history), len(kept), scores, reliability(wanted, found), skipped)
    write_whole(output / "MODEL_CARD.md", model_card(trained, bars))
    return trained


def tokenizer_text(folder: Path) -> str:
    """The tokenizer's file of an encoder's folder, as text."""
    return (folder / "tokenizer.json").read_text(encoding="utf-8")


def _annotate(network: Network, examples: Sequence[Example]) -> list[Annotation]:
    from kgraph.extraction.model.labels import Thresholds

    bars = Thresholds(relations=dict.fromkeys(network.labels.predicates, 0.25))
    weights = weights_of(network)
    return [annotated(paper, weights, network.labels, bars) for paper in encoded(network, examples)]


def _read_back(folder: Path, wanted: Sequence[Annotation]) -> list[Annotation]:
    """What the exported model says of the papers."""
    from kgraph.extraction.model.decoding import decode
    from kgraph.extraction.model.loading import load_model
    from kgraph.extraction.model.reading import Asked, read
    from kgraph.text import passage

    load_model.cache_clear()  # there may have been another model in this folder
    model = load_model(folder)
    papers = [annotation.paper for annotation in wanted]
    asked = [
        Asked(passage(paper.title, paper.abstract), len(paper.title), hints)
        for paper, hints in zip(papers, hinted(papers), strict=True)
    ]
    readings = read(model, asked)
    return [
        decode(paper, reading, model.weights, model.labels, model.thresholds) if reading else Annotation(paper)
        for paper, reading in zip(papers, readings, strict=True)
    ]


def _examples(
    gold: Sequence[Path], development: Sequence[Path], tokenizer: Tokenizer, labels: Labels
) -> tuple[list[Example], list[Example], Counter[str]]:
    annotations = {a.paper.id: a for path in gold for a, _ in read_gold(path)}
    apart = {a.paper.id: a for path in development for a, _ in read_gold(path)}
    if not development:
        apart = {id: annotation for id, annotation in annotations.items() if is_development(id)}
    training = [annotation for id, annotation in sorted(annotations.items()) if id not in apart]
    if not training or not apart:
        raise EvaluationError(
            f"{len(annotations)} annotated papers leave {len(training)} to train on"
            f" and {len(apart)} to stop on: more are needed"
        )
    others = [annotation for _, annotation in sorted(apart.items())]
    learned, skipped = to_examples(training, hinted([a.paper for a in training]), tokenizer, labels)
    kept, _ = to_examples(others, hinted([a.paper for a in others]), tokenizer, labels)
    return [example for example in learned if len(example.starts)], kept, +skipped
