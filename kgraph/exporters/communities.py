"""Which nodes belong together: Louvain's communities, for the islands of a picture."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

__all__ = ["Weights", "between", "communities", "gathered", "within"]

Weights = Mapping[tuple[int, int], float]
"""How strongly two nodes belong together, by the pair of them, the smaller number first."""

Groups = list[tuple[int, ...]]

_LEAST_MEMBERS = 3
_RESOLUTIONS = (0.8, 0.6, 0.45, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01)
_MOST_GROUPS = 240  # more islands than that nobody tells apart; the smallest share one


def communities(size: int, weights: Weights, *, core: Collection[int] = (), seed: int = 1) -> Groups:
    """The core, then the communities of the other nodes (Blondel et al. 2008), the largest first.

    Crumbs of one or two nodes join the community that they are linked with most; those that are
    linked with none, and the smallest of very many, stand together at the end.

    >>> ring = {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0}
    >>> communities(7, ring | {(a + 3, b + 3): weight for (a, b), weight in ring.items()})
    [(0, 1, 2), (3, 4, 5), (6,)]
    """
    import networkx as nx

    core = frozenset(core)
    graph = nx.Graph()
    graph.add_nodes_from(node for node in range(size) if node not in core)
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(weights.items()) if not core & {*pair})
    found = [sorted(group) for group in nx.community.louvain_communities(graph, seed=seed)]
    groups = [sorted(core)] if core else []
    groups += sorted(found, key=lambda group: (-len(group), group))
    home = {node: number for number, group in enumerate(groups) for node in group}
    pulls: dict[int, dict[int, float]] = defaultdict(dict)
    for (left, right), weight in sorted(weights.items()):
        pulls[left][right] = pulls[right][left] = weight
    loose = [number for number, group in enumerate(groups) if len(group) < _LEAST_MEMBERS and not (core and not number)]
    for number in reversed(loose):
        home |= dict.fromkeys(groups[number], _nearest(groups[number], pulls, home))
    return _gathered(home, linked=set(pulls) | core)


def within(groups: Sequence[tuple[int, ...]], weights: Weights) -> list[dict[tuple[int, int], float]]:
    """For each group the weights between its members, these known by their place in the group.

    >>> within([(0, 2), (1, 3)], {(0, 2): 1.0, (1, 2): 0.5, (1, 3): 2.0})
    [{(0, 1): 1.0}, {(0, 1): 2.0}]
    """
    place = {node: (number, at) for number, group in enumerate(groups) for at, node in enumerate(group)}
    inside: list[dict[tuple[int, int], float]] = [{} for _ in groups]
    for (left, right), weight in weights.items():
        (home, at), (other, there) = place[left], place[right]
        if home == other:
            inside[home][min(at, there), max(at, there)] = weight
    return inside


def gathered(groups: Groups, weights: Weights, *, most: int, seed: int = 1) -> Groups:
    """Communities of communities until there are at most so many, the largest first; the same where there are not more.

    Louvain's method again, on the graph of the groups, with a resolution that falls step by step
    (Reichardt and Bornholdt 2006).

    >>> gathered([(0,), (1,), (2,), (3,)], {(0, 1): 1.0, (2, 3): 1.0, (1, 2): 0.1}, most=2)
    [(0, 1), (2, 3)]
    """
    import networkx as nx

    links = between(groups, weights)
    graph = nx.Graph()
    graph.add_nodes_from(range(len(groups)))
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in sorted(links.items()))
    for number, own in enumerate(within(groups, weights)):
        graph.add_edge(number, number, weight=math.fsum(own.values()))
    parts = [{number} for number in range(len(groups))]
    for resolution in _RESOLUTIONS:
        if len(parts) <= most:
            break
        parts = nx.community.louvain_communities(graph, resolution=resolution, seed=seed)
    joined = [tuple(sorted(node for number in part for node in groups[number])) for part in parts]
    return sorted(joined, key=lambda group: (-len(group), group))


def between(groups: Sequence[tuple[int, ...]], weights: Weights) -> dict[tuple[int, int], float]:
    """How strongly the groups belong together, by the pair of their numbers.

    >>> between([(0, 2), (1, 3)], {(0, 2): 1.0, (1, 2): 0.5, (1, 3): 2.0})
    {(0, 1): 0.5}
    """
    home = {node: number for number, group in enumerate(groups) for node in group}
    links: dict[tuple[int, int], float] = defaultdict(float)
    for (left, right), weight in sorted(weights.items()):
        pair = (min(home[left], home[right]), max(home[left], home[right]))
        if pair[0] != pair[1]:
            links[pair] += weight
    return dict(links)


def _nearest(group: Sequence[int], pulls: Mapping[int, Mapping[int, float]], home: Mapping[int, int]) -> int:
    """The community that the group is linked with most; its own where it is linked with no other."""
    own = home[group[0]]
    links: dict[int, float] = defaultdict(float)
    for node in group:
        for other, weight in pulls.get(node, {}).items():
            if home[other] != own:
                links[home[other]] += weight
    return min(links, key=lambda other: (-links[other], other), default=own)


def _gathered(home: Mapping[int, int], linked: Collection[int]) -> Groups:
    """The groups by what each node calls home; lone nodes and the last of too many in one."""
    joined: dict[int, list[int]] = defaultdict(list)
    for node, number in sorted(home.items()):
        joined[number].append(node)
    ordered = [tuple(joined[number]) for number in sorted(joined)]
    groups = [group for group in ordered if len(group) > 1 or group[0] in linked]
    rest = [group for group in ordered if len(group) == 1 and group[0] not in linked] + groups[_MOST_GROUPS:]
    return groups[:_MOST_GROUPS] + ([tuple(sorted(node for group in rest for node in group))] if rest else [])
