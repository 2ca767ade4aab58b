"""Where the work of a build runs: an :class:`~kgraph.stages.Engine` each.

============= ==================================================================================
engine        runs
============= ==================================================================================
``local``     in this process, one item after another
``processes`` in processes of this machine, one for each core
``dask``      on a Dask cluster, ``--scheduler ADDRESS`` (``pip install "kgraph[dask]"``)
============= ==================================================================================

All give the same, whatever is lost on the way: results come in the order of the items, each once.
"""

from kgraph.engines.loading import ENGINES, load_engine

__all__ = ["ENGINES", "load_engine"]
