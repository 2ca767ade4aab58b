"""``kgraph validate``: check the graph against its shapes."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kgraph.cli.tables import show_table

if TYPE_CHECKING:
    from kgraph.validation import Finding

__all__ = ["validate"]


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--rows", type=click.IntRange(min=0), default=100, show_default=True, help="Most rows of a table; 0 for all."
)
@click.pass_context
def validate(ctx: click.Context, graph: Path, form: Literal["table", "json"], rows: int) -> None:
    """Check the graph against its shapes (SHACL); exit code 1 where there are findings.

    GRAPH is a Turtle file or the folder of a build, by default exports. The shapes say what a good
    graph satisfies: what every paper and entity has, what a role may link, that each statement's
    fact is in the graph and each mention stands where it says.

    \b
    kgraph validate
    kgraph validate field/graph.ttl --format json
    """
    from kgraph.validation import validate as find

    findings = find(graph)
    if form == "json":
        click.echo(json.dumps([asdict(finding) for finding in findings], indent=2, ensure_ascii=False))
    elif findings:
        _show(findings[: rows or None])
    if findings:
        shown = min(len(findings), rows or len(findings)) if form == "table" else len(findings)
        part = "" if shown == len(findings) else f", of which {shown:,} are shown: --rows 0 shows all"
        click.echo(f"kgraph: {len(findings):,} finding{'s' if len(findings) > 1 else ''} in {graph}{part}", err=True)
        ctx.exit(1)
    if form == "table":
        click.echo(f"{graph} is as its shapes say")


def _show(findings: list[Finding]) -> None:
    from kgraph.iri import DATA
    from kgraph.rdf import prefixes
    from kgraph.sparql import shorten

    known = prefixes(DATA) | {"paper": f"{DATA}paper/"}

    def shown(term: str) -> str:
        return re.sub(r"<([^<>\s]*)>", lambda iri: shorten(iri[1], known), term)

    rows = [(f.message, f.focus, f.path, f.value) for f in findings]
    show_table(("what should be so", "node", "path", "value"), rows, text=shown)
