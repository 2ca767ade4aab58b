"""Association of pairs, beside scipy on the same fourfold tables; communities of it."""

import itertools
import math

import pytest
from scipy.stats import chi2_contingency

from kgraph.analytics import communities, community_sizes, cooccurrence, example_graph, incidence
from tests.field import TOPICS, field_graph


def fourfold(found, a, b):
    """How many papers name both, one, the other, neither."""
    one, other = (set(found.matrix[:, [list(found.entities).index(node)]].nonzero()[0]) for node in (a, b))
    papers = set(range(len(found.papers)))
    return [[len(one & other), len(one - other)], [len(other - one), len(papers - one - other)]]


def test_lift_pmi_and_surprise_are_those_of_the_fourfold_table():
    graph = field_graph(47).nx
    found = incidence(graph)
    table = cooccurrence(graph)
    assert len(table) > 20
    for row in table.iloc[::7].itertuples():
        (both, left), (right, neither) = fourfold(found, row.source, row.target)
        papers = both + left + right + neither
        lift = both * papers / ((both + left) * (both + right))
        assert row.papers == both
        assert row.lift == pytest.approx(lift)
        assert row.pmi == pytest.approx(math.log2(lift))
        assert row.npmi == pytest.approx(1.0 if both == papers else math.log2(lift) / -math.log2(both / papers))
        if max(both + left, both + right) < papers:
            known = chi2_contingency([[both, left], [right, neither]], correction=False, lambda_="log-likelihood")
            assert abs(row.surprise) == pytest.approx(known.statistic)


def test_two_that_are_named_together_by_chance_are_no_surprise():
    table = cooccurrence(example_graph(), "Method", "Method").set_index(["source_name", "target_name"])
    assert table.loc[("attention", "quantization")].papers == 2
    assert table.loc[("attention", "quantization")].lift < 1
    assert table.loc[("attention", "quantization")].surprise < 0
    assert table.loc[("attention", "TileFlow")].surprise > 0


@pytest.mark.parametrize("types", [(None, None), ("Method", None), (None, "Method"), ("Hardware", "Method")])
def test_a_pair_stands_once(types):
    pairs = [frozenset(ends) for ends in cooccurrence(example_graph(), *types)[["source", "target"]].to_numpy()]
    assert pairs
    assert len(pairs) == len({*pairs})
    assert all(len(pair) == 2 for pair in pairs)


def test_the_types_of_source_and_target_are_those_asked_for():
    table = cooccurrence(example_graph(), "Hardware", "Method")
    assert ({*table.source_type}, {*table.target_type}) == ({"Hardware"}, {"Method"})


def test_support_is_how_many_papers_name_both():
    assert cooccurrence(example_graph(), support=3).papers.tolist() == [3, 3, 3]
    assert cooccurrence(example_graph(), support=4).empty


def test_what_is_below_counts_for_what_is_above():
    direct = cooccurrence(example_graph(), "Hardware", "Dataset")
    above = cooccurrence(example_graph(), "Hardware", "Dataset", narrower=True)
    assert {*above.source_name} - {*direct.source_name} == {"GPU"}


def test_topics_are_communities_and_what_all_papers_name_holds_nothing_together():
    members = communities(field_graph(200).nx)
    found = {
        frozenset(word for word in TOPICS for name in group.name if word in name.lower())
        for _, group in members.groupby("community")
    }
    assert found == {frozenset({topic}) for topic in TOPICS}
    assert "Common Engine" not in {*members.name}


def test_names_are_made_of_members_and_sizes_add_up():
    members = communities(field_graph(200).nx)
    sizes = community_sizes(members)
    assert sizes.entities.sum() == len(members)
    for name, own in zip(sizes.name, sizes.members, strict=True):
        assert name == ", ".join(own[:3])
    assert (members.belonging <= 1 + 1e-9).all()


def test_a_greater_resolution_gives_no_fewer_communities():
    graph = field_graph(200).nx
    counts = [communities(graph, resolution=r, smallest=1).community.nunique() for r in (0.2, 1.0, 4.0)]
    assert all(less <= more for less, more in itertools.pairwise(counts))
