"""What the cues in the words say of entities and pairs of them, as numbers that the model's heads read.

The sums of :mod:`kgraph.extraction.roles` and :mod:`kgraph.extraction.relations`, a logistic regression
over cue words each, before anything is made of them; the heads learn in training how far to go by them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from kgraph.extraction import pairs, roles
from kgraph.extraction.cues import read
from kgraph.extraction.scoring import total
from kgraph.model import Entity

__all__ = ["relation_cues", "role_cues"]

Floats = NDArray[np.float32]

_LOWEST, _HIGHEST = -8.0, 4.0
_SCALE = 3.0
"""Log-odds are divided by it, so that they lie about where the other inputs of the heads do."""


def role_cues(
    text: str, title_end: int, entities: Sequence[Entity], known: Collection[str], names: Sequence[str]
) -> Floats:
    """What speaks for each role of each entity, in log-odds: (entities, roles).

    ``known`` are the names of those entities that a vocabulary knows.
    """
    observed = roles.observations(read(text, title_end, entities), entities, known)
    sums = [[total(roles.WEIGHTS.get(name, {}), seen) for name in names] for seen in observed]
    return np.array(sums, dtype=np.float32).reshape(len(entities), len(names)) / _SCALE


def relation_cues(
    text: str, title_end: int, entities: Sequence[Entity], cues: Floats, names: Sequence[str], predicates: Sequence[str]
) -> Floats:
    """What speaks for each relation of each pair, in log-odds: (entities, entities, predicates).

    Each entity counts in the role for which ``cues``, what :func:`role_cues` gives, speaks most.
    """
    cast = [replace(entity, role=names[role]) for entity, role in zip(entities, cues.argmax(1).tolist(), strict=True)]
    made = np.full((len(entities), len(entities), len(predicates)), _LOWEST, dtype=np.float32)
    weighed = [(number, pairs.WEIGHTS[name]) for number, name in enumerate(predicates) if name in pairs.WEIGHTS]
    for (subject, object), pair in pairs.observations(read(text, title_end, cast), cast).items():
        seen = pair.seen.union(*pair.sentences.values())
        for number, weights in weighed:
            made[subject, object, number] = weights["always"] + total(weights, seen)
    return np.clip(made, _LOWEST, _HIGHEST) / _SCALE
