"""A process that answers queries, one after the other, and that may be killed at any time.

``python -m kgraph.web.query_process GRAPH MEGABYTES`` reads a JSON object a line from standard input and
writes for each a line with what the answer is, then its bytes. It ends when its input does, when a
query takes longer than it may though nobody kills it, and when one needs more memory than allowed.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from typing import TYPE_CHECKING, Any

import orjson

from kgraph.deadline import in_time
from kgraph.errors import QueryError

if TYPE_CHECKING:
    from kgraph.query import Store

__all__ = ["main"]

_STACK = 512 << 20  # of kgraph.deadline, which counts though hardly used
_PATIENCE_SECONDS = 5  # beyond a query's time, in which whoever asked should have killed this process


def main(graph: str, megabytes: str) -> None:
    """Answer until the input ends."""
    from kgraph.query import open_store

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to deal with
    store = open_store(graph)
    _limit_memory(int(megabytes) << 20)
    in_time(lambda _: _answer_all(store), None)  # on one thread for all, whose stack holds any query


def _answer_all(store: Store) -> None:
    sys.stdout.buffer.write(b"ready\n")
    sys.stdout.buffer.flush()
    for line in sys.stdin.buffer:
        head, content = _reply(store, orjson.loads(line))
        sys.stdout.buffer.write(orjson.dumps(head | {"length": len(content)}) + b"\n" + content)
        sys.stdout.buffer.flush()


def _reply(store: Store, asked: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    from kgraph.query.limits import Limits, TooLarge, respond

    if hasattr(signal, "alarm"):
        signal.alarm(int(asked["seconds"]) + _PATIENCE_SECONDS)  # whose default is the end of the process
    try:
        limits = Limits(asked["rows"], asked["bytes"])
        answer = respond(store, asked["query"], rows=asked["table"], triples=asked["graph"], limits=limits)
    except TooLarge as error:
        return {"status": "too large", "message": str(error)}, b""
    except QueryError as error:
        return {"status": "refused", "message": str(error), "line": error.line, "column": error.column}, b""
    else:
        return {"status": "answered", "kind": answer.kind, "form": answer.form}, answer.content
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _limit_memory(most: int) -> None:
    with contextlib.suppress(ImportError, OSError, ValueError):  # Windows has no such limit
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (most + _STACK, most + _STACK))


if __name__ == "__main__":
    main(*sys.argv[1:])
