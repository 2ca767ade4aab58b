"""How the shipped model was made, and how to make one from one's own annotations (``kgraph[train]``)."""
