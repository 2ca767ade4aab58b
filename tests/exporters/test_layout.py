import math
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kgraph.exporters.layout import arrange

RADII = [5.0 + number % 7 for number in range(90)]
# Three wheels of thirty, and node 0 in the first linked with everything.
WHEELS = {(30 * wheel + a, 30 * wheel + a + 1): 1.0 for wheel in range(3) for a in range(29)}
WEIGHTS = WHEELS | {(0, other): 0.01 for other in range(1, 90) if (0, other) not in WHEELS}


def overlaps(places, radii):
    return [
        (a, b) for a, b in combinations(range(len(places)), 2) if math.dist(places[a], places[b]) < radii[a] + radii[b]
    ]


def test_communities_are_islands_that_do_not_touch():
    layout = arrange(RADII, WEIGHTS)
    assert sorted(node for region in layout.regions for node in region.members) == list(range(90))
    assert len(layout.regions) >= 3
    assert overlaps([(r.x, r.y) for r in layout.regions], [r.radius for r in layout.regions]) == []


def test_no_node_covers_another_and_each_stands_on_its_island():
    layout = arrange(RADII, WEIGHTS)
    assert overlaps(layout.points, RADII) == []
    for region in layout.regions:
        for node in region.members:
            assert math.dist(layout.points[node], (region.x, region.y)) <= region.radius + 2


def test_the_core_stands_in_the_middle():
    layout = arrange(RADII, WEIGHTS, core={0, 31, 62})
    assert {0, 31, 62} <= {*layout.regions[0].members}
    assert (layout.regions[0].x, layout.regions[0].y) == (0, 0)
    quarters = {(region.x > 0, region.y > 0) for region in layout.regions[1:]}
    assert len(quarters) >= 2, "the islands lie around it"


def test_the_same_input_gives_the_same_whole_numbers():
    layout = arrange(RADII, WEIGHTS)
    assert layout == arrange(RADII, dict(reversed(WEIGHTS.items())))
    assert all(isinstance(value, int) for point in layout.points for value in point)
    assert layout != arrange(RADII, WEIGHTS, seed=2)


def test_crumbs_join_the_island_that_they_hang_on():
    weights = WEIGHTS | {(89, 90): 5.0}
    layout = arrange([*RADII, 5.0], weights)
    assert all(len(region.members) > 2 for region in layout.regions)


@given(st.integers(0, 60), st.sets(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=80), st.booleans())
def test_any_graph_has_a_layout_without_overlaps(size, pairs, with_core):
    weights = {(a, b): 1.0 for a, b in pairs if a < b < size}
    radii = [5.0] * size
    layout = arrange(radii, weights, core={0} if with_core and size else ())
    assert len(layout.points) == size
    assert overlaps(layout.points, radii) == []
