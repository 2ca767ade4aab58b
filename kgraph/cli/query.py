"""``kgraph query``: ask the graph in SPARQL, or one of the named questions."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

import click

from kgraph.cli.limits import limits_time
from kgraph.cli.tables import cell, show_markdown, show_table

if TYPE_CHECKING:
    from kgraph.query import Form, Rows, Store, Value

__all__ = ["query", "show_answer"]

_GRAPH = "exports"
_ARGUMENT = re.compile(r"(\w+)=(.*)", re.DOTALL)


@click.command()
@click.argument("words", metavar="[GRAPH] QUERY", nargs=-1)
@click.option(
    "--file", "file", type=click.Path(allow_dash=True), help="Read the query from a file; - for standard input."
)
@click.option("--named", metavar="NAME", help="Ask a named question; its parameters follow as key=value.")
@click.option("--list", "listing", is_flag=True, help="Show the named questions and their parameters.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "md", "csv", "tsv", "json", "xml", "ttl"]),
    default="table",
    show_default=True,
    help="ttl is for CONSTRUCT and DESCRIBE; csv, tsv, json and xml are the W3C's formats.",
)
@click.option("--labels", is_flag=True, help="Names beside addresses, in columns of their own.")
@click.option("--explain", "explaining", is_flag=True, help="Show what would be asked and how much of it there is.")
@click.option(
    "--rows", type=click.IntRange(min=0), default=100, show_default=True, help="Most rows of a table; 0 for all."
)
@limits_time
def query(
    words: tuple[str, ...],
    file: str | None,
    named: str | None,
    listing: bool,  # noqa: FBT001
    form: Literal["table", "md"] | Form,
    labels: bool,  # noqa: FBT001
    explaining: bool,  # noqa: FBT001
    rows: int,
    timeout: float,
) -> None:
    """Ask the graph in SPARQL, or one of the named questions.

    GRAPH is a Turtle file or the folder of a build, by default exports. QUERY is SELECT, ASK,
    CONSTRUCT or DESCRIBE, or - for standard input. The prefixes kg:, skos:, dcterms:, rdf:,
    rdfs:, xsd:, owl:, paper: and one for each type (hardware:, method: ...) are built in.

    \b
    kgraph query 'SELECT ?title { ?paper kg:runsOn hardware:fpga ; dcterms:title ?title }'
    kgraph query --list
    kgraph query --named runs-on hardware=A100 year=2024
    kgraph query --named runs-on hardware=A100 --explain
    kgraph query field/graph.ttl --file question.rq --format csv --labels
    """
    if listing:
        _show_questions(form)
        return
    from kgraph.query import open_store, unknown_names

    graph, text, arguments = _asked(words, file, named)
    store = open_store(graph)
    if named is not None:
        from kgraph.questions import bind, question_named

        bound = bind(store, question_named(named), arguments)
        text, notes = bound.query, bound.notes
    else:
        notes = tuple(unknown_names(store, text))
    for note in notes:
        click.echo(f"kgraph: {note}", err=True)
    if explaining:
        _explain(store, text)
    elif form in {"table", "md"}:
        show_answer(store, text, rows, timeout, labels=labels, markdown=form == "md")
    else:
        _write(store, text, cast("Form", form), timeout, labels=labels)


def _asked(words: tuple[str, ...], file: str | None, named: str | None) -> tuple[str, str, dict[str, str]]:
    """The graph, the query's text (none for a named question) and the question's arguments."""
    if named is not None and file is not None:
        raise click.UsageError("--named and --file are two questions: give one of them.")
    if named is not None:
        arguments = {match[1]: match[2] for word in words if (match := _ARGUMENT.fullmatch(word))}
        graphs = [word for word in words if not _ARGUMENT.fullmatch(word)]
        if len(graphs) > 1:
            raise click.UsageError(f"{graphs[1]!r} is no parameter: write key=value.")
        return (graphs or [_GRAPH])[0], "", arguments
    if file is not None:
        if len(words) > 1:
            raise click.UsageError("--file holds the query: only GRAPH may stand beside it.")
        return (words or (_GRAPH,))[0], _read(file), {}
    if not 1 <= len(words) <= 2:
        raise click.UsageError("give a query, or --file, --named or --list: kgraph query [GRAPH] QUERY.")
    *graph, text = words
    if not graph and _is_a_graph(text):
        raise click.UsageError(f"{text} is a graph: what is the query? kgraph query {text} QUERY.")
    return (graph or [_GRAPH])[0], _read(text) if text == "-" else text, {}


def _is_a_graph(word: str) -> bool:
    try:
        return Path(word).exists()
    except (OSError, ValueError):  # too long for a path, or a null character: so it is a query
        return False


def _read(file: str) -> str:
    from kgraph.errors import ReadError

    try:
        with click.open_file(file, encoding="utf-8") as stream:
            text: str = stream.read()
    except OSError as error:
        raise ReadError(file, None, f"the query cannot be read: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise ReadError(file, None, "the query cannot be read: it is not UTF-8") from error
    return text


def _explain(store: Store, text: str) -> None:
    from kgraph.query.explanations import explain

    explanation = explain(store, text)
    click.echo(f"{explanation.query}\n")
    show_table(
        ("matches", "pattern, by itself"),
        [(cell(p.matches) or "too many to count", p.text) for p in explanation.patterns],
    )


def show_answer(
    store: Store, text: str, rows: int, timeout: float, *, labels: bool = False, markdown: bool = False
) -> None:
    """Print what a query gives: a table of its first rows, a word, or Turtle."""
    from kgraph.query import answer

    found = answer(store, text, most=rows or None, labels=labels, timeout_seconds=timeout)
    if isinstance(found, bool):
        click.echo("true" if found else "false")
    elif found:
        _show_rows(store, found, markdown=markdown)
    else:  # triples
        _write(store, text, "ttl", timeout)


def _show_rows(store: Store, found: Rows, *, markdown: bool) -> None:
    from kgraph.query import prefixes_of
    from kgraph.rdf.plain import Iri
    from kgraph.sparql import shorten

    prefixes = prefixes_of(store)

    def shown(value: Value) -> str:
        return shorten(value, prefixes) if isinstance(value, Iri) else cell(value)

    if not found.total:
        click.echo("kgraph: no rows", err=True)
        return
    show = show_markdown if markdown else show_table
    show(found.columns, found.rows, text=shown)
    if found.total > len(found.rows):
        click.echo(
            f"kgraph: {len(found.rows):,} of {found.total:,} rows shown: --rows 0 shows all, --format csv writes all",
            err=True,
        )


def _write(store: Store, text: str, form: Form, timeout: float, *, labels: bool = False) -> None:
    from kgraph.query import write

    full = write(store, text, form, sys.stdout.buffer, labels=labels, timeout_seconds=timeout)
    sys.stdout.flush()
    if not full:
        click.echo(f"kgraph: no {'triples' if form == 'ttl' else 'rows'}", err=True)


def _show_questions(form: str) -> None:
    from kgraph.questions import load_questions

    questions = load_questions().values()
    if form == "json":
        click.echo(json.dumps([asdict(question) for question in questions], indent=2))
        return
    show_table(
        ("name", "question", "parameters"),
        [
            (
                question.name,
                question.text,
                "\n".join(f"{p.name}{'' if p.needed else '?'}: {p.type}" for p in question.parameters),
            )
            for question in questions
        ],
    )
    click.echo("ask with: kgraph query --named NAME parameter=value ...   (? marks what may be left out)", err=True)
