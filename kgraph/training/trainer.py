"""Training: all heads and the encoder together, on batches of texts of like length.

Seeded, and resumable: after each epoch everything that the next one depends on is written into a
checkpoint, whole. What is kept in the end is the running mean of the weights (Polyak and Juditsky
1992) of the epoch that was best on the development papers.
"""

from __future__ import annotations

import copy
import hashlib
import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from kgraph.files import whole
from kgraph.stages import Progress
from kgraph.training.data import Example
from kgraph.training.network import TOLD, Losses, Network, losses

__all__ = ["Settings", "fit"]

_FASTER = 20
"""How many times the heads' rate holds for the few weights of hints and cues, which begin far from where they end."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to train. ``decay`` lowers the rate from each layer of the encoder to the one beneath it.

    ``masked`` is the share of words hidden, ``renamed`` that of entities under other names
    (:mod:`kgraph.training.augmentation`). ``frozen`` leaves the encoder as it is and trains the heads
    alone, best on papers that it has not learned by heart.
    """

    epochs: int = 10
    seed: int = 0
    encoder_rate: float = 3e-4
    heads_rate: float = 1.5e-3
    decay: float = 0.9
    warmup: float = 0.06
    pieces_per_batch: int = 2600
    mean_over: int = 150
    patience: int = 3
    masked: float = 0.08
    renamed: float = 0.25
    frozen: bool = False


def fit(
    network: Network,
    examples: Callable[[int], Sequence[Example]],
    settings: Settings,
    *,
    evaluate: Callable[[Network], float],
    checkpoint: Path | None = None,
    history: Sequence[Mapping[str, Any]] = (),
    report: Callable[[str], None],
    progress: Progress = lambda items, _total, _what: items,
) -> Network:
    """The network with the best mean weights, by ``evaluate`` (higher is better), which runs after each epoch.

    ``examples`` gives those of an epoch. Goes on from ``checkpoint`` where there is one of the same
    training: of the same settings, examples and weights to begin with; ``history``, how the network
    came about, is kept in it. ``report`` is told a line after each epoch, ``progress`` shows how far one is.
    """
    training = _digest(network, examples(0), settings)
    torch.manual_seed(settings.seed)
    network.encoder.words.weight.requires_grad_(requires_grad=False)
    if settings.frozen:
        network.encoder.freeze()
    steps = sum(1 for _ in _batches(examples(0), settings, epoch=0))  # about as many in every epoch
    optimizer = torch.optim.AdamW(_groups(network, settings), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    mean = copy.deepcopy(network).eval()
    best, best_score, since, first = copy.deepcopy(network.state_dict()), -1.0, 0, 0
    if checkpoint is not None and checkpoint.exists():
        state: dict[str, Any] = torch.load(checkpoint, weights_only=True)
        if state.get("training") == training:
            network.load_state_dict(state["network"])
            mean.load_state_dict(state["mean"])
            optimizer.load_state_dict(state["optimizer"])
            torch.set_rng_state(state["random"])
            best, best_score, since, first = state["best"], state["best_score"], state["since"], state["epoch"]
            report(f"going on after epoch {first}")
        else:
            report(f"{checkpoint.name} is of another training: begun anew")
    for epoch in range(first, settings.epochs):
        if since >= settings.patience:
            report(f"no better for {since} epochs: stopped")
            break
        network.train()
        begun, sums = time.monotonic(), dict.fromkeys(Losses.__slots__, 0.0)
        batches = list(_batches(examples(epoch), settings, epoch=epoch))
        for done, batch in enumerate(progress(batches, len(batches), f"epoch {epoch + 1} of {settings.epochs}"), 1):
            step = epoch * steps + done
            share = _schedule(min(1.0, step / (steps * settings.epochs)), settings.warmup)
            for group in optimizer.param_groups:
                group["lr"] = group["highest"] * share
            parts = losses(network, batch, masked=settings.masked)
            optimizer.zero_grad()
            parts.total().backward()
            nn.utils.clip_grad_norm_(network.parameters(), 2.0)
            optimizer.step()
            _average(mean, network, min(1 - 1 / settings.mean_over, step / (step + 10)))
            for name in sums:
                sums[name] += getattr(parts, name).item()
        score = evaluate(mean)
        since += 1
        if score > best_score:
            best, best_score, since = copy.deepcopy(mean.state_dict()), score, 0
        shown = ", ".join(f"{name} {value / len(batches):.2f}" for name, value in sums.items())
        report(
            f"epoch {epoch + 1} of {settings.epochs}: {score:.2f} on the development papers, best {best_score:.2f}; "
            f"{time.monotonic() - begun:.0f} s; losses: {shown}"
        )
        if checkpoint is not None:
            state = {
                "training": training,
                "history": list(history),
                "network": network.state_dict(),
                "mean": mean.state_dict(),
                "optimizer": optimizer.state_dict(),
                "random": torch.get_rng_state(),
                "best": best,
                "best_score": best_score,
                "since": since,
                "epoch": epoch + 1,
            }
            with whole(checkpoint) as stream:
                torch.save(state, stream)
    network.load_state_dict(best)
    network.encoder.memory = None
    return network.eval()


def _digest(network: Network, examples: Sequence[Example], settings: Settings) -> str:
    """What tells a training from others: how it trains, what it learns from, and the weights it begins with."""
    digest = hashlib.sha256(repr((asdict(settings), network.labels.types, network.labels.roles)).encode())
    for example in examples:
        digest.update(repr(example.annotation).encode())
    for name, weight in sorted(network.state_dict().items()):
        digest.update(name.encode() + weight.contiguous().numpy().tobytes())
    return digest.hexdigest()


def _schedule(done: float, warmup: float) -> float:
    """The share of the highest rate: a straight rise, then half a cosine."""
    if done < warmup:
        return (done + 1e-3) / warmup
    return 0.5 * (1 + math.cos(math.pi * (done - warmup) / (1 - warmup)))


def _groups(network: Network, settings: Settings) -> list[dict[str, Any]]:
    """The weights by their highest rate, which is lower in the lower layers: they know language, less of the task."""
    encoder = network.encoder
    depth = len(encoder.layers)
    groups: list[dict[str, Any]] = [
        {"params": list(layer.parameters()), "highest": settings.encoder_rate * settings.decay ** (depth - 1 - place)}
        for place, layer in enumerate(encoder.layers)
    ]
    lowest = [*encoder.positions.parameters(), *encoder.norm.parameters()]
    groups.append({"params": lowest, "highest": settings.encoder_rate * settings.decay**depth})
    groups.append({"params": list(encoder.spellings.parameters()), "highest": settings.heads_rate})
    told = [network.weights[name] for name in TOLD]
    groups.append({"params": told, "highest": _FASTER * settings.heads_rate})
    taken = {id(weight) for weight in (*encoder.parameters(), *told)}
    groups.append({"params": [w for w in network.parameters() if id(w) not in taken], "highest": settings.heads_rate})
    return [group for group in groups if any(weight.requires_grad for weight in group["params"])]


@torch.no_grad()
def _average(mean: Network, network: Network, keep: float) -> None:
    pairs = [(old, new) for old, new in zip(mean.parameters(), network.parameters(), strict=True) if new.requires_grad]
    torch._foreach_lerp_([old.data for old, _ in pairs], [new.data for _, new in pairs], 1 - keep)


def _batches(examples: Sequence[Example], settings: Settings, *, epoch: int) -> Iterator[list[Example]]:
    """Batches of texts of like length in an order that the seed and the epoch fix."""
    random = np.random.default_rng((settings.seed, epoch))
    lengths = np.array([len(example.words.pieces) + 2 for example in examples])
    order = np.argsort(lengths + random.normal(0, 10, len(lengths)), kind="stable")
    batches: list[list[int]] = [[]]
    for place in order:
        if batches[-1] and (len(batches[-1]) + 1) * lengths[place] > settings.pieces_per_batch:
            batches.append([])
        batches[-1].append(int(place))
    for place in random.permutation(len(batches)):
        yield [examples[at] for at in batches[place]]
