"""``kgraph diff``: what changed from one build to another."""

from __future__ import annotations

import json
import sys

import click

__all__ = ["diff"]


@click.command()
@click.argument("before", metavar="A")
@click.argument("after", metavar="[B]", required=False)
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True)
@click.option(
    "--most", type=click.IntRange(min=0), default=20, show_default=True, help="Lines of each kind; 0 for all of them."
)
@click.option("--exit-code", is_flag=True, help="End with 1 where there is a difference, as `git diff` does.")
def diff(before: str, after: str | None, form: str, most: int, exit_code: bool) -> None:  # noqa: FBT001
    """Tell which facts were gained, lost or changed in score, which entities merged or split.

    A and B are folders of builds, Turtle or annotations files. exports@3 is the third version of a
    build in exports/, exports@-1 the one before the newest, which is taken where only the folder is
    named. What only vocabularies know is left out.

    \b
    kgraph diff exports                             what the last build changed
    kgraph diff exports@2                           what all since the second did
    kgraph diff exports@2 exports@5
    kgraph diff released/ exports/ --format markdown > comment.md
    kgraph diff gold.jsonl exports --format json | jq .counts
    """
    from kgraph.diff import compare, generate_markdown, generate_text, is_empty, side_of, to_record

    if after is None:
        folder, version, _ = before.partition("@")
        before, after = before if version else f"{before}@-1", folder
    found = compare(side_of(before), side_of(after))
    if form == "json":
        click.echo(json.dumps(to_record(found), indent=2, ensure_ascii=False))
    else:
        generate = generate_markdown if form == "markdown" else generate_text
        for line in generate(found, most=most or None):
            click.echo(line)
    if exit_code and not is_empty(found):
        sys.exit(1)
