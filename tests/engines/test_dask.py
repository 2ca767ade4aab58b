import signal
import sys

import pytest

from kgraph.engines import load_engine
from kgraph.engines.dask import DaskEngine
from kgraph.errors import EngineError, MissingExtra
from tests.engines.cluster import cluster
from tests.engines.work import Lost, Uneven


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("kgraph.engines.dask._ANSWER_SECONDS", 0.5)
    with pytest.raises(EngineError, match=r"^no scheduler answers at tcp://127\.0\.0\.1:1: start one with `dask sched"):
        list(DaskEngine("tcp://127.0.0.1:1").map(Uneven(), range(3)))


def test_without_dask_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r'pip install "kgraph\[dask\]"'):
        list(load_engine("dask", scheduler="tcp://127.0.0.1:1").map(Uneven(), range(3)))


def test_an_item_that_takes_too_long_is_given_to_another_worker_as_well(tmp_path):
    """The first one sleeps for a minute and is not waited for."""
    with cluster(tmp_path, workers=2, ttl_seconds=300) as running:
        engine = DaskEngine(running.address, timeout_seconds=2)
        assert list(engine.map(Lost(tmp_path, signal.SIGCONT), range(5))) == list(range(5))
        again = engine.map(Lost(tmp_path, signal.SIGCONT, always=True), range(2, 3))
        with pytest.raises(EngineError, match=r"was given up: 3 workers took more than 2 s each"):
            list(again)


def test_a_scheduler_that_is_lost_on_the_way_is_told(tmp_path):
    with cluster(tmp_path, workers=1) as running:
        made = DaskEngine(running.address).map(Uneven(), range(1000))
        assert next(made) == 0
        running.scheduler.kill()
        with pytest.raises(EngineError, match=r"was lost: what is done is kept, run it again$"):
            list(made)
