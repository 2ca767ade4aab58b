"""Work that may go deep or take too long, kept from taking the process with it."""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from typing import TypeVar

__all__ = ["in_time"]

_STACK_BYTES = 512 << 20  # of address space: memory is taken only as deep as the work goes
_NAME = "kgraph work in time"
_stack_size = threading.Lock()

T = TypeVar("T")


def in_time(work: Callable[[threading.Event], T], seconds: float | None) -> T:
    """What the work gives or raises, run on a thread whose stack is far deeper than usual.

    A parser written in Rust that recurses once too often ends the whole process; on this stack it
    does not for any text of a bounded length. Raises ``TimeoutError`` when the time is over. The
    work is then told so by the event that it was given, and left to itself: where it does not look,
    nothing can stop it but the end of the process. While one waits, Ctrl-C works. Work without a
    limit of its own that begins within such work stays on its thread.

    >>> in_time(lambda over: 6 * 7, seconds=10)
    42
    """
    if seconds is None and threading.current_thread().name == _NAME:
        return work(threading.Event())
    given: list[T] = []
    raised: list[BaseException] = []
    over = threading.Event()

    def run() -> None:
        try:
            given.append(work(over))
        except BaseException as error:  # noqa: BLE001 - raised again where the caller waits
            traceback.clear_frames(error.__traceback__)  # what they hold may belong to this thread alone
            raised.append(error)

    worker = threading.Thread(target=run, daemon=True, name=_NAME)
    with _stack_size:
        usual = threading.stack_size(_STACK_BYTES)
        try:
            worker.start()
        finally:
            threading.stack_size(usual)
    try:
        worker.join(seconds)
    finally:
        over.set()
    if worker.is_alive():
        raise TimeoutError
    if raised:
        raise raised[0]
    return given[0]
