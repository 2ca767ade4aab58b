"""``kgraph serve``: what it says where it cannot, and where it can. The server itself is tested in tests/web."""

import socket
import sys

import pytest
from click.testing import CliRunner

from kgraph.cli import kgraph
from tests import small_graph


def run(*words):
    return CliRunner().invoke(kgraph, ["serve", *words])


def test_where_there_is_no_graph_it_says_how_to_make_one(tmp_path):
    ran = run(str(tmp_path / "nowhere"), "--port", "0")
    assert (ran.exit_code, ran.stderr.count("\n")) == (1, 1)
    assert "run `kgraph build INPUT -o" in ran.stderr


def test_a_damaged_build_is_told_with_its_line(tmp_path):
    folder = small_graph.write(tmp_path / "exports")
    (folder / "evidence.ttl").write_text("<a> }")
    ran = run(str(folder), "--port", "0")
    assert ran.exit_code == 1
    assert "evidence.ttl:1: it is no Turtle or damaged" in ran.stderr


def test_a_port_in_use_is_told_before_anything_is_opened():
    with socket.create_server(("127.0.0.1", 0)) as other:
        ran = run("nowhere", "--port", str(other.getsockname()[1]))
    assert ran.exit_code == 1
    assert ran.stderr.endswith("address already in use; --port takes another\n")


def test_without_its_extra_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "kgraph.web.application", None)
    ran = run("nowhere")
    assert ran.stderr == 'kgraph: served pages need an optional part: pip install "kgraph[serve]"\n'


@pytest.mark.parametrize("words", [("--port", "70000"), ("--timeout", "0"), ("--workers", "0"), ("a", "b")])
def test_wrong_usage_is_exit_code_2(words):
    assert run(*words).exit_code == 2
