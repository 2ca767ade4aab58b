import subprocess

import pytest

from kgraph.errors import ExportError, MissingExtra
from kgraph.exporters import drawing
from kgraph.exporters.scene import compose
from kgraph.ontology import load_ontology
from tests.field import field_graph

PNG = b"\x89PNG\r\n\x1a\n"
ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def scene():
    return compose(field_graph(30), ontology=ONTOLOGY, nodes=500, papers=0)


def size(png):
    return int.from_bytes(png[16:20]), int.from_bytes(png[20:24])


def colours(path):
    image = pytest.importorskip("matplotlib.image").imread(path)
    return {tuple(pixel) for pixel in (image.reshape(-1, image.shape[2])[:, :3] * 255).round().astype(int).tolist()}


def test_without_a_browser_matplotlib_draws(scene, tmp_path):
    pytest.importorskip("matplotlib")
    path = drawing.draw(scene, ONTOLOGY, tmp_path / "out.png", title="A $ sign", width=500, height=300)
    png = path.read_bytes()
    assert png.startswith(PNG)
    assert size(png) == (1000, 600)
    assert {(0x2B, 0x62, 0xA8), (0xF0, 0xF0, 0xEE)} <= colours(path), "methods and islands are there"
    again = drawing.draw(scene, ONTOLOGY, tmp_path / "again.png", title="A $ sign", width=500, height=300)
    assert again.read_bytes() == png


def test_without_matplotlib_it_says_what_to_install(scene, tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "matplotlib.figure", None)
    with pytest.raises(MissingExtra, match=r"kgraph\[plots\]"):
        drawing.draw(scene, ONTOLOGY, tmp_path / "out.png", title="")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("fails", [OSError("gone"), subprocess.TimeoutExpired("chromium", 1)])
def test_a_browser_that_takes_no_picture_is_told_in_one_sentence(fails, tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise fails

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(ExportError, match="chromium took no picture"):
        drawing.photograph(tmp_path / "graph.html", tmp_path / "out.png", chromium="/usr/bin/chromium")
    assert list(tmp_path.iterdir()) == []
