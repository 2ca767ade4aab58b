"""Which abstracts to annotate: a seeded order over the unlabelled ones, by what they are about.

``python -m corpus.choose ../shared/corpus 510`` prints the identifiers of the 510 papers of
``annotations.jsonl``, one a line with the reason. The order depends on the seed and the papers
alone, so a longer list begins with the shorter one.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kgraph.text import title_key

__all__ = ["choose", "main"]

SEED = b"2026 "
# The fields whose papers are like those of train.jsonl.
FIELDS = frozenset(
    "cs.LG cs.CL cs.CV cs.AI cs.AR cs.DC cs.RO cs.NE cs.SE cs.IR cs.PF cs.ET cs.SD cs.DB cs.PL cs.OS cs.CR cs.NI "
    "cs.MA cs.HC cs.MS eess.IV eess.AS eess.SP".split()
)
SHORTEST, LONGEST = 500, 2200  # characters of an abstract

# Words that tell of the kinds of thing few papers name. The wide lists served for the first papers; since "sensor" and
# "benchmark" bring in little of what is sought, the narrow ones for the others.
WIDE = {
    "hardware": r"""
        GPUs? FPGAs? ASICs? TPUs? NPUs? CPUs? RISC-V NVIDIA Jetson Raspberry_Pi Xilinx Intel AMD ARM Arm_Cortex
        microcontrollers? HBM DRAM SRAM memristors? ReRAM neuromorphic systolic SSDs? CXL LiDAR sensor
        supercomputer SoC chiplets? photonic in-memory_computing A100 H100
    """,
    "software": r"""
        PyTorch TensorFlow JAX CUDA Triton compilers? LLVM MLIR Python C\+\+ Rust Java Linux Kubernetes ROS_?2?
        GitHub Docker Verilog simulator library toolkit vLLM OpenMP MPI Spark PostgreSQL Julia MATLAB Unity
        Gazebo WebAssembly Hugging_?Face SQL API
    """,
    "dataset": r"""
        ImageNet CIFAR COCO MMLU GSM8K KITTI nuScenes LibriSpeech SWE-bench HumanEval benchmarks? datasets?
        corpus WMT SQuAD MS_?MARCO Kaggle challenge
    """,
    "organization": r"""
        Google Microsoft OpenAI Meta Amazon Alibaba Huawei IBM Apple Anthropic DeepSeek Tencent ByteDance Baidu
        Facebook Samsung University Wikipedia NASA CERN NIST IEEE Netflix Spotify LinkedIn Uber European
        World_Health_Organization Hugging_Face
    """,
}
NARROW = {
    "chips": r"""
        GPUs? FPGAs? ASICs? TPUs? NPUs? CPUs? RISC-V NVIDIA Nvidia Jetson Raspberry_Pi Xilinx AMD Arm_Cortex
        microcontrollers? MCUs? HBM DRAM SRAM memristors? ReRAM RRAM neuromorphic Loihi systolic SSDs? NVMe CXL
        RDMA supercomputer SoCs? chiplets? in-memory_computing processing-in-memory PIM A100 H100 H200 RTX
        Snapdragon Ascend tensor_cores?
    """,
    "tools": r"""
        PyTorch TensorFlow JAX CUDA Triton LLVM MLIR TVM Python C\+\+ Rust Java JavaScript Linux Kubernetes
        ROS_?2 Docker Verilog vLLM TensorRT OpenMP MPI Spark PostgreSQL Julia MATLAB Gazebo MuJoCo Isaac CARLA
        WebAssembly GitHub Fortran OpenCL ONNX SGLang Megatron DeepSpeed compilers?
    """,
    "sets": r"""
        ImageNet CIFAR-?10+ COCO MMLU GSM8K KITTI nuScenes LibriSpeech SWE-bench HumanEval WMT\d* SQuAD
        MS_?MARCO LIBERO WikiText C4 MNIST Cityscapes ADE20K GLUE SuperGLUE LongBench AIME MATH MBPP BIRD Spider
        DROID VBench MIMIC CheXpert BraTS ModelNet40 ShapeNet ScanNet UCF101 Kinetics VoxCeleb AudioSet GPQA
        MMMU ARC HotpotQA BEIR Waymo OGB MovieLens
    """,
    "organizations": r"""
        Google Microsoft OpenAI Meta Amazon Alibaba Huawei IBM Apple NVIDIA's Anthropic DeepSeek Tencent
        ByteDance Baidu Facebook Samsung NASA CERN NIST IEEE Netflix Spotify LinkedIn Uber
        World_Health_Organization Hugging_Face
    """,
}
FIRST = 88
FIRST_TURNS = "any hardware any software any dataset any hardware any organization".split()
LATER_TURNS = "chips any chips tools chips sets chips tools chips organizations".split()


def choose(folder: Path, count: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """The first ``count`` papers to annotate from a corpus folder, each with the list that brought it in.

    A paper that ``train.jsonl`` holds, by identifier or title, is never among them. They are fewer where a list of the
    corpus has run dry.
    """
    pool = sorted(_papers(folder), key=lambda paper: hashlib.sha256(SEED + paper["id"].encode()).digest())
    queues = {"any": iter(pool)}
    for name, words in (WIDE | NARROW).items():
        named = re.compile(rf"\b({'|'.join(word.replace('_', ' ') for word in words.split())})\b")  # _ is a space
        queues[name] = iter([paper for paper in pool if named.search(paper["abstract"])])
    taken: set[str] = set()
    for number in range(count):
        turns = FIRST_TURNS if number < FIRST else LATER_TURNS
        name = turns[number % len(turns)]
        paper = next((paper for paper in queues[name] if paper["id"] not in taken), None)
        if paper is not None:
            taken.add(paper["id"])
            yield name, paper


def _papers(folder: Path) -> Iterator[dict[str, Any]]:
    known: set[str] = set()
    for line in (folder / "train.jsonl").read_text(encoding="utf-8").splitlines():
        paper = json.loads(line)
        known |= {paper["id"], title_key(paper["title"])}
    for path in sorted(folder.glob("unlabelled-*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for paper in map(json.loads, lines):
                if paper["id"] in known or title_key(paper["title"]) in known:
                    continue
                known.add(title_key(paper["title"]))
                first = next(iter(paper.get("categories") or ()), None)
                if first in FIELDS and SHORTEST <= len(paper["abstract"]) <= LONGEST:
                    yield paper


def main() -> None:
    """Print the identifiers in the order of their choice."""
    parser = argparse.ArgumentParser(prog="python -m corpus.choose", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path, help="holds train.jsonl and unlabelled-*.jsonl.gz")
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    for name, paper in choose(options.folder, options.count):
        sys.stdout.write(f"{paper['id']}\t{name}\t{paper['title']}\n")


if __name__ == "__main__":
    main()
