"""Where the nodes of a picture stand: communities as islands, no two nodes on one spot.

Springs alone give a hairball as soon as papers share their words. So the layout goes in two
levels: Louvain's communities (Blondel et al. 2008) are each laid out by springs (Fruchterman and
Reingold 1991) and packed as discs, those with more links between them nearer to each other; what
nearly every paper names stands in the middle, where it pulls at nothing.

The same input gives the same coordinates: seeds are fixed, nodes are numbers in a given order,
sums run in that order, and coordinates are whole numbers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["Layout", "Region", "arrange"]

Weights = Mapping[tuple[int, int], float]
"""How strongly two nodes belong together, by the pair of them, the smaller number first."""

_AIR = 1.2  # around a node, of its radius
_AIR_IN_CORE = 1.7  # whose names are all wanted
_BETWEEN_NODES = 6
_BETWEEN_REGIONS = 26
_FILLED = 0.32  # of a region's area, the rest is air for labels
_WIDER_THAN_HIGH = 1.8
_LEAST_MEMBERS = 3
_HANDFUL = 40  # nodes that need no parting


@dataclass(frozen=True, slots=True)
class Region:
    """A community as a disc: its centre, its radius and the nodes in it."""

    x: int
    y: int
    radius: int
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of each node, and the regions, that of the core first where there is one."""

    points: tuple[tuple[int, int], ...]
    regions: tuple[Region, ...]


def arrange(radii: Sequence[float], weights: Weights, *, core: Collection[int] = (), seed: int = 1) -> Layout:
    """Places for nodes of these radii, of which the ``core`` stands together in the middle.

    Costs about a second for a thousand nodes.

    >>> rings = {(node, node + 1): 1.0 for node in range(59) if node != 29}
    >>> layout = arrange([5.0] * 60, rings | {(0, 29): 1.0, (30, 59): 1.0}, core=range(30))
    >>> layout.regions[0].members == tuple(range(30))
    True
    """
    import numpy as np

    if not radii:
        return Layout((), ())
    core = frozenset(core)
    groups = _communities(len(radii), weights, core, seed)
    airs = [_AIR_IN_CORE if node in core else _AIR for node in range(len(radii))]
    roomy = np.array(radii, dtype=float) * airs + _BETWEEN_NODES
    insides = [_inside(group, roomy, weights, seed) for group in groups]
    reach = [max(_distance(point) + roomy[node] for node, point in zip(group, inside, strict=True))
             for group, inside in zip(groups, insides, strict=True)]  # fmt: skip
    centres = _pack(groups, reach, weights, seed, anchored=bool(core))
    points = [(0, 0)] * len(radii)
    for group, inside, centre in zip(groups, insides, centres, strict=True):
        for node, point in zip(group, inside, strict=True):
            points[node] = (round(centre[0] + point[0]), round(centre[1] + point[1]))
    regions = (
        Region(round(centre[0]), round(centre[1]), round(radius), group)
        for group, radius, centre in zip(groups, reach, centres, strict=True)
    )
    return Layout(tuple(points), tuple(regions))


def _communities(size: int, weights: Weights, core: frozenset[int], seed: int) -> list[tuple[int, ...]]:
    """The core, then the communities of the rest, the largest first; crumbs join their nearest."""
    import networkx as nx

    if size <= _HANDFUL:
        return [tuple(range(size))]
    graph = nx.Graph()
    graph.add_nodes_from(node for node in range(size) if node not in core)
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(weights.items()) if not core & {*pair})
    found = [sorted(group) for group in nx.community.louvain_communities(graph, seed=seed)]
    groups = [sorted(core)] if core else []
    groups += sorted(found, key=lambda group: (-len(group), group))
    home = {node: number for number, group in enumerate(groups) for node in group}
    pulls: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for (left, right), weight in sorted(weights.items()):
        pulls[left][right] = pulls[right][left] = weight
    for number, group in reversed(list(enumerate(groups))):
        if len(group) >= _LEAST_MEMBERS or (core and number == 0):
            continue
        links: dict[int, float] = defaultdict(float)
        for node in group:
            for other, weight in pulls[node].items():
                if home[other] != number:
                    links[home[other]] += weight
        if links:
            nearest = min(links, key=lambda other: (-links[other], other))
            home |= dict.fromkeys((node for node, at in home.items() if at == number), nearest)
    joined: dict[int, list[int]] = defaultdict(list)
    for node, number in sorted(home.items()):
        joined[number].append(node)
    return [tuple(joined[number]) for number in sorted(joined)]


def _springs(size: int, weights: Mapping[tuple[int, int], float], seed: int) -> Points:
    """Fruchterman and Reingold's layout of a small graph, around the origin, about 1 wide."""
    import networkx as nx
    import numpy as np

    if size == 1:
        return np.zeros((1, 2))
    mean = sum(weights.values()) / len(weights) if weights else 1.0
    graph = nx.Graph()
    graph.add_nodes_from(range(size))
    graph.add_weighted_edges_from((*pair, weight / mean) for pair, weight in sorted(weights.items()))
    places = nx.spring_layout(graph, seed=seed, iterations=60, method="force")
    return _centred(np.array([places[node] for node in range(size)]))


def _inside(group: tuple[int, ...], radii: Points, weights: Weights, seed: int) -> Points:
    """The members of a community around the origin, apart from each other."""
    place = {node: at for at, node in enumerate(group)}
    own = {(place[a], place[b]): weight for (a, b), weight in weights.items() if a in place and b in place}
    sizes = radii[list(group)]
    points = _springs(len(group), own, seed)
    wanted = math.sqrt(sum(float(size) ** 2 for size in sizes) / _FILLED)
    reached = sorted(_distance(point) for point in points)[len(group) * 9 // 10]
    return _centred(_apart(points * (wanted / max(reached, 1e-9)), sizes, rounds=100, pull=(0.03, 0.03)))


def _pack(
    groups: Sequence[tuple[int, ...]], reach: Sequence[float], weights: Weights, seed: int, *, anchored: bool
) -> Points:
    """Centres for the discs of the communities: linked ones near, none on another, the core at the origin."""
    import numpy as np

    home = {node: number for number, group in enumerate(groups) for node in group}
    between: dict[tuple[int, int], float] = defaultdict(float)
    for (left, right), weight in sorted(weights.items()):
        pair = (min(home[left], home[right]), max(home[left], home[right]))
        if pair[0] != pair[1]:
            between[pair] += weight
    radii = np.array(reach) + _BETWEEN_REGIONS / 2
    points = _springs(len(groups), between, seed)
    if anchored and len(groups) > 1:
        points = _around(points, radii)
    far = float(sum(radii))
    return _apart(
        points * (_WIDER_THAN_HIGH * far, far),
        radii,
        rounds=600,
        pull=(0.03 / _WIDER_THAN_HIGH**2, 0.03),
        anchored=anchored,
    )


def _around(points: Points, radii: Points) -> Points:
    """The first at the origin and the others around it: in their order, each with an angle as its area asks."""
    import numpy as np

    others = _centred(points[1:])
    order = sorted(range(len(others)), key=lambda at: math.atan2(others[at][1], others[at][0]))
    areas = [float(radii[at + 1]) ** 2 for at in order]
    ring = np.zeros_like(points)
    passed = 0.0
    for at, area in zip(order, areas, strict=True):
        angle = 2 * math.pi * (passed + area / 2) / sum(areas) - math.pi
        # Rounded, since libraries of mathematics differ in the last digit.
        ring[at + 1] = round(math.cos(angle), 6), round(math.sin(angle), 6)
        ring[at + 1] *= 0.3 + _distance(others[at])
        passed += area
    return ring


def _apart(points: Points, radii: Points, *, rounds: int, pull: tuple[float, float], anchored: bool = False) -> Points:
    """The discs moved until none overlaps another, drawn to the middle meanwhile; the first stays if anchored."""
    import numpy as np

    squeeze = 1 - np.array(pull)
    wanted = radii[:, None] + radii[None, :]
    np.fill_diagonal(wanted, 0)
    for step in range(rounds):
        if anchored:
            points = points - points[0]
        across, down = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
        distance = np.sqrt(across * across + down * down)
        push = np.where(distance < wanted, (wanted - distance) / 2 / np.maximum(distance, 1e-9), 0.0)
        if step > rounds * 0.7 and not push.any():
            break
        # Sums down the columns add row by row, in the same order on every processor.
        points = points + 0.7 * np.stack([(across * push).T.sum(axis=0), (down * push).T.sum(axis=0)], axis=1)
        if step < rounds * 0.7:
            points = points * squeeze
    return points - points[0] if anchored else points


def _centred(points: Points) -> Points:
    import numpy as np

    middle = [math.fsum(points[:, axis].tolist()) / len(points) for axis in (0, 1)]
    centred: Points = points - np.array(middle)
    return centred


def _distance(point: Points) -> float:
    return math.sqrt(float(point[0]) ** 2 + float(point[1]) ** 2)
