"""What every engine keeps to: the results of the items, in their order, each once, whatever happens."""

import os
import signal
from itertools import count, islice

import pytest

from kgraph.engines import ENGINES
from kgraph.engines.dask import DaskEngine
from kgraph.engines.local import LocalEngine
from kgraph.engines.processes import ProcessesEngine
from kgraph.errors import ReadError
from kgraph.stages import Engine
from tests.engines.cluster import cluster
from tests.engines.work import Bug, Fails, Square, Uneven, workers_in

TWO = 2
FOUR = 4


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster"), workers=TWO) as running:
        yield running.address


@pytest.fixture(params=ENGINES)
def engine(request) -> Engine:
    if request.param == "dask":
        return DaskEngine(request.getfixturevalue("scheduler"))
    return {"local": LocalEngine(), "processes": ProcessesEngine(workers=TWO)}[request.param]


def test_each_is_an_engine_of_its_name(engine, request):
    assert isinstance(engine, Engine)
    assert engine.name == request.node.callspec.params["engine"]


def test_results_come_in_the_order_of_the_items(engine):
    assert list(engine.map(Uneven(), range(20))) == [number**2 for number in range(20)]


def test_no_items_no_results(engine):
    assert list(engine.map(Uneven(), ())) == []


def test_each_item_is_done_once_where_nothing_goes_wrong(engine, tmp_path):
    assert list(engine.map(Square(tmp_path), range(12))) == [number**2 for number in range(12)]
    assert sorted(int(path.name.partition("-")[2]) for path in tmp_path.iterdir()) == list(range(12))


def test_items_are_taken_as_they_are_needed(engine):
    """Of an endless stream, too."""
    taken = count()
    assert list(islice(engine.map(Uneven(), taken), 3)) == [0, 1, 4]
    assert next(taken) <= 3 + 4 * TWO


def test_a_problem_of_the_input_comes_with_its_facts(engine):
    made = engine.map(Fails(), range(8))
    assert list(islice(made, 3)) == [0, 1, 2]
    with pytest.raises(ReadError, match=r"^numbers\.txt:3: three is no number here$") as found:
        list(made)
    assert (found.value.path, found.value.line) == ("numbers.txt", 3)


def test_a_bug_is_raised_as_it_is(engine):
    with pytest.raises(ZeroDivisionError):
        list(engine.map(Bug(), range(1, -3, -1)))


@pytest.mark.parametrize("name", [name for name in ENGINES if name != "local"])
def test_one_worker_killed_and_one_hung_lose_nothing_and_double_nothing(name, tmp_path):
    """On four processes; the hung one is stopped, so that it neither answers nor dies."""
    marks = tmp_path / "marks"
    marks.mkdir()
    if name == "processes":
        _disturb(ProcessesEngine(workers=FOUR, timeout_seconds=5), marks)
    else:
        with cluster(tmp_path, workers=FOUR) as running:
            _disturb(DaskEngine(running.address, timeout_seconds=30), marks)


def _disturb(engine: Engine, marks) -> None:
    made = []
    stopped = 0
    try:
        for result in engine.map(Square(marks, seconds=0.05), range(80)):
            made.append(result)
            if len(made) in {20, 30}:
                killed = len(made) == 20
                alive = sorted(pid for pid in workers_in(marks) if _runs(pid))
                assert len(alive) > 1
                os.kill(alive[0], signal.SIGKILL if killed else signal.SIGSTOP)
                stopped = stopped if killed else alive[0]
    finally:
        if stopped and _runs(stopped):
            os.kill(stopped, signal.SIGKILL)
    assert made == [number**2 for number in range(80)]
    assert len(workers_in(marks)) >= FOUR


def _runs(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
