"""Where the nodes of a picture stand: communities as islands, no two nodes on one spot.

Springs alone give a hairball as soon as papers share their words. So the layout goes in levels:
Louvain's communities are each laid out by springs, a large one as an archipelago of its own
communities, and packed as discs, those with more links between them nearer to each other; what
nearly every paper names stands in the middle, where it pulls at nothing.

The same input gives the same coordinates: seeds are fixed, nodes are numbers in a given order,
sums run in that order, and coordinates are whole numbers.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kgraph.exporters.communities import Weights, between, communities, gathered, within
from kgraph.exporters.discs import apart, encircled, nestled, springs, sunflower

if TYPE_CHECKING:
    from kgraph.exporters.discs import Points

__all__ = ["Layout", "Region", "arrange"]

Spot = tuple[int, int]

_AIR = 1.2  # around a node, of its radius
_AIR_IN_CORE = 1.7  # whose names are all wanted
_CLOSE = 700  # nodes that a window holds at their own size
_BETWEEN_NODES = 6
_BETWEEN_REGIONS = 26
_FILLED = 0.32  # of a region's area, the rest is air for labels
_WIDER_THAN_HIGH = 1.9
_MOST_ISLANDS = 48
_HANDFUL = 40  # nodes that need no parting
_LEAF = 140  # nodes that springs lay out well and soon; more are parted into communities of their own


@dataclass(frozen=True, slots=True)
class Region:
    """A community as a disc (its centre, its radius), the nodes in it and the polygon around them."""

    x: int
    y: int
    radius: int
    members: tuple[int, ...]
    outline: tuple[Spot, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each node, and the regions, that of the core first where there is one."""

    points: tuple[Spot, ...]
    regions: tuple[Region, ...]


def arrange(radii: Sequence[float], weights: Weights, *, core: Collection[int] = (), seed: int = 1) -> Layout:
    """Places for nodes of these radii, of which the ``core`` stands together in the middle.

    Costs about half a second for a thousand nodes, half a minute for fifty thousand.

    >>> rings = {(node, node + 1): 1.0 for node in range(59) if node != 29}
    >>> layout = arrange([5.0] * 60, rings | {(0, 29): 1.0, (30, 59): 1.0}, core=range(30))
    >>> layout.regions[0].members == tuple(range(30))
    True
    """
    import numpy as np

    if not radii:
        return Layout((), ())
    core = frozenset(core)
    # The more there is around, the farther off the picture is seen, and the more room the names in its middle need.
    in_core = _AIR_IN_CORE * max(1.0, (len(radii) / _CLOSE) ** 0.4)
    airs = [in_core if node in core else _AIR for node in range(len(radii))]
    roomy = np.array(radii, dtype=float) * airs + _BETWEEN_NODES
    few = len(radii) <= _HANDFUL
    groups = [tuple(range(len(radii)))] if few else _islands(len(radii), weights, core, seed)
    insides = [_inside(roomy[list(group)], own, seed) for group, own in _each(groups, weights)]
    reach = _reach(insides, [roomy[list(group)] for group in groups])
    discs = np.array(reach) + _BETWEEN_REGIONS / 2
    centres = nestled(discs, between(groups, weights), wider=_WIDER_THAN_HIGH)
    places = np.zeros((len(radii), 2))
    for group, inside, centre in zip(groups, insides, centres, strict=True):
        places[list(group)] = inside + centre
    points = tuple((round(x), round(y)) for x, y in places.tolist())
    regions = (
        Region(round(x), round(y), round(radius), group, _outline([points[node] for node in group]))
        for group, radius, (x, y) in zip(groups, reach, centres.tolist(), strict=True)
    )
    return Layout(points, tuple(regions))


def _islands(size: int, weights: Weights, core: frozenset[int], seed: int) -> list[tuple[int, ...]]:
    """The core, then at most as many communities as an eye can tell apart and remember."""
    groups = communities(size, weights, core=core, seed=seed)
    first = groups[:1] if core else []
    middle = {node for group in first for node in group}
    others = {pair: weight for pair, weight in weights.items() if not middle & {*pair}}
    most = round(min(_MOST_ISLANDS, 6 + math.sqrt(size) / 3))
    return first + gathered(groups[len(first) :], others, most=most, seed=seed)


def _each(groups: list[tuple[int, ...]], weights: Weights) -> zip[tuple[tuple[int, ...], dict[Spot, float]]]:
    return zip(groups, within(groups, weights), strict=True)


def _inside(radii: Points, weights: Weights, seed: int) -> Points:
    """The members of a community around the origin, apart from each other; islands in it where they are many."""
    import numpy as np

    if len(radii) <= _LEAF:
        return _leaf(radii, weights, seed)
    groups = communities(len(radii), weights, seed=seed)
    if not 1 < len(groups) <= _LEAF:
        return sunflower(radii)
    insides = [_inside(radii[list(group)], own, seed) for group, own in _each(groups, weights)]
    reach = _reach(insides, [radii[list(group)] for group in groups])
    centres = _pack(reach, between(groups, weights), seed)
    points = np.zeros((len(radii), 2))
    for group, inside, centre in zip(groups, insides, centres, strict=True):
        points[list(group)] = inside + centre
    return encircled(points)


def _leaf(radii: Points, weights: Weights, seed: int) -> Points:
    points = springs(len(radii), weights, seed)
    wanted = math.sqrt(sum(size * size for size in radii.tolist()) / _FILLED)
    reached = sorted(map(_distance, points.tolist()))[len(points) * 9 // 10]
    return encircled(apart(points * (wanted / max(reached, 1e-9)), radii, rounds=100))


def _reach(insides: list[Points], radii: list[Points]) -> list[float]:
    """The radius of the disc that holds each group."""
    return [
        max(_distance(point) + radius for point, radius in zip(inside.tolist(), sizes.tolist(), strict=True))
        for inside, sizes in zip(insides, radii, strict=True)
    ]


def _pack(reach: Sequence[float], links: Weights, seed: int) -> Points:
    """Centres for discs of these radii: linked ones near, none on another."""
    import numpy as np

    radii = np.array(reach) + _BETWEEN_NODES / 2
    far = 2 * math.sqrt(float((radii * radii).sum()))
    return apart(springs(len(reach), links, seed) * far, radii, rounds=600)


def _outline(spots: list[Spot]) -> tuple[Spot, ...]:
    """The convex hull of some spots, by Andrew's monotone chain (1979)."""
    chains: list[list[Spot]] = []
    for ordered in (sorted(set(spots)), sorted(set(spots), reverse=True)):
        chain: list[Spot] = []
        for spot in ordered:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], spot) <= 0:
                chain.pop()
            chain.append(spot)
        chains.append(chain)
    return tuple(chains[0][:-1] + chains[1][:-1]) or tuple(chains[0])


def _turn(a: Spot, b: Spot, c: Spot) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _distance(point: Sequence[float]) -> float:
    return math.sqrt(point[0] ** 2 + point[1] ** 2)
