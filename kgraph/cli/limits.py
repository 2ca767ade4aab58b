"""What bounds a query, an option for every command that asks the graph."""

from __future__ import annotations

import click

__all__ = ["limits_time"]

limits_time = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="When to give the query up.",
)
