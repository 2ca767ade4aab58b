"""Coined names by their shape: *FlashFoo*, *Foo-7B*, *FOO*, *Foo2.5-VL*.

On the development papers 97 of 100 words with capitals inside, and 95 of 100 acronyms, belong to
a mention; what kind of thing they name is for :mod:`kgraph.extraction.kinds` to tell.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.attrs import IDX, LENGTH, ORTH

from kgraph.extraction.evidence import BARE_NAME, NAME
from kgraph.extraction.heads import ALONE
from kgraph.extraction.kinds import kind_of_name
from kgraph.extraction.marks import Found, text_of
from kgraph.text import singular

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["NO_NAMES", "find_names"]

NO_NAMES = frozenset("""
URL URLs CPU-GPU GPU-CPU fJ pJ nJ uJ aJ RGB API APIs GUI GUIs GB MB KB TB PB GHz MHz kHz Hz mJ dB KiB MiB GiB mAh TV
OS UI ID IDs II III IV VI VII OOM SOTA COVID COVID-19 PDF CSV ULP OOD UAV UAVs USA UK EU US PhD ECG EEG EEGs PPG
COTS PoC IP LR BA VM VMs AMR AMRs SME SMEs CEO FAQ HD UHD 2D 3D 4D 1D TOPS GOPS TFLOPS GFLOPS SLO SLOs QoS QoE RQ1
RQ2 RQ3 L1 L2 L3 L4 L5 arXiv YouTube LaTeX Mbps Gbps MB/s GB/s kB mW uW nm NP PR WE THE AND FOR WITH NOT THIS OUR AI
ML KV IO Wi-Fi WiFi IoT 5G 6G 4G
""".split())  # fmt: skip
"""Words of such a shape that name no thing of this ontology."""

_SHAPES = (
    ("A", re.compile(r"[A-Z]{3,}s?")),  # an acronym
    ("v", re.compile(r"v?\d+(?:\.\d+)*[BMK]?")),  # a version or a size
    ("N", re.compile(r"(?=.*[A-Z])(?=.*(?:[a-z].*[A-Z]|[A-Z].*[A-Z]|\d))[A-Za-z][\w.+@-]*")),  # a coined name
    ("T", re.compile(r"[A-Z][a-z]+")),  # any capitalised word
)
_NAME = re.compile(r"[NA](?:-[NATv]){0,4}|T(?:-[NATv]){0,3}-[NA]")
_HYPHENS = frozenset("-\u2010\u2011\u2013")
_LONGEST = 40


def find_names(doc: Doc) -> Iterator[Found]:
    """Words that no dictionary holds: capitals inside, acronyms, letters joined with digits."""
    strings = doc.vocab.strings
    columns = doc.to_array([ORTH, IDX, LENGTH]).tolist()
    classes = "".join([_shape(strings[orth]) for orth, _, _ in columns])
    text = text_of(doc)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _NAME.finditer(classes):
        start, end = columns[match.start()][1], sum(columns[match.end() - 1][1:])
        name = text[start:end]
        if " " not in name:
            places[name].append((start, end))
    for name, found in places.items():
        kind = kind_of_name(name, text, found, doc._.kgraph_abstract)
        for start, end in found:
            yield Found(start, end, kind or "Method", NAME if kind else BARE_NAME)


@lru_cache(maxsize=1 << 16)
def _shape(word: str) -> str:
    """The shape of a word as one letter: - for a hyphen, a point for what is in no name."""
    if word in _HYPHENS:
        return "-"
    if word in NO_NAMES or len(word) > _LONGEST or singular(word.lower()) in ALONE:
        return "."
    return next((shape for shape, pattern in _SHAPES if pattern.fullmatch(word)), ".")
