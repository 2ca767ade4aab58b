"""What ``kgraph.load("exports")`` gives: the graph in every form that a notebook asks for.

>>> import tempfile
>>> from kgraph.pipeline import build
>>> folder = Path(tempfile.mkdtemp())
>>> _ = (folder / "papers.jsonl").write_text(
...     '{"title": "FastConv: convolution on an FPGA", "abstract": "FastConv runs on an FPGA.", "id": "2401.00001"}'
... )
>>> _ = build([folder / "papers.jsonl"], folder / "exports")
>>> graph = load(folder / "exports")
>>> graph.query("SELECT ?title { ?paper kg:mentions hardware:fpga ; dcterms:title ?title }")
[Row(title='FastConv: convolution on an FPGA')]
>>> "paper/2401.00001" in graph.nx, len(graph.papers)
(True, 1)
"""

from __future__ import annotations

import contextlib
import html
import re
from collections import namedtuple
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import KgraphError, ReadError
from kgraph.exporters.node_link import read_node_link
from kgraph.exporters.report import WORDS, counts
from kgraph.exporters.tables import arrow_table
from kgraph.files import graph_files
from kgraph.graph import Graph, in_memory, tally
from kgraph.notebook import View, drawing, neighbourhood, part
from kgraph.records import from_record

if TYPE_CHECKING:
    import networkx
    import pandas
    import rdflib

    from kgraph.model import Annotation
    from kgraph.query import Store

__all__ = ["KnowledgeGraph", "load"]

_QUERY = re.compile(r"\s*(?:#.*\n\s*)*(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b[^{]*\{", re.IGNORECASE)
_DRAWN_AT_ONCE = 20_000  # entities of a graph that is read for its picture; of a larger one, once it is read


def load(path: str | Path = "exports") -> KnowledgeGraph:
    """The graph that a build wrote into a folder, or that stands in one Turtle file.

    Nothing is read yet, so this costs nothing. Of a single ``graph.ttl`` it is known what is so but
    not who says so: no mentions, no scores, no annotations. Raises
    :class:`~kgraph.errors.GraphNotFound` where there is no graph.
    """
    return KnowledgeGraph(path)


class KnowledgeGraph:
    """A graph as notebooks use it: each form is read when it is first asked for, then kept.

    Any of them raises :class:`~kgraph.errors.ReadError` for a file that is damaged. The data
    frames' columns are those of :data:`kgraph.exporters.tables.TABLES`.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._turtle = graph_files(path)

    @cached_property
    def nx(self) -> networkx.MultiDiGraph:
        """The graph in networkx; its keys and attributes are those of :mod:`kgraph.graph`."""
        written = self.path / "graph.json"
        if written.is_file():
            return read_node_link(written)
        from kgraph.rdf import graph_from_rdf, read_turtle

        return graph_from_rdf(triple for file in self._turtle for triple in read_turtle(file))

    @cached_property
    def rdf(self) -> rdflib.Graph:
        """The graph in rdflib: facts and evidence. For SPARQL take :meth:`query`, a hundred times faster."""
        from kgraph.rdf import read_turtle, to_rdflib

        triples = (triple for file in self._turtle for triple in read_turtle(file))
        return to_rdflib(triples, base_iri=self.store.base_iri)

    @cached_property
    def store(self) -> Store:
        """The graph ready for the functions of :mod:`kgraph.query`."""
        from kgraph.query import load_store

        return load_store(self.path)

    @cached_property
    def annotations(self) -> tuple[Annotation, ...]:
        """What was found in each paper, sorted by paper; empty where the build's file of them is not there."""
        written = self.path / "annotations.jsonl"
        return tuple(_annotations(written)) if written.is_file() else ()

    @cached_property
    def papers(self) -> pandas.DataFrame:
        """A row a paper."""
        return self._table("papers")

    @cached_property
    def entities(self) -> pandas.DataFrame:
        """A row an entity."""
        return self._table("entities")

    @cached_property
    def mentions(self) -> pandas.DataFrame:
        """A row a mention of an entity in a paper."""
        return self._table("mentions")

    @cached_property
    def facts(self) -> pandas.DataFrame:
        """A row a statement: by a paper or by the vocabularies, of a role or of a relation."""
        return self._table("facts")

    @cached_property
    def relations(self) -> pandas.DataFrame:
        """A row a link between two entities, joined over the papers."""
        return self._table("relations")

    @cached_property
    def results(self) -> pandas.DataFrame:
        """A row a number that an abstract states as a finding."""
        return self._table("results")

    def query(self, sparql: str, *, timeout_seconds: float | None = None) -> list[Any]:
        """The rows of a SELECT query, as named tuples of Python values; prefixes are built in.

        ``pandas.DataFrame(graph.query(…))`` has the variables as columns. Raises
        :class:`~kgraph.errors.QueryError` for a query that cannot be read or takes too long.
        """
        from kgraph.query import select

        found = select(self.store, sparql, timeout_seconds=timeout_seconds)
        row = namedtuple("Row", found.columns, rename=True)  # type: ignore[misc]  # noqa: PYI024
        return [row(*values) for values in found.rows]

    def show(self, what: str | Iterable[str], *, most: int = 120, height: int = 560) -> View:
        """A part of the graph, to walk about in within the cell.

        ``what`` is a node or a name (of a paper, of an entity), several of them, or a SELECT query:
        then the papers and entities in its rows. They are shown with what is linked to them, no
        more than ``most`` nodes in all. Raises :class:`~kgraph.errors.KgraphError` for a name that
        nothing has, or where nothing is found, and :class:`~kgraph.errors.QueryError` for a query
        that cannot be read.
        """
        from kgraph.analytics.naming import node_meant
        from kgraph.exporters.html import page

        if isinstance(what, str) and _QUERY.match(what):
            rows = self.query(what)
            values = (
                value.removeprefix(self.store.base_iri) for row in rows for value in row if isinstance(value, str)
            )
            nodes = [value for value in values if value in self.nx]
            named = "what a query found"
        else:
            names = [what] if isinstance(what, str) else [*what]
            nodes = [node for name in names if (node := node_meant(self.nx, name))]
            named = ", ".join(str(self.nx.nodes[node]["label"]) for node in nodes[:3])
        if not nodes:
            raise KgraphError("nothing to show: no paper and no entity is there")
        shown = neighbourhood(self.nx, nodes, most=most)
        papers = {node.removeprefix("paper/") for node in shown if self.nx.nodes[node]["kind"] == "paper"}
        smaller = part(Graph(self.nx, self._annotations_of(papers)), shown)
        return View(page(smaller), f"{named}, with {len(shown) - len({*nodes} & {*shown}):,} nodes around", height)

    def _annotations_of(self, papers: set[str]) -> tuple[Annotation, ...]:
        """The annotations of some papers; the others are not read for them."""
        if "annotations" in vars(self):
            return tuple(annotation for annotation in self.annotations if annotation.paper.id in papers)
        written = self.path / "annotations.jsonl"
        return tuple(_annotations(written, papers)) if written.is_file() else ()

    def _table(self, name: str) -> pandas.DataFrame:
        import pandas
        import pyarrow
        from pyarrow.parquet import read_table

        written = self.path / "tables" / f"{name}.parquet"
        try:
            table = read_table(written) if written.is_file() else arrow_table(Graph(self.nx, self.annotations), name)
        except (ValueError, OSError) as error:
            raise ReadError(str(written), None, f"it is no Parquet or damaged: {error}") from error
        # Offsets and years that may be missing stay whole numbers, which numpy's integers could not.
        frame: pandas.DataFrame = table.to_pandas(types_mapper={pyarrow.int32(): pandas.Int32Dtype()}.get)
        return frame

    @cached_property
    def _counts(self) -> dict[str, int]:
        """How much there is, as the build noted it; counted where it did not."""
        import orjson

        try:
            noted = orjson.loads((self.path / "manifest.json").read_bytes())["counts"].items()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            noted = counts(tally(in_memory(Graph(self.nx, self.annotations)))).items()
        return {WORDS.get(name, name): number for name, number in noted if isinstance(number, int) and number}

    def __repr__(self) -> str:
        told = ", ".join(f"{number:,} {what}" for what, number in self._counts.items())
        return f"<KnowledgeGraph {str(self.path)!r}: {told or 'empty'}>"

    def _repr_html_(self) -> str:
        rows = (f"<tr><td>{html.escape(what)}</td><td>{number:,}</td></tr>" for what, number in self._counts.items())
        table = f"<table><caption>{html.escape(str(self.path))}</caption>{''.join(rows)}</table>"
        return f'<div style="display:flex;flex-wrap:wrap;gap:1em">{table}{self._drawing()}</div>'

    def _drawing(self) -> str:
        """The small picture; none of a large graph that is not read yet, and none where it cannot be read."""
        if "nx" not in vars(self) and self._counts.get("entities", 0) > _DRAWN_AT_ONCE:
            return ""
        with contextlib.suppress(KgraphError):  # whoever asks for the graph itself is told
            return drawing(self.nx)
        return ""


def _annotations(path: Path, papers: Collection[str] | None = None) -> Iterator[Annotation]:
    """Those of a file, or of some papers in it."""
    import orjson

    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise ReadError(str(path), None, f"it cannot be read: {(error.strerror or str(error)).lower()}") from error
    for number, line in enumerate(lines, 1):
        try:
            record = orjson.loads(line)
            if papers is not None and record["id"] not in papers:
                continue
            annotation, problems = from_record(record)
        except (ValueError, AttributeError, LookupError, TypeError) as error:
            raise ReadError(str(path), number, f"it is no annotation or damaged: {error}") from error
        if problems:
            raise ReadError(str(path), number, problems[0])
        yield annotation
