"""A still picture of the graph (PNG), as the page shows it when it opens.

A headless Chromium takes it from the page itself where there is one; else matplotlib draws the
same scene in a plainer way, which needs nothing but ``pip install "kgraph[plots]"``.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from kgraph.errors import ExportError, MissingExtra
from kgraph.exporters.colours import legend
from kgraph.exporters.scene import Scene
from kgraph.files import write_whole
from kgraph.ontology import Ontology

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["browser", "draw", "photograph"]

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_TIMES = 2  # the pixels of the picture for each of the window
_PATIENCE_SECONDS = 120
_GROUND, _ISLAND, _LINE, _TEXT, _QUIET = "#fbfbfa", "#f0f0ee", "#6b7686", "#1b212b", "#5a6371"
_NAMED = 60  # nodes whose name the plain picture tells
_PNG = b"\x89PNG\r\n\x1a\n"


def browser() -> str | None:
    """The Chromium of this machine; None where there is none."""
    return next(filter(None, map(shutil.which, _BROWSERS)), None)


def photograph(page: Path, target: Path, *, chromium: str, width: int = 1600, height: int = 1000) -> Path:
    """What a page shows when it opens, taken by a headless Chromium in a window of that size; gives the file's path.

    The page's own controls are left out; title and legend stand at the foot. Raises
    :class:`~kgraph.errors.ExportError` where the browser gives no picture.
    """
    with tempfile.TemporaryDirectory(prefix="kgraph-view-") as folder:
        taken = Path(folder) / "picture.png"
        command = [
            chromium, "--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", f"--user-data-dir={folder}/profile",
            f"--force-device-scale-factor={_TIMES}", f"--window-size={width},{height}", "--virtual-time-budget=10000",
            f"--screenshot={taken}", f"{page.resolve().as_uri()}#still",
        ]  # fmt: skip
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            command.insert(1, "--no-sandbox")  # Chromium does not run as root with one, as in most containers
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=_PATIENCE_SECONDS)  # noqa: S603
            picture = taken.read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise ExportError(str(target), f"{Path(chromium).name} took no picture ({error})") from error
    if not picture.startswith(_PNG):
        raise ExportError(str(target), f"{Path(chromium).name} gave something that is no PNG")
    return write_whole(target, picture)


def draw(scene: Scene, ontology: Ontology, target: Path, *, title: str, width: int = 1600, height: int = 1000) -> Path:
    """The scene drawn by matplotlib: islands, the strongest links, discs, the names of regions and of the most named.

    Raises :class:`~kgraph.errors.MissingExtra` where matplotlib is not installed.
    """
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        raise MissingExtra("pictures without a Chromium", "plots") from None

    figure = Figure(figsize=(width / 100, height / 100), dpi=100 * _TIMES, facecolor=_GROUND)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.01, 0.05, 0.98, 0.94))
    axes.set_axis_off()
    axes.set_aspect("equal", adjustable="datalim")
    _islands(axes, scene)
    _lines(axes, scene)
    _discs(axes, scene, ontology)
    axes.autoscale_view()
    axes.invert_yaxis()
    figure.canvas.draw()
    _names(axes, scene)
    figure.text(0.015, 0.018, title, color=_TEXT, weight="bold", size=10)
    stream = io.BytesIO()
    figure.savefig(stream, format="png", metadata={"Software": None})
    return write_whole(target, stream.getvalue())


def _islands(axes: Axes, scene: Scene) -> None:
    from matplotlib.patches import Polygon

    for region in scene.layout.regions:
        if len(region.outline) > 2:
            axes.add_patch(
                Polygon(region.outline, facecolor=_ISLAND, edgecolor=_ISLAND, linewidth=9, joinstyle="round")
            )


def _lines(axes: Axes, scene: Scene) -> None:
    from matplotlib.collections import LineCollection

    points = scene.layout.points
    ends = [(points[left], points[right]) for left, right in scene.edges]
    axes.add_collection(LineCollection(ends, colors=_LINE, linewidths=0.35, alpha=0.25))


def _discs(axes: Axes, scene: Scene, ontology: Ontology) -> None:
    """Every node as a disc of the radius that it has in the drawing, the large below the small."""
    from matplotlib.collections import EllipseCollection

    drawn = scene.nodes[: scene.drawn]
    types = legend((node["type"] for node in drawn), ontology)
    colours = {type["name"]: type["light"] for type in types}
    order = sorted(range(scene.drawn), key=lambda number: (-scene.radii[number], number))
    across = [2 * scene.radii[number] for number in order]
    places = [scene.layout.points[number] for number in order]
    fills = [colours[drawn[number]["type"]] for number in order]
    discs = EllipseCollection(
        across, across, [0.0], units="xy", offsets=places, offset_transform=axes.transData,
        facecolors=fills, edgecolors="#1b212b40", linewidths=0.4,
    )  # fmt: skip
    axes.add_collection(discs)
    for type in types:
        axes.scatter([], [], s=28, color=type["light"], label=type["label"].capitalize())
    axes.legend(loc="lower right", ncols=len(types), frameon=False, fontsize=8, bbox_to_anchor=(1, -0.055))


def _names(axes: Axes, scene: Scene) -> None:
    """The names of the regions, then of the most named entities: each only where it covers none before."""
    import matplotlib.patheffects

    halo = [matplotlib.patheffects.withStroke(linewidth=2.5, foreground=_GROUND)]
    entities = [number for number, node in enumerate(scene.nodes[: scene.drawn]) if node.get("papers")]
    best = sorted(entities, key=lambda number: (-scene.nodes[number]["papers"], number))[:_NAMED]
    wanted = [
        (name, (r.x, r.y - r.radius), 9, "bold", _QUIET)
        for name, r in zip(scene.names, scene.layout.regions, strict=True)
        if len(r.outline) > 2
    ]
    for number in best:
        x, y = scene.layout.points[number]
        wanted.append((scene.nodes[number]["name"], (round(x), round(y + scene.radii[number] + 8)), 7, "normal", _TEXT))
    taken: list[tuple[float, float, float, float]] = []
    for name, (x, y), size, weight, colour in wanted:
        across, down = axes.transData.transform((x, y)) / _TIMES
        half, high = len(name) * size * 0.42, size * 0.95
        box = (across - half, down - high, across + half, down + high)
        if any(box[0] < o[2] and box[2] > o[0] and box[1] < o[3] and box[3] > o[1] for o in taken):
            continue
        taken.append(box)
        shown = name.replace("$", r"\$")  # which would begin a formula
        axes.text(x, y, shown, size=size, weight=weight, color=colour, ha="center", va="center", path_effects=halo)
