"""The outlines: vocabularies written by hand, one concept a line, the tree by indentation.

::

    # a comment
    GPU | graphics processing unit | graphics card
      NVIDIA Ampere | Ampere architecture | ?Ampere :: @NVIDIA; {gpu, nvidia, architecture}
        NVIDIA A100 | A100 | Tesla A100 :: releaseDate=2020-05; ^Tensor Core GPU

The first label is the preferred one, the others are aliases. ``?`` marks a label that is also an
ordinary word: it counts only near a context word. ``!`` marks one that never counts by itself.
Behind ``::`` stand, parted by ``;``: ``@`` the maker, ``^`` another broader concept, ``{}`` the
context words, and facts as ``property=value``. Maker and context hold for the lines below too,
until they name others (``@-`` for none). A line in ``[brackets]`` is a heading, no concept: it
only hands down maker, context and broader concepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kgraph.iri import entity_id

from vocabularies.entries import Entry, Fact, entry

__all__ = ["OUTLINES", "OutlineError", "read_outline", "parse_outline"]

OUTLINES = Path(__file__).parent / "outlines"
OWN = "own"
_STEP = 2


class OutlineError(ValueError):
    """A line of an outline that cannot be used: which and why."""


@dataclass(frozen=True, slots=True)
class _Level:
    """What a line hands down to those below it."""

    broader: tuple[str, ...] = ()
    maker: str = ""
    context: tuple[str, ...] = ()


def read_outline(type: str, path: Path) -> list[Entry]:
    """The entries of an outline file."""
    return list(parse_outline(type, path.read_text(encoding="utf-8"), where=path.name))


def parse_outline(type: str, text: str, *, where: str = "outline") -> Iterator[Entry]:
    """The entries of an outline, in its order.

    >>> lines = "GPU | graphics card\\n  NVIDIA A100 | ?A100 :: @NVIDIA; {gpu}; memoryGigabytes=40"
    >>> a100 = [entry.concept for entry in parse_outline("Hardware", lines)][1]
    >>> a100.broader, a100.risky, a100.facts
    (('hardware/gpu',), ('A100',), (('manufacturer', 'organization/nvidia'), ('memoryGigabytes', 40)))
    """
    levels = [_Level()]
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if not content or content.startswith("# "):
            continue
        depth, odd = divmod(len(line) - len(line.lstrip(" ")), _STEP)
        if odd or depth >= len(levels):
            raise OutlineError(f"{where}:{number}: indent by {_STEP} spaces below the broader concept")
        del levels[depth + 1 :]
        try:
            item, level = _parse(type, content, levels[-1])
        except ValueError as error:
            raise OutlineError(f"{where}:{number}: {error}") from error
        levels.append(level)
        if item is not None:
            yield item


def _parse(type: str, content: str, above: _Level) -> tuple[Entry | None, _Level]:
    written, _, about = content.partition(" :: ")
    maker, context, others, facts = above.maker, above.context, [], []
    for remark in filter(None, map(str.strip, about.split(";"))):
        if remark.startswith("@"):
            maker = remark[1:].strip(" -")
        elif remark.startswith("^"):
            others.append(remark[1:].strip())
        elif remark.startswith("{") and remark.endswith("}"):
            context = tuple(sorted(filter(None, (word.strip() for word in remark[1:-1].split(",")))))
        elif "=" in remark:
            facts.append(_fact(*remark.split("=", 1)))
        else:
            raise ValueError(f"{remark!r} is no maker, broader concept, context or fact")
    if heading := re.fullmatch(r"\[(.*)\]", written):
        return None, _Level((*above.broader, *others), maker, context)
    names = [label.strip() for label in written.split(" | ")]
    name = names[0].lstrip("?!")
    if not all(label.lstrip("?!") for label in names):
        raise ValueError("a label is empty")
    if maker and type != "Organization":
        facts.append(("manufacturer" if type == "Hardware" else "madeBy", entity_id("Organization", maker)))
    never = names[0].startswith("!")
    item = entry(
        type,
        name,
        source=OWN,
        aliases=[label for label in names if label[0] not in "?!"],
        risky=[label[1:] for label in names if label[0] in "?!"],
        context=() if never else context if any(label[0] == "?" for label in names) else (),
        broader=(*above.broader, *others),
        facts=facts,
    )
    return item, _Level((name,), maker, context)


def _fact(name: str, value: str) -> Fact:
    """A fact with its value as a number or a truth value where it is one.

    >>> _fact("memoryGigabytes", "40"), _fact("higherIsBetter", "false"), _fact("releaseDate", "2020-05")
    (('memoryGigabytes', 40), ('higherIsBetter', False), ('releaseDate', '2020-05'))
    """
    value = value.strip()
    if value in {"true", "false"}:
        return name, value == "true"
    if name != "releaseDate" and re.fullmatch(r"\d+(\.\d+)?", value):
        return name, float(value) if "." in value else int(value)
    return name, value
