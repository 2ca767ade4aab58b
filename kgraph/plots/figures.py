"""What all pictures share: size, colours, a title, and how they are written."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExportError, MissingExtra
from kgraph.files import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "GREY", "MARKERS", "new_figure", "shortened", "write_plot"]

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
"""The palette of Okabe and Ito (2008), which people with any kind of colour vision can tell apart."""

MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREY = "#8b93a1"

_LONGEST = 34
_DPI = 150
_STYLE: Any = {
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#e3e6ea",
    "svg.hashsalt": "kgraph",  # the same picture has the same bytes
    "svg.fonttype": "none",
}


def new_figure(title: str, *, note: str = "", width: float = 8.0, height: float = 4.5) -> tuple[Figure, Axes]:
    """A figure of that size in inches, and its axes; ``note`` stands small at the foot.

    Raises :class:`~kgraph.errors.MissingExtra` where matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.figure import Figure
    except ImportError as error:
        raise MissingExtra("plots", "plots") from error
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        axes = figure.add_subplot()
    figure.suptitle(_literal(title), x=0.01, ha="left", fontsize=12, fontweight="bold", wrap=True)
    figure.supxlabel(_literal(note), x=0.01, ha="left", fontsize=8.5, color="#4a5160")
    return figure, axes


def shortened(text: str) -> str:
    """A label that fits: its end is left out where it is too long, and no dollar begins a formula.

    >>> shortened("a $2 method"), shortened("x" * 40)
    ('a \\\\$2 method', 'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…')
    """
    return _literal(text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…")


def write_plot(figure: Figure, path: Path) -> Path:
    """Write the figure as the path's ending says: .png, .svg or .pdf; the same figure gives the same bytes.

    Raises :class:`~kgraph.errors.ExportError` for any other ending.
    """
    import matplotlib

    kind = path.suffix.lower().removeprefix(".")
    if kind not in {"png", "svg", "pdf"}:
        raise ExportError(str(path), "a picture's name ends in .png, .svg or .pdf")
    dates = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    stream = io.BytesIO()
    with matplotlib.rc_context(_STYLE):
        figure.savefig(stream, format=kind, dpi=_DPI, metadata=dates)
    return write_whole(path, stream.getvalue())


def _literal(text: str) -> str:
    """The text with nothing in it that matplotlib would take for a formula."""
    return text.replace("$", r"\$")
