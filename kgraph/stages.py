"""The seams: what each stage takes and gives. Whatever fits may stand in.

The law of a stage: a batch goes in, a list of the same length comes out, in the same order,
and nothing else changes. From it follow, as property tests, that the batch size, the order of
the papers and the number of runs never change the graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

from kgraph.model import Annotation, Paper

if TYPE_CHECKING:
    from kgraph.graph import Graph

__all__ = ["BATCH", "Engine", "Exporter", "Extractor", "Note", "Progress", "Reader", "Resolver", "Skipped", "Source"]


Item = TypeVar("Item")
Made = TypeVar("Made")

BATCH = 64
"""Papers that go through a stage together; their number never changes what comes out."""

Progress = Callable[[Iterable[Any], int, str], Iterable[Any]]
"""Shows how far a loop is: the items, how many they are, what is done with them."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one input: its name for people, and all its lines."""

    name: str
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Skipped:
    """A block of an input that gave no paper, or a part of it that could not be used: where and why."""

    source: str
    line: int | None
    reason: str
    excerpt: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """Something a reader decided that people should know: an inferred year, a date left out."""

    source: str
    message: str


@runtime_checkable
class Reader(Protocol):
    """Reads one format. Odd content never raises: it gives :class:`Skipped`."""

    @property
    def name(self) -> str:
        """What people call the format."""
        ...

    def recognises(self, text: str) -> bool:
        """Whether the beginning of a text is in this format."""
        ...

    def read(self, source: Source) -> Iterator[Paper | Annotation | Skipped | Note]:
        """The papers (or ready annotations) of a text, in its order."""
        ...


@runtime_checkable
class Extractor(Protocol):
    """Finds entities, relations and results."""

    def extract(self, papers: Iterable[Paper]) -> Iterator[Annotation]:
        """One annotation for each paper, in their order; entities without ids."""
        ...


@runtime_checkable
class Resolver(Protocol):
    """Brings every mention of one thing to one id."""

    def resolve(self, batch: Sequence[Annotation]) -> list[Annotation]:
        """The same annotations with every entity's ``id`` set."""
        ...


@runtime_checkable
class Engine(Protocol):
    """Runs work over items: in this process, in many, on many machines."""

    @property
    def name(self) -> str:
        """What people call it: the value of ``--engine``."""
        ...

    def map(self, work: Callable[[Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """What the work makes of each item, in the order of the items, each exactly once.

        ``work`` and the items can be pickled; a call may be repeated where a worker was lost, so
        doing it twice must do no more than doing it once. Only so many items are taken ahead as
        keep the workers busy. A :class:`~kgraph.errors.KgraphError` of the work is raised here.
        """
        ...


@runtime_checkable
class Exporter(Protocol):
    """Writes one format."""

    @property
    def name(self) -> str:
        """What people call the format."""
        ...

    def export(self, graph: Graph, folder: Path) -> list[Path]:
        """Write the graph's files into the folder, each whole or not at all; give their paths."""
        ...
