"""Discs on a plane: none on another, near to where they want to be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["apart", "around", "centred", "encircled", "springs", "sunflower"]

_STEPS = 60
_GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))


def springs(size: int, weights: Mapping[tuple[int, int], float], seed: int) -> Points:
    """Fruchterman and Reingold's layout (1991) of a small graph, around the origin, about 1 wide.

    Linked points pull, all points push; the steps cool down. Each step costs the square of the size.
    """
    import numpy as np

    if size == 1:
        return np.zeros((1, 2))
    mean = math.fsum(weights.values()) / len(weights) if weights else 1.0
    pull = np.zeros((size, size))
    for (left, right), weight in weights.items():
        pull[left, right] = pull[right, left] = weight / mean
    ideal = 1 / math.sqrt(size)
    points = np.random.default_rng(seed).random((size, 2))
    for step in range(_STEPS):
        across, down = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
        distance = np.maximum(np.sqrt(across * across + down * down), 1e-3)
        force = (ideal / distance) ** 2 - pull * distance / ideal
        moves = np.stack([(across * force).T.sum(axis=0), (down * force).T.sum(axis=0)], axis=1)
        length = np.maximum(np.sqrt((moves * moves).T.sum(axis=0)), 1e-3)[:, None]
        points = points + moves / length * 0.1 * (1 - step / _STEPS)
    return centred(points)


def apart(points: Points, radii: Points, *, rounds: int, pull: tuple[float, float], anchored: bool = False) -> Points:
    """The discs moved until none overlaps another, drawn to the middle meanwhile; the first stays if anchored.

    ``pull`` is how much of the way to the middle each round takes back, across and down.
    """
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


def around(points: Points, radii: Points) -> Points:
    """The first at the origin and the others around it: in their order, each with an angle as its area asks."""
    import numpy as np

    others = centred(points[1:])
    order = sorted(range(len(others)), key=lambda at: math.atan2(others[at][1], others[at][0]))
    areas = [float(radii[at + 1]) ** 2 for at in order]
    ring = np.zeros_like(points)
    passed = 0.0
    for at, area in zip(order, areas, strict=True):
        angle = 2 * math.pi * (passed + area / 2) / sum(areas) - math.pi
        # Rounded, since libraries of mathematics differ in the last digit.
        ring[at + 1] = round(math.cos(angle), 6), round(math.sin(angle), 6)
        ring[at + 1] *= 0.3 + math.hypot(*others[at].tolist())
        passed += area
    return ring


def sunflower(radii: Points) -> Points:
    """Any number of discs around the origin, the first in the middle, as the seeds of a sunflower stand (Vogel 1979).

    >>> import numpy
    >>> sunflower(numpy.array([1.0, 1.0])).round(1).tolist()
    [[1.4, 0.0], [-1.5, 1.4]]
    """
    import numpy as np

    points = np.zeros((len(radii), 2))
    area = 0.0
    for at, radius in enumerate(radii.tolist()):
        area += 2 * radius * radius
        angle = at * _GOLDEN_ANGLE
        points[at] = round(math.cos(angle), 6), round(math.sin(angle), 6)
        points[at] *= math.sqrt(area)
    return points


def centred(points: Points) -> Points:
    """The points with their middle at the origin."""
    import numpy as np

    middle = [math.fsum(points[:, axis].tolist()) / len(points) for axis in (0, 1)]
    moved: Points = points - np.array(middle)
    return moved


def encircled(points: Points) -> Points:
    """The points moved until the smallest circle around them, nearly, has its middle at the origin.

    After Bădoiu and Clarkson (2003): each step goes towards the farthest point, a shorter way each time.
    """
    import numpy as np

    middle = np.zeros(2)
    for step in range(1, 80):
        away = points - middle
        farthest = int(((away * away).T.sum(axis=0)).argmax())
        middle = middle + away[farthest] / (step + 1)
    moved: Points = points - middle
    return moved
