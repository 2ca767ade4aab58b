"""Results as claims: hedges, directions, units, the best of a kind, speed-ups by hardware."""

import pytest

from kgraph.analytics import best, claims, example_graph, in_unit, speedups
from kgraph.analytics.claims import hedge_of
from kgraph.analytics.units import UnitRefused, factor
from tests import small_graph


@pytest.mark.parametrize(
    ("value", "hedge"),
    [
        ("3.5x", ""),
        ("85.7%", ""),
        ("-2.3 dB", ""),
        ("43.8\\%", ""),
        ("30 FPS", ""),
        ("up to 3.5x", "up to"),
        ("up to a 29.2x", "up to"),
        ("as low as 3%", "up to"),
        ("over 48,500", "over"),
        ("more than 2x", "over"),
        ("exceeding 40x", "over"),
        ("at least 2x", "over"),
        (">1%", "over"),
        ("100+", "over"),
        ("less than 15 seconds", "under"),
        ("<5", "under"),
        ("~100%", "about"),
        ("nearly 2x", "about"),
        ("approximately +1.2 dB", "about"),
        ("8x to 26x", "range"),
        ("2-4 points", "range"),
        ("from 7% to 55%", "range"),
        ("between 2 and 3 Watts", "range"),
        ("up to 2-3x", "range"),
    ],
)
def test_hedges(value, hedge):
    assert hedge_of(value) == hedge


def test_a_claim_has_its_sentence_to_the_letter():
    table = claims(small_graph.graph().nx).set_index("value")
    assert table.sentence["up to 3.5x"] == ("On an A100 it reaches a speedup of up to 3.5x over PlainAttention.")
    assert table.sentence["30 FPS"] == ""  # the extraction does not know where it stands
    assert (table.on_name["30 FPS"], table.on_type["30 FPS"]) == ("Alveo U280", "Hardware")
    assert (table.versus_name["up to 3.5x"], table.versus["30 FPS"]) == ("PlainAttention", "")


def with_metric(unit, value, number, sentence, **facts):
    """The example with another result of another metric."""
    graph = example_graph()
    graph.nodes["metric/latency"].pop("higherIsBetter")
    graph.nodes["metric/latency"].update(facts)
    paper = graph.nodes["paper/4"]
    paper["abstract"] = sentence
    start = len(paper["label"]) + 1 + sentence.index(value)
    about = {"label": value, "value": value, "numericValue": number, "unit": unit}
    graph.nodes["paper/4#result-1"].update(about | {"start": start, "end": start + len(value)})
    return claims(graph).set_index("id").loc["paper/4#result-1"].better


@pytest.mark.parametrize(
    ("unit", "sentence", "facts", "better"),
    [
        ("ms", "It takes 8 ms.", {"higherIsBetter": False}, "lower"),
        ("%", "It reaches 8 %.", {"higherIsBetter": True, "unitName": "%"}, "higher"),
        ("%", "The error is 8 %.", {"higherIsBetter": False, "unitName": "%"}, "lower"),
        ("%", "It reduces latency by 8 %.", {"higherIsBetter": False, "unitName": "ms"}, "higher"),
        ("x", "It cuts latency by 8 x.", {"higherIsBetter": False}, "higher"),
        ("x", "Latency grows by 8 x.", {"higherIsBetter": False}, ""),
        ("x", "Throughput grows by 8 x.", {"higherIsBetter": True}, "higher"),
        ("ms", "It takes 8 ms.", {}, ""),
    ],
)
def test_which_numbers_are_better(unit, sentence, facts, better):
    value = next(word for word in (f"8 {unit}",) if word in sentence)
    assert with_metric(unit, value, 8.0, sentence, **facts) == better


@pytest.mark.parametrize(
    ("unit", "wanted", "times"),
    [
        ("ms", "s", 1e-3),
        ("min", "s", 60),
        ("h", "min", 60),
        ("µs", "ms", 1e-3),
        ("GB", "MB", 1e3),
        ("GiB", "MiB", 1024),
        ("GB/s", "MB/s", 1e3),
        ("Gbps", "GB/s", 0.125),
        ("mW", "W", 1e-3),
        ("mJ", "J", 1e-3),
        ("W", "J/s", 1),
        ("TFLOPS", "GFLOPS", 1e3),
        ("TFLOPs/s", "PFLOP/s", 1e-3),
        ("petaFLOP/s", "TFLOPS", 1e3),
        ("TOPS", "Gop/s", 1e3),
        ("Top/s/W", "GOPS/W", 1e3),
        ("FPS", "frames/s", 1),
        ("tokens/s", "tokens/min", 60),
        ("%", "%", 1),
        ("mAP", "mAP", 1),
    ],
)
def test_units_of_one_thing_differ_by_a_factor(unit, wanted, times):
    assert factor(unit, wanted) == pytest.approx(times)


@pytest.mark.parametrize(
    ("unit", "wanted"),
    [
        ("x", "%"),
        ("%", "pp"),
        ("dB", "x"),
        ("°C", "K"),
        ("tokens/s", "FPS"),
        ("images/s", "FPS"),
        ("TFLOPS", "TOPS"),
        ("GFLOPs", "TFLOPS"),
        ("petaflops", "PFLOP/s"),
        ("s", "MB"),
        ("W", "J"),
        ("", "s"),
        ("s", ""),
        ("mAP", "%"),
        ("1 + __import__('os')", "s"),
        ("s" * 40, "s"),
        ("s//s", "s"),
    ],
)
def test_what_is_not_safe_is_refused(unit, wanted):
    with pytest.raises(UnitRefused, match="cannot be told in"):
        factor(unit, wanted)


def test_refused_numbers_are_none_and_say_why():
    table = in_unit(claims(example_graph()), "µs").set_index("entity_name")
    assert (table.number["EdgeNet"], table.unit["EdgeNet"], table.refused["EdgeNet"]) == (8000, "µs", "")
    assert table.number.isna().sum() == 3
    assert table.unit["TileFlow"] == "x"
    assert "x cannot be told in µs" in table.refused["TileFlow"]


def test_the_best_of_a_kind_is_among_its_like_only():
    table = best(example_graph())
    told = {(row.metric_name, row.versus_name, row.hedge): (row.number, row.entity_name) for row in table.itertuples()}
    assert told == {
        ("speedup", "", ""): (2.0, "TileFlow"),
        ("speedup", "TileFlow", ""): (3.0, "QuantFlow"),
        ("speedup", "TileFlow", "up to"): (3.5, "TileFlow-2"),
        ("latency", "BoardNet", ""): (8.0, "EdgeNet"),
    }


def more_claims(*values):
    """The example with further claims of latency, measured as EdgeNet's."""
    graph = example_graph()
    for number, (value, figure, unit) in enumerate(values, 2):
        node = f"paper/4#result-{number}"
        graph.add_node(node, **graph.nodes["paper/4#result-1"])
        graph.nodes[node].update(value=value, numericValue=figure, unit=unit)
        for _, other, key, data in [*graph.out_edges("paper/4#result-1", keys=True, data=True)]:
            graph.add_edge(node, other, key, **data)
    return graph


def test_units_of_one_thing_are_brought_together_and_others_kept_apart():
    table = best(more_claims(("0.004 s", 0.004, "s"), ("9000 µs", 9000.0, "µs"), ("3 FPS", 3.0, "FPS")), "latency")
    assert sorted(zip(table.unit, table.number, table.claims, table.value, strict=True)) == [
        ("FPS", 3.0, 1, "3 FPS"),
        ("ms", 4.0, 3, "0.004 s"),
    ]


def test_claims_on_nothing_against_nothing_are_not_compared():
    graph = example_graph()
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if edge[2] in {"measuredOn", "versus"}])
    assert best(graph).empty


@pytest.mark.parametrize("link", ["inPaper", "metric", "resultOf", "measuredOn", "versus"])
def test_a_result_that_lacks_a_link_is_a_claim_all_the_same(link):
    graph = example_graph()
    graph.remove_edges_from([edge for edge in graph.edges(keys=True) if edge[2] == link])
    assert len(claims(graph)) == 4
    assert isinstance(len(best(graph)) + len(speedups(graph)), int)


def test_a_metric_may_be_named_by_its_label_or_node():
    assert best(example_graph(), "latency").equals(best(example_graph(), "metric/latency"))


def test_speedups_are_counted_by_hardware_hedges_apart():
    table = speedups(example_graph())
    assert [(row.name, row.hedge, row.claims, row.median) for row in table.itertuples(index=False)] == [
        ("NVIDIA A100", "", 2, 2.5),
        ("NVIDIA A100", "up to", 1, 3.5),
    ]
    assert (table.most_by[0], table.paper[0]) == ("QuantFlow", "paper/5")


def test_a_speedup_of_a_narrower_metric_counts_too():
    graph = example_graph()
    graph.add_edge("metric/latency", "metric/speedup", "broader", kind="broader", papers=0, score=1.0, vocabulary=True)
    graph.nodes["paper/4#result-1"].update(value="8x", unit="x")
    assert {*speedups(graph).name} == {"NVIDIA A100", "FPGA"}
