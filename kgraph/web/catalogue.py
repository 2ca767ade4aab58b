"""What pages show of a graph, out of its catalogue: nodes, lists and links.

Every function costs what it gives, not what the graph holds, so that a page of a graph of a million
triples takes milliseconds.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
import threading
import weakref
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kgraph.beside import discard, kept
from kgraph.files import graph_files
from kgraph.query import Store
from kgraph.web.cataloguing import FILE, VERSION, catalogue

__all__ = ["NODE", "Catalogue", "Group", "Node", "Page", "Result", "Role", "open_catalogue"]

NODE = "node.n, node.id, node.type, node.label, node.papers, node.date"
_LINKS_OF_A_KIND = 60
_RARE = 400  # papers; what more of them name says little about any two
_RARE_THINGS = 12


@dataclass(frozen=True, slots=True)
class Node:
    """A paper or an entity: its number here, its relative id, type and label, how many papers name it, its date."""

    n: int
    id: str
    type: str
    label: str
    papers: int = 0
    date: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A node and the part that it plays: an entity in a paper, or the other way round."""

    node: Node
    role: str


@dataclass(frozen=True, slots=True)
class Group:
    """What a thing is linked to by one predicate, the most stated first; ``total`` of them, maybe not all here."""

    predicate: str
    outwards: bool
    members: tuple[tuple[Node, int], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Result:
    """A number that a paper states."""

    id: str
    paper: Node
    entity: Node | None
    metric: Node | None
    value: str
    place: Node | None
    versus: Node | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a list: its members from ``start`` on, of ``total``; ``instead`` is what a search was corrected to."""

    members: tuple[Node, ...]
    start: int
    total: int
    instead: str = ""


def open_catalogue(path: Path, store: Store) -> Catalogue:
    """The catalogue of a build, made the first time; in a temporary folder where none can be written beside it."""
    with contextlib.suppress(OSError):
        if path.is_dir():
            return _opened(graph_files(path), store)
    temporary = tempfile.TemporaryDirectory(prefix="kgraph-")
    catalogue(store, Path(temporary.name))
    return Catalogue(Path(temporary.name) / FILE, temporary)


def _opened(files: Sequence[Path], store: Store) -> Catalogue:
    for _ in range(2):
        folder = kept(files, "catalogue", lambda place: catalogue(store, place), version=VERSION)
        try:
            return Catalogue(folder / FILE)
        except sqlite3.DatabaseError:  # damaged: what is made out of the graph can be made again
            discard(folder)
    raise OSError(f"{folder} is damaged as soon as it is made")


class Catalogue:
    """The tables of a graph, for reading, from any thread."""

    def __init__(self, file: Path, temporary: tempfile.TemporaryDirectory[str] | None = None) -> None:
        self._file = file
        if temporary is not None:
            weakref.finalize(self, temporary.cleanup)
        self._connections = threading.local()
        self.counts: dict[str, int] = dict(self.rows("SELECT type, COUNT(*) FROM node GROUP BY type"))

    def rows(self, query: str, *values: Any) -> list[Any]:
        """The rows of a query in SQL, whose values are bound."""
        connection: sqlite3.Connection | None = getattr(self._connections, "connection", None)
        if connection is None:
            address = f"{self._file.resolve().as_uri()}?mode=ro&immutable=1"
            connection = sqlite3.connect(address, uri=True, check_same_thread=False)
            self._connections.connection = connection
        return connection.execute(query, values).fetchall()

    def node(self, *ids: str) -> Node | None:
        """The first of these that there is."""
        for id in ids:
            found = self.rows(f"SELECT {NODE} FROM node WHERE id = ?", id)
            if found:
                return Node(*found[0])
        return None

    def nodes(self, numbers: Iterable[int]) -> dict[int, Node]:
        """The nodes of these numbers."""
        wanted = sorted(set(numbers))
        marks = ", ".join("?" * len(wanted))
        return {row[0]: Node(*row) for row in self.rows(f"SELECT {NODE} FROM node WHERE n IN ({marks})", *wanted)}

    def aliases(self, node: Node) -> list[str]:
        """Its other names."""
        return [label for (label,) in self.rows("SELECT label FROM name WHERE n = ?", node.n)]

    def abstract(self, paper: Node) -> str:
        """The abstract of a paper; empty for anything else."""
        return str(self.rows("SELECT abstract FROM node WHERE n = ?", paper.n)[0][0])

    def listed(self, type: str, start: int = 0, most: int = 50) -> Page:
        """The things of a type, those first that most papers name; papers by date, the newest first."""
        order = "date DESC, label" if type == "Paper" else "papers DESC, label"
        rows = self.rows(f"SELECT {NODE} FROM node WHERE type = ? ORDER BY {order} LIMIT ? OFFSET ?", type, most, start)
        return Page(tuple(Node(*row) for row in rows), start, self.counts.get(type, 0))

    def papers_of(self, entity: Node, role: str = "", start: int = 0, most: int = 25) -> tuple[list[Role], int]:
        """The papers that name an entity, the newest first, with the part it plays; and how many there are."""
        where, values = ("AND role = ?", (role,)) if role else ("", ())
        rows = self.rows(
            f"""SELECT {NODE}, role FROM role JOIN node ON node.n = role.paper WHERE role.entity = ? {where}
                ORDER BY role.date DESC, role.paper LIMIT ? OFFSET ?""",
            *(entity.n, *values, most, start),
        )
        total = self.rows(f"SELECT COUNT(*) FROM role WHERE entity = ? {where}", entity.n, *values)[0][0]
        return [Role(Node(*row[:-1]), row[-1]) for row in rows], total

    def roles_in(self, paper: Node) -> list[Role]:
        """The entities that a paper names, each with its part there, those first that most papers name."""
        rows = self.rows(
            f"""SELECT {NODE}, role FROM role JOIN node ON node.n = role.entity WHERE role.paper = ?
                ORDER BY node.papers DESC, node.label""",
            paper.n,
        )
        return [Role(Node(*row[:-1]), row[-1]) for row in rows]

    def roles_of(self, entity: Node) -> dict[str, int]:
        """In how many papers an entity plays each part."""
        return dict(self.rows("SELECT role, COUNT(*) FROM role WHERE entity = ? GROUP BY role", entity.n))

    def years(self, entity: Node) -> list[tuple[int, int]]:
        """How many papers name an entity, year by year; the years between without any are there too."""
        rows = self.rows(
            """SELECT CAST(SUBSTR(date, 1, 4) AS INTEGER) AS year, COUNT(*) FROM role
               WHERE entity = ? AND date <> '' GROUP BY year ORDER BY year""",
            entity.n,
        )
        counts = dict(rows)
        return [(year, counts.get(year, 0)) for year in range(rows[0][0], rows[-1][0] + 1)][-40:] if rows else []

    def links(self, entity: Node) -> list[Group]:
        """What an entity is linked to, by predicate and direction, without the tree of kinds."""
        groups = []
        for outwards, here, there in ((True, "subject", "object"), (False, "object", "subject")):
            counted = self.rows(
                f"""SELECT predicate, COUNT(*) FROM link WHERE {here} = ? AND predicate <> 'broader'
                    GROUP BY predicate ORDER BY predicate""",
                entity.n,
            )
            for predicate, total in counted:
                rows = self.rows(
                    f"""SELECT {NODE}, link.papers FROM link JOIN node ON node.n = link.{there}
                        WHERE link.{here} = ? AND predicate = ?
                        ORDER BY link.papers DESC, node.papers DESC, node.label LIMIT ?""",
                    *(entity.n, predicate, _LINKS_OF_A_KIND),
                )
                members = tuple((Node(*row[:-1]), row[-1]) for row in rows)
                groups.append(Group(predicate, outwards, members, total))
        return groups

    def above(self, entity: Node) -> list[Node]:
        """The chain of kinds above an entity, the widest first; where there are several, the most named."""
        chain: list[Node] = []
        here = entity
        while len(chain) < 12:
            rows = self.rows(
                f"""SELECT {NODE} FROM link JOIN node ON node.n = link.object
                    WHERE link.subject = ? AND predicate = 'broader' ORDER BY node.papers DESC, node.label LIMIT 1""",
                here.n,
            )
            if not rows or Node(*rows[0]) in (entity, *chain):
                break
            here = Node(*rows[0])
            chain.append(here)
        return chain[::-1]

    def below(self, entity: Node) -> list[Node]:
        """What stands directly under an entity, the most named first."""
        rows = self.rows(
            f"""SELECT {NODE} FROM link JOIN node ON node.n = link.subject
                WHERE link.object = ? AND predicate = 'broader' ORDER BY node.papers DESC, node.label LIMIT ?""",
            *(entity.n, _LINKS_OF_A_KIND),
        )
        return [Node(*row) for row in rows]

    def results(self, node: Node, most: int = 50) -> tuple[list[Result], int]:
        """The results that a paper states, or that an entity has a part in; and how many there are."""
        columns = ("paper",) if node.type == "Paper" else ("entity", "metric", "place", "versus")
        found = " UNION ".join(f"SELECT rowid FROM result WHERE {column} = ?" for column in columns)
        rows = self.rows(
            f"""SELECT id, paper, entity, metric, value, place, versus, COUNT(*) OVER () FROM result
                WHERE rowid IN ({found}) ORDER BY metric, number DESC, id LIMIT ?""",
            *([node.n] * len(columns) + [most]),
        )
        known = self.nodes(n for row in rows for n in (*row[1:4], *row[5:7]) if n is not None)
        made = [
            Result(id, known[paper], known.get(entity), known.get(metric), value, known.get(place), known.get(versus))
            for id, paper, entity, metric, value, place, versus, _ in rows
        ]
        return made, rows[0][-1] if rows else 0

    def similar(self, paper: Node, most: int = 6) -> list[tuple[Node, list[Node]]]:
        """Papers that name the same rare things, with these; each thing weighs the more the rarer it is."""
        rare = self.rows(
            """SELECT node.n, 1.0 / node.papers FROM role JOIN node ON node.n = role.entity
               WHERE role.paper = ? AND node.papers BETWEEN 2 AND ? ORDER BY node.papers LIMIT ?""",
            *(paper.n, _RARE, _RARE_THINGS),
        )
        weights = dict(rare)
        shared: dict[int, list[int]] = {}
        for thing in weights:
            for (other,) in self.rows("SELECT paper FROM role WHERE entity = ? AND paper <> ?", thing, paper.n):
                shared.setdefault(other, []).append(thing)
        nearest = sorted(shared.items(), key=lambda entry: (-sum(map(weights.__getitem__, entry[1])), entry[0]))[:most]
        known = self.nodes([n for other, things in nearest for n in (other, *things)])
        return [(known[other], [known[thing] for thing in things]) for other, things in nearest]

    def shared(self, entities: Sequence[Node], most: int = 20) -> tuple[list[Node], int]:
        """The papers that name all of these entities, the newest first; and how many there are."""
        marks = ", ".join("?" * len(entities))
        rows = self.rows(
            f"""SELECT {NODE}, COUNT(*) OVER () FROM node WHERE n IN (
                  SELECT paper FROM role WHERE entity IN ({marks}) GROUP BY paper HAVING COUNT(*) = ?)
                ORDER BY date DESC, n LIMIT ?""",
            *(*(entity.n for entity in entities), len(entities), most),
        )
        return [Node(*row[:-1]) for row in rows], rows[0][-1] if rows else 0
