"""Labels that add no more than a generic head to another: "Transformer model", "GPU device".

In a text such a head is not part of the name (or the phrase is no name at all: "deep learning
model"), so these labels never count by themselves; a name in a list is still found by them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kgraph.text import normal_form
from vocabularies.entries import Entry, labels

__all__ = ["without_generic_heads"]

_HEADS = {
    "Method": "algorithm approach architecture block computation framework layer mechanism method model module "
    "operation technique",
    "Task": "problem task",
    "Metric": "metric value",
    "Software": "code kernel framework library platform program tool",
    "Hardware": "accelerator architecture board card device fabric hardware machine module platform processor "
    "sensor system unit",
    "Dataset": "benchmark challenge corpus dataset data",
    "Organization": "team",
}
_LAST = re.compile(r"^(.+) (\S+)$")


def without_generic_heads(item: Entry) -> Entry:
    """The entry with each alias that is another of its labels and a generic head marked as never counting.

    >>> from vocabularies.entries import entry
    >>> lstm = entry("Method", "LSTM", source="own", aliases=["LSTM model", "Deep LSTM"])
    >>> concept = without_generic_heads(lstm).concept
    >>> concept.aliases, concept.risky
    (('Deep LSTM',), ('LSTM model',))
    """
    concept = item.concept
    heads = _HEADS[concept.type].split()
    forms = {normal_form(label) for label in labels(concept)}
    generic = {
        alias
        for alias in concept.aliases
        if (found := _LAST.match(normal_form(alias))) and found[2] in heads and found[1] in forms
    }
    if not generic:
        return item
    aliases = tuple(alias for alias in concept.aliases if alias not in generic)
    kept = generic if not concept.context else set()
    return replace(item, concept=replace(concept, aliases=aliases, risky=tuple(sorted({*concept.risky, *kept}))))
