"""The canonical name of an entity: what a researcher would look up."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kgraph.extraction.hardware import product_name
from kgraph.text import singular

__all__ = ["canonical_name", "singular_name"]


def canonical_name(forms: Iterable[str], type: str, *, expanded: Collection[str], text: str) -> str:
    """The name of an entity that no vocabulary knows, chosen among its forms in a text.

    The long form where the text expands a short one (``expanded`` holds the long forms); else the
    form in lower case before the capitalised one, the frequent before the rare; in the singular.
    Hardware goes without its class noun.

    >>> canonical_name(["GRUs", "gated recurrent units"], "Method", expanded={"gated recurrent units"}, text="")
    'gated recurrent unit'
    >>> canonical_name(["NVIDIA X900 GPUs", "X900"], "Hardware", expanded=(), text="NVIDIA X900 GPUs, X900")
    'NVIDIA X900'
    """
    listed = list(forms)
    pool = [form for form in listed if form in expanded] or listed
    if type == "Hardware":
        products = sorted({product_name(form) for form in pool}, key=lambda name: (-len(name), name))
        return singular_name(products[0])
    best = min(pool, key=lambda form: (not form.islower(), -text.count(form), -len(form), form))
    if " " in best and best[1:].islower():  # a phrase that opens a sentence
        best = best.lower()
    return singular_name(best)


def singular_name(name: str) -> str:
    """A name with its last word in the singular: nouns in lower case, acronyms, capitalised phrases.

    >>> singular_name("Graph Neural Networks"), singular_name("LLMs"), singular_name("vLLM"), singular_name("DeepSpeed")
    ('Graph Neural Network', 'LLM', 'vLLM', 'DeepSpeed')
    """
    head, space, last = name.rpartition(" ")
    plain = (
        last.islower() or (space and last.istitle()) or (last[:-1].isupper() and last.endswith("s") and len(last) > 2)
    )
    if not plain:
        return name
    stem = singular(last.lower())
    kept = last[: len(stem)] if last.lower().startswith(stem) else last[: len(stem) - 1] + stem[-1]
    return head + space + kept
