"""Readers: from files to papers, one format a file.

:func:`kgraph.readers.reading.read` is the door; :mod:`~kgraph.readers.locating` finds the files,
:mod:`~kgraph.readers.opening` makes texts of their bytes, and the readers of
:mod:`~kgraph.readers.listing` and :mod:`~kgraph.readers.jsonl` make papers of the texts.
"""
