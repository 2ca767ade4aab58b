"""The canonical name of an entity, chosen from the forms in which a paper writes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kgraph.text import normal_form, singular

__all__ = ["canonical_names"]


def canonical_names(text: str, groups: Sequence[Sequence[str]]) -> list[str]:
    """One name for each entity, all different, from the forms of its mentions in the order of the text.

    The long form where the text expands a short one; else the most frequent form, the earlier
    where two are as frequent; in the singular.

    >>> text = "Large language models (LLMs) on GPUs. LLMs are large. A GPU."
    >>> canonical_names(text, [["Large language models", "LLMs", "LLMs"], ["GPUs", "GPU"]])
    ['Large language model', 'GPU']
    """
    names: list[str] = []
    taken: set[str] = set()
    for forms in groups:
        ranked = _ranked(text, forms)
        name = next((name for name in ranked if normal_form(name) not in taken), None)
        if name is None:
            name = f"{ranked[0]} ({len(names) + 1})"
        taken.add(normal_form(name))
        names.append(name)
    return names


def _ranked(text: str, forms: Sequence[str]) -> list[str]:
    """The forms as names, the best first."""
    counts = Counter(_one(form) for form in forms)
    order = list(dict.fromkeys(_one(form) for form in forms))

    def expanded(name: str) -> bool:
        return any(f"{form} (" in text for form in forms if _one(form) == name) and len(name) == max(map(len, order))

    return sorted(order, key=lambda name: (not expanded(name), -counts[name], order.index(name)))


def _one(form: str) -> str:
    """The form with its last word in the singular, as it is spelled."""
    head, space, last = form.rpartition(" ")
    if last.isupper() or not last[:-1]:
        return form
    if last[:-1].isupper() and last.endswith("s"):  # GPUs, but not GPS
        return form[:-1]
    one = singular(last.lower())
    return head + space + (last[: len(one)] if last.lower().startswith(one) else last[:1] + one[1:]) if one != last.lower() else form
