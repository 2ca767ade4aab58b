import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kgraph.engines import load_engine, processes
from kgraph.engines.processes import ProcessesEngine
from kgraph.engines.workers import Worker
from kgraph.errors import EngineError
from tests.engines.work import Lost, Square, Threads, workers_in

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP], ids=lambda how: how.name)
def test_an_item_whose_worker_is_lost_is_tried_again(tmp_path, how):
    engine = ProcessesEngine(workers=2, timeout_seconds=3, start_seconds=30)
    assert list(engine.map(Lost(tmp_path, how), range(5))) == list(range(5))


@pytest.mark.parametrize(
    ("how", "told"), [(signal.SIGKILL, "died, killed by SIGKILL"), (signal.SIGSTOP, "did not answer in time")]
)
def test_an_item_that_loses_every_worker_is_given_up_with_a_clear_line(tmp_path, how, told):
    engine = ProcessesEngine(workers=1, timeout_seconds=1 if how == signal.SIGSTOP else 60, start_seconds=9, tries=2)
    made = engine.map(Lost(tmp_path, how, always=True), range(5))
    assert [next(made), next(made)] == [0, 1]
    with pytest.raises(EngineError) as found:
        next(made)
    assert str(found.value) == (
        f"batch 3 was given up: 2 workers in turn were lost over it, of whom the last {told}; "
        "see to this machine's memory, or look with --engine local"
    )


def test_workers_share_the_cores():
    cores = len(os.sched_getaffinity(0))
    assert set(ProcessesEngine(workers=cores).map(Threads(), range(3))) == {"1"}
    assert set(ProcessesEngine(workers=1).map(Threads(), range(3))) == {str(cores)}


def test_no_more_workers_are_hired_than_there_is_work(tmp_path, monkeypatch):
    hired = []
    monkeypatch.setattr(processes, "Worker", lambda *given, **told: hired.append(given) or Worker(*given, **told))
    assert list(ProcessesEngine(workers=9).map(Square(tmp_path), range(2))) == [0, 1]
    assert len(hired) == 2


def test_no_more_results_asked_for_no_more_workers(tmp_path):
    made = ProcessesEngine(workers=2).map(Square(tmp_path, seconds=0.1), range(100))
    next(made)
    made.close()
    assert not [pid for pid in workers_in(tmp_path) if Path(f"/proc/{pid}").exists()]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL], ids=lambda how: how.name)
def test_workers_end_with_their_parent(tmp_path, how):
    """Ctrl-C goes to the whole group, as from a terminal, and only the parent speaks of it."""
    script = tmp_path / "script.py"
    marks = tmp_path / "marks"
    marks.mkdir()
    script.write_text(
        "from pathlib import Path\n"
        "from kgraph.engines.processes import ProcessesEngine\n"
        "from tests.engines.work import Square\n"
        "if __name__ == '__main__':\n"
        f"    list(ProcessesEngine(workers=2).map(Square(Path({str(marks)!r}), seconds=0.3), range(1000)))\n"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    parent = subprocess.Popen(
        [sys.executable, str(script)], env=environment, start_new_session=True, stderr=subprocess.PIPE, text=True
    )
    _until(lambda: len(workers_in(marks)) == 2)
    if how == signal.SIGINT:
        os.killpg(parent.pid, how)
    else:
        parent.kill()
    _, said = parent.communicate(timeout=30)
    _until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers_in(marks)))
    assert said.count("Traceback") == (how == signal.SIGINT)


def test_names_of_engines_are_told_where_one_is_wrong():
    with pytest.raises(EngineError, match=r"^there is no engine 'spark': take local, processes or dask$"):
        load_engine("spark")
    with pytest.raises(EngineError, match="leave out --scheduler"):
        load_engine("processes", scheduler="tcp://127.0.0.1:8786")


def _until(happens) -> None:
    until = time.monotonic() + 30
    while not happens():
        assert time.monotonic() < until
        time.sleep(0.05)
