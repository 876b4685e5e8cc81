"""A limit to how long LibreOffice may take for an answer: a call over UNO blocks for as long as it is not given."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic

_TICK = 0.5


class Watch:
    """Counts the seconds of every call and, when there are too many, does something that ends it."""

    def __init__(self, seconds: float, end: Callable[[], None]) -> None:
        """`end` is called once, from another thread."""
        self._seconds = seconds
        self._end = end
        self._deadline: float | None = None
        self._depth = 0
        self._stopped = Event()
        self.expired = False
        Thread(target=self._run, name="jixiao-watch", daemon=True).start()

    @contextmanager
    def call(self, seconds: float | None = None) -> Iterator[None]:
        """Around one call, or a few; within another one the count begins anew."""
        limit = self._seconds if seconds is None else seconds
        self._depth += 1
        self._deadline = monotonic() + limit
        try:
            yield
        finally:
            self._depth -= 1
            self._deadline = monotonic() + limit if self._depth else None

    def stop(self) -> None:
        """Count no more."""
        self._stopped.set()

    def _run(self) -> None:
        while not self._stopped.wait(_TICK):
            deadline = self._deadline
            if deadline is not None and monotonic() > deadline:
                self.expired = True
                self._end()
                return
