"""``python -m kgraph`` is ``kgraph``."""

from kgraph.cli import main

main()
