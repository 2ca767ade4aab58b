"""What papers claim to have reached: results as a table, the best of a kind, speed-ups by hardware.

A number in an abstract is a claim, not a measurement: "up to 3.5x" is kept apart from "3.5x",
numbers are compared only under the same metric, unit and condition, and each stands beside the
sentence that says it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.frames import Column, frame, from_columns
from kgraph.analytics.incidence import ancestors
from kgraph.analytics.units import UnitRefused, factor
from kgraph.graph import Graph, results
from kgraph.sentences import sentence_spans
from kgraph.text import passage

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["best", "claims", "hedge_of", "in_unit", "speedups"]

_CLAIMS = (
    Column("id", "str", "the result's node"),
    Column("paper", "str", "the paper's node"),
    Column("title", "str", "its title"),
    Column("date", "str", "its date, ISO 8601 as exact as known, or empty"),
    Column("entity", "str", "what reached it: its node"),
    Column("entity_name", "str", "its label"),
    Column("metric", "str", "what was measured: its node"),
    Column("metric_name", "str", "its label"),
    Column("value", "str", "the value to the letter"),
    Column("number", "float64", "the one number in it, in that unit; NaN where there is not exactly one"),
    Column("unit", "str", "the unit, empty where there is none"),
    Column("hedge", "str", "up to (or down to), over, about, under, range, or empty for a plain value"),
    Column("better", "str", "whether higher or lower numbers are better; empty where that cannot be told"),
    Column("on", "str", "the node of the data set, hardware or task that it was measured on, or empty"),
    Column("on_name", "str", "its label"),
    Column("on_type", "str", "its type"),
    Column("versus", "str", "the node of the baseline, or empty"),
    Column("versus_name", "str", "its label"),
    Column("sentence", "str", "the sentence that says it, where its place is known"),
    Column("score", "float64", "how sure the extraction is, above 0 and up to 1"),
)
_BEST = (
    *(column for column in _CLAIMS if column.name in {"metric", "metric_name", "on", "on_name", "versus_name"}),
    *(column for column in _CLAIMS if column.name in {"unit", "hedge", "better"}),
    Column("number", "float64", "the best number, in the column's unit"),
    *(column for column in _CLAIMS if column.name in {"value", "entity", "entity_name", "paper", "title", "sentence"}),
    Column("claims", "int64", "of how many claims it is the best"),
)
_SPEEDUPS = (
    Column("hardware", "str", "the hardware: its node"),
    Column("name", "str", "its label"),
    Column("hedge", "str", "up to, over, about, under, or empty for plain values"),
    Column("claims", "int64", "how many speed-ups are stated"),
    Column("papers", "int64", "in how many papers"),
    Column("low", "float64", "lower quartile, times"),
    Column("median", "float64", "median, times"),
    Column("high", "float64", "upper quartile, times"),
    Column("most", "float64", "the greatest, times"),
    Column("most_by", "str", "what reached that: its label"),
    Column("paper", "str", "the node of the paper that says so"),
)

_HEDGES = (
    (
        "up to",
        r"up to|down to|as (?:much|many|high|large|fast|low|little|few) as|at most|max(?:imum)?(?: of)?|a peak of|<=|≤",
    ),
    ("under", r"less than|fewer than|lower than|below|under|within|<"),
    ("over", r"over|more than|exceed\w*|above|at least|greater than|beyond|>=|≥|>|\d\+"),
    ("about", r"about|around|approx\w*|roughly|nearly|almost|close to|some|~|≈|∼"),
)
_HEDGED = [(name, re.compile(rf"(?:{words})(?!\w)|{words}(?=\W|\d)", re.IGNORECASE)) for name, words in _HEDGES]
_RANGE = re.compile(r"\d\S*\s*(?:-|–|—|~|to|and)\s*\d", re.IGNORECASE)
_FACTOR, _SHARE = "x", frozenset({"%", "pp", "points"})
_LESS = re.compile(
    r"\b(?:reduc|lower|decreas|sav|cut|less|fewer|small|shr[iu]nk|drop|short|improv|faster)", re.IGNORECASE
)
_SPEEDUP = "metric/speedup"


def hedge_of(value: str) -> str:
    """How a printed value is hedged; empty where it is plain.

    >>> print(*map(hedge_of, ("up to 3.5x", "over 90%", "~2 ms", "2-4x", "less than 1 s")), sep=", ")
    up to, over, about, range, under
    >>> hedge_of("3.5x")
    ''
    """
    if _RANGE.search(value):
        return "range"
    return next((name for name, pattern in _HEDGED if pattern.search(value)), "")


def claims(graph: networkx.MultiDiGraph) -> pandas.DataFrame:
    """Every number that an abstract states as a finding, a row each, sorted by paper and place.

    Which numbers are ``better`` comes from the vocabularies' ``higherIsBetter``; factors and
    percentages of a metric that is not counted in them state a change, of which more is better
    where the metric is to be high, or where the sentence speaks of less, of saving, of improving.

    >>> from kgraph.analytics.example import example_graph
    >>> claims(example_graph())[["entity_name", "metric_name", "number", "unit", "hedge", "better"]].head(3)
      entity_name metric_name  number unit  hedge  better
    0    TileFlow     speedup     2.0    x         higher
    1  TileFlow-2     speedup     3.5    x  up to  higher
    2     EdgeNet     latency     8.0   ms          lower
    """
    return frame(_CLAIMS, _rows(graph))


def in_unit(table: pandas.DataFrame, unit: str) -> pandas.DataFrame:
    """The claims with their numbers in another unit, and ``refused`` saying why some have none.

    Safe is what :mod:`kgraph.analytics.units` holds so.

    >>> from kgraph.analytics.example import example_graph
    >>> found = in_unit(claims(example_graph()), "s")
    >>> float(found.number[2]), found.unit[2], found.refused[0]
    (0.008, 's', 'x cannot be told in s: they are not two units of one thing')
    """
    told = [_factor(known, unit) for known in table.unit]
    return table.assign(
        number=table.number * numpy.array([found if isinstance(found, float) else numpy.nan for found in told]),
        unit=[unit if isinstance(found, float) else known for found, known in zip(told, table.unit, strict=True)],
        refused=["" if isinstance(found, float) else str(found) for found in told],
    ).astype({"unit": "str", "refused": "str"})


def best(graph: networkx.MultiDiGraph, metric: str | None = None, *, limit: int | None = None) -> pandas.DataFrame:
    """For each metric and condition the best claim: on the same thing, against the same baseline, in one unit.

    Hedged values are ranked apart from plain ones, factors and percentages apart from absolute
    numbers; units of one thing are brought into the one that most claims use. Claims without a
    number, without a condition, or of which it cannot be told what is better, are left out. Those
    that beat most others come first. ``metric`` is a label or a node.

    >>> from kgraph.analytics.example import example_graph
    >>> best(example_graph(), "speedup")[["on_name", "versus_name", "hedge", "number", "entity_name"]]
           on_name versus_name  hedge  number entity_name
    0  NVIDIA A100                        2.0    TileFlow
    1  NVIDIA A100    TileFlow            3.0   QuantFlow
    2  NVIDIA A100    TileFlow  up to     3.5  TileFlow-2
    """
    found = claims(graph)
    found = found[found.number.notna() & (found.better != "") & (found.hedge != "range")]
    found = found[(found.on != "") | (found.versus != "")]
    if metric is not None:
        found = found[(found.metric == metric) | (found.metric_name == metric)]
    found = _in_common_units(found)
    condition = ["metric", "on", "versus", "unit", "hedge", "better"]
    worse = found.number.where(found.better == "lower", -found.number)
    ranked = found.assign(worse=worse, unsure=-found.score).sort_values([*condition, "worse", "unsure", "id"])
    counts = ranked.groupby(condition, sort=False).size()
    first = ranked.drop_duplicates(condition).assign(claims=counts.to_numpy())
    order = ["claims", "metric_name", "on_name", "versus_name", "hedge", "id"]
    first = first.sort_values(order, ascending=[False, *([True] * 5)])[:limit]
    return from_columns(_BEST, {column.name: first[column.name].to_numpy() for column in _BEST})


def speedups(graph: networkx.MultiDiGraph) -> pandas.DataFrame:
    """How many times faster things are said to be on each piece of hardware; the most claims first.

    Counted are results in ``x`` of the metric "speedup" or one below it that name the hardware
    they were measured on; each hedge has a row of its own, since the median of "up to" is no
    median. Against what differs from paper to paper.

    >>> from kgraph.analytics.example import example_graph
    >>> speedups(example_graph())[["name", "hedge", "claims", "median", "most"]]
              name  hedge  claims  median  most
    0  NVIDIA A100              2     2.5   3.0
    1  NVIDIA A100  up to       1     3.5   3.5
    """
    above = ancestors(graph)
    found = claims(graph)
    fast = [metric == _SPEEDUP or _SPEEDUP in above.get(metric, ()) for metric in found.metric]
    found = found[
        numpy.array(fast, dtype=bool) & (found.unit == _FACTOR) & found.number.notna() & (found.on_type == "Hardware")
    ]
    stated = found.on.value_counts().to_dict()
    rows = []
    for (hardware, name, hedge), group in found.groupby(["on", "on_name", "hedge"], sort=True):
        top = group.sort_values(["number", "id"], ascending=[False, True]).iloc[0]
        quartiles = group.number.quantile([0.25, 0.5, 0.75])
        counts = len(group), group.paper.nunique()
        rows.append((hardware, name, hedge, *counts, *quartiles, top.number, top.entity_name, top.paper))
    rows.sort(key=lambda row: (-stated[row[0]], row[0], row[2]))
    return frame(_SPEEDUPS, rows)


def _rows(graph: networkx.MultiDiGraph) -> Iterator[tuple[Any, ...]]:
    def named(node: str) -> tuple[str, str]:
        return node, graph.nodes[node]["label"] if node else ""

    for node, about, links in results(Graph(graph, ())):
        ends = defaultdict(str, links)  # RDF edited by hand may lack any of them
        paper, metric = (graph.nodes[ends[key]] if ends[key] else {} for key in ("inPaper", "metric"))
        number, unit = about.get("numericValue", float("nan")), about.get("unit", "")
        sentence = _sentence(paper, about.get("start"), about.get("end"))
        yield (
            *(node, *named(ends["inPaper"]), paper.get("date", "")),
            *(*named(ends["resultOf"]), *named(ends["metric"])),
            *(about["value"], number, unit, hedge_of(about["value"]), _better(metric, unit, sentence)),
            *(
                *named(ends["measuredOn"]),
                graph.nodes[ends["measuredOn"]].get("type", "") if ends["measuredOn"] else "",
            ),
            *(*named(ends["versus"]), sentence, about["score"]),
        )


def _sentence(paper: dict[str, Any], start: int | None, end: int | None) -> str:
    if not paper or start is None or end is None:
        return ""
    text = passage(paper["label"], paper["abstract"])
    spans = sentence_spans(text, len(paper["label"]))
    return next((text[first:last] for first, last in spans if first <= start < last), "")


def _better(metric: dict[str, Any], unit: str, sentence: str) -> str:
    """Whether higher or lower numbers are better, as far as the metric's direction and the sentence say."""
    higher = {"true": True, "false": False}.get(str(metric.get("higherIsBetter", "")).lower())
    changes = unit == _FACTOR or (unit in _SHARE and metric.get("unitName", "%" if higher else "") != "%")
    if higher is None:
        return ""
    if changes and not higher:  # less of it by so much is better, more of it is worse
        return "higher" if _LESS.search(sentence) else ""
    return "higher" if higher else "lower"


def _in_common_units(found: pandas.DataFrame) -> pandas.DataFrame:
    """Numbers of each metric in the unit that most of its claims use, where that is safe."""
    counts = Counter(zip(found.metric, found.unit, strict=True))
    units: dict[str, list[str]] = defaultdict(list)
    for metric, unit in sorted(counts, key=lambda key: (-counts[key], key)):
        units[metric].append(unit)
    common = {
        (metric, unit): next(
            (wanted, times) for wanted in units[metric] if isinstance(times := _factor(unit, wanted), float)
        )
        for metric, unit in counts
    }
    told = [common[key] for key in zip(found.metric, found.unit, strict=True)]
    numbers = [number * times for number, (_, times) in zip(found.number, told, strict=True)]
    return found.assign(number=numbers, unit=[wanted for wanted, _ in told])


def _factor(unit: str, wanted: str) -> float | UnitRefused:
    try:
        return factor(unit, wanted)
    except UnitRefused as refused:
        return refused
