"""What is on screen, as files: CSV, BibTeX, and queries whose answer is the thing as RDF."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from starlette.responses import Response

from kgraph.iri import arxiv_id
from kgraph.rdf.plain import reference
from kgraph.web.catalogue import Node

__all__ = ["bibtex", "csv_response", "description", "text_response"]

_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_",
    "^": r"\^{}", "~": r"\~{}",
}  # fmt: skip


def csv_response(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """A table as CSV (RFC 4180), to be kept under a name."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows(rows)
    return text_response(written.getvalue(), "text/csv", f"{name}.csv")


def text_response(text: str, type: str, name: str) -> Response:
    """A text as a file to be kept."""
    safe = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-.") or "file"
    headers = {"content-disposition": f'attachment; filename="{safe}"'}
    return Response(text, headers=headers, media_type=f"{type}; charset=utf-8")


def bibtex(papers: Iterable[Node]) -> str:
    r"""The papers as BibTeX, as far as they are known: listings do not name authors.

    >>> print(bibtex([Node(1, "paper/2205.14135", "Paper", "100% faster", date="2022-05-27")]))
    @misc{2205.14135,
      title = {{100\% faster}},
      year = {2022},
      month = {5},
      eprint = {2205.14135},
      archivePrefix = {arXiv},
      url = {https://arxiv.org/abs/2205.14135}
    }
    <BLANKLINE>
    """
    return "".join(map(_entry, papers))


def _entry(paper: Node) -> str:
    key = paper.id.removeprefix("paper/")
    year, _, rest = paper.date.partition("-")
    fields = [("title", "{" + "".join(_TEX.get(mark, mark) for mark in paper.label) + "}")]
    fields += [("year", year)] if year else []
    fields += [("month", str(int(rest[:2])))] if rest[:2].isdigit() else []
    if known := arxiv_id(key):
        fields += [("eprint", known), ("archivePrefix", "arXiv"), ("url", f"https://arxiv.org/abs/{known}")]
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields)
    return f"@misc{{{re.sub(r'[^A-Za-z0-9.:/-]+', '-', key)},\n{body}\n}}\n"


def description(base_iri: str, node: Node) -> str:
    """The query for all that the graph says of a thing: what stands in a paper, what links to an entity."""
    iri = reference(base_iri + node.id)
    if node.type == "Paper":
        return f"""CONSTRUCT {{ {iri} ?p ?o . ?part ?q ?v }}
            WHERE {{ {{ {iri} ?p ?o }} UNION {{ ?part kg:inPaper {iri} ; ?q ?v }} }}"""
    return f"""CONSTRUCT {{ {iri} ?p ?o . ?other ?q {iri} ; skos:prefLabel ?label . ?o skos:prefLabel ?name }}
        WHERE {{ {{ {iri} ?p ?o OPTIONAL {{ ?o skos:prefLabel ?name }} }}
          UNION {{ ?other ?q {iri} ; skos:prefLabel ?label }} }}"""
