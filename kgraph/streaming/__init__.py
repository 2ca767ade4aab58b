"""A graph that need not fit into memory: the same files, byte for byte, assembled on the disk.

The way is that of every large join: sort, and go through once. Annotations are sorted by paper
(:mod:`~kgraph.streaming.sorting`) and cut into stretches of some thousand papers. Each stretch
tells what it adds to entities (:mod:`~kgraph.streaming.contributing`); that is summed up and
sorted by entity (:mod:`~kgraph.streaming.entities`), and cut into stretches too. Then every
stretch is written by itself (:mod:`~kgraph.streaming.sections`), on any engine, by the very
functions that write a graph in memory, and the pieces are put behind each other
(:mod:`~kgraph.streaming.assembly`). DuckDB (:mod:`~kgraph.streaming.database`) sorts and sums
what memory cannot hold.
"""

from kgraph.streaming.assembly import Streamed, assemble_on_disk

__all__ = ["Streamed", "assemble_on_disk"]
