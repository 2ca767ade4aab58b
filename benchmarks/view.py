"""``python -m benchmarks.view``: the page beside one that pyvis makes of the same graph, in one run.

Measured in a headless Chromium that draws in software (no GPU): until the page can be used, frames
a second while the picture is moved and neared by hand, and how long a search takes.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.field import invented_field
from kgraph.exporters.html import HtmlExporter
from kgraph.graph import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["main"]

WINDOW = {"width": 1280, "height": 820}
ROUNDS = 3
PATIENCE_MILLISECONDS = 300_000
GPU_OFF = ["--headless", "--no-sandbox", "--disable-gpu"]
FIELDS = {2_500: (438, 2300), 10_000: (1800, 8700), 50_000: (8000, 43_000)}
"""About so many nodes: papers, and entities that they could name."""

FRAMES = """() => new Promise((done) => {
  const begun = performance.now();
  const times = [];
  const step = (now) => { times.push(now); if (now - begun < 3000) requestAnimationFrame(step); else done(times); };
  requestAnimationFrame(step);
})"""
SEARCH = """(word) => {
  const field = document.querySelector("#search input, #query");
  const times = [];
  for (let at = 1; at <= word.length; at += 1) {
    field.value = word.slice(0, at);
    const begun = performance.now();
    field.dispatchEvent(new Event("input"));
    times.push(performance.now() - begun);
  }
  return Math.max(...times);
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one page; times in milliseconds."""

    page: str
    nodes: int
    edges: int
    made_seconds: float
    megabytes: float
    ready: float
    moving: float
    nearing: float
    search: float


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.view", description=__doc__)
    parser.add_argument("--nodes", type=int, nargs="*", choices=sorted(FIELDS), default=sorted(FIELDS))
    parser.add_argument("--pyvis-up-to", type=int, default=10_000, help="pyvis draws all nodes of no larger graph")
    parser.add_argument("--build", type=Path, help="measure the graph of this build instead of invented ones")
    arguments = parser.parse_args()
    print("| page | nodes | links | made | file | ready | moved | neared | search |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    with _chromium() as browser, tempfile.TemporaryDirectory() as folder:
        print(f"| {browser.version} | | | s | MB | ms | fps | fps | ms |")
        for graph in _graphs(arguments):
            size = sum(1 for _, kind in graph.nx.nodes(data="kind") if kind != "result")
            pages = [HtmlExporter()]
            if size <= arguments.pyvis_up_to * 1.1:
                pages.append(HtmlExporter("pyvis", nodes=size))
            rows = [_measured(browser, exporter, graph, Path(folder), size) for exporter in pages]
            for row in rows:
                numbers = f"{row.made_seconds:.1f} | {row.megabytes:.1f} | {row.ready:,.0f} | {row.moving:.0f}"
                print(
                    f"| {row.page} | {row.nodes:,} | {row.edges:,} | {numbers} | {row.nearing:.0f} | {row.search:.0f} |"
                )
            if len(rows) == 2:
                ours, theirs = rows
                sooner, larger = theirs.ready / ours.ready, theirs.megabytes / ours.megabytes
                smoother, nearing = ours.moving / theirs.moving, ours.nearing / theirs.nearing
                print(
                    f"| **ours, times better** | | | | {larger:.1f} | {sooner:.1f} | {smoother:.1f} | {nearing:.1f} | |"
                )
    return 0


def _graphs(arguments: argparse.Namespace) -> Iterator[Graph]:
    if arguments.build:
        from kgraph.knowledge import load

        known = load(arguments.build)
        yield Graph(known.nx, known.annotations)
    else:
        yield from (invented_field(*FIELDS[size]) for size in arguments.nodes)


class _chromium:  # noqa: N801 - a context manager that reads as a function
    def __enter__(self) -> Browser:
        from playwright.sync_api import sync_playwright

        self.driver = sync_playwright().start()
        self.browser = self.driver.chromium.launch(executable_path=shutil.which("chromium"), args=GPU_OFF)
        return self.browser

    def __exit__(self, *_: object) -> None:
        self.browser.close()
        self.driver.stop()


def _measured(browser: Browser, exporter: HtmlExporter, graph: Graph, folder: Path, size: int) -> Figures:
    begun = time.perf_counter()
    (path,) = exporter.export(graph, folder)
    made = time.perf_counter() - begun
    opened = [_opened(browser, path) for _ in range(ROUNDS)]
    page = opened[-1][0]
    for earlier, _ in opened[:-1]:
        earlier.close()
    page.wait_for_timeout(1500)
    word = next(about["label"] for _, about in graph.nx.nodes(data=True) if about["kind"] == "entity")
    figures = Figures(
        exporter.renderer, size, graph.nx.number_of_edges(), made, path.stat().st_size / 1e6,
        statistics.median(seconds * 1000 for _, seconds in opened),
        _frames(page, _drag), _frames(page, _wheel), page.evaluate(SEARCH, word),
    )  # fmt: skip
    page.close()
    return figures


def _opened(browser: Browser, path: Path) -> tuple[Page, float]:
    """The page, and how long it took until the picture is there and can be used."""
    page = browser.new_page(viewport=WINDOW)
    begun = time.perf_counter()
    page.goto(path.as_uri(), timeout=PATIENCE_MILLISECONDS)
    page.wait_for_selector("html[data-ready]", state="attached", timeout=PATIENCE_MILLISECONDS)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return page, time.perf_counter() - begun


def _frames(page: Page, move: object) -> float:
    """Frames a second while the picture moves: the page counts its own, the hand moves on meanwhile."""
    page.mouse.move(640, 430)
    counting = page.evaluate_handle(f"() => {{ window.counted = ({FRAMES})(); }}")
    begun = time.perf_counter()
    step = 0
    while time.perf_counter() - begun < 2.8:
        move(page, step)  # type: ignore[operator]
        step += 1
    page.mouse.up()
    times = page.evaluate("() => window.counted")
    counting.dispose()
    return (len(times) - 1) / ((times[-1] - times[0]) / 1000)


def _drag(page: Page, step: int) -> None:
    if step == 0:
        page.mouse.down()
    page.mouse.move(640 + 180 * ((step % 40) / 20 - 1) * (1 if step % 80 < 40 else -1), 430 + (step % 30) * 3)


def _wheel(page: Page, step: int) -> None:
    page.mouse.wheel(0, -60 if step % 40 < 20 else 60)


if __name__ == "__main__":
    sys.exit(main())
