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


def test_work_within_work_stays_on_its_thread_unless_it_has_a_time_of_its_own():
    here = threading.get_ident
    same = in_time(lambda _: in_time(lambda _: here(), None) == here(), None)
    other = in_time(lambda _: in_time(lambda _: here(), 10) == here(), None)
    assert (same, other) == (True, False)
