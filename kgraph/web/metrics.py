"""What the server does, for Prometheus: requests, how long they take, queries that were stopped."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

__all__ = ["Metrics", "exposition", "make_metrics"]

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The counters of one site."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    queries: Counter
    busy: Gauge


def make_metrics() -> Metrics:
    """New counters, at nought."""
    registry = CollectorRegistry()
    return Metrics(
        registry,
        Counter("kgraph_requests", "Requests answered.", ["endpoint", "status"], registry=registry),
        Histogram("kgraph_request_seconds", "Time to answer.", ["endpoint"], buckets=_SECONDS, registry=registry),
        Counter("kgraph_queries", "SPARQL queries by what became of them.", ["outcome"], registry=registry),
        Gauge("kgraph_busy_processes", "Processes that are answering a query.", registry=registry),
    )


def exposition(metrics: Metrics) -> bytes:
    """The counters in Prometheus' text format."""
    return generate_latest(metrics.registry)
