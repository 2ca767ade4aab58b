"""Who takes up what, and when: shares of each period's papers, first and last seen, newcomers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import numpy

from kgraph.analytics.frames import Column, empty, from_columns, thing
from kgraph.analytics.incidence import Incidence, incidence, periods, select

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["By", "adoption", "by_period", "dated", "lifespans", "newcomers", "wilson"]

By = Literal["year", "month"]

_ADOPTION = (
    *thing(),
    Column("period", "str", "the year (2024) or month (2024-03)"),
    Column("papers", "int64", "how many of the period's papers name it"),
    Column("of", "int64", "how many papers the period has"),
    Column("share", "float64", "papers over of, 0 to 1"),
    Column("low", "float64", "lower end of the share's interval of confidence"),
    Column("high", "float64", "upper end of it"),
)
_LIFESPANS = (
    *thing(),
    Column("first", "str", "the period of the first paper that names it"),
    Column("last", "str", "the period of the last"),
    Column("periods", "int64", "how many periods have such papers"),
    Column("papers", "int64", "how many dated papers name it"),
)


def wilson(successes: Any, trials: Any, *, confidence: float = 0.95) -> tuple[Any, Any]:
    """The interval of a share that was seen so often of so many, by Wilson (1927); no trials give 0 to 1.

    Unlike the textbook's interval it is right for few trials and for shares near 0 and 1.

    >>> low, high = wilson(81, 263)  # Newcombe (1998), table I
    >>> round(float(low), 4), round(float(high), 4)
    (0.2553, 0.3662)
    """
    from scipy.special import ndtri

    n = numpy.asarray(trials, dtype=float)
    share = numpy.asarray(successes, dtype=float) / numpy.maximum(n, 1)
    z = ndtri((1 + confidence) / 2)
    middle = 2 * n * share + z**2
    width = z * numpy.sqrt(z**2 + 4 * n * share * (1 - share))
    some = n > 0
    low = numpy.where(some & (share > 0), (middle - width) / (2 * (n + z**2)), 0.0)
    high = numpy.where(some & (share < 1), (middle + width) / (2 * (n + z**2)), 1.0)
    return low, high


def adoption(
    graph: networkx.MultiDiGraph,
    type: str | None = None,
    *,
    by: By = "year",
    names: Iterable[str] = (),
    limit: int | None = 10,
    narrower: bool = False,
    confidence: float = 0.95,
) -> pandas.DataFrame:
    """The share of each year's or month's papers that name an entity, with its interval of confidence.

    A row an entity and period, the entities that most dated papers name first; ``names`` (labels
    or nodes) sets which instead. Papers whose date is less exact than the period are left out,
    periods without papers too. ``narrower`` counts what is below an entity for it. A share of few
    papers says little: its interval (Wilson 1927) says how little.

    >>> from kgraph.analytics.example import example_graph
    >>> adoption(example_graph(), "Hardware", limit=1)[["name", "period", "papers", "of", "low", "high"]].round(2)
              name period  papers  of   low  high
    0  NVIDIA A100   2023       1   2  0.09  0.91
    1  NVIDIA A100   2024       1   2  0.09  0.91
    2  NVIDIA A100   2025       1   1  0.21  1.00
    """
    found, dates = dated(graph, type, by, narrower=narrower)
    if wanted := [*names]:
        found = select(found, entities=numpy.isin(found.names, wanted) | numpy.isin(found.entities, wanted))
    order = numpy.lexsort((found.entities, -_counts(found)))[: None if wanted else limit]
    named, of, known = by_period(select(found, entities=order), dates)
    if not named.size:
        return empty(_ADOPTION)
    shown = select(found, entities=order)
    low, high = wilson(named, of, confidence=confidence)
    each = len(known)
    values = {
        "id": numpy.repeat(shown.entities, each),
        "name": numpy.repeat(shown.names, each),
        "type": numpy.repeat(shown.types, each),
        "period": numpy.tile(known, len(order)),
        "papers": named.ravel(),
        "of": numpy.tile(of, len(order)),
        "share": (named / of).ravel(),
        "low": low.ravel(),
        "high": high.ravel(),
    }
    return from_columns(_ADOPTION, values)


def lifespans(
    graph: networkx.MultiDiGraph, type: str | None = None, *, by: By = "year", narrower: bool = False
) -> pandas.DataFrame:
    """When each entity was first and last seen in a dated paper; those that most name first.

    >>> from kgraph.analytics.example import example_graph
    >>> lifespans(example_graph(), "Dataset")[["name", "first", "last"]]
               name first  last
    0      LongText  2023  2024
    1  StreetScenes  2023  2024
    """
    found, dates = dated(graph, type, by, narrower=narrower)
    named, _, known = by_period(found, dates)
    if not named.size:
        return empty(_LIFESPANS)
    seen = named > 0
    counts = named.sum(axis=1)
    order = numpy.lexsort((found.entities, -counts))
    values = dict(zip(("id", "name", "type"), found.things(order), strict=True))
    return from_columns(
        _LIFESPANS,
        values
        | {
            "first": known[seen.argmax(axis=1)][order],
            "last": known[len(known) - 1 - seen[:, ::-1].argmax(axis=1)][order],
            "periods": seen.sum(axis=1)[order],
            "papers": counts[order],
        },
    )


def newcomers(
    graph: networkx.MultiDiGraph,
    type: str | None = None,
    *,
    since: str | None = None,
    by: By = "year",
    support: int = 2,
    narrower: bool = False,
) -> pandas.DataFrame:
    """What no dated paper named before ``since`` (by default the last period) and at least ``support`` do since.

    New to these papers, that is: mind where they begin.

    >>> from kgraph.analytics.example import example_graph
    >>> newcomers(example_graph(), "Method", since="2024", support=1)[["name", "first"]]
             name first
    0     EdgeNet  2024
    1  TileFlow-2  2024
    2   QuantFlow  2025
    """
    spans = lifespans(graph, type, by=by, narrower=narrower)
    if spans.empty:
        return spans
    begin = since or spans["last"].max()
    if begin <= spans["first"].min():  # nothing to be newer than
        return empty(_LIFESPANS)
    new = spans[(spans["first"] >= begin) & (spans.papers >= support)]
    return new.sort_values(["papers", "first", "id"], ascending=[False, True, True], ignore_index=True)


def by_period(found: Incidence, dates: Any) -> tuple[Any, Any, Any]:
    """Entities × periods: how many papers; how many papers each period has; the periods in order."""
    from scipy.sparse import csr_array

    known, places = numpy.unique(dates.astype(str), return_inverse=True)
    if not len(known) or not len(found.entities):
        return numpy.zeros((0, 0), dtype=int), numpy.zeros(0, dtype=int), known.astype(object)
    papers = numpy.arange(len(places))
    sums = csr_array((numpy.ones(len(places)), (places, papers)), shape=(len(known), len(places)))
    named = (sums @ found.matrix).toarray().T.astype(int)
    return named, numpy.bincount(places, minlength=len(known)), known.astype(object)


def dated(graph: networkx.MultiDiGraph, type: str | None, by: By, *, narrower: bool) -> tuple[Incidence, Any]:
    """The papers with a date exact enough, the entities that they name, and the period of each paper."""
    found = incidence(graph, type, narrower=narrower)
    dates = periods(found, by)
    found, dates = select(found, papers=dates != ""), dates[dates != ""]
    return select(found, entities=_counts(found) > 0), dates


def _counts(found: Incidence) -> Any:
    return numpy.asarray(found.matrix.sum(axis=0)).ravel()
