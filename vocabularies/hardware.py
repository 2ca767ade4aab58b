"""Hardware: the outline's tree, with the products and facts of the gazetteers below it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgraph.iri import entity_id

from vocabularies.entries import Entry, Fact, entry
from vocabularies.gazetteers import rows
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_VENDORS = frozenset({"AMD", "ATI", "Intel", "NVIDIA"})
_FIRST_YEAR = 2006
_NOT_A_PRODUCT = re.compile(r"\b(?:OEM|Mac|IGP|AGP|PCI|Rebrand|Rev\.|\d+EU|\d+SP|mGPU|nForce|Subsystem|Prototype|Refresh|x\d+)\b|^(?:Radeon )?Graphics|\bGo\d*\b|\bMGPU\b|SoC", re.I)  # fmt: skip
_FORM_FACTOR = re.compile(r" (?:PCIe|SXM\d?|DGXS|NVL|CNX|OAM|MXM)\b(?=.*)| \d+(?:\.\d+)? [GM]B\b| (?:GDDR\w+|DDR\d)\b")


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``hardware``."""
    return {"hardware": [*read_outline("Hardware", OUTLINES / "hardware.txt"), *_gpus(gazetteers)]}


def _gpus(gazetteers: Path) -> Iterator[Entry]:
    """One product for all its form factors, which stand below it; boards from before CUDA are left out."""
    products: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(gazetteers, "gpus"):
        if (
            row["manufacturer"] in _VENDORS
            and row["release_date"] >= str(_FIRST_YEAR)
            and not _NOT_A_PRODUCT.search(row["name"])
        ):
            products[_FORM_FACTOR.sub("", row["name"])].append(row)
    for base, boards in sorted(products.items()):
        boards.sort(key=lambda row: (row["release_date"], row["name"]))
        name, aliases, risky = _names(base, boards[0]["manufacturer"])
        yield _product(name, aliases, risky, boards[0], boards)
        for row in boards:
            if row["name"] != base:
                yield _variant(name, row["name"].removeprefix(base).strip(), aliases, row)


def _product(
    name: str, aliases: list[str], risky: list[str], first: dict[str, Any], boards: list[dict[str, Any]]
) -> Entry:
    memories = {row["memory_size_gb"] for row in boards}
    facts = [fact for fact in _facts(first) if fact[0] != "memoryGigabytes" or len(memories) == 1]
    return entry(
        "Hardware",
        name,
        source="gpus",
        aliases=aliases,
        risky=risky,
        context=("gpu", "gpus", "cuda", first["manufacturer"].lower()) if risky else (),
        broader=[_architecture(first), *_line(name)],
        facts=facts,
    )


def _variant(product: str, form: str, aliases: list[str], row: dict[str, Any]) -> Entry:
    compact = re.sub(r" ([GM]B)", r"\1", form)
    size = re.search(r"\d+(?:\.\d+)?[GM]B", compact)
    spellings = [f"{label} {compact}" for label in (product, *aliases)]
    spellings += [f"{label} {form}" for label in (product, *aliases)]
    return entry(
        "Hardware",
        f"{product} {compact}",
        source="gpus",
        aliases=spellings if size else [],
        broader=[product],
        facts=_facts(row),
    )


def _names(base: str, vendor: str) -> tuple[str, list[str], list[str]]:
    """The preferred label, the aliases and the risky ones of a product as the gazetteer calls it."""
    vendor = "AMD" if vendor == "ATI" else vendor
    base = re.sub(r" Mobile$", " Laptop", base)
    bare = re.sub(r"^(?:GeForce|Radeon(?: Instinct)?|Instinct|Tesla|Quadro) ", "", base)
    aliases = {base, f"{vendor} {bare}"}
    risky: set[str] = set()
    if re.match(r"(?:RTX|GTX|RX|MI\d|Arc|Titan|TITAN) ?", bare):
        aliases |= {bare, re.sub(r"\b(RTX|GTX|RX) (\d)", r"\1\2", bare)}
        aliases |= {re.sub(r" (Ti|SUPER)\b", r"\1", alias) for alias in aliases}
    elif re.fullmatch(r"[A-Z]{1,2}\d+[A-Za-z]?", bare):
        risky.add(bare)
        aliases.add(f"{vendor} Tesla {bare}")
    name = f"{vendor} {base}"
    if re.fullmatch(r"Tesla (?:[PVT]\d+\w?)", base):
        name = f"{vendor} {bare}"
    if base.startswith("Radeon Instinct"):
        name = f"{vendor} Instinct {bare}"
    return name, sorted(aliases - {name}), sorted(risky)


def _architecture(row: dict[str, Any]) -> str:
    """The family that the outline has for the gazetteer's architecture."""
    vendor = "AMD" if row["manufacturer"] == "ATI" else row["manufacturer"]
    return f"{vendor} GPU"


def _line(name: str) -> list[str]:
    return []


def _facts(row: dict[str, Any]) -> Iterator[Fact]:
    vendor = "AMD" if row["manufacturer"] == "ATI" else row["manufacturer"]
    yield "manufacturer", entity_id("Organization", vendor)
    yield "releaseDate", row["release_date"]
    if row["memory_size_gb"] >= 0.1 and "Shared" not in row["memory_type"]:
        yield "memoryGigabytes", row["memory_size_gb"]
        yield "memoryType", row["memory_type"]
    if row.get("process_size_nm"):
        yield "processNanometres", row["process_size_nm"]
    if row.get("thermal_design_power_w"):
        yield "powerWatts", row["thermal_design_power_w"]
