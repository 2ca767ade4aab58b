"""The view as a picture: saved from the page, and from the shell."""

import shutil
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from kgraph.exporters import drawing
from kgraph.exporters.html import HtmlExporter
from tests.browser.steps import find
from tests.field import field_graph

pytestmark = pytest.mark.browser
PNG = b"\x89PNG\r\n\x1a\n"


def size(png):
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def saved(page, button):
    page.click("#save summary")
    with page.expect_download() as download:
        page.click(button)
    return download.value


def test_the_view_is_saved_as_png(opened):
    page = opened(field_graph(30))
    download = saved(page, "#save-png")
    assert download.suggested_filename == "knowledge-graph-of-30-papers.png"
    png = download.path().read_bytes()
    assert png.startswith(PNG)
    assert size(png) == (2400, 1600)
    assert len(png) > 50_000


def test_the_view_is_saved_as_svg_with_its_names_as_text(opened):
    page = opened(field_graph(30))
    find(page, "tide mapping")
    root = ElementTree.parse(saved(page, "#save-svg").path()).getroot()
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "tide mapping" in texts
    assert "Knowledge graph of 30 papers" in texts
    assert sum(1 for _ in root.iter("{http://www.w3.org/2000/svg}circle")) >= 121


@pytest.fixture
def build(tmp_path):
    HtmlExporter().export(field_graph(30), tmp_path / "field")
    return tmp_path / "field"


def test_the_shell_takes_the_picture_of_the_page(build, tmp_path):
    if drawing.browser() is None:
        pytest.skip("no Chromium on this machine (apt-get install chromium)")
    result = CliRunner().invoke(kgraph, ["view", str(build), "--png", str(tmp_path / "out.png")])
    assert (result.exit_code, result.output) == (0, f"written to {tmp_path / 'out.png'}\n")
    png = (tmp_path / "out.png").read_bytes()
    assert size(png) == (3200, 2000)
    assert len(png) > 80_000, "something is drawn"
    image = pytest.importorskip("matplotlib.image").imread(tmp_path / "out.png")
    colours = {tuple(pixel) for pixel in (image[::4, ::4, :3] * 255).round().astype(int).reshape(-1, 3).tolist()}
    assert {(0x2B, 0x62, 0xA8), (0xF0, 0xF0, 0xEE), (0xFB, 0xFB, 0xFA)} <= colours
    shutil.rmtree(build)
