"""Scores of missing links beside networkx and dense algebra, and what a test over time says of them."""

import networkx
import numpy
import pytest
from scipy.sparse import csr_array
from scipy.stats import mannwhitneyu

from kgraph.analytics import Incidence, backtest, example_graph, incidence, predict
from kgraph.analytics.prediction import BASELINES, SCORES, _measures, link_scores
from kgraph.graph import assemble
from kgraph.model import Paper
from kgraph.ontology import load_ontology
from kgraph.vocabulary import Vocabulary
from tests.field import field_graph
from tests.samples import annotated


@pytest.fixture(scope="module")
def found():
    """Two hundred papers that name any of sixty things at random: no two things are the same."""
    named = numpy.random.default_rng(5).random((200, 60)) < 0.04
    things = numpy.array([f"method/m{number:02d}" for number in range(60)], dtype=object)
    papers = numpy.array([f"paper/{number}" for number in range(200)], dtype=object)
    types = numpy.full(60, "Method", dtype=object)
    return Incidence(
        papers, numpy.full(200, "2024", dtype=object), things, things, types, csr_array(named.astype(float))
    )


@pytest.fixture(scope="module")
def linked(found):
    """The network of what papers name together, by networkx."""
    together = found.matrix.T @ found.matrix
    network = networkx.from_scipy_sparse_array(together)
    network.remove_edges_from(list(networkx.selfloop_edges(network)))
    return network


@pytest.fixture(scope="module")
def scores(found):
    every = numpy.arange(len(found.entities))
    return link_scores(found, every, every)


def test_adamic_adar_and_preferential_attachment_are_those_of_networkx(linked, scores):
    pairs = list(networkx.non_edges(linked))
    assert len(pairs) > 100
    for one, other, score in networkx.adamic_adar_index(linked, pairs):
        assert scores["adamic_adar"][one, other] == pytest.approx(score)
    for one, other, score in networkx.preferential_attachment(linked, pairs):
        assert scores["preferential_attachment"][one, other] == score


def test_katz_counts_the_walks_of_up_to_three_steps(linked, scores):
    adjacency = networkx.to_numpy_array(linked, weight=None)
    beta = 0.5 / adjacency.sum(axis=0).max()
    known = sum(beta**step * numpy.linalg.matrix_power(adjacency, step) for step in (1, 2, 3))
    numpy.testing.assert_allclose(scores["katz"], known)


def test_spectral_is_the_network_of_low_rank(linked, scores):
    adjacency = networkx.to_numpy_array(linked, weight=None)
    scale = 1 / numpy.sqrt(adjacency.sum(axis=0))
    left, values, right = numpy.linalg.svd(adjacency * scale[:, None] * scale)
    rank = 32
    gap = values[rank - 1] - values[rank]
    known = (left[:, :rank] * values[:rank]) @ right[:rank]
    assert gap > 1e-6, "the test needs a rank that is unique"
    numpy.testing.assert_allclose(scores["spectral"], known, atol=1e-6)


def test_what_is_predicted_is_not_there_yet_and_the_likeliest_comes_first():
    graph = field_graph(45).nx
    table = predict(graph, "Task", "Hardware", by="katz", support=1)
    assert table.katz.is_monotonic_decreasing
    together = incidence(graph)
    places = {node: place for place, node in enumerate(together.entities)}
    both = together.matrix.T @ together.matrix
    assert all(both[places[row.source], places[row.target]] == 0 for row in table.itertuples())


def test_a_pair_of_one_type_is_predicted_once():
    table = predict(example_graph(), "Method", "Method", support=1, limit=None)
    pairs = [frozenset(pair) for pair in table[["source", "target"]].to_numpy()]
    assert len(pairs) == len({*pairs})


def test_measures_are_those_of_a_ranking_made_by_hand():
    scores = numpy.array([[9.0, 8.0, 7.0, 6.0], [1.0, 2.0, 3.0, 4.0]])
    right = numpy.array([[False, True, False, False], [True, False, False, False]])
    candidates = numpy.array([[True] * 4, [True, True, True, False]])
    hits, _, mrr, _, auc, _ = _measures(scores, right, candidates)
    assert hits == 1.0  # four candidates: the first ten are all of them
    assert mrr == pytest.approx((1 / 2 + 1 / 3) / 2)
    good, bad = scores[right & candidates], scores[~right & candidates]
    assert auc == pytest.approx(mannwhitneyu(good, bad).statistic / (len(good) * len(bad)))


def test_a_score_that_says_nothing_gains_nothing():
    right = numpy.zeros((50, 100), dtype=bool)
    right[:, 0] = True
    hits, _, mrr, _, auc, _ = _measures(numpy.zeros((50, 100)), right, numpy.ones((50, 100), dtype=bool))
    assert (hits, auc) == (0.0, 0.5)
    assert mrr == pytest.approx(2 / 101)  # all share the mean rank


def history(years):
    """A field in which methods spread over the data sets of their own topic, one a year."""
    papers = []
    for year in range(years):
        for topic in range(8):
            for method in range(4):
                names = {
                    f"m{topic}-{method}": "Method",
                    f"d{topic}-{(method + year) % 6}": "Dataset",
                    f"t{topic}": "Task",
                }
                role = {"Method": "uses", "Dataset": "evaluatesOn", "Task": "addresses"}
                entities = {name: (type, role[type], 0.9, f"{type.lower()}/{name}") for name, type in names.items()}
                title = f"Paper {year} {topic} {method}"
                papers.append(annotated(Paper(title, title, " ".join(names) + ".", date=str(2018 + year)), entities))
    return assemble(papers, ontology=load_ontology(), vocabulary=Vocabulary()).nx


def test_in_a_field_with_structure_every_score_of_paths_beats_both_baselines():
    table = backtest(history(5), split="2022").set_index("score")
    assert [*table.index] == [*SCORES, *BASELINES]
    for score in ("adamic_adar", "katz", "spectral"):
        for measure in ("hits_at_10", "mrr", "auc"):
            assert table.loc[score, measure] > table.loc[list(BASELINES), measure].max()
    assert table.auc["random"] == pytest.approx(0.5, abs=0.1)


def test_only_what_came_later_counts_and_only_what_was_known_before():
    table = backtest(history(5), split="2022")
    assert table.split.unique().tolist() == ["2022"]
    assert table.links.unique().tolist() == [32]  # each of 32 methods meets one more data set in the last year


def test_of_many_sources_a_sample_is_drawn_by_the_seed():
    graph = history(5)
    once, again, other = (backtest(graph, split="2022", sources=10, seed=seed) for seed in (1, 1, 2))
    assert once.equals(again)
    assert not once.equals(other)
    assert once.sources.unique().tolist() == [10]


def test_a_fifth_of_the_papers_is_later_by_default():
    assert backtest(history(5)).split[0] == "2021"
