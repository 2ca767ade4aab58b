"""Further pre-training of the encoder on unlabelled abstracts, with masked words.

Whole words are masked (Cui et al. 2021), 20 % of them (Wettig et al. 2023: more than BERT's 15 %
pays for small models): a name such as ``Llama-3`` must be told from its sentence, not from the
rest of its pieces. As in BERT, of the masked pieces 80 % become ``[MASK]``, 10 % a random piece,
10 % stay. Gururangan et al. 2020 show what such adaptation to a field gives.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from kgraph.extraction.model.wordpieces import Words, to_words
from kgraph.text import passage
from kgraph.training.encoder import Encoder

__all__ = ["pretrain", "read_texts"]

MASKED_SHARE = 0.2
_CLS, _SEP, _MASK = 101, 102, 103


class MaskedWords(nn.Module):
    """The encoder and a head that gives every masked piece a score for each piece of the vocabulary."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        width = encoder.shape.hidden_size
        self.encoder = encoder
        self.transform = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)
        self.bias = nn.Parameter(torch.zeros(encoder.shape.vocab_size))
        nn.init.eye_(self.transform.weight)

    def forward(self, pieces: Tensor, spellings: Tensor, mask: Tensor, targets: Tensor) -> Tensor:
        """Mean cross entropy over the places where ``targets`` is not negative."""
        hidden = self.encoder(pieces, spellings, mask)
        chosen = targets >= 0
        states = self.norm(functional.gelu(self.transform(hidden[chosen])))
        return functional.cross_entropy(
            functional.linear(states, self.encoder.words.weight, self.bias).float(), targets[chosen]
        )


def read_texts(paths: Iterable[Path]) -> Iterator[tuple[str, str]]:
    """Title and abstract of every paper of JSON lines files, gzipped or not."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                paper = json.loads(line)
                yield paper["title"], paper["abstract"]


def pretrain(
    encoder: Encoder,
    tokenizer: Tokenizer,
    papers: Sequence[tuple[str, str]],
    *,
    seconds: float,
    rate: float = 4e-4,
    pieces_per_batch: int = 4096,
    seed: int = 0,
    report: Callable[[str], None] = print,
) -> Encoder:
    """The encoder after that many seconds of training; its rate rises over 3 % of them, then falls to nothing.

    Time, not epochs, is the budget here: on two cores it is what one has.
    """
    torch.manual_seed(seed)
    random = np.random.default_rng(seed)
    texts = [passage(title, abstract) for title, abstract in papers]
    words = to_words(tokenizer, texts, [len(title) for title, _ in papers])
    words = [text for text in words if 16 < len(text.pieces) <= encoder.shape.max_position_embeddings - 2]
    network = MaskedWords(encoder).train()
    encoder.words.weight.requires_grad_(
        requires_grad=False
    )  # half of all weights: moving them costs more than it gives
    weights = [weight for weight in network.parameters() if weight.requires_grad]
    optimizer = torch.optim.AdamW(weights, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    begun, smooth = time.monotonic(), 0.0
    for step, batch in enumerate(_batches(words, pieces_per_batch, random), 1):
        done = (time.monotonic() - begun) / seconds
        if done >= 1:
            break
        for group in optimizer.param_groups:
            group["lr"] = rate * min(done / 0.03 + 1e-3, (1 - done) / 0.97)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss = network(*_masked([words[place] for place in batch], random, encoder.shape.vocab_size))
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(weights, 1.0)
        optimizer.step()
        smooth = loss.item() if step == 1 else 0.98 * smooth + 0.02 * loss.item()
        if step % 20 == 0:
            report(f"step {step}, {done:.0%} of the time, loss {smooth:.3f}")
    return encoder


def _batches(words: Sequence[Words], pieces: int, random: np.random.Generator) -> Iterator[list[int]]:
    """Endless batches of texts of like length, so that little is padding, in random order."""
    lengths = np.array([len(text.pieces) for text in words])
    while True:
        order = np.argsort(lengths + random.normal(0, 8, len(lengths)), kind="stable")
        batches: list[list[int]] = [[]]
        for place in order:
            if (len(batches[-1]) + 1) * (lengths[place] + 2) > pieces:
                batches.append([])
            batches[-1].append(int(place))
        for place in random.permutation(len(batches)):
            yield batches[place]


def _masked(
    texts: Sequence[Words], random: np.random.Generator, vocabulary: int
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pieces with some masked, spellings, where pieces are, and what stood under the masks (-1 elsewhere)."""
    longest = max(len(text.pieces) for text in texts) + 2
    shape = (len(texts), longest)
    pieces, spellings, mask = (np.zeros(shape, np.int64) for _ in range(3))
    targets = np.full(shape, -1, np.int64)
    for row, text in enumerate(texts):
        length = len(text.pieces)
        pieces[row, 0], pieces[row, length + 1] = _CLS, _SEP
        pieces[row, 1 : length + 1], spellings[row, 1 : length + 1] = text.pieces, text.spellings
        mask[row, : length + 2] = 1
        chosen = _piece_mask(text, random)
        targets[row, 1 : length + 1][chosen] = text.pieces[chosen]
    hidden = targets >= 0
    kind = random.random(shape)
    pieces[hidden & (kind < 0.8)] = _MASK
    other = hidden & (kind >= 0.9)
    pieces[other] = random.integers(1000, vocabulary, int(other.sum()))
    return torch.from_numpy(pieces), torch.from_numpy(spellings), torch.from_numpy(mask), torch.from_numpy(targets)


def _piece_mask(text: Words, random: np.random.Generator) -> NDArray[np.bool_]:
    chosen = random.random(len(text.first)) < MASKED_SHARE
    return np.repeat(chosen, text.last - text.first + 1)
