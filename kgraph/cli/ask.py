"""``kgraph ask``: a question in plain words."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from kgraph.cli.limits import limits_time
from kgraph.cli.query import show_answer

if TYPE_CHECKING:
    from kgraph.query import Store

__all__ = ["ask"]


@click.command()
@click.argument("words", metavar="[GRAPH] QUESTION", nargs=-1)
@click.option(
    "--rows", type=click.IntRange(min=0), default=20, show_default=True, help="Most rows of the table; 0 for all."
)
@click.option("--sparql", "only_sparql", is_flag=True, help="Print the SPARQL and ask nothing.")
@click.option(
    "--llm",
    metavar="URL",
    envvar="KGRAPH_LLM_URL",
    show_envvar=True,
    help="Let a language model write the SPARQL where no named question fits: an OpenAI-compatible endpoint.",
)
@click.option("--model", metavar="NAME", envvar="KGRAPH_LLM_MODEL", show_envvar=True, help="The model's name there.")
@limits_time
def ask(
    words: tuple[str, ...],
    rows: int,
    only_sparql: bool,  # noqa: FBT001
    llm: str | None,
    model: str | None,
    timeout: float,
) -> None:
    """Ask the graph a question in plain words.

    The question becomes one of the named ones (kgraph query --list), without any network, and the
    SPARQL is shown. What is not understood is refused, with what may be asked instead. GRAPH is the
    folder of a build or a Turtle file, by default exports.

    \b
    kgraph ask "which methods run on RISC-V?"
    kgraph ask "how many papers mention quantization each year?"
    kgraph ask field "which datasets are used for object detection?"
    kgraph ask --llm http://localhost:8000/v1 --model llama "which two makers are named together?"
    """
    from kgraph.query import open_store

    graph, question = _asked(words)
    store = open_store(graph)
    query = _query(store, question, llm, model)
    click.echo(query.strip(), err=not only_sparql)
    if not only_sparql:
        show_answer(store, query, rows, timeout)


def _asked(words: tuple[str, ...]) -> tuple[str, str]:
    """The graph and the question; a question may be typed without quotes."""
    if not words:
        raise click.UsageError('what is the question? kgraph ask "which methods run on RISC-V?"')
    if len(words) > 1 and os.path.exists(words[0]):
        return words[0], " ".join(words[1:])
    return "exports", " ".join(words)


def _query(store: Store, question: str, llm: str | None, model: str | None) -> str:
    """The SPARQL, by the named questions; by the model where there is one and these do not fit."""
    from kgraph.asking import understand
    from kgraph.errors import QueryError

    if llm and not model:
        raise click.UsageError("--llm needs --model NAME, or KGRAPH_LLM_MODEL.")
    try:
        understood = understand(store, question)
    except QueryError:
        if not llm:
            raise
        from kgraph.asking.language_model import LanguageModel, translate

        return translate(store, question, LanguageModel(llm, str(model)))
    given = " ".join(f"{name}={value}" for name, value in understood.arguments.items())
    click.echo(f"kgraph: {understood.question.name} {given}".rstrip(), err=True)
    for note in understood.bound.notes:
        click.echo(f"kgraph: {note}", err=True)
    return understood.bound.query
