"""Methods: techniques by hand, models with maker, family and size."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from kgraph.iri import entity_id
from kgraph.text import normal_form
from vocabularies.entries import Entry, Fact, entry
from vocabularies.gazetteers import rows
from vocabularies.organizations import makers
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_TUNED = ("", "-Instruct", "-Chat", "-Base")  # how a checkpoint was tuned does not make another size
_PARAMETERS = re.compile(r"(\d+(?:\.\d+)?)([BM])")
_NAME = re.compile(r"[A-Z].*[A-Z0-9]")  # more capitals than one, or a digit: no ordinary word


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``methods``."""
    techniques = read_outline("Method", OUTLINES / "methods.txt")
    models = [part for item in read_outline("Method", OUTLINES / "models.txt") for part in _sized(item)]
    common = _common_nouns(techniques)
    listed = [_told_of_a_model(item, common) for item in (*_notable(gazetteers), *_open(gazetteers))]
    return {"methods": [*techniques, *models, *listed]}


def _common_nouns(techniques: Iterable[Entry]) -> frozenset[str]:
    """Every label of the techniques that are called by a common noun, as "Hopfield network" and not as "CLIP"."""
    concepts = (item.concept for item in techniques)
    called = [concept for concept in concepts if concept.name.rsplit(" ", 1)[-1].islower()]
    return frozenset(normal_form(label) for concept in called for label in (concept.name, *concept.aliases))


def _told_of_a_model(item: Entry, common: frozenset[str]) -> Entry:
    """The entry, without facts where its name is a common noun.

    Lists of models call one paper's network "Dimensionality Reduction" or "SDE"; who made that one
    and when is no fact of the technique.
    """
    labels = (item.concept.name, *item.concept.aliases)
    return (
        item if common.isdisjoint(map(normal_form, labels)) else replace(item, concept=replace(item.concept, facts=()))
    )


def _sized(item: Entry) -> Iterator[Entry]:
    """The entry of a model without its ``sizes``, and one entry below it for each of them."""
    concept = item.concept
    sizes = [size for name, value in concept.facts if name == "sizes" for size in str(value).split()]
    yield replace(item, concept=replace(concept, facts=tuple(fact for fact in concept.facts if fact[0] != "sizes")))
    spoken = [label for label in (concept.name, *concept.aliases) if label.count(" ") < 2 and "model" not in label]
    for size in sizes:
        yield entry(
            "Method",
            f"{concept.name} {size}",
            source=item.sources[0],
            aliases=[f"{label} {size}{tuned}" for label in spoken for tuned in _TUNED],
            broader=[concept.name],
            facts=[*(fact for fact in concept.facts if fact[0] == "madeBy"), *_parameters(size)],
        )


def _parameters(size: str) -> Iterator[Fact]:
    """The number of parameters that a size tells, in billions; nothing for a mixture such as ``8x7B``.

    >>> list(_parameters("350M")), list(_parameters("8x7B")), list(_parameters("30B-A3B"))
    ([('parametersBillion', 0.35)], [], [('parametersBillion', 30.0)])
    """
    if found := _PARAMETERS.match(size):
        yield "parametersBillion", float(found[1]) / (1 if found[2] == "B" else 1000)


def _notable(gazetteers: Path) -> Iterator[Entry]:
    """Notable models with their first organization, where the outline knows it, and their date."""
    for row in rows(gazetteers, "models"):
        name = re.sub(r"\s*\([^)]*\)$", "", row["model"].strip())
        if 3 <= len(name) <= 40 and _NAME.search(name) and not re.search(r"[+:,/×]| - ", name):
            facts: list[Fact] = [("releaseDate", row["date"])]
            if maker := makers(gazetteers).get((row.get("organization") or "").split(",")[0].strip()):
                facts.append(("madeBy", entity_id("Organization", maker)))
            facts += _parameters(name.rsplit("-", 1)[-1].rsplit(" ", 1)[-1])
            yield entry("Method", name, source="models", facts=facts)


def _open(gazetteers: Path) -> Iterator[Entry]:
    for row in rows(gazetteers, "open_llms"):
        name = re.sub(r" \(.*\)$", "", row["name"]).strip()
        if "ataset" in name or "/" in name:
            continue
        facts: list[Fact] = [("releaseDate", row["date"].replace("/", "-"))] if row.get("date") else []
        if re.fullmatch(r"[\d.]+", row.get("params_b") or ""):
            facts.append(("parametersBillion", float(row["params_b"])))
        yield entry("Method", name, source="open_llms", facts=facts)
