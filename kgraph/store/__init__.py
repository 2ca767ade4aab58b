"""What a build leaves for the next one: annotations as extracted, and the versions of the graph.

:mod:`~kgraph.store.parts` keeps annotations, here or in an object store; :mod:`~kgraph.store.versions`
lets a folder's new version appear whole, and remembers what it was made from.
"""

from kgraph.store.parts import (
    GIVEN,
    DamagedPart,
    Row,
    annotation_key,
    forget_parts,
    part_names,
    read_part,
    remove_parts,
    text_key,
    write_part,
)
from kgraph.store.versions import Version, commit, locked, parts_of, snapshot_of, staged, versions

__all__ = [
    "GIVEN",
    "DamagedPart",
    "Row",
    "Version",
    "annotation_key",
    "commit",
    "forget_parts",
    "locked",
    "part_names",
    "parts_of",
    "read_part",
    "remove_parts",
    "snapshot_of",
    "staged",
    "text_key",
    "versions",
    "write_part",
]
