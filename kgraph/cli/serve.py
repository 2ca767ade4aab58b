"""``kgraph serve``: the graph as pages, as SPARQL, as linked data."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.errors import KgraphError, MissingExtra

if TYPE_CHECKING:
    from kgraph.web.site import Settings

__all__ = ["serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("graph", default="exports", type=click.Path(path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets everybody in who can reach it.")
@click.option(
    "--allow-host", "names", multiple=True, metavar="NAME", help="A name that this server is called by; with --host."
)
@click.option("--cors", multiple=True, metavar="ORIGIN", help="Pages from there may ask too, * for any.")
@click.option(
    "--edit", is_flag=True, help="Let whoever has the printed address decide what is one thing and what is so."
)
@click.option(
    "--curation",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("curation.yaml"),
    show_default=True,
    help="The file that decisions are written to.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=10.0,
    show_default=True,
    metavar="SECONDS",
    help="When a query is stopped.",
)
@click.option("--rows", type=click.IntRange(min=1), default=100_000, show_default=True, help="Most rows of an answer.")
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Processes that answer queries; by default one for each core."
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    default=1024,
    show_default=True,
    metavar="MEGABYTES",
    help="Most memory that a query may take.",
)
def serve(
    graph: Path,
    port: int,
    host: str,
    names: tuple[str, ...],
    cors: tuple[str, ...],
    edit: bool,  # noqa: FBT001
    curation: Path,
    timeout: float,
    rows: int,
    workers: int | None,
    memory: int,
) -> None:
    """Serve the graph: pages to search and read, a SPARQL endpoint, linked data, a JSON API.

    GRAPH is the folder of a build or a Turtle file, by default exports. It can be reached from this
    machine only, unless --host says otherwise; it only reads, unless --edit does.

    \b
    kgraph serve
    kgraph serve field --port 8080
    kgraph serve --edit
    """
    try:
        from kgraph.web.application import make_application, run
        from kgraph.web.site import Settings, open_library
    except ModuleNotFoundError as error:
        raise MissingExtra("served pages", "serve") from error
    settings = Settings(
        graph,
        hosts=() if host not in _LOOPBACK and not names else (*_LOOPBACK, host, *names),
        cors=cors,
        curation=curation if edit else None,
        seconds=timeout,
        rows=rows,
        workers=workers or min(4, max(2, os.cpu_count() or 2)),
        megabytes=memory,
    )
    with _listen(host, port) as listening:
        library = open_library(graph)
        _tell(settings, host, listening.getsockname()[1])
        run(make_application(library, settings), listening)


def _listen(host: str, port: int) -> socket.socket:
    """The socket, taken before the graph is opened, so that a port in use is told at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(
        family, socket.SOCK_STREAM, socket.IPPROTO_TCP
    )  # by which asyncio knows to set TCP_NODELAY
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(512)
    except OSError as error:
        listening.close()
        reason = (error.strerror or str(error)).lower()
        raise KgraphError(f"cannot listen on {host}, port {port}: {reason}; --port takes another") from error
    return listening


def _tell(settings: Settings, host: str, port: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}"
    click.echo(f"{address}/  (Ctrl-C ends it)")
    if settings.curation is not None:
        click.echo(f"{address}/curation/enter?token={settings.token}  to decide; written to {settings.curation}")
