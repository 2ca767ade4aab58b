"""A trained network as the files that run time reads: two ONNX graphs and the heads' weights."""

from __future__ import annotations

import tempfile
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kgraph.extraction.model.labels import Thresholds
from kgraph.extraction.model.loading import to_config
from kgraph.files import write_whole
from kgraph.training.network import Network

__all__ = ["export_model"]

_OPSET = 18


def export_model(network: Network, tokenizer: str, thresholds: Thresholds, made: dict[str, Any], folder: Path) -> None:
    """Write a model into the folder. ``tokenizer`` is the text of ``tokenizer.json``.

    The encoder's matrices are quantised to eight bits, each output channel by its own scale: one
    scale for a whole matrix costs one to two points of F1, this none. ``config.json`` is written
    last, so that a folder without it holds no model.
    """
    network = network.eval()
    with tempfile.TemporaryDirectory() as scratch:
        full, small = Path(scratch, "full.onnx"), Path(scratch, "small.onnx")
        _write_encoder(network, full)
        _quantise(full, small)
        write_whole(folder / "encoder.onnx", small.read_bytes())
        spans = Path(scratch, "spans.onnx")
        _write_spans(network, spans)
        write_whole(folder / "spans.onnx", spans.read_bytes())
        heads = Path(scratch, "heads.npz")
        halves = {name: weight.detach().numpy().astype(np.float16) for name, weight in sorted(network.weights.items())}
        np.savez(heads, **halves)
        write_whole(folder / "heads.npz", heads.read_bytes())
    write_whole(folder / "tokenizer.json", tokenizer)
    write_whole(
        folder / "config.json",
        to_config(network.labels, thresholds, network.encoder.shape.max_position_embeddings, made),
    )


def _write_encoder(network: Network, path: Path) -> None:
    pieces = torch.ones(2, 16, dtype=torch.int64)
    _write(
        network.encoder,
        {"pieces": pieces, "spellings": pieces, "mask": pieces},
        ("batch", "length"),
        ["hidden"],
        path,
    )


def _write_spans(network: Network, path: Path) -> None:
    vectors = torch.ones(2, 24, network.encoder.shape.hidden_size)
    _write(network.spans, {"first": vectors, "last": vectors}, ("batch", "words"), ["scores"], path)


def _write(
    module: torch.nn.Module, inputs: dict[str, torch.Tensor], axes: tuple[str, str], outputs: list[str], path: Path
) -> None:
    """The module as an ONNX graph whose first two axes may have any size."""
    moving = dict(enumerate(axes))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracing exporter is announced to end, and warns of our own loop
        torch.onnx.export(
            module,
            tuple(inputs.values()),
            str(path),
            input_names=list(inputs),
            output_names=outputs,
            dynamic_axes=dict.fromkeys((*inputs, *outputs), moving),
            opset_version=_OPSET,
            dynamo=False,
        )


def _quantise(full: Path, small: Path) -> None:
    import logging

    from onnxruntime.quantization import QuantType, quantize_dynamic

    logging.getLogger().setLevel(logging.ERROR)  # it recommends a step that changes nothing here
    quantize_dynamic(full, small, per_channel=True, weight_type=QuantType.QInt8)
