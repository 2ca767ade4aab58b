import webbrowser

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests.small_graph import write as write_sample


@pytest.fixture
def build(tmp_path):
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "graph.html").write_text("<!DOCTYPE html>")
    (tmp_path / "exports" / "graph.ttl").write_text("")
    return tmp_path / "exports"


@pytest.fixture
def opened(monkeypatch):
    """The addresses given to a browser, which there is."""
    addresses = []
    monkeypatch.setenv("BROWSER", "a-browser")
    monkeypatch.setattr(webbrowser, "open", lambda address: addresses.append(address) or True)
    return addresses


def run(*arguments):
    return CliRunner().invoke(kgraph, ["view", *map(str, arguments)])


def test_it_opens_the_page_of_a_build_and_says_where_it_is(build, opened):
    result = run(build)
    assert (result.exit_code, result.stderr) == (0, "")
    assert opened == [(build / "graph.html").resolve().as_uri()] == result.stdout.split()


@pytest.mark.parametrize("name", ["graph.html", "graph.ttl"])
def test_a_file_of_the_build_will_do(name, build, opened):
    assert run(build / name).exit_code == 0
    assert opened == [(build / "graph.html").resolve().as_uri()]


def test_by_default_it_looks_into_exports(build, opened, monkeypatch):
    monkeypatch.chdir(build.parent)
    assert run().exit_code == 0
    assert opened[0].endswith("/exports/graph.html")


def test_no_open_only_says_where_the_page_is(build, opened):
    result = run(build, "--no-open")
    assert (result.exit_code, opened) == (0, [])
    assert result.stdout.strip() == (build / "graph.html").resolve().as_uri()


def test_where_there_is_no_display_it_says_so_in_one_line(build, opened, monkeypatch):
    monkeypatch.setattr("sys.platform", "linux")
    for name in ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    result = run(build)
    assert (result.exit_code, opened) == (0, [])
    assert result.stderr.startswith("no browser here")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("answer", [False, webbrowser.Error("no such browser")])
def test_a_browser_that_does_not_open_is_told_in_one_line(answer, build, opened, monkeypatch):
    def refuse(address):
        if isinstance(answer, Exception):
            raise answer
        return answer

    monkeypatch.setattr(webbrowser, "open", refuse)
    result = run(build)
    assert result.exit_code == 0
    assert result.stderr.startswith("no browser here")


def test_without_a_graph_it_says_what_to_do(tmp_path):
    result = run(tmp_path / "nowhere")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("kgraph: no graph in ")
    assert "kgraph build" in result.stderr


@pytest.fixture
def sample(tmp_path):
    write_sample(tmp_path / "sample")
    (tmp_path / "sample" / "graph.html").write_text("<!DOCTYPE html>")
    return tmp_path / "sample"


def test_pyvis_draws_the_same_graph_beside_the_page(sample, opened):
    result = run(sample, "--renderer", "pyvis")
    assert (result.exit_code, result.stderr) == (0, "")
    page = sample / "graph.pyvis.html"
    assert opened == [page.resolve().as_uri()]
    assert "vis-network" in page.read_text(encoding="utf-8")
    assert (sample / "graph.html").read_text() == "<!DOCTYPE html>"


def test_without_a_browser_a_picture_is_drawn_all_the_same(sample, opened, monkeypatch, tmp_path):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("kgraph.exporters.drawing.browser", lambda: None)
    result = run(sample, "--png", tmp_path / "out.png")
    assert (result.exit_code, result.stdout, opened) == (0, f"written to {tmp_path / 'out.png'}\n", [])
    assert (tmp_path / "out.png").read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written_is_told_in_one_line(sample, monkeypatch, tmp_path):
    pytest.importorskip("matplotlib")
    monkeypatch.setattr("kgraph.exporters.drawing.browser", lambda: None)
    (tmp_path / "file").write_text("")
    result = run(sample, "--png", tmp_path / "file" / "out.png")
    assert result.exit_code == 1
    assert result.stderr.startswith("kgraph: cannot write")
    assert result.stderr.count("\n") == 1


def test_an_unknown_renderer_is_wrong_usage(sample):
    result = run(sample, "--renderer", "crayons")
    assert result.exit_code == 2
    assert "canvas" in result.stderr


def test_a_graph_without_a_picture_is_told_apart_from_none(tmp_path):
    (tmp_path / "graph.ttl").touch()
    ran = CliRunner().invoke(kgraph, ["view", str(tmp_path)])
    said = f"kgraph: {tmp_path} has no picture: take `kgraph serve {tmp_path}`, or build it with --in-memory\n"
    assert (ran.exit_code, ran.stderr) == (1, said)
