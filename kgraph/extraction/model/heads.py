"""What the extractor computes from the encoder's vectors of one text, beyond the spans.

Each function is written once for two array libraries: ``xp`` is ``torch`` in training, where
gradients flow through it, and ``numpy`` at run time, where torch is not installed. Weights come
as a mapping from names (``"role_out_weight"``) to arrays, matrices as ``(inputs, outputs)``.

Several mentions name one entity, and one pair of entities may be told of in several sentences.
Evidence of mentions is therefore pooled by the logarithm of a sum of exponentials, a soft
maximum (Verga et al. 2018), here as products with the 0/1 matrix of which mention is of which
entity.

N mentions, G forms, E entities, V values, W words, H the encoder's width, D the heads' width.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

__all__ = [
    "DISTANCES",
    "FORM_FEATURES",
    "PLACES",
    "SLOTS",
    "Text",
    "Weights",
    "entities",
    "mentions",
    "relation_logits",
    "result_logits",
    "role_logits",
    "same_logits",
]

Array = Any  # numpy.ndarray or torch.Tensor
Weights = Mapping[str, Array]
"""The heads' arrays by name."""

DISTANCES = 12
"""Ways in which two mentions may stand to each other: see :func:`kgraph.extraction.model.structure.distances`."""
FORM_FEATURES = 11
"""What is compared of two written forms: see :func:`kgraph.extraction.model.structure.form_features`."""
PLACES = 5
"""What is said of where an entity stands: see :func:`kgraph.extraction.model.structure.places`."""
SLOTS = ("entity", "metric", "on", "versus")
"""What a value may be linked to."""


@dataclass(frozen=True, slots=True)
class Text:
    """The encoder's vectors of one text.

    ``first`` and ``last`` (W, H) are those of each word's first and last piece, ``sums``
    (W + 1, H) the running sums of ``first``, ``whole`` (H,) that of the text.
    """

    first: Array
    last: Array
    sums: Array
    whole: Array


def linear(weights: Weights, name: str, inputs: Array) -> Array:
    """``inputs @ weight + bias`` of the layer of that name."""
    return inputs @ weights[f"{name}_weight"] + weights[f"{name}_bias"]


def mentions(weights: Weights, xp: Any, text: Text, starts: Array, ends: Array, name: str = "mention") -> Array:
    """A vector for each stretch of words from ``starts`` to before ``ends``: (N, D)."""
    inside = (text.sums[ends] - text.sums[starts]) / xp.asarray(ends - starts, dtype=text.sums.dtype)[:, None]
    return xp.tanh(linear(weights, name, xp.concatenate([text.first[starts], text.last[ends - 1], inside], 1)))


def _pooled(xp: Any, members: Array, vectors: Array) -> Array:
    """The mean of each row's members, and their soft maximum: (rows, 2 D)."""
    mean = members @ vectors / members.sum(1)[:, None]
    return xp.concatenate([mean, xp.log(members @ xp.exp(4.0 * vectors)) / 4.0], 1)


def same_logits(weights: Weights, xp: Any, vectors: Array, members: Array, features: Array) -> Array:
    """How much speaks for two forms naming one thing: (G, G), symmetric.

    ``members`` (G, N) says which mentions bear a form, ``features`` (G, G, FORM_FEATURES) compares
    the letters of two forms.
    """
    pooled = xp.tanh(linear(weights, "same_form", _pooled(xp, members, vectors)))
    apart = pooled[:, None] - pooled[None]
    inner = linear(weights, "same_apart", xp.concatenate([apart * apart, pooled[:, None] * pooled[None], features], 2))
    return linear(weights, "same_out", inner.clip(0.0))[:, :, 0]


def entities(
    weights: Weights, xp: Any, text: Text, vectors: Array, members: Array, types: Array, places: Array
) -> Array:
    """A vector for each entity: (E, D).

    ``members`` (E, N) says which mentions are of it, ``types`` (E, number of types) is one-hot,
    ``places`` (E, PLACES) says where it stands.
    """
    whole = members[:, :1] * 0.0 + text.whole[None]
    inputs = xp.concatenate([_pooled(xp, members, vectors), types, places, whole], 1)
    return linear(weights, "entity", inputs).clip(0.0)


def role_logits(weights: Weights, entity: Array, cues: Array) -> Array:
    """A score for each role of each entity: (E, number of roles).

    ``cues`` (E, number of roles) is what cue words say: :func:`kgraph.extraction.model.cues.role_cues`.
    """
    told = cues @ weights["role_cues"]
    return linear(weights, "role_out", linear(weights, "role_inner", entity).clip(0.0)) + told


def _between(text: Text, weights: Weights, xp: Any, name: str, low: Array, high: Array) -> Array:
    """The mean of the words from ``low`` to before ``high``, after the layer's matrix; zero for none."""
    projected = text.sums @ weights[f"{name}_weight"]
    lengths = xp.asarray((high - low).clip(1), dtype=text.sums.dtype)
    return (projected[high] - projected[low]) / lengths[:, :, None]


def _pair_logits(
    weights: Weights, xp: Any, name: str, text: Text, left: Array, right: Array, between: tuple[Array, Array, Array]
) -> Array:
    """Scores of every pair of two lists of mentions: (N, M, labels).

    ``between`` gives for each pair the first word between them, the word after that stretch, and
    the number of their distance.
    """
    low, high, distance = between
    inner = (left @ weights[f"{name}_left"])[:, None] + (right @ weights[f"{name}_right"])[None]
    inner = inner + weights[f"{name}_distance"][distance] + _between(text, weights, xp, f"{name}_between", low, high)
    return linear(weights, f"{name}_out", inner.clip(0.0))


def _gathered(xp: Any, left: Array, logits: Array, right: Array) -> Array:
    """The soft maximum over the mentions of two entities: (E, F, labels)."""
    masses = xp.exp(logits.clip(-12.0, 12.0))
    inner = xp.einsum("nml,fm->nfl", masses, right)
    return xp.log(xp.einsum("en,nfl->efl", left, inner) + 1e-6)


def relation_logits(
    weights: Weights,
    xp: Any,
    text: Text,
    vectors: Array,
    members: Array,
    entity: Array,
    roles: Array,
    between: tuple[Array, Array, Array],
    cues: Array,
) -> Array:
    """A score for each predicate of each ordered pair of entities: (E, E, number of predicates).

    Three sources are added: what the best pair of mentions says; what the two entities are, with
    the probabilities of their ``roles`` (E, number of roles); and what cue words say
    (:func:`kgraph.extraction.model.cues.relation_cues`).
    """
    local = _pair_logits(weights, xp, "relation_near", text, vectors, vectors, between)
    known = xp.concatenate([entity, roles], 1)
    inner = linear(weights, "relation_subject", known)[:, None] + linear(weights, "relation_object", known)[None]
    told = cues @ weights["relation_cues"]
    return _gathered(xp, members, local, members) + linear(weights, "relation_out", inner.clip(0.0)) + told


def result_logits(
    weights: Weights,
    xp: Any,
    text: Text,
    values: Array,
    vectors: Array,
    members: Array,
    entity: Array,
    roles: Array,
    between: tuple[Array, Array, Array],
) -> Array:
    """A score for each entity, and one for none of them, in each slot of each value: (V, E + 1, slots)."""
    local = _pair_logits(weights, xp, "result_near", text, values, vectors, between)
    known = xp.concatenate([entity, roles], 1)
    inner = linear(weights, "result_value", values)[:, None] + linear(weights, "result_entity", known)[None]
    each = values[:, :1] * 0.0 + 1.0
    identity = xp.eye(len(values), dtype=text.sums.dtype)
    found = _gathered(xp, identity, local, members) + linear(weights, "result_out", inner.clip(0.0))
    return xp.concatenate([found, (linear(weights, "result_none", values) * each)[:, None]], 1)
