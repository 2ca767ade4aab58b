"""What the network says of papers while it is being trained, decoded as at run time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch

from kgraph.extraction.model.decoding import decode
from kgraph.extraction.model.finding import chosen, span_probabilities, spread
from kgraph.extraction.model.grouping import Grouping, Reading, group
from kgraph.extraction.model.heads import Text, Weights
from kgraph.extraction.model.labels import Labels, Thresholds
from kgraph.model import Annotation
from kgraph.text import passage
from kgraph.training.data import Example
from kgraph.training.network import Network, hinted_scores, to_batch

__all__ = ["Encoded", "annotated", "encoded", "grouping_of", "weights_of"]


@dataclass(frozen=True, slots=True)
class Encoded:
    """A paper after the encoder and the span head, before any threshold: thresholds are tried on these."""

    example: Example
    text: Text
    mentions: np.ndarray
    values: np.ndarray


def weights_of(network: Network) -> Weights:
    """The weights of the heads as numpy arrays."""
    return {name: weight.detach().numpy() for name, weight in network.weights.items()}


@torch.no_grad()
def encoded(network: Network, examples: Sequence[Example], *, size: int = 8) -> Iterator[Encoded]:
    """The examples' papers through the encoder and the span head, in their order."""
    network.eval()
    for at in range(0, len(examples), size):
        chunk = examples[at : at + size]
        batch = to_batch(chunk, network.encoder.shape.max_position_embeddings)
        counts = (batch.last > 0).sum(1).tolist()
        first, last, whole, scores = network(batch)
        scores = hinted_scores(network, scores, chunk, counts)
        first, last, whole, scores = (array.numpy() for array in (first, last, whole, scores))
        mentions, values = span_probabilities([score[:count] for score, count in zip(scores, counts, strict=True)])
        for row, (example, count) in enumerate(zip(chunk, counts, strict=True)):
            begin, end = first[row, :count], last[row, :count]
            sums = np.concatenate([np.zeros_like(begin[:1]), np.cumsum(begin, 0)])
            yield Encoded(example, Text(begin, end, sums, whole[row]), mentions[row], values[row])


def reading_of(paper: Encoded, bars: Thresholds) -> Reading:
    """The mentions and values of a paper with these thresholds."""
    about, words = paper.example.annotation.paper, paper.example.words
    text = passage(about.title, about.abstract)
    mentions = spread(text, words, chosen(paper.mentions, bars.mention))
    return Reading(
        text,
        len(about.title),
        words,
        paper.example.sentences,
        paper.text,
        tuple(mention for mention in mentions if mention.end <= len(paper.text.first)),
        tuple(chosen(paper.values[..., None], bars.value)),
        paper.example.hints,
    )


def grouping_of(paper: Encoded, weights: Weights, labels: Labels, bars: Thresholds) -> tuple[Reading, Grouping | None]:
    """The entities of a paper with these thresholds, and the reading that they come from."""
    reading = reading_of(paper, bars)
    return reading, group(reading, reading.mentions, weights, labels, bars)


def annotated(paper: Encoded, weights: Weights, labels: Labels, bars: Thresholds) -> Annotation:
    """What is said of a paper with these thresholds."""
    return decode(paper.example.annotation.paper, reading_of(paper, bars), weights, labels, bars)
