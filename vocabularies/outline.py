"""The outlines: vocabularies written by hand, one concept a line, the tree by indentation.

::

    # a comment
    GPU | graphics processing unit | graphics card
      NVIDIA Ampere | Ampere architecture | ?Ampere :: @NVIDIA; {gpu, nvidia, architecture}
        NVIDIA A100 | A100 | Tesla A100 :: releaseDate=2020-05; ^Tensor Core GPU

The first label is the preferred one, the others are aliases. ``?`` marks a label that is also an
ordinary word: it counts only near a context word. ``!`` marks one that never counts by itself.
Behind ``>`` stand concepts of their own right below the line's, each with its further labels behind
``=``: ``LPDDR > LPDDR4 | LPDDR5 = LPDDR-5``; a line may begin with ``>``: then they stand right
below the line above it. Behind ``::`` stand, parted by ``;``: ``@`` the maker, ``^`` another broader
concept, ``{}`` the context words, and facts as ``property=value``; ``sizes=7B 70B`` makes a concept
below for each size of a model, ``numbers=8168 8180`` one for each number of a product line, with as
many labels as the line has. Maker and context hold for the lines below too,
until they name others (``@-`` for none). A line in ``[brackets]`` is a heading, no concept: it
only hands down maker, context and broader concepts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from kgraph.iri import entity_id
from vocabularies.entries import Entry, Fact, entry

__all__ = ["OUTLINES", "OutlineError", "parse_outline", "read_outline"]

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
            *items, level = _parse(type, content, levels[-1])
        except ValueError as error:
            raise OutlineError(f"{where}:{number}: {error}") from error
        levels.append(level)
        yield from items


def _parse(type: str, content: str, above: _Level) -> tuple[*tuple[Entry, ...], _Level]:
    """The entries of a line and what it hands down."""
    written, _, remarks = content.partition(" :: ")
    level, others, facts = _remarks(remarks, above)
    if written.startswith("["):
        return (replace(level, broader=(*above.broader, *others)),)
    own, _, below = written.partition("> ")
    items = [_entry(type, own.strip().split(" | "), level, (*above.broader, *others), facts)] if own else []
    broader = (items[0].concept.name,) if items else (*above.broader, *others)
    theirs = [] if own else facts
    items += [_entry(type, child.split(" = "), level, broader, theirs) for child in below.split(" | ") if child]
    return *items, replace(level, broader=broader)


def _remarks(text: str, above: _Level) -> tuple[_Level, list[str], list[Fact]]:
    """What stands behind ``::``: maker and context, further broader concepts, facts."""
    maker, context, others, facts = above.maker, above.context, [], []
    for remark in filter(None, map(str.strip, text.split(";"))):
        if remark.startswith("@"):
            maker = remark[1:].strip(" -")
        elif remark.startswith("^"):
            others.append(remark[1:].strip())
        elif remark.startswith("{") and remark.endswith("}"):
            context = tuple(sorted(filter(None, (word.strip() for word in remark[1:-1].split(",")))))
            if odd := [word for word in context if not re.fullmatch(r"[^\W_A-Z]+", word)]:
                raise ValueError(
                    f"the context word {odd[0]!r} can never be met: write letters and digits in lower case"
                )
        elif "=" in remark:
            facts.append(_fact(*remark.split("=", 1)))
        else:
            raise ValueError(f"{remark!r} is no maker, broader concept, context or fact")
    return _Level(maker=maker, context=context), others, facts


def _entry(type: str, written: list[str], level: _Level, broader: Iterable[str], facts: list[Fact]) -> Entry:
    names = [label.strip() for label in written]
    if not all(label.lstrip("?!") for label in names) or names[-1].endswith(" |"):
        raise ValueError("a label is empty")
    if level.maker and type != "Organization":
        made = "manufacturer" if type == "Hardware" else "madeBy"
        facts = [*facts, (made, entity_id("Organization", level.maker))]
    asks_context = any(label[0] == "?" for label in names)
    if asks_context and not level.context:
        raise ValueError(f"{names[0]!r} has a risky label and no context words")
    return entry(
        type,
        names[0].lstrip("?!"),
        source=OWN,
        aliases=[label for label in names if label[0] not in "?!"],
        risky=[label[1:] for label in names if label[0] in "?!"],
        context=level.context if asks_context else (),
        broader=broader,
        facts=facts,
    )


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
