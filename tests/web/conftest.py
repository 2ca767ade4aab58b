"""A served graph: a real process on a free port of this machine, and clients that ask it."""

import http.client
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import pytest

from kgraph.exporters.html import HtmlExporter
from tests import small_graph

PATIENCE = 60


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def type(self) -> str:
        return self.headers.get_content_type()


@dataclass
class Served:
    """A running server: where it is, its process, and what it printed first."""

    port: int
    process: subprocess.Popen
    folder: Path
    printed: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path, method="GET", body=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, named)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def query(self, text, accept="application/sparql-results+json", **parameters):
        return self.ask(f"/sparql?{urlencode({'query': text, **parameters})}", Accept=accept)

    def page(self, path):
        return self.ask(path, Accept="text/html")


def serve(folder: Path, *options: str) -> Served:
    process = subprocess.Popen(
        [sys.executable, "-m", "kgraph", "serve", str(folder), "--port", "0", "--workers", "2", *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what the system's allocator says of a query that it stops
        text=True,
        cwd=folder.parent,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )
    printed = [process.stdout.readline()] + ([process.stdout.readline()] if "--edit" in options else [])
    port = re.search(r":(\d+)/", printed[0])
    assert port, printed
    served = Served(int(port[1]), process, folder, printed)
    wait_until_it_answers(served)
    return served


def wait_until_it_answers(served):
    for _ in range(600):
        try:
            if served.ask("/health").status == 200:
                return
        except OSError:
            served.process.poll()
            assert served.process.returncode is None
            subprocess.run(["sleep", "0.1"], check=True)
    raise AssertionError("the server does not answer")


def stop(served):
    served.process.send_signal(signal.SIGINT)
    try:
        served.process.wait(timeout=20)
    finally:
        served.process.kill()
        served.process.stdout.close()


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """The small graph as a build wrote it, with its picture."""
    folder = small_graph.write(tmp_path_factory.mktemp("served") / "exports")
    HtmlExporter().export(small_graph.graph(), folder)
    return folder


@pytest.fixture(scope="session")
def served(build):
    running = serve(build, "--timeout", "4", "--rows", "3000", "--memory", "300")
    yield running
    stop(running)


@pytest.fixture(scope="session")
def editing(build, tmp_path_factory):
    """A server that lets people decide, over a copy of the build, with a curation.yaml beside that."""
    folder = tmp_path_factory.mktemp("edited") / "exports"
    shutil.copytree(build, folder)
    running = serve(folder, "--edit", "--curation", str(folder.parent / "curation.yaml"))
    yield running
    stop(running)


@pytest.fixture
def edited(editing):
    """That server, where nobody has decided anything yet."""
    for path in (editing.folder.parent / "curation.yaml", editing.folder / "manifest.json"):
        path.unlink(missing_ok=True)
    return editing
