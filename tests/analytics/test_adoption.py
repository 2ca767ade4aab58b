"""Shares over time with their intervals, first and last seen, and bursts; beside scipy, tables and brute force."""

import itertools

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, binomtest

from kgraph.analytics import adoption, bursts, example_graph, lifespans, newcomers, wilson
from kgraph.analytics.bursts import states
from tests import small_graph
from tests.strategies import few


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [  # Newcombe (1998), table I, the score method without continuity correction
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_of_the_published_table(successes, trials, low, high):
    assert wilson(successes, trials) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


@few
@given(st.integers(1, 500).flatmap(lambda trials: st.tuples(st.integers(0, trials), st.just(trials))))
def test_intervals_are_those_of_scipy(counts):
    known = binomtest(*counts).proportion_ci(confidence_level=0.9, method="wilson")
    assert wilson(*counts, confidence=0.9) == (pytest.approx(known.low), pytest.approx(known.high))


def test_no_papers_say_nothing_about_a_share():
    assert wilson(0, 0) == (0, 1)


def test_shares_are_of_the_papers_with_a_date():
    table = adoption(example_graph(), "Method", names=["quantization"]).set_index("period")
    assert table.papers.to_dict() == {"2023": 1, "2024": 1, "2025": 1}  # the survey has no date
    assert table.of.to_dict() == {"2023": 2, "2024": 2, "2025": 1}
    assert table.share.to_dict() == {"2023": 0.5, "2024": 0.5, "2025": 1.0}
    assert ((table.low <= table.share) & (table.share <= table.high)).all()


def test_months_leave_out_what_is_dated_to_the_year_only():
    graph = small_graph.graph().nx  # 2023-06, 2024-01-15, 2025
    assert [*dict.fromkeys(adoption(graph, by="month").period)] == ["2023-06", "2024-01"]
    assert [*dict.fromkeys(adoption(graph, by="year").period)] == ["2023", "2024", "2025"]
    with pytest.raises(ValueError, match="by year or by month, not by 'week'"):
        adoption(graph, by="week")


def test_a_product_counts_for_its_kind_where_asked():
    graph = example_graph()
    plain = adoption(graph, "Hardware", names=["GPU"])
    rolled = adoption(graph, "Hardware", names=["GPU"], narrower=True)
    assert plain.empty  # the one paper that names it has no date
    assert rolled.papers.tolist() == [1, 1, 1]


def test_names_may_be_labels_or_nodes_and_are_not_limited():
    table = adoption(example_graph(), names=["hardware/fpga", "TileFlow"], limit=1)
    assert {*table.name} == {"FPGA", "TileFlow"}


def test_first_and_last_seen():
    spans = lifespans(example_graph(), by="month").set_index("name")
    assert tuple(spans.loc["FPGA", ["first", "last", "periods", "papers"]]) == ("2023-09", "2024-06", 2, 2)
    assert tuple(spans.loc["QuantFlow", ["first", "last"]]) == ("2025-02", "2025-02")
    assert "GPU" not in spans.index


def test_newcomers_are_new_to_these_papers():
    graph = example_graph()
    assert newcomers(graph, support=1).name.tolist() == ["QuantFlow"]
    assert newcomers(graph, since="2024", support=1).name.tolist() == ["EdgeNet", "TileFlow-2", "QuantFlow"]
    assert newcomers(graph, since="2023", support=1).empty  # from the beginning on everything would be new


def cost(sequence, named, of, *, scale, gamma):
    """Kleinberg's cost of a sequence of states, with the binomial's coefficients and all."""
    usual = min(named.sum() / of.sum(), 0.9999)
    shares = usual, min(usual * scale, 0.9999)
    total = 0.0
    for before, state, count, among in zip((0, *sequence), sequence, named, of, strict=False):
        total += gamma * numpy.log(len(of)) if state > before else 0.0
        total -= binom.logpmf(count, among, shares[state])
    return total


counted = st.lists(
    st.integers(1, 30).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))), min_size=1, max_size=7
)


@few
@given(counted, st.sampled_from([1.5, 2.0, 3.0]), st.sampled_from([0.3, 1.0]))
def test_bursts_are_the_cheapest_of_all_sequences(counts, scale, gamma):
    named, of = (numpy.array(column) for column in zip(*counts, strict=True))
    if not named.any():
        return
    found, _ = states(named[None, :], of, scale=scale, gamma=gamma)
    options = {"scale": scale, "gamma": gamma}
    costs = [cost(way, named, of, **options) for way in itertools.product((0, 1), repeat=len(of))]
    assert cost(found[0].astype(int), named, of, **options) == pytest.approx(min(costs))


def test_a_burst_is_where_it_was_put():
    named = numpy.array([[2, 2, 2, 12, 14, 2, 2, 2], [5, 5, 5, 5, 5, 5, 5, 5]])
    found, gains = states(named, numpy.full(8, 40))
    assert found.tolist() == [[False] * 3 + [True] * 2 + [False] * 3, [False] * 8]
    assert gains[0, 3:5].min() > 0


def test_a_burst_tells_how_many_papers_it_has():
    table = bursts(example_graph(), by="year", gamma=0.05, support=1)
    assert set(table.columns) >= {"start", "end", "weight", "papers", "of", "usual"}
    assert table.weight.is_monotonic_decreasing
    newest = table[table.name == "QuantFlow"].iloc[0]
    assert (newest.start, newest.papers, newest.of, newest.usual) == ("2025", 1, 1, 0.2)
