"""Work for engines: what they send to processes that import it from here."""

import os
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from kgraph.errors import ReadError


@dataclass(frozen=True)
class Square:
    """Squares a number, leaving a file named by the process and the number it had."""

    folder: Path
    seconds: float = 0.0

    def __call__(self, number: int) -> int:
        (self.folder / f"{os.getpid()}-{number}").touch()
        time.sleep(self.seconds)
        return number**2


@dataclass(frozen=True)
class Uneven:
    """Squares a number, the first ones last."""

    def __call__(self, number: int) -> int:
        time.sleep(0.2 if number % 3 == 0 else 0.0)
        return number**2


@dataclass(frozen=True)
class Fails:
    """Cannot read the number 3."""

    def __call__(self, number: int) -> int:
        if number == 3:
            raise ReadError("numbers.txt", number, "three is no number here")
        return number


@dataclass(frozen=True)
class Bug:
    """Divides by the number."""

    def __call__(self, number: int) -> float:
        return 1 / number


@dataclass(frozen=True)
class Lost:
    """Loses its worker: at each call, or only at the first with that number."""

    folder: Path
    how: int
    always: bool = False

    def __call__(self, number: int) -> int:
        seen = self.folder / str(number)
        if number == 2 and (self.always or not seen.exists()):
            seen.touch()
            os.kill(os.getpid(), self.how)
            time.sleep(0.1 if self.how == signal.SIGKILL else 60)
        return number


@dataclass(frozen=True)
class Threads:
    """How many cores the process is told to count on."""

    def __call__(self, _: int) -> str:
        return os.environ["OMP_NUM_THREADS"]


def workers_in(folder: Path) -> set[int]:
    """The processes that have left a file."""
    return {int(path.name.partition("-")[0]) for path in folder.iterdir()}
