"""Discs on a plane: none on another, near to where they want to be."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

__all__ = ["apart", "centred", "encircled", "nestled", "springs", "sunflower"]

_STEPS = 60
_COMPANY = 0.4  # how much nearness to what it is linked with counts beside nearness to the middle
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


def apart(points: Points, radii: Points, *, rounds: int, pull: float = 0.03) -> Points:
    """The discs moved until none overlaps another, drawn to the middle meanwhile.

    ``pull`` is how much of the way to the middle each round takes back.
    """
    import numpy as np

    wanted = radii[:, None] + radii[None, :]
    np.fill_diagonal(wanted, 0)
    for step in range(rounds):
        across, down = (points[:, None, axis] - points[None, :, axis] for axis in (0, 1))
        distance = np.sqrt(across * across + down * down)
        push = np.where(distance < wanted, (wanted - distance) / 2 / np.maximum(distance, 1e-9), 0.0)
        if step > rounds * 0.7 and not push.any():
            break
        # Sums down the columns add row by row, in the same order on every processor.
        points = points + 0.7 * np.stack([(across * push).T.sum(axis=0), (down * push).T.sum(axis=0)], axis=1)
        if step < rounds * 0.7:
            points = points * (1 - pull)
    return points


def nestled(radii: Points, links: Mapping[tuple[int, int], float], *, wider: float) -> Points:
    """Discs laid one after another, each touching two that lie there, as near to the first as there is room.

    Of the places that are free the one is taken that is near the middle (across counts ``wider``
    times less than down) and near the discs that it is linked with; costs the cube of their number.

    >>> import numpy
    >>> nestled(numpy.array([1.0, 1.0, 1.0]), {}, wider=1.0).round(1).tolist()
    [[0.0, 0.0], [2.0, 0.0], [1.0, 1.7]]
    """
    import numpy as np

    points = np.zeros((len(radii), 2))
    pulls = np.zeros((len(radii), len(radii)))
    for (left, right), weight in links.items():
        pulls[left, right] = pulls[right, left] = weight
    for disc in range(1, len(radii)):
        places = _touching(points[:disc], radii[:disc], float(radii[disc]))
        across, down = (places[:, None, axis] - points[None, :disc, axis] for axis in (0, 1))
        apart = np.sqrt(across * across + down * down)
        free = (apart >= (radii[:disc] + radii[disc]) * (1 - 1e-9)).all(axis=1)
        far = np.sqrt((places[:, 0] / wider) ** 2 + places[:, 1] ** 2)
        pull = pulls[disc, :disc]
        company = (apart * pull).sum(axis=1) / pull.sum() if pull.any() else 0.0
        cost = np.where(free, far + _COMPANY * company, np.inf)
        points[disc] = places[int(cost.round(3).argmin())].round(6)
    return points


def _touching(points: Points, radii: Points, radius: float) -> Points:
    """Where a disc touches two of the others; around a single one at angles like those of a clock's hours."""
    import numpy as np

    reach = radii + radius
    if len(points) == 1:
        angles = np.arange(12) * math.pi / 6
        hours: Points = points[0] + reach[0] * np.stack([np.cos(angles), np.sin(angles)], axis=1).round(9)
        return hours
    left, right = np.triu_indices(len(points), 1)
    gap = points[right] - points[left]
    distance = np.maximum(np.sqrt((gap * gap).T.sum(axis=0)), 1e-9)
    along = (distance**2 + reach[left] ** 2 - reach[right] ** 2) / (2 * distance)
    aside = reach[left] ** 2 - along**2
    reached = aside >= 0
    unit = (gap / distance[:, None])[reached]
    foot = points[left][reached] + unit * along[reached, None]
    upright = np.stack([-unit[:, 1], unit[:, 0]], axis=1) * np.sqrt(aside[reached])[:, None]
    both: Points = np.concatenate([foot + upright, foot - upright])
    return both


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
