from hypothesis import given
from hypothesis import strategies as st

from kgraph.exporters.communities import between, communities, gathered, within

PAIRS = st.dictionaries(
    st.tuples(st.integers(0, 19), st.integers(0, 19)).filter(lambda pair: pair[0] < pair[1]),
    st.floats(0.01, 9),
    max_size=50,
)


def rings(many, size=5):
    """Rings of nodes, each linked to the next by a weak link."""
    own = {
        (size * ring + a, size * ring + b): 1.0 for ring in range(many) for a in range(size) for b in range(a + 1, size)
    }
    return own | {(size * ring, size * (ring + 1)): 0.1 for ring in range(many - 1)}


@given(PAIRS, st.sets(st.integers(0, 19), max_size=3))
def test_every_node_is_in_one_community(weights, core):
    groups = communities(20, weights, core=core)
    assert sorted(node for group in groups for node in group) == list(range(20))
    assert not core or core <= {*groups[0]}
    assert groups == communities(20, dict(reversed(weights.items())), core=core)


def test_rings_are_communities():
    assert communities(20, rings(4)) == [tuple(range(at, at + 5)) for at in (0, 5, 10, 15)]


def test_lone_nodes_stand_together():
    assert communities(9, {(0, 1): 1.0, (1, 2): 1.0, (0, 2): 1.0})[1:] == [(3, 4, 5, 6, 7, 8)]


def test_very_many_communities_are_no_more_than_can_be_packed():
    weights = {(3 * at + a, 3 * at + b): 1.0 for at in range(400) for a, b in ((0, 1), (1, 2), (0, 2))}
    groups = communities(1200, weights)
    assert len(groups) <= 241
    assert sum(map(len, groups)) == 1200


def test_neighbouring_communities_are_gathered():
    groups = [tuple(range(at, at + 5)) for at in range(0, 40, 5)]
    fewer = gathered(groups, rings(8), most=4)
    assert 1 < len(fewer) <= 4
    assert sorted(node for group in fewer for node in group) == list(range(40))
    assert gathered(groups, rings(8), most=8) == groups


def test_weights_within_and_between_are_all_there_are():
    weights = rings(3)
    groups = [tuple(range(5)), tuple(range(5, 15))]
    assert sum(map(len, within(groups, weights))) + 1 == len(weights)
    assert between(groups, weights) == {(0, 1): 0.1}
