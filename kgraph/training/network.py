"""The network that is trained: the encoder, a head for spans, and the heads of :mod:`kgraph.extraction.model.heads`.

Spans are scored whole: a stretch of words by its first and its last word, the mean of what is
inside and its length, then normalised over all segmentations of the text
(:mod:`kgraph.extraction.model.segments`). Half of what a tagger gets wrong is where a name ends; here
a boundary is decided with the name in view.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from kgraph.extraction.model import heads
from kgraph.extraction.model.heads import DISTANCES, FORM_FEATURES, PLACES, SLOTS, Text
from kgraph.extraction.model.hints import LEVELS, RELATIONS, hint_relations
from kgraph.extraction.model.labels import Labels
from kgraph.extraction.model.segments import marginals
from kgraph.extraction.model.structure import between
from kgraph.training.data import Example
from kgraph.training.encoder import Encoder

__all__ = ["TOLD", "Batch", "Losses", "Network", "Spans", "hinted_scores", "losses", "to_batch"]

WIDTH = 192
"""Width of the heads."""
_LOWEST = -1e4
TOLD = ("hints", "relation_cues", "role_cues")
"""The weights of what vocabularies, patterns and cues say."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of texts for the encoder: piece numbers, spellings, where pieces are, and each word's ends."""

    pieces: Tensor
    spellings: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor


class Spans(nn.Module):
    """Scores of every stretch of words for every type, and for being a value: (texts, words, longest, types + 1)."""

    def __init__(self, inputs: int, types: int, longest: int) -> None:
        super().__init__()
        self.longest = longest
        self.first = nn.Linear(inputs, WIDTH)
        self.last = nn.Linear(inputs, WIDTH, bias=False)
        self.inside = nn.Linear(inputs, WIDTH, bias=False)
        self.length = nn.Parameter(torch.zeros(longest, WIDTH))
        self.out = nn.Linear(WIDTH, types + 1)
        nn.init.constant_(self.out.bias, -4.0)  # most stretches are nothing

    def forward(self, first: Tensor, last: Tensor) -> Tensor:
        """Both (texts, words, inputs): the vectors of each word's first and last piece."""
        begin, end = self.first(first), self.last(last)
        sums = torch.cumsum(self.inside(first), dim=1)
        before = functional.pad(sums, (0, 0, 1, 0))[:, :-1]
        scores = []
        for more in range(self.longest):
            # Past the end of the text the last word is repeated; such stretches are masked by whoever asks.
            stop, total = (functional.pad(states[:, more:], (0, 0, 0, more)) for states in (end, sums))
            inner = functional.relu(begin + stop + (total - before) / (more + 1) + self.length[more])
            scores.append(self.out(inner))
        return torch.stack(scores, dim=2)


class Network(nn.Module):
    """The encoder with its heads. ``weights`` holds those heads whose code is shared with run time."""

    def __init__(self, encoder: Encoder, labels: Labels, *, dropout: float = 0.15) -> None:
        super().__init__()
        width = encoder.shape.hidden_size
        self.encoder = encoder
        self.labels = labels
        self.dropout = nn.Dropout(dropout)
        self.spans = Spans(width, len(labels.types), max(labels.longest_mention, labels.longest_value))
        types, roles, predicates = len(labels.types), len(labels.roles), len(labels.predicates)
        sizes = {
            "mention": (3 * width, WIDTH),
            "value": (3 * width, WIDTH),
            "same_form": (2 * WIDTH, WIDTH),
            "same_apart": (2 * WIDTH + FORM_FEATURES, 64),
            "same_out": (64, 1),
            "entity": (2 * WIDTH + types + PLACES + width, WIDTH),
            "role_inner": (WIDTH, WIDTH),
            "role_out": (WIDTH, roles),
            "relation_near_out": (WIDTH, predicates),
            "relation_subject": (WIDTH + roles, WIDTH),
            "relation_object": (WIDTH + roles, WIDTH),
            "relation_out": (WIDTH, predicates),
            "result_near_out": (WIDTH, len(SLOTS)),
            "result_value": (WIDTH, WIDTH),
            "result_entity": (WIDTH + roles, WIDTH),
            "result_out": (WIDTH, len(SLOTS)),
            "result_none": (WIDTH, len(SLOTS)),
        }
        self.weights = nn.ParameterDict()
        for name, (inputs, outputs) in sizes.items():
            self.weights[f"{name}_weight"] = nn.Parameter(torch.randn(inputs, outputs) * inputs**-0.5)
            self.weights[f"{name}_bias"] = nn.Parameter(torch.zeros(outputs))
        for name in ("relation", "result"):
            for side in ("left", "right"):
                self.weights[f"{name}_near_{side}"] = nn.Parameter(torch.randn(WIDTH, WIDTH) * WIDTH**-0.5)
            self.weights[f"{name}_near_between_weight"] = nn.Parameter(torch.randn(width, WIDTH) * width**-0.5)
            self.weights[f"{name}_near_distance"] = nn.Parameter(torch.zeros(DISTANCES, WIDTH))
        nn.init.constant_(self.weights["relation_near_out_bias"], -3.0)
        self.weights["relation_cues"] = nn.Parameter(torch.eye(predicates))
        # A hint speaks for its own type from the start.
        trust = torch.zeros(RELATIONS + LEVELS, types, types)
        trust[RELATIONS:] = 2.0 * torch.eye(types)
        self.weights["hints"] = nn.Parameter(trust.flatten(0, 1))
        self.weights["role_cues"] = nn.Parameter(0.1 * torch.eye(roles))

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Vectors of each word's first and last piece and of the text, and the scores of the spans."""
        hidden = self.dropout(self.encoder(batch.pieces, batch.spellings, batch.mask).float())
        width = hidden.shape[-1]
        first, last = (
            torch.gather(hidden, 1, at[:, :, None].expand(-1, -1, width)) for at in (batch.first, batch.last)
        )
        return first, last, hidden[:, 0], self.spans(first, last)


def to_batch(examples: Sequence[Example], longest: int, *, masked: float = 0.0) -> Batch:
    """The texts padded to one length; what is longer than the encoder's window is cut (in training only).

    That share of the words is hidden under ``[MASK]``, with their spelling, by torch's random numbers.
    """
    counts = [min(len(example.words.pieces), longest - 2) for example in examples]
    words = [int(np.searchsorted(example.words.last, count)) for example, count in zip(examples, counts, strict=True)]
    shape, word_shape = (len(examples), max(counts) + 2), (len(examples), max(words))
    pieces, spellings, mask = (np.zeros(shape, np.int64) for _ in range(3))
    first, last = (np.zeros(word_shape, np.int64) for _ in range(2))
    for row, (example, count, many) in enumerate(zip(examples, counts, words, strict=True)):
        pieces[row, 0], pieces[row, count + 1] = 101, 102
        pieces[row, 1 : count + 1] = example.words.pieces[:count]
        spellings[row, 1 : count + 1] = example.words.spellings[:count]
        mask[row, : count + 2] = 1
        if masked:
            hidden = np.repeat(
                torch.rand(len(example.words.first)).numpy() < masked, example.words.last - example.words.first + 1
            )
            pieces[row, 1 : count + 1][hidden[:count]], spellings[row, 1 : count + 1][hidden[:count]] = 103, 0
        first[row, :many], last[row, :many] = example.words.first[:many] + 1, example.words.last[:many] + 1
    return Batch(*(torch.from_numpy(array) for array in (pieces, spellings, mask, first, last)))


class _LogSum(torch.autograd.Function):
    """The logarithm of the sum over all segmentations; its gradient are the marginals."""

    @staticmethod
    def forward(ctx: Any, scores: Tensor) -> Tensor:
        total, shares = marginals(scores.numpy())
        ctx.save_for_backward(torch.from_numpy(shares).to(scores.dtype))
        return torch.from_numpy(total).to(scores.dtype)

    @staticmethod
    def backward(ctx: Any, gradient: Tensor) -> Tensor:
        (shares,) = ctx.saved_tensors
        return shares * gradient[:, None, None]


def hinted_scores(network: Network, scores: Tensor, examples: Sequence[Example], words: Sequence[int]) -> Tensor:
    """The scores with what is hinted at counted in."""
    types = len(network.labels.types)
    found = [
        hint_relations(e.hint_spans, count, scores.shape[2], types) for e, count in zip(examples, words, strict=True)
    ]
    rows = torch.from_numpy(np.repeat(np.arange(len(found)), [len(starts) for starts, *_ in found]))
    starts, lengths, kinds = (torch.from_numpy(np.concatenate(parts)) for parts in zip(*found, strict=True))
    told = functional.pad(network.weights["hints"][kinds], (0, 1))  # nobody hints at values
    return scores.index_put((rows, starts, lengths), told, accumulate=True)


def masked_scores(scores: Tensor, words: Sequence[int]) -> Tensor:
    """The scores with every stretch that leaves its text at a score so low that it weighs nothing."""
    places, longest = scores.shape[1:3]
    ends = torch.arange(places)[:, None] + torch.arange(1, longest + 1)[None]
    beyond = ends[None] > torch.tensor(words)[:, None, None]
    return scores.masked_fill(beyond[..., None], _LOWEST)


@dataclass(frozen=True, slots=True)
class Losses:
    """The parts of the loss, each a mean over what it is about."""

    mentions: Tensor
    values: Tensor
    same: Tensor
    roles: Tensor
    relations: Tensor
    results: Tensor

    def total(self) -> Tensor:
        """Their weighted sum: chosen so that no part's gradient drowns the others'."""
        return (
            self.mentions + 0.5 * self.values + 0.3 * self.same + 0.7 * self.roles + self.relations + 0.3 * self.results
        )


def losses(network: Network, examples: Sequence[Example], *, masked: float = 0.0) -> Losses:
    """What the network still gets wrong in a batch of examples, a share of whose words is masked."""
    batch = to_batch(examples, network.encoder.shape.max_position_embeddings, masked=masked)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = network.encoder(batch.pieces, batch.spellings, batch.mask)
    hidden = network.dropout(hidden.float())
    width = hidden.shape[-1]
    first, last = (torch.gather(hidden, 1, at[:, :, None].expand(-1, -1, width)) for at in (batch.first, batch.last))
    words = (batch.last > 0).sum(1).tolist()
    scores = hinted_scores(network, network.spans(first, last), examples, words)
    scores = masked_scores(scores, words)
    mentions, values = _span_losses(scores, examples, words)
    parts: dict[str, list[Tensor]] = {"same": [], "roles": [], "relations": [], "results": []}
    counts = dict.fromkeys(parts, 1)
    weights = dict(network.weights)
    for row, example in enumerate(examples):
        if len(example.starts) and example.ends[-1] <= words[row] and (example.value_ends <= words[row]).all():
            text = Text(
                first[row], last[row], functional.pad(torch.cumsum(first[row], 0), (0, 0, 1, 0)), hidden[row, 0]
            )
            for name, (loss, count) in _text_losses(weights, text, example, network.labels).items():
                parts[name].append(loss)
                counts[name] += count
    zero = mentions * 0.0
    summed = {name: (sum(found, zero) / counts[name]) for name, found in parts.items()}
    return Losses(mentions=mentions, values=values, **summed)


def _span_losses(scores: Tensor, examples: Sequence[Example], words: Sequence[int]) -> tuple[Tensor, Tensor]:
    """Minus the log-probability of the right segmentation, by mention; of types and of values apart."""
    typed, value = scores[..., :-1], scores[..., -1]
    total = _LogSum.apply(torch.logsumexp(typed, -1)).sum() + 0.0
    total_values = _LogSum.apply(value).sum()
    count, count_values = 1, 1
    for row, example in enumerate(examples):
        inside = example.ends <= words[row]
        at, length = example.starts[inside], (example.ends - example.starts)[inside] - 1
        total = total - typed[row, at, length, example.types[inside]].sum()
        count += len(at)
        inside = example.value_ends <= words[row]
        at, length = example.value_starts[inside], (example.value_ends - example.value_starts)[inside] - 1
        total_values = total_values - value[row, at, length].sum()
        count_values += len(at)
    return total / count, total_values / count_values


def _text_losses(
    weights: dict[str, Tensor], text: Text, example: Example, labels: Labels
) -> dict[str, tuple[Tensor, int]]:
    """Sums of the losses of one text, and over how many things each goes."""
    tensor = torch.from_numpy
    members = tensor(example.members)
    vectors = functional.dropout(
        heads.mentions(weights, torch, text, tensor(example.starts), tensor(example.ends)), 0.1
    )
    types = functional.one_hot(tensor(example.entity_types), len(labels.types)).float()
    entity = heads.entities(weights, torch, text, vectors, members, types, tensor(example.places))
    entity = functional.dropout(entity, 0.1)
    role_scores = heads.role_logits(weights, entity, tensor(example.role_cues))
    roles = torch.softmax(role_scores, -1)
    made = {"roles": (functional.cross_entropy(role_scores, tensor(example.roles), reduction="sum"), len(members))}
    if len(example.forms) > 1:
        same = heads.same_logits(weights, torch, vectors, tensor(example.forms), tensor(example.form_features))
        upper = torch.triu(torch.ones_like(same), 1) > 0
        loss = functional.binary_cross_entropy_with_logits(same[upper], tensor(example.same)[upper], reduction="sum")
        made["same"] = (loss, len(example.forms))
    if len(members) > 1:
        spans = (example.starts, example.ends)
        low, high, distance = between(spans, spans, example.sentences)
        pairs = tensor(low), tensor(high), tensor(distance)
        found = heads.relation_logits(
            weights, torch, text, vectors, members, entity, roles, pairs, tensor(example.relation_cues)
        )
        allowed = tensor(allowed_pairs(example.entity_types, labels))
        loss = functional.binary_cross_entropy_with_logits(found, tensor(example.relations), reduction="none")
        made["relations"] = ((loss * allowed).sum(), int(example.relations.sum()))
    if len(example.value_starts):
        spans = (example.value_starts, example.value_ends)
        values = heads.mentions(weights, torch, text, tensor(spans[0]), tensor(spans[1]), name="value")
        low, high, distance = between(spans, (example.starts, example.ends), example.sentences)
        pairs = tensor(low), tensor(high), tensor(distance)
        found = heads.result_logits(weights, torch, text, values, vectors, members, entity, roles, pairs)
        loss = -(torch.log_softmax(found, 1) * tensor(example.links)).sum()
        made["results"] = (loss, len(values))
    return made


def allowed_pairs(types: NDArray[np.intp], labels: Labels) -> NDArray[np.float32]:
    """1 where the ontology lets a predicate link entities of these types, never one to itself: (E, E, predicates)."""
    table = np.array(
        [[[(a, p, b) in labels.allowed for p in labels.predicates] for b in labels.types] for a in labels.types],
        dtype=np.float32,
    )
    made: NDArray[np.float32] = table[types[:, None], types[None]]
    made[np.arange(len(types)), np.arange(len(types))] = 0.0
    return made
