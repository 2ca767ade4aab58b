"""Hardware: the outline's tree, with the products and facts of the gazetteers below it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kgraph.iri import entity_id
from vocabularies.entries import Entry, Fact, entry, labels
from vocabularies.gazetteers import rows
from vocabularies.gpus import gpus, product_lines
from vocabularies.outline import OUTLINES, read_outline

__all__ = ["entries"]

_MAKERS = {
    "Amazon AWS": "Amazon",
    "Biren": "Biren Technology",
    "Kunlunxin Baidu": "Baidu",
    "Moore Threads (Tencent)": "Moore Threads",
    "PEZY": "PEZY Computing",
}
_FAMILIES = {
    "AMD": "AMD Instinct",
    "Amazon": "AI accelerator",
    "Baidu": "Baidu Kunlun",
    "Cambricon": "Cambricon MLU",
    "Google": "TPU",
    "Huawei": "Huawei Ascend",
    "Iluvatar CoreX": "Iluvatar CoreX GPU",
    "Meta": "Meta MTIA",
    "MetaX": "MetaX GPU",
    "Moore Threads": "Moore Threads GPU",
    "NVIDIA": "NVIDIA data center GPU",
    "PEZY Computing": "PEZY-SC",
}
_KNOWN_MAKERS = frozenset({*_FAMILIES, "Alibaba", "Biren Technology", "Intel", "Microsoft"})
_BOARD_MAKERS = {
    "alinx": "Alinx", "arrow": "Arrow", "avnet": "Avnet", "colorlight": "Colorlight", "decklink": "DeckLink",
    "digilent": "Digilent", "efinix": "Efinix", "enclustra": "Enclustra", "gsd": "GSD", "hackaday": "Hackaday",
    "lattice": "Lattice", "machdyne": "Machdyne", "muselab": "MuseLab", "myminieye": "MyMiniEye", "numato": "Numato",
    "qmtech": "QMTech", "qwertyembedded": "Qwerty Embedded", "radiona": "Radiona", "redpitaya": "Red Pitaya",
    "scarab": "Scarab", "sipeed": "Sipeed", "sqrl": "SQRL", "terasic": "Terasic", "trellisboard": "TrellisBoard",
    "trenz": "Trenz", "xilinx": "Xilinx",
}  # fmt: skip
_OTHER_VENDORS = {
    "Xilinx": ("AMD", "AMD Xilinx", "AMD-Xilinx", "AMD/Xilinx"),
    "Intel Agilex": ("Altera Agilex",),
    "Intel Arria": ("Altera Arria",),
    "Intel Cyclone": ("Altera Cyclone",),
    "Intel Stratix": ("Altera Stratix", "Intel/Altera Stratix"),
    "Jetson": ("Nvidia Jetson",),
}
_PROCESSOR = re.compile(r"Xeon (Platinum|Gold|Silver)? ?(\d{4}[A-Z]{0,2}\+?)|EPYC (\d{4}\w?)\b", re.IGNORECASE)
_KIT = re.compile(r" (?:FPGA )?(?:Dev(?:elopment)?|Evaluation|Starter) (?:Board|Kit).*$| \(.*\)$")
_NO_BOARD = re.compile(r"JTAG|SPI|[Pp]rogrammer|cable|[Dd]iscovery")
_SHORTEST, _LONGEST = 6, 40
_PARTS = (
    (r"xc7a", "Xilinx Artix-7"),
    (r"xc7k", "Xilinx Kintex-7"),
    (r"xc7vx?", "Xilinx Virtex-7"),
    (r"xc7s", "Xilinx Spartan-7"),
    (r"xc7z", "Xilinx Zynq-7000"),
    (r"xc6s", "Xilinx Spartan-6"),
    (r"xc6v", "Xilinx Virtex-6"),
    (r"xc3s", "Xilinx Spartan-3"),
    (r"xczu", "Xilinx Zynq UltraScale+ MPSoC"),
    (r"xcku\d+p", "Xilinx Kintex UltraScale+"),
    (r"xcku", "Xilinx Kintex UltraScale"),
    (r"xcvu\d+p", "Xilinx Virtex UltraScale+"),
    (r"ecp5|lfe5", "Lattice ECP5"),
    (r"ice40", "Lattice iCE40"),
    (r"cyclone ?v", "Intel Cyclone V"),
    (r"cyclone ?iv|ep4c", "Intel Cyclone IV"),
    (r"cyclone ?iii|ep3c", "Intel Cyclone III"),
    (r"agilex 3", "Intel Agilex 3"),
    (r"agilex 5", "Intel Agilex 5"),
    (r"max ?10|10m\d", "Intel MAX 10"),
    (r"stratix ?v", "Intel Stratix V"),
    (r"gw", "Gowin FPGA"),
)


def entries(gazetteers: Path) -> dict[str, list[Entry]]:
    """The entries of the file ``hardware``."""
    own = [_renamed(part) for item in read_outline("Hardware", OUTLINES / "hardware.txt") for part in _numbered(item)]
    families = frozenset(item.concept.name for item in own)
    boards = list(gpus(gazetteers, families))
    chips = _accelerators(gazetteers, frozenset(item.concept.name for item in boards))
    others = (*_processors(gazetteers), *_boards(gazetteers), *_cores(gazetteers))
    return {"hardware": [*own, *boards, *chips, *others]}


def _numbered(item: Entry) -> Iterator[Entry]:
    """The entry of a product line without its ``numbers``, and one entry below it for each of them.

    A number that begins with a hyphen is part of the word before it (``Core i7-8700K``), and an
    underscore stands for a space (``E5-2680_v4``).
    """
    concept = item.concept
    numbers = [number for name, value in concept.facts if name == "numbers" for number in str(value).split()]
    facts = tuple(fact for fact in concept.facts if fact[0] != "numbers")
    yield replace(item, concept=replace(concept, facts=facts))
    for number in numbers:
        written = (number if number.startswith("-") else f" {number}").replace("_", " ")
        yield entry(
            "Hardware",
            f"{concept.name}{written}",
            source=item.sources[0],
            aliases=[f"{label}{written}" for label in labels(concept)],
            broader=[concept.name],
            facts=facts,
        )


def _renamed(item: Entry) -> Entry:
    """The entry with labels under the other names of its vendor: Xilinx is AMD's since 2022, Altera was Intel's."""
    concept = item.concept
    aliases = set(concept.aliases)
    for label in (concept.name, *concept.aliases):
        for former, others in _OTHER_VENDORS.items():
            if label.startswith(f"{former} "):
                aliases.update(label.replace(former, other, 1) for other in others)
        if label.startswith("Cortex-"):
            aliases.add(f"Arm {label}")
        if concept.id.startswith("hardware/google-tpu-v") and label.startswith("TPU"):
            aliases |= {f"Google {label}", f"Cloud {label}", f"Google Cloud {label}"}
    return replace(item, concept=replace(concept, aliases=tuple(sorted(aliases - {concept.name}))))


def _accelerators(gazetteers: Path, known: frozenset[str]) -> Iterator[Entry]:
    """AI chips that are not ``known``; where one is a form of another, the other has only the facts of both."""
    found: dict[str, tuple[list[str], str, dict[str, Any]]] = {}
    for row in rows(gazetteers, "accelerators"):
        maker = _MAKERS.get(row.get("manufacturer", ""), row.get("manufacturer", ""))
        name, aliases = _accelerator_names(row["name"], maker)
        found.setdefault(name, (aliases, maker, row))
    for name, (aliases, maker, row) in found.items():
        if name in known:
            continue
        forms = [
            dict(_accelerator_facts(form)) for other, (_, _, form) in found.items() if other.startswith(f"{name} ")
        ]
        told = [
            (key, value) for key, value in _accelerator_facts(row) if all(f.get(key, value) == value for f in forms)
        ]
        yield entry(
            "Hardware",
            name,
            source="accelerators",
            aliases=aliases,
            broader=[_accelerator_family(name, maker)],
            facts=[*told, *([("manufacturer", entity_id("Organization", maker))] if maker in _KNOWN_MAKERS else [])],
        )


def _accelerator_names(written: str, maker: str) -> tuple[str, list[str]]:
    """The preferred label and the aliases; memory sizes are written together, as with GPUs.

    >>> _accelerator_names("NVIDIA GB300 (Blackwell Ultra)", "NVIDIA")
    ('NVIDIA GB300', [])
    >>> _accelerator_names("Tesla V100 PCle 16 GB", "NVIDIA")
    ('NVIDIA V100 PCIe 16GB', ['V100 PCIe 16GB'])
    """
    written = re.sub(r"(\d) (GB)\b", r"\1\2", written.replace("PCle", "PCIe"))
    written = re.sub(r"Tesla (?=[PVT]\d)|Radeon (?=Instinct)", "", written)
    bracketed = re.fullmatch(r"(.+?) \((.+)\)", written)
    name, more = (bracketed[1], bracketed[2]) if bracketed else (written, "")
    if maker in _FAMILIES and maker not in name and maker != "Amazon":
        name = f"{maker} {name}"
    if re.fullmatch(r"\d+W|v\d|\d+ TFLOPS|PCIe|OAM|Ultra|HL-\d+", more):
        return f"{name} {more}", []
    aliases = [more] if re.fullmatch(r"[A-Z]{2}.*\d+", more) else []
    bare = name.removeprefix(f"{maker} ")
    return name, [*aliases, bare] if re.search(r" .*\d|\d.* ", bare) else aliases


def _accelerator_family(name: str, maker: str) -> str:
    """What stands above a chip: the product that it is a form of, its product line, or what its maker makes."""
    if parts := re.fullmatch(r"(NVIDIA \S+) ((?:PCIe|SXM|NVL|DGXS).*)", name):
        return parts[1]
    return next(iter(product_lines(name)), _FAMILIES.get(maker, "AI accelerator"))


def _accelerator_facts(row: dict[str, Any]) -> Iterator[Fact]:
    if row.get("release_date"):
        yield "releaseDate", row["release_date"]
    if float(row.get("memory_bytes", 0)) >= 1e9:
        yield "memoryGigabytes", round(float(row["memory_bytes"]) / 1e9, 1)
    if row.get("process_nm"):
        yield "processNanometres", float(row["process_nm"])
    if row.get("tdp_w"):
        yield "powerWatts", float(row["tdp_w"])


def _processors(gazetteers: Path) -> Iterator[Entry]:
    """Server processors as they stand in benchmark results."""
    for row in rows(gazetteers, "mlperf_cpus"):
        plain = re.sub(r"\((?:R|TM)\)", "", row["name"], flags=re.IGNORECASE)
        found = _PROCESSOR.search(plain)
        if found is None:
            continue
        metal, number, epyc = found.groups()
        if epyc:
            name, family, maker = f"AMD EPYC {epyc}", "AMD EPYC", "AMD"
        elif metal:
            family, maker = f"Intel Xeon {metal.capitalize()}", "Intel"
            name = f"{family} {number}"
        else:
            name, family, maker = f"Intel Xeon {number}", "Intel Xeon 6", "Intel"
        yield entry(
            "Hardware",
            name,
            source="mlperf_cpus",
            aliases=[name.split(" ", 1)[1]],
            broader=[family],
            facts=[("manufacturer", entity_id("Organization", maker))],
        )


def _boards(gazetteers: Path) -> Iterator[Entry]:
    """FPGA boards under the family of their chip."""
    for row in rows(gazetteers, "fpga_boards"):
        name = _KIT.sub("", row["description"]).strip()
        if _SHORTEST <= len(name) <= _LONGEST and re.search(r"[A-Z]", name) and not _NO_BOARD.search(name):
            yield entry("Hardware", name, source="fpga_boards", broader=[_family(row.get("fpga", ""))])
    for row in rows(gazetteers, "litex_boards"):
        maker = _BOARD_MAKERS.get(row["vendor"])
        if maker is not None and len(row.get("name", "")) > 2:
            words = [word.upper() if re.search(r"\d", word) else word.capitalize() for word in row["name"].split()]
            board = f"{maker} {' '.join(words)}"
            yield entry("Hardware", board, source="litex_boards", broader=["FPGA development board"])


def _family(part: str) -> str:
    """The family of an FPGA by its part number or the words for it.

    >>> _family("Artix xc7a200tfbg676"), _family("something else")
    ('Xilinx Artix-7', 'FPGA development board')
    """
    return next((family for pattern, family in _PARTS if re.search(pattern, part.lower())), "FPGA development board")


def _cores(gazetteers: Path) -> Iterator[Entry]:
    """RISC-V cores, by name only."""
    for row in rows(gazetteers, "riscv_cores"):
        name = re.sub(r" \(.*\)$", "", row["name"].split("/")[0]).strip()
        if len(name) >= 4 and name.isascii() and not re.search(r" for |[Pp]lugins", name):
            context = ("risc", "core", "cores", "processor", "processors")
            risky = [name] if re.fullmatch(r"[A-Za-z]+|[A-Z]+\d{1,2}\w?", name) else []
            yield entry("Hardware", name, source="riscv_cores", risky=risky, context=context, broader=["RISC-V CPU"])
