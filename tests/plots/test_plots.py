"""Pictures: what their titles say, what they draw, and that nothing is drawn of nothing."""

import itertools
import sys

import pytest

from kgraph import analytics, plots
from kgraph.analytics import SECTIONS, example_graph
from kgraph.errors import ExportError, MissingExtra
from kgraph.plots.figures import COLOURS, label
from tests.analytics.test_prediction import history
from tests.field import field_graph


def made(name):
    """A table of each section that has rows."""
    graph = history(5) if name == "backtest" else field_graph(60).nx
    table = SECTIONS[name].make(graph, None, 10)
    if name == "bursts":
        table = analytics.bursts(example_graph(), by="month", gamma=0.01, support=1)
    if name in {"gaps", "speedups"}:
        table = (
            SECTIONS[name].make(example_graph(), None, 10)
            if name == "speedups"
            else analytics.gaps(example_graph(), ("Method", "Hardware"), support=2)
        )
    return table


@pytest.mark.parametrize("name", plots.PLOTS)
def test_each_picture_has_a_title_with_a_number_or_a_name_and_is_the_same_each_time(name, tmp_path):
    table = made(name)
    assert len(table)
    files = [plots.write_plot(plots.PLOTS[name](table), tmp_path / f"{number}.svg") for number in range(2)]
    assert files[0].read_bytes() == files[1].read_bytes()
    picture = plots.PLOTS[name](table)
    assert len(picture.title) > 15
    assert picture._repr_svg_().encode() == files[0].read_bytes()
    (axes,) = picture.figure.axes
    assert axes.lines or axes.patches or axes.images


@pytest.mark.parametrize("name", plots.PLOTS)
def test_nothing_is_drawn_of_nothing(name):
    assert plots.PLOTS[name](made(name).head(0)) is None


def test_a_share_that_chance_explains_is_not_told_as_a_change():
    table = analytics.adoption(example_graph(), "Hardware", limit=1)
    assert plots.plot_adoption(table).title.endswith("(within what chance explains)")
    sure = table.assign(papers=[1, 50, 99], of=100, share=[0.01, 0.5, 0.99], low=[0.0, 0.4, 0.95], high=[0.05, 0.6, 1])
    assert plots.plot_adoption(sure).title == (
        "NVIDIA A100: 1% of papers in 2023, 99% in 2025 (more than chance explains)"
    )


def test_periods_of_few_papers_are_left_out_of_the_lines():
    table = analytics.adoption(example_graph(), "Hardware", limit=1).assign(of=[1, 10, 10])
    (axes,) = plots.plot_adoption(table).figure.axes
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2024", "2025"]


def test_a_score_that_does_not_beat_popularity_is_not_praised():
    table = analytics.backtest(history(5), split="2022")
    assert "beats popularity" in plots.plot_backtest(table).title
    level = table.assign(hits_at_10=0.5)
    assert "does not clearly beat popularity" in plots.plot_backtest(level).title


def test_hedged_speedups_are_hollow():
    (axes,) = plots.plot_speedups(analytics.speedups(example_graph())).figure.axes
    faces = [line.get_markerfacecolor() for line in axes.lines if line.get_marker() == "o"]
    assert faces == [COLOURS[0], "white"]


def test_what_a_paper_says_is_no_formula():
    assert label(r"$\input{evil}$").startswith(r"\$")
    table = analytics.top(example_graph()).assign(name=r"$\frac{1}$")
    picture = plots.plot_ranking(table)
    assert picture.title.startswith(r"$\frac{1}$ is named most")
    picture.figure.draw_without_rendering()  # a formula that is none would raise


@pytest.mark.parametrize("name", ["量子化", "a\u202eb", "a\x00b\nc", "", "😀" * 50])
def test_any_name_is_drawn_without_a_word_of_warning(name, tmp_path):
    picture = plots.plot_ranking(analytics.top(example_graph()).assign(name=name))
    assert plots.write_plot(picture, tmp_path / "names.png").read_bytes().startswith(b"\x89PNG")


def luminance(colour):
    """Relative luminance (WCAG 2)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_no_two_lines_that_stand_beside_each_other_have_colour_and_mark_in_common():
    (axes,) = plots.plot_adoption(analytics.adoption(field_graph(60).nx)).figure.axes
    looks = [(line.get_color(), line.get_marker()) for line in axes.lines]
    assert len({*looks}) == len(looks) == 5
    assert all(one[0] != other[0] and one[1] != other[1] for one, other in itertools.combinations(looks, 2))
    assert all(luminance(colour) < 0.5 for colour, _ in looks)  # legible on white


def test_without_matplotlib_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(MissingExtra, match=r'pip install "kgraph\[plots\]"'):
        plots.plot_ranking(analytics.top(example_graph()))


def test_an_ending_that_is_no_picture_is_refused(tmp_path):
    with pytest.raises(ExportError, match="a picture's name ends in"):
        plots.write_plot(plots.plot_ranking(analytics.top(example_graph())), tmp_path / "picture.txt")
    assert not [*tmp_path.iterdir()]
