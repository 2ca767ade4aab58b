"""Work on a deep stack, in time."""

import threading
import time

import pytest

from kgraph.deadline import in_time


def test_what_the_work_raises_is_raised():
    with pytest.raises(ZeroDivisionError):
        in_time(lambda over: 1 // 0, None)


def test_late_work_is_given_up_at_once():
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        in_time(lambda over: over.wait(30), 0.05)
    assert time.monotonic() - started < 5


def test_the_size_of_other_threads_stacks_stays():
    before = threading.stack_size()
    in_time(lambda over: None, None)
    assert threading.stack_size() == before
