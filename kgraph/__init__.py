"""kgraph: from the abstracts of papers to a knowledge graph that can be trusted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kgraph.knowledge import KnowledgeGraph, load
    from kgraph.pipeline import build, extract

__all__ = ["KnowledgeGraph", "__version__", "build", "extract", "load"]

__version__ = "0.1.0"

_HOMES = {
    "KnowledgeGraph": "kgraph.knowledge",
    "build": "kgraph.pipeline",
    "extract": "kgraph.pipeline",
    "load": "kgraph.knowledge",
}


def __getattr__(name: str) -> Any:
    """A public name, its module imported when it is first used, so that ``import kgraph`` stays light."""
    from importlib import import_module

    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """The public names, for completion in a notebook, whether imported yet or not."""
    return __all__
