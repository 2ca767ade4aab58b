"""A build is the same bytes on every engine and with every kind of store."""

import os
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from kgraph.engines import load_engine
from kgraph.engines.dask import DaskEngine
from kgraph.engines.processes import ProcessesEngine
from kgraph.pipeline import build
from kgraph.readers.reading import read
from kgraph.stages import BATCH
from tests.engines.cluster import cluster

EXAMPLES = Path(__file__).parents[2] / "examples" / "papers.txt"
BATCHES = 6


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    """The examples again and again under other titles, enough for some batches."""
    path = tmp_path_factory.mktemp("papers") / "papers.jsonl"
    known = read([EXAMPLES]).papers
    many = [replace(known[n % len(known)], title=f"{known[n % len(known)].title} {n}") for n in range(BATCH * BATCHES)]
    path.write_bytes(b"".join(orjson.dumps({"title": p.title, "abstract": p.abstract}) + b"\n" for p in many))
    return path


@pytest.fixture(scope="module")
def alone(papers, tmp_path_factory) -> dict[str, bytes]:
    """What a build in this process writes."""
    return built(papers, tmp_path_factory.mktemp("alone"))


def built(papers: Path, folder: Path, **options) -> dict[str, bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "0")
        made = build([papers], folder, **options)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in made.paths}


def assert_same(one: dict[str, bytes], other: dict[str, bytes]) -> None:
    assert [name for name in sorted(one.keys() | other.keys()) if one.get(name) != other.get(name)] == []


def test_in_processes(papers, alone, tmp_path):
    assert_same(built(papers, tmp_path, engine=load_engine("processes", workers=2)), alone)


def test_on_a_cluster_of_four_of_whom_one_is_killed_and_one_hangs(papers, alone, tmp_path):
    store = tmp_path / "store"
    with cluster(tmp_path, workers=4) as running:
        killer = threading.Thread(target=_disturb, args=(store, [worker.pid for worker in running.workers]))
        killer.start()
        try:
            found = built(papers, tmp_path / "out", engine=DaskEngine(running.address), store=str(store))
        finally:
            killer.join()
        assert [worker.poll() for worker in running.workers].count(-signal.SIGKILL) == 1
    assert_same(found, alone)
    assert len([*store.iterdir()]) == BATCHES


def _disturb(store: Path, workers: list[int]) -> None:
    """When the first part is there, kill one and stop another."""
    until = time.monotonic() + 60
    while time.monotonic() < until and not (store.is_dir() and any(store.glob("*.parquet"))):
        time.sleep(0.02)
    os.kill(workers[0], signal.SIGKILL)
    os.kill(workers[1], signal.SIGSTOP)


def test_with_a_store_of_objects(papers, alone, tmp_path, monkeypatch):
    """A server that speaks S3, here; the workers write to it, the build reads from it, the next build finds it all."""
    pytest.importorskip("moto")
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "some",
            "AWS_SECRET_ACCESS_KEY": "body",
        }.items():
            monkeypatch.setenv(name, value)
        import fsspec

        fsspec.filesystem("s3").mkdir("papers")
        options = {"store": "s3://papers/parts"}
        found = built(papers, tmp_path / "once", engine=ProcessesEngine(workers=2), **options)
        assert_same(found, alone)
        kept = sorted(fsspec.filesystem("s3").ls("papers/parts"))
        assert len(kept) == BATCHES
        assert_same(built(papers, tmp_path / "twice", **options), alone)
        assert sorted(fsspec.filesystem("s3").ls("papers/parts", refresh=True)) == kept
    finally:
        server.stop()
