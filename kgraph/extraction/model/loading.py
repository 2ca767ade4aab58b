"""A trained model on disk: the files of its folder.

==================  =================================================================
``config.json``     labels, thresholds, calibration, and where the model comes from
``tokenizer.json``  the word pieces
``encoder.onnx``    the encoder, quantised to eight bits
``spans.onnx``      the head that scores spans
``heads.npz``       the other heads' weights (:mod:`kgraph.extraction.model.heads`)
``MODEL_CARD.md``   data, licences, figures, limits
==================  =================================================================
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.errors import ExtractionError
from kgraph.extraction.model.heads import Weights
from kgraph.extraction.model.labels import Labels, Thresholds

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from threadpoolctl import ThreadpoolController
    from tokenizers import Tokenizer

__all__ = ["SHIPPED", "Model", "load_model", "to_config"]

SHIPPED = Path(__file__).parents[2] / "data" / "model"
"""The folder of the model that kgraph ships."""

FORMAT = 2


@dataclass(frozen=True, slots=True)
class Model:
    """A model ready to read; ``threads`` holds back the threads of numpy's products."""

    labels: Labels
    thresholds: Thresholds
    tokenizer: Tokenizer
    encoder: InferenceSession
    spans: InferenceSession
    weights: Weights
    window: int
    threads: ThreadpoolController


def to_config(labels: Labels, thresholds: Thresholds, window: int, made: dict[str, Any]) -> str:
    """The text of ``config.json``; ``window`` is how many pieces the encoder takes, ``made`` how it came about."""
    allowed = sorted(labels.allowed)
    config = {
        "format": FORMAT,
        "window": window,
        "labels": asdict(labels) | {"allowed": allowed},
        "thresholds": asdict(thresholds),
        "made": made,
    }
    return json.dumps(config, indent=1, ensure_ascii=False) + "\n"


@cache
def load_model(folder: Path = SHIPPED) -> Model:
    """The model of a folder.

    Raises :class:`~kgraph.errors.ExtractionError` where the folder holds no model that can be used.
    """
    import onnxruntime
    from threadpoolctl import ThreadpoolController
    from tokenizers import Tokenizer

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts are read side by side instead
    options.log_severity_level = 3
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        encoder, spans = (
            onnxruntime.InferenceSession(folder / f"{name}.onnx", options, providers=["CPUExecutionProvider"])
            for name in ("encoder", "spans")
        )
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            weights = {name: arrays[name].astype(np.float32) for name in arrays.files}
    except Exception as error:  # whatever the libraries raise over a broken file
        reason = " ".join(str(error).split())[:200]
        raise ExtractionError(
            f"no model that can be used in {folder}: {reason}; make one with `kgraph train`"
        ) from error
    if config.get("format") != FORMAT:
        raise ExtractionError(f"the model in {folder} has another format than kgraph's {FORMAT}: train it again")
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Model(
        _labels(config["labels"]),
        Thresholds(**config["thresholds"]),
        tokenizer,
        encoder,
        spans,
        weights,
        config["window"],
        ThreadpoolController(),
    )


def _labels(config: dict[str, Any]) -> Labels:
    return Labels(
        types=tuple(config["types"]),
        roles=tuple(config["roles"]),
        predicates=tuple(config["predicates"]),
        allowed=frozenset((subject, predicate, object) for subject, predicate, object in config["allowed"]),
        longest_mention=config["longest_mention"],
        longest_value=config["longest_value"],
    )
