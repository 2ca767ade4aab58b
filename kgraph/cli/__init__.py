"""The command line: a thin face on functions that a notebook can call.

Each command is a module of this package that holds one click command of its own name; it is
imported only when it is called, so that ``kgraph --help`` costs little more than click itself.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from typing import Any

import click

from kgraph import __version__
from kgraph.errors import KgraphError
from kgraph.text import clean

__all__ = ["COMMANDS", "kgraph", "main"]

COMMANDS = {
    "build": "Read papers and write the knowledge graph in every form.",
    "extract": "Read papers and write what was found in each, one JSON object a line.",
    "remove": "Withdraw papers from a build, and every fact that only they support.",
    "diff": "Tell what changed from one build to another.",
    "query": "Ask the graph in SPARQL, or one of the named questions.",
    "ask": "Ask a question in plain words.",
    "view": "Open the picture of the graph in the browser.",
    "serve": "Serve pages, a SPARQL endpoint, linked data and a JSON API.",
    "stats": "Count what the graph holds: types, roles, tops, years.",
    "validate": "Check the graph against its shapes (SHACL).",
    "why": "Tell why a name leads to its entity; why two are one, or two.",
    "review": "List the doubtful decisions, ready to be edited into curation.yaml.",
    "evaluate": "Compare annotations with hand-made ones: precision, recall, F1.",
    "train": "Train an extractor on annotated papers.",
}
"""Every command and its line in ``kgraph --help``, in the order of a first day with kgraph."""

_NEW_OBJECTS = 100_000


class _Commands(click.Group):
    """Imports a command's module only when the command is called, and tells of errors in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"kgraph.cli.{cmd_name}"), cmd_name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest command where the name is unknown."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else ""
            ctx.fail(f"No such command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except KgraphError as error:
            raise _Problem(str(error)) from error
        except BrokenPipeError:  # before click sees it, for which it is a failure
            return _drop_output()


class _Problem(click.ClickException):
    """A problem, said in one line on stderr; exit code 1."""

    def show(self, file: Any = None) -> None:
        click.echo(f"kgraph: {clean(self.format_message())}", err=True)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="kgraph")
def kgraph() -> None:
    """From the abstracts of papers to a knowledge graph that can be trusted.

    \b
    kgraph build papers.txt          read a listing, write the graph to exports/
    kgraph view                      look at it in the browser
    kgraph query --list              the questions it answers by name
    kgraph query 'SELECT ?title { ?paper kg:runsOn hardware:nvidia-a100 ; dcterms:title ?title }'

    It works offline and needs no key. Every fact leads to the characters of a sentence
    (evidence.ttl) and says how sure it is.
    """


def main() -> None:
    """Run the command line; a closed pipe (``| head``) and Ctrl-C end it quietly, a full disk in one line."""
    gc.set_threshold(_NEW_OBJECTS)  # a command keeps nearly all it makes: looking for rubbish costs a tenth of a build
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the shell (``>&-``)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as the process
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):  # a terminal in another encoding shows a mark, never a traceback
            stream.reconfigure(errors="backslashreplace")
    try:
        try:
            kgraph(prog_name="kgraph")
        finally:
            sys.stdout.flush()  # what cannot be written is told here, and not when Python ends
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        where = error.filename or "cannot write the output"
        _Problem(f"{where}: {(error.strerror or str(error)).lower()}").show()
        sys.exit(1)


def _drop_output() -> None:
    """Let what is still to be printed vanish, since nobody can take it; Python would try again when it ends."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
