"""Waiting for what is to come true: the only clock tests look at, and one that runs out for a hang alone.

How long something takes is no question for a test, since the machine may do anything else meanwhile: ratios of times
are measured in benchmarks/, and `tests/steps.py` counts what is to stay little.
"""

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

# A busy machine makes a second a minute; what has not come by then never will.
PATIENCE = 300
_Found = TypeVar("_Found")


def until(look: Callable[[], _Found | None], what: str, patience: float = PATIENCE, pause: float = 0.05) -> _Found:
    """What a look gives once it gives something; AssertionError that says `what` when it never does."""
    last = time.monotonic() + patience
    while not (found := look()):
        assert time.monotonic() < last, what
        time.sleep(pause)
    return found


@contextmanager
def no_hang(what: str, patience: int = PATIENCE) -> Iterator[None]:
    """What is done within ends some time: AssertionError that says `what` when it hangs instead."""

    def hangs(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError(f"{what} hangs")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(patience)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
