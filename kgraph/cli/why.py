"""``kgraph why``: why names are one thing, or two."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kgraph.cli.inputs import curated

if TYPE_CHECKING:
    from kgraph.resolution.why import Chain

__all__ = ["why"]

_MOST = 12


@click.command()
@click.argument("asked", metavar="MENTION-OR-ENTITY")
@click.argument("other", metavar="[OTHER]", required=False)
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    show_default=True,
    help="The folder of a build, or a file of annotations.",
)
@curated
def why(asked: str, other: str | None, graph: Path, curation: Path | None) -> None:
    """Tell why a name leads to its entity; of two, why they are one, or two.

    A name may be written in any spelling, an entity given by its id.

    \b
    kgraph why "A100 GPUs"
    kgraph why MoE "mixture of experts"
    kgraph why hardware/nvidia-a100
    """
    from kgraph.pipeline import resolver_of
    from kgraph.resolution.why import why as ask

    resolver, annotations = resolver_of(graph, curation=curation)
    answer = ask(resolver, annotations, asked, other)
    if answer.one is not None:
        click.echo("one:" if answer.one else "two:")
    _show((*answer.chains, *answer.others), answer.sources)
    for reason in answer.apart:
        click.echo(f"apart: {reason}")


def _show(chains: tuple[Chain, ...], sources: Mapping[str, tuple[str, ...]]) -> None:
    """Chains under the thing that they lead to, those in most papers first."""
    from kgraph.text import clean

    unique = sorted(dict.fromkeys(chains), key=lambda chain: (chain.type, chain.id))
    for (type, id), found in groupby(unique, key=lambda chain: (chain.type, chain.id)):
        listed = sorted(found, key=lambda chain: (-chain.papers, chain.form, chain.reason))
        click.echo(f"{id or 'left out'}  ({type})")
        for chain in listed[:_MOST]:
            papers = f"{chain.papers} paper{'' if chain.papers == 1 else 's'}"
            click.echo(clean(f"  {chain.form}  [{papers}]  {chain.step}: {chain.reason}"))
        if len(listed) > _MOST:
            click.echo(f"  and {len(listed) - _MOST} more ways of writing it")
        if id in sources:
            click.echo(clean(f"  the vocabulary knows it from {', '.join(sources[id])}"))
