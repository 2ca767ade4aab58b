"""A trained model on disk and in use: the files of its folder, and reading texts with it.

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
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kgraph.errors import ExtractionError, MissingExtra
from kgraph.extraction.model.decoding import Reading, Weights
from kgraph.extraction.model.encoder import Floats, encode, score_spans
from kgraph.extraction.model.finding import chosen, span_probabilities, spread
from kgraph.extraction.model.heads import Text
from kgraph.extraction.model.labels import Labels, Thresholds
from kgraph.extraction.model.structure import sentences_of, word_span
from kgraph.extraction.model.wordpieces import Words, to_words

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

__all__ = ["SHIPPED", "Model", "load_model", "read", "to_config"]

SHIPPED = Path(__file__).parents[2] / "data" / "model"
"""The folder of the model that kgraph ships."""

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Model:
    """A model ready to read."""

    labels: Labels
    thresholds: Thresholds
    tokenizer: Tokenizer
    encoder: InferenceSession
    spans: InferenceSession
    weights: Weights
    window: int


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

    Raises :class:`~kgraph.errors.ExtractionError` where the folder holds no model that can be used,
    and :class:`~kgraph.errors.MissingExtra` where what runs it is not installed.
    """
    try:
        import onnxruntime
        from tokenizers import Tokenizer
    except ImportError as error:
        raise MissingExtra("what a trained model runs on", "model") from error

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # texts are read side by side instead (read)
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


def read(
    model: Model, texts: Sequence[str], title_ends: Sequence[int], known: Sequence[Iterable[tuple[int, int]]]
) -> list[Reading | None]:
    """The texts after one pass of the encoder, with the mentions and values found; None for one without words.

    ``title_ends`` says for each text at which character its title ends; ``known`` which stretches
    of its characters a vocabulary or a pattern takes for names: for these a lower bar holds.
    """
    words = to_words(model.tokenizer, texts, title_ends)
    made: list[Reading | None] = [None] * len(texts)
    # Texts of like length together: the sums over segmentations run over all of them at once.
    order = sorted(
        (number for number, text in enumerate(words) if len(text.starts)), key=lambda n: (len(words[n].starts), n)
    )
    vectors = encode(model.encoder, [words[number] for number in order], window=model.window, threads=_cores())
    for at in range(0, len(order), _TOGETHER):
        batch, encoded = order[at : at + _TOGETHER], vectors[at : at + _TOGETHER]
        mentions, values = span_probabilities([score_spans(model.spans, text) for text in encoded])
        for row, number in enumerate(batch):
            made[number] = _reading(
                model,
                texts[number],
                title_ends[number],
                words[number],
                encoded[row],
                mentions[row],
                values[row],
                known[number],
            )
    return made


_TOGETHER = 32


def _cores() -> int:
    """How many cores this process may use; engines that run several side by side say so by OpenMP's variable."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    if told.isdecimal() and int(told):
        return int(told)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _reading(
    model: Model,
    passage: str,
    title_end: int,
    words: Words,
    text: Text,
    mentions: Floats,
    values: Floats,
    known: Iterable[tuple[int, int]],
) -> Reading:
    bars = model.thresholds
    stretches = [span for characters in known if (span := word_span(words, *characters)) is not None]
    found = spread(passage, words, chosen(mentions, bars.mention, known=stretches, lower=bars.known))
    numbers = chosen(values[..., None], bars.value)
    return Reading(passage, words, sentences_of(passage, title_end, words), text, tuple(found), tuple(numbers))
