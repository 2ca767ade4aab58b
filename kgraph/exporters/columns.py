"""A scene as bytes that a page unpacks at once: two blocks of columns and JSON, packed with gzip.

The *map* is all that the first frame, search and the filters need; the *texts* are what the panel
tells: abstracts, mentions, facts. A block is the length of its JSON (four bytes, the least
significant first), the JSON, and one column of numbers after another, each at a multiple of four
bytes: so that a browser reads a column without copying it. ``view/src/blocks.ts`` reads them.
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from kgraph.exporters.scene import PAPER, Scene

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Column = NDArray[np.generic]

__all__ = ["Block", "map_block", "numbers", "pack", "text_block"]

TEXT = 7_000_000
"""How many characters of abstracts a page may carry; those of the papers with fewest links stay behind."""

_TOLD_BY_THE_MAP = {"id", "type", "name", "papers", "aliases", "date"}
_UNSIGNED = ("u1", "u2", "u4")
_NUMPY = {"u1": "<u1", "u2": "<u2", "u4": "<u4", "i4": "<i4"}


@dataclass(frozen=True, slots=True)
class Block:
    """A packed block as text (base64), and how many bytes it is unpacked, which bounds the unpacking."""

    text: str
    size: int


def pack(about: Mapping[str, Any], columns: Mapping[str, tuple[str, Sequence[int]]] | None = None) -> Block:
    r"""The block of a JSON object and of columns by their names, each with its kind (``u1`` … ``i4``).

    Whole numbers are clipped to what their kind can hold: what must not be is a case for
    :func:`numbers`. The same input gives the same bytes.

    >>> block = pack({"b": 1}, {"x": ("i4", [-1, 7])})
    >>> gzip.decompress(base64.b64decode(block.text))[4:]
    b'{"b":1,"columns":[["x","i4",2]]}\xff\xff\xff\xff\x07\x00\x00\x00'
    """
    kept = [(name, kind, _column(kind, values)) for name, (kind, values) in (columns or {}).items()]
    head = dict(about) | {"columns": [[name, kind, len(column)] for name, kind, column in kept]}
    text = json.dumps(head, separators=(",", ":"), sort_keys=True).encode()
    parts = [text + b" " * (-len(text) % 4)]
    parts += [column.tobytes() + b"\0" * (-column.nbytes % 4) for *_, column in kept]
    whole = len(parts[0]).to_bytes(4, "little") + b"".join(parts)
    return Block(base64.b64encode(gzip.compress(whole, 9, mtime=0)).decode(), len(whole))


def _column(kind: str, values: Sequence[int]) -> Column:
    import numpy as np

    limits = np.iinfo(_NUMPY[kind])
    clipped: Column = np.clip(np.asarray(values, dtype=np.int64), limits.min, limits.max).astype(_NUMPY[kind])
    return clipped


def numbers(kind: str, values: Sequence[int]) -> tuple[str, Sequence[int]]:
    """A column of numbers that something is found by: of that kind, or of a wider one that holds them all.

    >>> numbers("u1", [0, 255])[0], numbers("u1", [0, 256])[0]
    ('u1', 'u2')
    """
    most = max(values, default=0)
    return next(wide for wide in _UNSIGNED[_UNSIGNED.index(kind) :] if most < 256 ** int(wide[1:])), values


def map_block(scene: Scene, about: Mapping[str, Any]) -> Block:
    """What the first frame needs: names, places, types, regions, and every link by its two ends.

    ``about`` is told beside: the types in their order (with their colours), the names of the
    properties, the title. Links are sorted by their subject, whose column holds the differences.
    """
    types = {type["name"]: number for number, type in enumerate(about["types"])}
    terms = {term: number for number, (term, _) in enumerate(about["terms"])}
    drawn = scene.nodes[: scene.drawn]
    region = {node: number for number, found in enumerate(scene.layout.regions) for node in found.members}
    links = sorted(_links(scene, terms))
    told = {
        **about,
        "names": [node["name"] for node in drawn],
        "ids": [node["id"] for node in drawn],
        "dates": {number: node["date"] for number, node in enumerate(drawn) if "date" in node},
        "aliases": {number: node["aliases"] for number, node in enumerate(drawn) if node.get("aliases")},
        "hubs": sorted(scene.hubs),
        "regions": [
            {"name": name, "x": r.x, "y": r.y, "radius": r.radius, "outline": [at for spot in r.outline for at in spot]}
            for name, r in zip(scene.names, scene.layout.regions, strict=True)
        ],
    }
    columns = {
        "x": ("i4", [x for x, _ in scene.layout.points]),
        "y": ("i4", [y for _, y in scene.layout.points]),
        "radius": ("u1", [round(radius * 8) for radius in scene.radii]),
        "type": numbers("u1", [types[node["type"]] for node in drawn]),
        "papers": ("u4", [node.get("papers", 0) for node in drawn]),
        "region": numbers("u2", [region[number] for number in range(scene.drawn)]),
        "left": ("u4", [left for left, _ in scene.edges]),
        "right": ("u4", [right for _, right in scene.edges]),
        "subject": ("u4", list(_differences([link[0] for link in links]))),
        "object": ("u4", [link[1] for link in links]),
        "term": numbers("u1", [link[2] for link in links]),
        "score": ("u1", [link[3] for link in links]),
        "stated": ("u2", [link[4] for link in links]),
        "known": ("u1", [link[5] for link in links]),
    }
    return pack(told, columns)


def _links(scene: Scene, terms: Mapping[str, int]) -> Iterator[tuple[int, int, int, int, int, int]]:
    """Subject, object, term, score in percent, papers that state it, whether a vocabulary does."""
    for subject, object, predicate, papers, score, vocabulary in scene.links:
        if predicate in terms and max(subject, object) < scene.drawn:
            yield subject, object, terms[predicate], round(score * 100), papers, int(vocabulary)
    for number, node in enumerate(scene.nodes[: scene.drawn]):
        for entity, role, score, _ in node.get("entities", ()):
            if entity < scene.drawn and role in terms:
                yield number, entity, terms[role], round(score * 100), 1, 0


def _differences(values: Sequence[int]) -> Iterator[int]:
    before = 0
    for value in values:
        yield value - before
        before = value


def text_block(scene: Scene, about: Mapping[str, Any], *, text: int = TEXT) -> Block:
    """What the panel tells of each drawn node beside the map: a JSON object by the node's number.

    Abstracts come along up to ``text`` characters, those of the papers that link most first. Of
    what a paper names only the places stand here, since its links tell the rest.
    """
    terms = {term: number for number, (term, _) in enumerate(about["terms"])}
    drawn = scene.nodes[: scene.drawn]
    papers = [number for number, node in enumerate(drawn) if node["type"] == PAPER]
    left = text
    silent = set()
    for number in sorted(papers, key=lambda number: (-len(drawn[number]["entities"]), number)):
        left -= len(drawn[number]["abstract"])
        if left < 0:
            silent.add(number)
    told = {number: _told(node, terms, silent=number in silent) for number, node in enumerate(drawn)}
    return pack({"nodes": {number: about for number, about in told.items() if about}})


def _told(node: Mapping[str, Any], terms: Mapping[str, int], *, silent: bool) -> dict[str, Any]:
    left_out = _TOLD_BY_THE_MAP | ({"abstract"} if silent else set())
    told = {key: value for key, value in node.items() if key not in left_out and value not in ([], None)}
    if "entities" in told:
        spans = [[entity, *chain.from_iterable(places)] for entity, _, _, places in told["entities"] if places]
        told["entities"] = spans
    if "relations" in told:
        told["relations"] = [
            [subject, terms[predicate], object, round(score * 100), *((start, end) if start is not None else ())]
            for subject, predicate, object, score, start, end in told["relations"]
            if predicate in terms
        ]
    return told
