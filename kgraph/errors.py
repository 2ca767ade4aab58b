"""What can go wrong, each as one sentence: what, where, and what to do.

Every error carries its facts as attributes, so that a notebook can act on them,
and renders one line, so that a shell can print it.
"""

from __future__ import annotations

from typing import Any

__all__ = [
    "EngineError",
    "EvaluationError",
    "ExportError",
    "ExtractionError",
    "GraphNotFound",
    "KgraphError",
    "MissingExtra",
    "OntologyError",
    "QueryError",
    "ReadError",
    "one_line",
]


class KgraphError(Exception):
    """A problem of the input or the machine, told in one sentence; never a bug of ours.

    >>> str(KgraphError("nothing to read: give a file or a folder"))
    'nothing to read: give a file or a folder'
    """

    def __reduce__(self) -> tuple[Any, ...]:
        """Travels between processes with its sentence and its facts, whatever it is made from."""
        return _restored, (type(self), self.args, self.__dict__)


def _restored(kind: type[KgraphError], args: tuple[Any, ...], facts: dict[str, Any]) -> KgraphError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(facts)
    return error


class ReadError(KgraphError):
    """Something in an input could not be read.

    >>> str(ReadError("papers.jsonl", 3, "the abstract is missing"))
    'papers.jsonl:3: the abstract is missing'
    """

    def __init__(self, path: str, line: int | None, reason: str) -> None:
        super().__init__(f"{path}:{line}: {reason}" if line else f"{path}: {reason}")
        self.path = path
        self.line = line
        self.reason = reason


class OntologyError(KgraphError):
    """The ontology or a vocabulary says something that cannot be used."""


class ExtractionError(KgraphError):
    """The extraction pipeline could not be made from its configuration."""


class EngineError(KgraphError):
    """Work could not be brought to an end where it ran: a worker was lost again and again, a scheduler is not there."""


class ExportError(KgraphError):
    """A file could not be written.

    >>> str(ExportError("exports/graph.ttl", "the disk is full"))
    'cannot write exports/graph.ttl: the disk is full'
    """

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(f"cannot write {path}: {reason}")
        self.path = path
        self.reason = reason


class GraphNotFound(KgraphError):
    """There is no graph where one was asked for.

    >>> str(GraphNotFound("exports"))
    'no graph in exports: run `kgraph build INPUT -o exports` first'
    """

    def __init__(self, path: str) -> None:
        super().__init__(f"no graph in {path}: run `kgraph build INPUT -o {path}` first")
        self.path = path


class QueryError(KgraphError):
    """A query could not be parsed or answered; ``line`` and ``column`` count from 1 where the fault has a place."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class EvaluationError(KgraphError):
    """Gold or predicted annotations cannot be compared."""


class MissingExtra(KgraphError):
    """An optional part of kgraph is not installed.

    >>> str(MissingExtra("pictures in the terminal", "plots"))
    'pictures in the terminal need an optional part: pip install "kgraph[plots]"'
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f'{what} need an optional part: pip install "kgraph[{extra}]"')
        self.what = what
        self.extra = extra


def one_line(error: Exception, most: int = 200) -> str:
    r"""What a library's error says, on one line of at most so many characters; its name where it says nothing.

    >>> one_line(ValueError("[E002] Can't find factory\n\nfor 'x'"))
    "[E002] Can't find factory for 'x'"
    >>> one_line(TimeoutError())
    'TimeoutError'
    """
    return " ".join(str(error).split())[:most] or type(error).__name__
