"""Which things will be named together next: scores of missing links, and how good they would have been.

The network is that of entities which a paper names together. What is scored are pairs of an entity
of one type with one of another that no paper has named together yet.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy

from kgraph.analytics.frames import Column, empty, frame, from_columns, thing
from kgraph.analytics.incidence import Incidence, incidence, select

if TYPE_CHECKING:
    import networkx
    import pandas

__all__ = ["BASELINES", "SCORES", "backtest", "predict"]

SCORES = ("adamic_adar", "preferential_attachment", "katz", "spectral")
"""The scores: of neighbours in common (Adamic and Adar 2003), of degrees (Barabási and Albert 1999), of
paths (Katz 1953, up to three steps) and of embeddings (singular vectors of the normalised network)."""

BASELINES = ("popularity", "random")
"""What a score must beat: how many papers name the target; nothing at all."""

_PREDICTED = (
    *thing("source", "one entity"),
    *thing("target", "the other, with which no paper names it yet"),
    *(Column(score, "float64", "its score, comparable within the column only") for score in SCORES),
)
_TESTED = (
    Column("score", "str", "the score, or the baseline"),
    Column("hits_at_10", "float64", "mean over the sources: is one of the first ten targets right? 0 to 1"),
    Column("hits_at_10_error", "float64", "standard error of that"),
    Column("mrr", "float64", "mean reciprocal rank of each source's first right target, 0 to 1"),
    Column("mrr_error", "float64", "standard error of that"),
    Column("auc", "float64", "how often a right pair scores above a wrong one: 0.5 by chance"),
    Column("auc_error", "float64", "standard error of that"),
    Column("sources", "int64", "how many sources were asked for"),
    Column("targets", "float64", "how many targets each was compared with, in the mean"),
    Column("links", "int64", "how many pairs came to be named together"),
    Column("split", "str", "the first date of the later papers"),
)
_STEPS = 3  # of Katz' paths
_DAMPING = 0.5  # of Katz' paths, as a share of the greatest that converges
_DIMENSIONS = 32


def predict(
    graph: networkx.MultiDiGraph,
    source: str = "Method",
    target: str = "Dataset",
    *,
    by: str = "adamic_adar",
    support: int = 3,
    most: int = 500,
    limit: int | None = 20,
    seed: int = 1,
) -> pandas.DataFrame:
    """Pairs that no paper names together yet, the likeliest by one of :data:`SCORES` first.

    Of each type the ``most`` entities that most papers name, at least ``support``, are considered.
    Which score to trust, and how far, :func:`backtest` says. All of them favour what is named
    often; for what is new and near see :func:`kgraph.analytics.gaps.gaps`.

    >>> from kgraph.analytics.example import example_graph
    >>> found = predict(example_graph(), "Method", "Hardware", support=2)
    >>> found[["source_name", "target_name"]].head(1)
      source_name target_name
    0   attention        FPGA
    """
    found = incidence(graph)
    lefts, rights = (_most_named(found, type, support, most) for type in (source, target))
    if not len(lefts) or not len(rights):
        return empty(_PREDICTED)
    scores = link_scores(found, lefts, rights, seed=seed)
    together = (found.matrix[:, lefts].T @ found.matrix[:, rights]).toarray()
    open_ = (together == 0) & (lefts[:, None] != rights[None, :])
    if source == target:
        open_ &= lefts[:, None] < rights[None, :]
    rows, columns = numpy.nonzero(open_)
    if not len(rows):
        return empty(_PREDICTED)
    values = {name: scores[name][rows, columns] for name in SCORES}
    best = -_comparable(values[by])
    order = numpy.lexsort((found.entities[rights[columns]], found.entities[lefts[rows]], best))[:limit]
    ends = (("source", lefts[rows[order]]), ("target", rights[columns[order]]))
    named = {
        name: told
        for end, places in ends
        for name, told in zip((end, f"{end}_name", f"{end}_type"), found.things(places), strict=True)
    }
    return from_columns(_PREDICTED, named | {name: value[order] for name, value in values.items()})


def backtest(
    graph: networkx.MultiDiGraph,
    source: str = "Method",
    target: str = "Dataset",
    *,
    split: str | None = None,
    support: int = 2,
    sources: int = 500,
    seed: int = 1,
) -> pandas.DataFrame:
    """How well each score, given the papers before a date, tells the links of those after it.

    ``split`` is a date; by default the one that leaves a fifth of the dated papers for later. Dates
    are compared as far as they are known: "2024" is the beginning of that year. Asked
    for are the entities that at least ``support`` earlier papers name and later ones name together
    with something new that earlier ones knew as well; of more than ``sources`` a sample is drawn,
    and the errors say what that costs. Targets of equal score share their mean rank, so that a
    score that says nothing gains nothing. Where there are few targets, ten of them are no feat:
    compare with the baselines. The error of the AUC is Hanley and McNeil's (1982).

    >>> from kgraph.analytics.example import example_graph
    >>> found = backtest(example_graph(), "Method", "Hardware", split="2025", support=1)
    >>> found[["score", "hits_at_10", "links"]].tail(2)
            score  hits_at_10  links
    4  popularity         1.0      1
    5      random         1.0      1
    """
    found = incidence(graph)
    dated = select(found, papers=found.dates != "")
    if not len(dated.papers):
        return empty(_TESTED)
    begin = split or sorted(dated.dates)[math.ceil(len(dated.dates) * 0.8) - 1]
    early, late = (select(dated, papers=(dated.dates < begin) == before) for before in (True, False))
    lefts, rights = _most_named(early, source, support, None), _most_named(early, target, 1, None)
    asked, right = _came(early, late, lefts, rights, sources, seed)
    if not len(asked):
        return empty(_TESTED)
    known = (early.matrix[:, asked].T @ early.matrix[:, rights]).toarray() > 0
    candidates = ~known & (asked[:, None] != rights[None, :])
    scores = link_scores(early, asked, rights, seed=seed)
    rows = []
    for name in (*SCORES, *BASELINES):
        measured = _measures(scores[name], right, candidates)
        rows.append((name, *measured, len(asked), candidates.sum() / len(asked), int(right.sum()), begin))
    return frame(_TESTED, rows)


def link_scores(found: Incidence, lefts: Any, rights: Any, *, seed: int = 1) -> Mapping[str, Any]:
    """Each score and baseline of the pairs of some entities, by their numbers: matrices of lefts × rights.

    Of the others only those count that two papers name: the rest link none that are not linked.
    """
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    kept = numpy.union1d(numpy.flatnonzero(counts > 1), numpy.union1d(lefts, rights)).astype(int)
    found, counts = select(found, entities=kept), counts[kept]
    lefts, rights = numpy.searchsorted(kept, lefts), numpy.searchsorted(kept, rights)
    linked = _network(found)
    degree = numpy.asarray(linked.sum(axis=1)).ravel()
    shape = (len(lefts), len(rights))
    return {
        "adamic_adar": _adamic_adar(linked, degree, lefts, rights),
        "preferential_attachment": numpy.outer(degree[lefts], degree[rights]),
        "katz": _katz(linked, lefts, rights),
        "spectral": _spectral(linked, degree, lefts, rights, seed),
        "popularity": numpy.broadcast_to(counts[rights], shape),
        "random": numpy.random.default_rng(seed).random(shape),
    }


def _network(found: Incidence) -> Any:
    """1 where a paper names both, nothing on the diagonal."""
    from scipy.sparse import csr_array

    both = (found.matrix.T @ found.matrix).tocoo()
    kept = both.row != both.col
    return csr_array((numpy.ones(kept.sum()), (both.row[kept], both.col[kept])), shape=both.shape)


def _adamic_adar(linked: Any, degree: Any, lefts: Any, rights: Any) -> Any:
    from scipy.sparse import diags_array

    rare = numpy.where(degree > 1, 1 / numpy.log(numpy.maximum(degree, 2)), 0)
    return (linked[lefts] @ diags_array(rare) @ linked[:, rights]).toarray()


def _katz(linked: Any, lefts: Any, rights: Any) -> Any:
    """Damped counts of the walks of one to three steps."""
    from scipy.sparse.linalg import norm

    greatest = max(math.sqrt(float(norm(linked, 1)) * float(norm(linked, numpy.inf))), 1.0)  # bounds the radius
    beta = _DAMPING / greatest
    walks = linked[lefts].toarray()
    total = numpy.zeros((len(lefts), len(rights)))
    for step in range(1, _STEPS + 1):
        total += beta**step * walks[:, rights]
        if step < _STEPS:
            walks = (linked @ walks.T).T  # the network is symmetric
    return total


def _spectral(linked: Any, degree: Any, lefts: Any, rights: Any, seed: int) -> Any:
    """The products of embeddings: leading singular vectors of the network, normalised by degrees."""
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import svds

    size = min(_DIMENSIONS, min(linked.shape) - 1)
    if size < 1 or not linked.nnz:
        return numpy.zeros((len(lefts), len(rights)))
    scale = diags_array(1 / numpy.sqrt(numpy.maximum(degree, 1)))
    left, values, right = svds((scale @ linked @ scale).tocsr(), k=size, random_state=seed)
    return (left[lefts] * values) @ right[:, rights]


def _most_named(found: Incidence, type: str, support: int, most: int | None) -> Any:
    counts = numpy.asarray(found.matrix.sum(axis=0)).ravel()
    own = numpy.flatnonzero((found.types == type) & (counts >= support))
    return numpy.sort(own[numpy.lexsort((found.entities[own], -counts[own]))][:most])


def _came(early: Incidence, late: Incidence, lefts: Any, rights: Any, most: int, seed: int) -> tuple[Any, Any]:
    """The sources that have something new, no more than ``most``, and which of the targets it is."""
    if not len(lefts) or not len(rights):
        return numpy.zeros(0, dtype=int), numpy.zeros((0, 0), dtype=bool)
    later = (late.matrix[:, lefts].T @ late.matrix[:, rights]).sign()
    earlier = (early.matrix[:, lefts].T @ early.matrix[:, rights]).sign()
    new = (later - later.multiply(earlier)).tocoo()
    kept = (new.data > 0) & (lefts[new.row] != rights[new.col])
    rows, columns = new.row[kept], new.col[kept]
    having = numpy.unique(rows)
    if len(having) > most:
        having = numpy.sort(numpy.random.default_rng(seed).choice(having, most, replace=False))
    right = numpy.zeros((len(having), len(rights)), dtype=bool)
    asked = numpy.isin(rows, having)
    right[numpy.searchsorted(having, rows[asked]), columns[asked]] = True
    return lefts[having], right


def _measures(scores: Any, right: Any, candidates: Any) -> tuple[float, ...]:
    """Hits at 10, reciprocal rank and AUC, each with its standard error."""
    from scipy.stats import rankdata

    hits, reciprocal = [], []
    for row, good, among in zip(_comparable(scores), right, candidates, strict=True):
        ranks = rankdata(-row[among])
        first = float(ranks[good[among]].min())
        hits.append(first <= 10)
        reciprocal.append(1 / first)
    ranked = rankdata(_comparable(scores)[candidates])
    good, bad = int(right.sum()), int(candidates.sum() - right.sum())
    sums = float(ranked[right[candidates]].sum())
    auc = (sums - good * (good + 1) / 2) / (good * bad) if bad else math.nan
    return (*_mean(hits), *_mean(reciprocal), auc, _auc_error(auc, good, bad))


def _comparable(scores: Any) -> Any:
    """The scores without the noise of the last digits, by which equal ones would seem to differ."""
    return numpy.asarray(scores).astype(numpy.float32)


def _mean(values: list[Any]) -> tuple[float, float]:
    found = numpy.asarray(values, dtype=float)
    error = found.std(ddof=1) / math.sqrt(len(found)) if len(found) > 1 else math.nan
    return float(found.mean()), float(error)


def _auc_error(auc: float, good: int, bad: int) -> float:
    if not bad:
        return math.nan
    first, second = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    variance = auc * (1 - auc) + (good - 1) * (first - auc**2) + (bad - 1) * (second - auc**2)
    return math.sqrt(max(variance, 0) / (good * bad))
