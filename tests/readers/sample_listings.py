"""Listings in our own words, in both layouts of the Daily Papers page."""

import random

HEAD_A = (
    "new\n\n"
    "Get trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\nbyAK and the research community\n\n"
)
HEAD_B = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"

TITLES = (
    "TinyLoom: Weaving Sparse Kernels for Edge FPGAs",
    "Does Caching Help? A Second Look at KV Reuse",
    "Four-Bit Weights Are Enough for Small Robots",
    "RingRoute: Collective Communication on Cheap Switches",
    "A Survey of RISC-V Vector Extensions in Machine Learning",
)
SENTENCES = (
    "We study how small accelerators spend their memory bandwidth when batch sizes are tiny.",
    "The proposed schedule keeps every processing element busy and needs no change to the compiler.",
    "On an entry-level board it runs 2.4x faster than the vendor's library at the same accuracy.",
    "Measurements on three data sets confirm that the gains hold from 1 to 64 requests at a time.",
    "Code, bitstreams and measurement scripts are available for every experiment in the paper.",
)


def abstract(number: int, sentences: int = 4) -> str:
    """An abstract that no other number gives."""
    order = random.Random(number).sample(SENTENCES, k=sentences)
    return " ".join([f"This is study number {number}.", *order])


def title(number: int) -> str:
    return f"{TITLES[number % len(TITLES)]}, Part {number + 1}"


def paper_a(number: int, byline: str | None = "  • 5 authors\n·\nAug 20") -> str:
    blocks = [title(number), abstract(number)]
    return "\n\n".join(blocks if byline is None else [*blocks, byline])


def layout_a(*bylines: str | None, heading: str = "Dec 10") -> str:
    """A page of layout A with one paper for each byline."""
    papers = [paper_a(number, byline) for number, byline in enumerate(bylines)]
    return HEAD_A + (f"{heading}\n\n" if heading else "") + "\n\n".join(papers)


def layout_b(count: int) -> str:
    """A page of layout B with that many papers."""
    return HEAD_B + "\n".join(f"{title(number)}\n{abstract(number)}" for number in range(count))
