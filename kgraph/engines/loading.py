"""Engines by their names."""

from __future__ import annotations

from kgraph.engines.local import LocalEngine
from kgraph.errors import EngineError
from kgraph.stages import Engine

__all__ = ["ENGINES", "load_engine"]

ENGINES = ("local", "processes", "dask")
"""What ``--engine`` takes."""


def load_engine(name: str = "local", *, workers: int | None = None, scheduler: str | None = None) -> Engine:
    """The engine of that name.

    ``workers`` is how many processes there are to be, by default one for each core; ``scheduler``
    the address of a Dask scheduler (``tcp://10.0.0.1:8786``). Raises
    :class:`~kgraph.errors.EngineError` for what does not go together, and
    :class:`~kgraph.errors.MissingExtra` where Dask is not installed.

    >>> load_engine("processes", workers=2).name
    'processes'
    >>> load_engine("dask")
    Traceback (most recent call last):
    kgraph.errors.EngineError: the engine dask needs --scheduler ADDRESS, such as tcp://10.0.0.1:8786
    """
    if name not in ENGINES:
        raise EngineError(f"there is no engine {name!r}: take {', '.join(ENGINES[:-1])} or {ENGINES[-1]}")
    if name == "dask":
        from kgraph.engines.dask import DaskEngine

        if not scheduler:
            raise EngineError("the engine dask needs --scheduler ADDRESS, such as tcp://10.0.0.1:8786")
        return DaskEngine(scheduler)
    if scheduler:
        raise EngineError(f"the engine {name} has no scheduler: leave out --scheduler, or take --engine dask")
    if name == "processes":
        from kgraph.engines.processes import ProcessesEngine

        return ProcessesEngine(workers)
    return LocalEngine()
