"""What of a graph is not as it should be: SHACL (https://www.w3.org/TR/shacl/) with ``ontology/shapes.ttl``.

The engine is the ``shacl`` package (Rust; MIT or Apache 2.0), which passes all but nine of the 426
tests of the W3C's suites and finds what pySHACL finds, some ten times as fast; the tests compare
the two. It is young: that it stands behind two functions is on purpose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import KgraphError, OntologyError, ReadError
from kgraph.files import graph_files
from kgraph.ontology import folder
from kgraph.rdf import read_turtle

if TYPE_CHECKING:
    import shacl

__all__ = ["Finding", "validate", "validate_turtle"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as a shape says: which node, over which path, which value; and what should be so.

    Nodes, paths and values are written as in SPARQL: ``<https://…>``, ``"2024"^^<https://…#gYear>``;
    where there is none, nothing. ``severity`` is ``Violation``, ``Warning`` or ``Info``.
    """

    focus: str
    path: str
    value: str
    message: str
    severity: str


def validate(path: str | Path) -> list[Finding]:
    """The findings in the graph of a Turtle file or of a build's folder, sorted; none where all is well.

    Costs about 10 s a million triples. Raises :class:`~kgraph.errors.GraphNotFound` where there is no
    graph, and :class:`~kgraph.errors.ReadError` with the line where a file is no Turtle.
    """
    files = graph_files(path)
    try:
        return validate_turtle(*(file.read_text(encoding="utf-8") for file in files))
    except (KgraphError, OSError, UnicodeDecodeError) as error:
        for file in files:  # a parser that tells the file and the line
            for _ in read_turtle(file):
                pass
        raise ReadError(str(path), None, f"it cannot be validated: {error}") from error


def validate_turtle(*texts: str) -> list[Finding]:
    """The findings in a graph that Turtle texts say together, sorted.

    >>> validate_turtle("<https://w3id.org/kgraph/id/task/x> a <https://w3id.org/kgraph/ontology#Task> .")[0].message
    'an entity has one label, and it is text'
    """
    try:
        report = _shapes().validate_turtle("\n".join(texts))
    except ValueError as error:
        raise ReadError("the graph", None, f"it cannot be validated: {error}") from error
    return _sorted(
        Finding(
            focus=result.focus_node,
            path=result.path or "",
            value=result.value or "",
            message=result.message or result.component,
            severity=result.severity,
        )
        for result in report.results
    )


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: a value may break two constraints that one message tells of."""
    return sorted(set(findings), key=astuple)


@cache
def _shapes() -> shacl.Shapes:
    import shacl

    try:
        return shacl.Shapes.from_turtle((folder() / "shapes.ttl").read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise OntologyError(f"shapes.ttl cannot be used: {error}") from error
