"""What a coined name stands for, told by the words around it: *FooSim, an open-source simulator for …*.

Evidence is the noun of an apposition (*FooBench, a benchmark*; *FooBench: A Benchmark*; *FooBench
is a benchmark*), the noun behind the name (*the FooBench dataset*) or before it (*a dataset called
FooBench*), the list it stands in (*on Foo, Bar and Baz benchmarks*), and the ending of the name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from kgraph.text import singular

__all__ = ["NOUNS", "kind_of_name", "kind_of_phrase"]

NOUNS = {
    noun: kind
    for kind, nouns in {
        "Dataset": "dataset benchmark corpus leaderboard testbed challenge subset suite collection",
        "Software": """
            library toolkit toolbox compiler simulator runtime package platform toolchain software dsl plugin engine
            middleware emulator codebase profiler tool api kernel ide app debugger interpreter database sdk stack
            infrastructure implementation generator transpiler linux
        """,
        "Hardware": """
            accelerator processor chip soc coprocessor microarchitecture asic gpu fpga cpu npu tpu board hardware
            microcontroller mcu supercomputer pim prototype sensor dpu isa macro interconnect element appliance glass
        """,
        "Method": """
            method model algorithm framework approach network technique mechanism strategy architecture scheme system
            transformer agent module paradigm pipeline optimizer llm policy attention loss quantization family encoder
            decoder learning training adapter variant procedure protocol format solution formulation process
            methodology vlm classifier detector autoencoder baseline layer block design
        """,
        "Metric": "metric score index measure",
        "Task": "task",
    }.items()
    for noun in nouns.split()
}
"""What something is that is called by this noun."""

_ENDINGS = (
    ("Task", r"\A[A-Z]{1,2}2[A-Z]{1,2}\Z"),  # T2I: from one modality to another
    ("Dataset", r"(?:Bench|[Bb]ench(?:mark)?|Eval|QA|MNIST|Arena|Corpus|Data|Set|Dataset)(?:[-+v]?[\d.]+)?\Z"),
    ("Software", r"(?:\.(?:jl|cpp|js|py|rs|ai)|Sim|Simulator|Kit|Lib|Lang|DB|MPI|BLAS|Torch|RT|[Pp]y|HLS|SDK|Gym)\Z"),
    ("Software", r"\A[Pp]y[A-Z]"),
    ("Hardware", r"(?:PIM|PiM|CIM|CiM|IMC|NPU|TPU|GPU|FPGA|CPU|DPU|SoC|RAM|Chip|ASIC|PU)s?\Z"),
    (
        "Method",
        r"(?:Net|[Ff]ormer|GPT|BERT|LLM|LoRA|GAN|VAE|VLM|VLA|CLIP|Mamba|YOLO|Attention|Quant|RL|NAS|CNN|RAG|PO)",
    ),
)
_KINDS_BY_ENDING = tuple((kind, re.compile(ending)) for kind, ending in _ENDINGS)

_SAID_OF_IT, _BESIDE_IT, _ITS_ENDING = 3, 2, 1  # how much the evidence counts
_APPOSITION = re.compile(r"\)?(?:,| is| are|:| \u2013| \u2014| --) ?(?:an?|the|our|A|An|The)\b([^.;:()\n]{3,90})")
_SUBTITLE = re.compile(r": ((?:An? )?[^.;:()\n]{3,90})")
_BEHIND = re.compile(r"[ -]([A-Za-z]+)")
_LIST_BEHIND = re.compile(r"(?:(?:,|,? and|,? or|/) ?[A-Z][\w.+-]{0,30}){1,6} ([a-z]+)")
_BEFORE = re.compile(r"([A-Za-z]+)(?: (?:called|named|dubbed|termed|namely))? [\"'“‘(]?\Z")
_LIST_BEFORE = re.compile(r"([A-Za-z]+),? (?:\(e\.g\.,?|like|including|such as|namely) \Z")
_TESTED_ON = re.compile(
    r"(?<!based)(?<!built)(?<!builds)(?<!run)(?<!runs)(?<!running)(?<!relies)(?<!rely) on (?:the )?\Z"
)
_END_OF_NOUN_PHRASE = re.compile(
    r"(?<!-)\b(?:for|that|which|to|with|of|designed|based|built|capable|by|where|in|on|using|from|whose|aimed|tailored|"
    r"and|across|over|via|under|trained|specifically|enabling|powered|developed|as|at|through|consisting|comprising)\b(?!-)",
    re.IGNORECASE,
)
_OF_HARDWARE = re.compile(
    r"memory|accelerat|interconnect|systolic|array|photonic|processor|NPU|PIM|chip|hardware|SoC|FPGA", re.IGNORECASE
)
_OF_SOFTWARE = re.compile(
    r"serving|inference|storage|operating|database|runtime|orchestrat|parallelization|distributed|end-to-end system",
    re.IGNORECASE,
)


def kind_of_phrase(phrase: str) -> str | None:
    """What the noun phrase at the beginning of some words says a thing is.

    >>> kind_of_phrase("open-source accelerator simulator for neural networks")
    'Software'
    >>> kind_of_phrase("in-memory computing architecture"), kind_of_phrase("sparse encoder architecture")
    ('Hardware', 'Method')
    """
    noun_phrase = _END_OF_NOUN_PHRASE.split(phrase, maxsplit=1)[0]
    words = [singular(word.lower()) for word in re.findall(r"[A-Za-z]+", noun_phrase)][:-3:-1]
    noun = next((word for word in words if word in NOUNS), None)
    if noun in {"architecture", "system", "design", "engine"}:
        if _OF_HARDWARE.search(noun_phrase):
            return "Hardware"
        if noun == "system" and _OF_SOFTWARE.search(noun_phrase):
            return "Software"
    return NOUNS.get(noun) if noun else None


def kind_of_name(name: str, text: str, places: Sequence[tuple[int, int]], title_end: int) -> str | None:
    """What the name stands for, by all the places where it stands; None where nothing tells.

    >>> text = "We release Foo, a large benchmark for vision."
    >>> kind_of_name("Foo", text, [(11, 14)], 0)
    'Dataset'
    """
    votes: Counter[str] = Counter()
    for start, end in places:
        before, behind = text[max(0, start - 40) : start], text[end : end + 100]
        said = _SUBTITLE.match(behind) if start == 0 and end < title_end else None
        said = said or _APPOSITION.match(behind)
        if said and (kind := kind_of_phrase(said.group(1))):
            votes[kind] += _SAID_OF_IT
        beside = (
            _BEHIND.match(behind),
            _LIST_BEHIND.match(behind),
            _BEFORE.search(before),
            _LIST_BEFORE.search(before),
        )
        for match in filter(None, beside):
            if kind := NOUNS.get(singular(match.group(1).lower())):
                votes[kind] += _BESIDE_IT
        if _TESTED_ON.search(before):
            votes["Dataset"] += _ITS_ENDING
    ending = next((kind for kind, pattern in _KINDS_BY_ENDING if pattern.search(name)), None)
    if ending:
        votes[ending] += _ITS_ENDING
    return max(votes, key=lambda kind: (votes[kind], kind)) if votes else None
