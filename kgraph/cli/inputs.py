"""What commands that read papers share: their arguments and the progress bar."""

from __future__ import annotations

import datetime
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kgraph.stages import Engine

__all__ = ["PipelinePath", "curated", "engine_of", "progress", "reads_papers", "tell_skipped"]

Command = TypeVar("Command", bound=Callable[..., Any])
_TOLD = 10
CURATION = Path("curation.yaml")


class PipelinePath(click.Path):
    """A configuration or a model's folder; ``patterns`` is the shipped pipeline without a model."""

    def __init__(self) -> None:
        super().__init__(exists=True, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path, of a shipped pipeline by its name."""
        if value == "patterns" and not Path(value).exists():
            from kgraph.extraction.pipeline import PATTERNS

            return PATTERNS
        return super().convert(value, param, ctx)


class _Day(click.ParamType):  # type: ignore[type-arg]  # generic in the newest click only
    """A day as ISO 8601 writes it."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime.date:
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no date such as 2024-12-10", param, ctx)


def curated(command: Command) -> Command:
    """Give a command --curation: a file, by default ``curation.yaml`` of the current folder where there is one."""
    return click.option(
        "--curation",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        default=lambda: CURATION if CURATION.is_file() else None,
        show_default=f"{CURATION}, if there is one here",
        help="What people decided: entities merged, split, renamed ...",
    )(command)


def reads_papers(command: Command) -> Command:
    """Give a command INPUT..., --listing-date, --strict, --config, --curation, --store and --engine."""
    for add in (
        click.option("--workers", type=click.IntRange(min=1), help="How many processes, if not one for each core."),
        click.option("--scheduler", metavar="ADDRESS", help="Of a Dask cluster: tcp://10.0.0.1:8786."),
        click.option(
            "--engine",
            type=click.Choice(["local", "processes", "dask"]),
            help="Where extraction runs: in this process, in several, on a cluster. If not told, in several where "
            "there is much to do.",
        ),
        click.option(
            "--store",
            metavar="FOLDER|URL",
            help="Where to keep what was extracted for the next time; s3://bucket/folder too. A build keeps it beside "
            "its files if not told otherwise.",
        ),
        curated,
        click.option(
            "--config",
            "--model",
            "config",
            type=PipelinePath(),
            help="What replaces the shipped pipeline: a spaCy configuration, a folder that `kgraph train` made, or "
            "`patterns`: vocabularies and patterns alone, without the trained model.",
        ),
        click.option("--strict", is_flag=True, help="Stop at the first block that cannot be read."),
        click.option(
            "--listing-date",
            type=_Day(),
            help="The day of a listing that prints none with a year; else it is inferred.",
        ),
        click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=str),
    ):
        command = add(command)
    return command


def engine_of(name: str | None, scheduler: str | None, workers: int | None) -> Engine:
    """The engine that the options ask for."""
    from kgraph.engines import load_engine
    from kgraph.engines.by_size import BySizeEngine

    if name or scheduler or workers:
        named = name or ("dask" if scheduler else "processes")
        return load_engine(named, scheduler=scheduler, workers=workers)
    return BySizeEngine()


def progress(items: Iterable[Any], total: int, what: str) -> Iterable[Any]:
    """A bar on stderr while the items go through, where stderr is a terminal that can move its cursor."""
    return _bar(items, total, what) if sys.stderr.isatty() and os.environ.get("TERM") != "dumb" else items


def _bar(items: Iterable[Any], total: int, what: str) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield from bar.track(items, total=total, description=what)


def tell_skipped(skipped: Iterable[Any], where: str) -> None:
    """One line on stderr for each of the first blocks that gave no paper; how many more there are."""
    found = list(skipped)
    for block in found[:_TOLD]:
        place = f"{block.source}:{block.line}" if block.line else block.source
        click.echo(f"kgraph: skipped {place}: {block.reason}", err=True)
    if len(found) > _TOLD:
        click.echo(f"kgraph: skipped {len(found) - _TOLD} more: {where}", err=True)
