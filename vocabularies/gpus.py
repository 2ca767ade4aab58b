"""GPU boards: products, the variants below them, and the families above them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgraph.iri import entity_id
from vocabularies.entries import Entry, Fact, entry
from vocabularies.gazetteers import rows

__all__ = ["gpus", "product_lines"]

_VENDORS = {"AMD": "AMD", "ATI": "AMD", "Intel": "Intel", "NVIDIA": "NVIDIA"}
_FIRST_YEAR = "2006"  # before it, GPUs did not compute
_NO_PRODUCT = re.compile(
    r"\b(?:OEM|Mac|IGP|AGP|PCI|PCX|Rebrand|Rev\.|\d+EU|\d+SP|\d+CU|mGPU|nForce|Subsystem|Prototype|Refresh|x\d+|SDI|NPB|"
    r"Duo|Dual|CrossFire|Edition|Anniversary|Passive|SoC|Embedded|GameCube|PlayStation|Xbox|Switch|Steam|Deck)\b|"
    r"^(?:Radeon )?(?:R\d \w+ )?Graphics|\bGo ?\d*\b|^(?:U?HD|Iris) Graphics|^Mobility|^All-In|^GMA|^Fire(?:GL|MV)|"
    r"^Radeon (?:X|R|HD)\d? ?\d+\w? (?:LE|SE|GS|GT)\b|^[Ii]\d",
)
_FORM = re.compile(r" (?:PCIe|SXM\d?|DGXS|NVL|CNX|OAM|MXM)\b| \d+(?:\.\d+)? [GM]B\b| G?DDR\w+\b")
_LINE = re.compile(r"^(?:GeForce|Radeon Instinct|Instinct|Radeon|Tesla|Quadro) ")
_CODE = re.compile(r"[A-Z]{1,2}\d+[A-Z]?")
_SPOKEN_BARE = re.compile(
    r"(?:RTX|GTX|GTS|RX|Arc|T[Ii][Tt][Aa][Nn]|MI\d+|Jetson|Quadro|Data Center GPU|Xeon Phi)\b|MI\d"
)
_CONTEXT = ("gpu", "gpus", "cuda", "nvidia", "tesla")
_PRODUCT_LINES = (
    (r"NVIDIA GeForce RTX ([2345]0)[5-9]0", r"NVIDIA GeForce RTX \1 series"),
    (r"NVIDIA GeForce RTX", "NVIDIA GeForce RTX"),
    (r"NVIDIA GeForce GTX", "NVIDIA GeForce GTX"),
    (r"NVIDIA (?:GeForce|GTX|GTS)", "NVIDIA GeForce"),
    (r"NVIDIA (?:Quadro|NVS)", "NVIDIA Quadro"),
    (r"NVIDIA T[Ii][Tt][Aa][Nn]", "NVIDIA Titan"),
    (r"NVIDIA RTX", "NVIDIA RTX workstation GPU"),
    (r"NVIDIA Jetson", "NVIDIA Jetson"),
    (r"NVIDIA (?:Tesla|[A-Z]{1,2}\d+)", "NVIDIA data center GPU"),
    (r"AMD Instinct", "AMD Instinct"),
    (r"AMD Radeon RX", "AMD Radeon RX"),
    (r"AMD Radeon Pro", "AMD Radeon Pro"),
    (r"AMD FirePro", "AMD FirePro"),
    (r"Intel Arc", "Intel Arc"),
    (r"Intel Data Center GPU (Max|Flex)", r"Intel Data Center GPU \1"),
    (r"Intel Xeon Phi", "Intel Xeon Phi"),
)
_ARCHITECTURES = {
    "NVIDIA Tesla": "NVIDIA Tesla architecture",
    "Intel Xe": "Intel Xe",
    "Intel Xe-HPG": "Intel Xe-HPG",
    "Intel Xe-HPC": "Intel Xe-HPC",
    "Intel Xe-LP": "Intel Xe-LP",
    "Intel Xe-LPG": "Intel Xe",
    "Intel Xe-HP": "Intel Xe",
    "Intel Xe2-HPG": "Intel Xe2",
    "Intel Xe2-LPG": "Intel Xe2",
    "Intel Knights": "Intel Xeon Phi",
}


def gpus(gazetteers: Path, families: frozenset[str]) -> Iterator[Entry]:
    """One entry for a product in all its form factors, and one for each of those that has a name of its own.

    Boards from before 2006 and those that only a maker of computers sold are left out.
    ``families`` are the names that the outline has for architectures.
    """
    products: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(gazetteers, "gpus"):
        known = row["manufacturer"] in _VENDORS and row["release_date"] >= _FIRST_YEAR
        if known and not _NO_PRODUCT.search(row["name"]):
            products[_FORM.sub("", row["name"])].append(row)
    for base, boards in sorted(products.items()):
        yield from _product(base, sorted(boards, key=lambda row: (row["release_date"], row["name"])), families)


def _product(base: str, boards: list[dict[str, Any]], families: frozenset[str]) -> Iterator[Entry]:
    """A product, below it its memory sizes where there are several, and below those its form factors."""
    name, aliases, risky = _labels(base, _VENDORS[boards[0]["manufacturer"]])
    spoken = {name, *aliases, *risky}
    sizes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in boards:
        sizes[_memory(row)].append(row)
    yield entry(
        "Hardware",
        name,
        source="gpus",
        aliases=aliases if len(sizes) > 1 else aliases | _with_size(spoken, *sizes),
        risky=risky,
        context=_CONTEXT if risky else (),
        broader=_families(name, boards[0], families),
        facts=_shared_facts(boards),
    )
    for size, same in sorted(sizes.items()):
        above = f"{name} {size}".strip() if len(sizes) > 1 else name
        if above != name:
            yield entry(
                "Hardware",
                above,
                source="gpus",
                aliases=_with_size(spoken, size),
                broader=[name],
                facts=_shared_facts(same),
            )
        for row in same:
            if form := row["name"].removeprefix(base).strip():
                yield _variant(name, above, form, spoken, row)


def _memory(row: dict[str, Any]) -> str:
    """How a board's memory is written behind its name; empty where it is small or borrowed.

    >>> [_memory({"memory_size_gb": size, "memory_type": "DDR"}) for size in (80.0, 1.5, 0.5)]
    ['80GB', '1.5GB', '']
    """
    size = row["memory_size_gb"]
    return f"{size:g}GB" if size >= 1 and "Shared" not in row["memory_type"] else ""


def _with_size(labels: set[str], size: str) -> set[str]:
    """The labels with a memory size behind them, together and apart."""
    spelled = {size, size.replace("GB", " GB")} - {""}
    return {f"{label} {written}" for label in labels for written in spelled}


def _labels(base: str, vendor: str) -> tuple[str, set[str], set[str]]:
    """The preferred label of a product, its aliases, and the bare codes that need context (``V100``).

    >>> name, aliases, risky = _labels("GeForce RTX 2080 Ti", "NVIDIA")
    >>> name, "RTX 2080Ti" in aliases, sorted(risky)
    ('NVIDIA GeForce RTX 2080 Ti', True, ['2080 Ti', '2080Ti'])
    >>> _labels("Tesla V100", "NVIDIA")[0], _labels("Tesla V100", "NVIDIA")[2]
    ('NVIDIA V100', {'V100'})
    """
    base = re.sub(r" (?:Mobile|Max-Q)$", " Laptop", base) if "GeForce" in base or base.startswith("RTX") else base
    bare = _LINE.sub("", base)
    aliases, risky = {base}, set()
    coded = _CODE.fullmatch(bare) is not None
    if _SPOKEN_BARE.match(bare):
        aliases |= {bare, f"{vendor} {bare}"}
        aliases |= {re.sub(r"\b(RTX|GTX|RX) (?=\d)", r"\1", label) for label in aliases}
        aliases |= {re.sub(r" (Ti|SUPER|XTX?)\b", r"\1", label) for label in aliases}
        aliases |= {label.replace("Laptop", "Mobile") for label in aliases}
        if number := re.fullmatch(r"[RG]TX (\d{4} (?:Ti|SUPER)|[345]0[89]0)", bare):
            aliases |= {f"NVIDIA {number[1]}", f"NVIDIA {number[1].replace(' ', '')}"}
            risky |= {number[1], number[1].replace(" ", "")}
    elif coded:
        risky.add(bare)
        aliases |= {f"{vendor} {bare}", f"Tesla {bare}", f"{vendor} Tesla {bare}"} if vendor == "NVIDIA" else set()
    name = f"{vendor} {base}"
    if base.startswith("Tesla") and re.fullmatch(r"[PVT]\d+[A-Z]?", bare):
        name = f"{vendor} {bare}"
    elif base.startswith("Radeon Instinct"):
        name = f"{vendor} Instinct {bare}"
    return name, aliases - risky - {name}, risky


def _variant(product: str, above: str, form: str, labels: set[str], row: dict[str, Any]) -> Entry:
    """A form factor of a product, perhaps with its memory size, and the ways to write both."""
    compact = re.sub(r"(\d) ([GM]B)", r"\1\2", form)
    turned = re.sub(r"(\S+) (\d+GB)", r"\2 \1", compact)
    suffixes = {compact, form, turned, *(re.sub(r"SXM\d", "SXM", written) for written in (compact, turned))}
    return entry(
        "Hardware",
        f"{product} {compact}",
        source="gpus",
        aliases=[f"{label} {suffix}" for label in labels for suffix in suffixes],
        broader=[above],
        facts=_facts(row),
    )


def _families(name: str, row: dict[str, Any], families: frozenset[str]) -> list[str]:
    """The architecture and the product line that stand above a product."""
    vendor = _VENDORS[row["manufacturer"]]
    given = f"{vendor} {row.get('architecture') or ''}".strip()
    shorter = re.sub(r"(?<=[NA]) (\d)\.\d$", r" \1", re.sub(r"(?<!CN)(?<!NA) \d\.\d$", "", given))
    architecture = _ARCHITECTURES.get(shorter, shorter)
    found = [family for family in (architecture, *product_lines(name)[:1]) if family in families]
    return found or [f"{vendor} GPU"]


def product_lines(name: str) -> list[str]:
    """The product lines that a GPU's name tells, the narrowest first.

    >>> product_lines("NVIDIA GeForce RTX 4090")[0], product_lines("NVIDIA H100"), product_lines("Google TPU v4")
    ('NVIDIA GeForce RTX 40 series', ['NVIDIA data center GPU'], [])
    """
    return [match.expand(line) for pattern, line in _PRODUCT_LINES if (match := re.match(pattern, name))]


def _shared_facts(boards: list[dict[str, Any]]) -> list[Fact]:
    """The facts of a product's first board, without those in which its variants differ."""
    told = [dict(_facts(row)) for row in boards]
    alike = {name for name in told[0] if name == "releaseDate" or len({facts.get(name) for facts in told}) == 1}
    return [fact for fact in told[0].items() if fact[0] in alike]


def _facts(row: dict[str, Any]) -> Iterator[Fact]:
    yield "manufacturer", entity_id("Organization", _VENDORS[row["manufacturer"]])
    yield "releaseDate", row["release_date"]
    if row["memory_size_gb"] >= 0.1 and "Shared" not in row["memory_type"]:
        yield "memoryGigabytes", row["memory_size_gb"]
        yield "memoryType", row["memory_type"]
    for field, name in (("process_size_nm", "processNanometres"), ("thermal_design_power_w", "powerWatts")):
        if row.get(field):
            yield name, row[field]
