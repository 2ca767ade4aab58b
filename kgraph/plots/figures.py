"""What all pictures share: size, colours, a title, and how they are written."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kgraph.errors import ExportError, MissingExtra
from kgraph.files import write_whole
from kgraph.text import clean, shortened

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["COLOURS", "GREY", "MARKERS", "Picture", "label", "new_figure", "short", "write_plot"]

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
    "svg.fonttype": "path",  # it looks the same wherever it is opened
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure of matplotlib that shows in a notebook without further ado; what there is to change is in ``figure``."""

    figure: Figure

    @property
    def title(self) -> str:
        """The finding, in words."""
        return self.figure.get_suptitle().replace(r"\$", "$")

    def _repr_svg_(self) -> str:
        return _drawn(self.figure, "svg").decode()

    def __repr__(self) -> str:
        return f"<Picture {self.title!r}>"


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


def short(text: str) -> str:
    """A name that fits: its end is left out where it is too long.

    >>> short("x" * 40)
    'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…'
    """
    return shortened(text, _LONGEST)


def label(text: str) -> str:
    """A name as matplotlib takes it: short, and with nothing in it that begins a formula.

    >>> print(label("a $2 method"))
    a \\$2 method
    """
    return _literal(short(text))


def write_plot(picture: Picture, path: Path) -> Path:
    """Write the picture as the path's ending says: .png, .svg or .pdf; the same picture gives the same bytes.

    Raises :class:`~kgraph.errors.ExportError` for any other ending.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind not in {"png", "svg", "pdf"}:
        raise ExportError(str(path), "a picture's name ends in .png, .svg or .pdf")
    return write_whole(path, _drawn(picture.figure, kind))


def _drawn(figure: Figure, kind: str) -> bytes:
    import matplotlib

    dates = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}.get(kind, {})
    stream = io.BytesIO()
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from font")  # a box stands for it
        figure.savefig(stream, format=kind, dpi=_DPI, metadata=dates)
    return stream.getvalue()


def _literal(text: str) -> str:
    """The text with nothing in it that matplotlib would take for a formula, or that would turn a line around."""
    return clean(text).replace("$", r"\$")
