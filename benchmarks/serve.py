"""``python -m benchmarks.serve BUILD``: how the server holds up, asked from another process at many connections.

For pages and for SPARQL the rate, the median and the 99th percentile of the time to answer, as their ratio; and the
server's own time for pages of entities and papers, by the ``Server-Timing`` that it sends.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import random
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote, urlencode

from kgraph.query import open_store, select

__all__ = ["Load", "load"]

_QUERY = "SELECT ?name (COUNT(*) AS ?n) { ?p kg:trainsOn ?d . ?d skos:prefLabel ?name } GROUP BY ?name LIMIT 10"
_PAGES = 300


@dataclass(slots=True)
class Load:
    """What many connections met: seconds to answer, and what was no answer."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def tail(self) -> tuple[float, float]:
        """Median and 99th percentile."""
        ordered = sorted(self.seconds)
        return statistics.median(ordered), ordered[int(0.99 * (len(ordered) - 1))]


async def load(port: int, paths: list[str], *, connections: int, seconds: float) -> Load:
    """Ask for the paths in turn over so many connections at once, for so many seconds."""
    met, turn, end = Load(), cycle(paths), time.perf_counter() + seconds
    await asyncio.gather(*(_client(port, turn, end, met) for _ in range(connections)))
    return met


async def _client(port: int, turn: cycle[str], end: float, met: Load) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        begun = time.perf_counter()
        writer.write(f"GET {next(turn)} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html, */*;q=0.1\r\n\r\n".encode())
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
        await reader.readexactly(int(length[1]) if length else 0)
        met.seconds.append(time.perf_counter() - begun)
        if " 200 " not in head.partition("\r\n")[0]:
            met.errors.append(head.partition("\r\n")[0])
    writer.close()


def _ids(folder: Path) -> tuple[list[str], list[str]]:
    """Entities (those that most papers name, and any) and papers, by their relative ids."""
    store = open_store(folder)
    base = store.base_iri
    top = "SELECT ?e { ?p kg:mentions ?e . ?p a kg:Paper } GROUP BY ?e ORDER BY DESC(COUNT(*)) ?e"
    entities = [str(row[0]).removeprefix(base) for row in select(store, top).rows]
    papers = [str(row[0]).removeprefix(base) for row in select(store, "SELECT ?p { ?p a kg:Paper } ORDER BY ?p").rows]
    chance = random.Random(1)  # noqa: S311 - the same pages every time
    some = entities[: _PAGES // 3] + chance.sample(entities, min(len(entities), 2 * _PAGES // 3))
    return some, chance.sample(papers, min(len(papers), _PAGES // 3))


def _own_times(port: int, ids: list[str]) -> list[float]:
    """Milliseconds that the server says it took for each page, one after the other."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    taken = []
    for id in ids:
        connection.request("GET", f"/id/{quote(id)}", headers={"Accept": "text/html"})
        response = connection.getresponse()
        response.read()
        taken.append(float(response.headers["server-timing"].rpartition("=")[2]))
    return sorted(taken)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.serve", description=__doc__)
    parser.add_argument("build", type=Path)
    parser.add_argument("--connections", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=10)
    chosen = parser.parse_args()
    entities, papers = _ids(chosen.build)
    command = [sys.executable, "-m", "kgraph", "serve", str(chosen.build), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        found = re.search(r":(\d+)/", server.stdout.readline())
        assert found is not None
        port = int(found[1])
        try:
            return _measure(port, entities, papers, chosen.connections, chosen.seconds)
        finally:
            server.terminate()


def _measure(port: int, entities: list[str], papers: list[str], connections: int, seconds: float) -> int:
    _wait(port)
    failed = 0
    for what, ids in (("entity", entities), ("paper", papers)):
        taken = _own_times(port, ids)
        print(f"{what} pages: median {statistics.median(taken):.1f} ms, 95th {taken[int(0.95 * len(taken))]:.1f} ms")
        failed += statistics.median(taken) > 20
    pages = [f"/id/{quote(id)}" for id in entities]
    for what, paths in (("pages", pages), ("SPARQL", [f"/sparql?{urlencode({'query': _QUERY, 'format': 'json'})}"])):
        met = asyncio.run(load(port, paths, connections=connections, seconds=seconds))
        median, tail = met.tail()
        print(
            f"{what} at {connections} connections: {len(met.seconds) / seconds:.0f} a second, "
            f"median {median * 1000:.0f} ms, 99th {tail * 1000:.0f} ms ({tail / median:.1f} times), "
            f"{len(met.errors)} errors"
        )
        failed += tail > 10 * median or bool(met.errors)
    return int(bool(failed))


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            _own_times(port, [])
            http.client.HTTPConnection("127.0.0.1", port).connect()
        except OSError:
            time.sleep(0.2)
        else:
            return


if __name__ == "__main__":
    sys.exit(main())
