"""Runs a program, and ends it with all it started when it is to be ended: a script, in a process of its own.

Whoever asked for it holds our stdin and writes lines: `+30` for a question that must be answered within 30 seconds,
`-` for its answer. The program is ended when there is none in time, and when stdin closes because he is gone himself.
A thread in his own process would not do: Python cannot run it while `uno` waits for an answer.
"""

import os
import signal
import subprocess
import sys
from threading import Thread
from time import monotonic

_TICK = 0.25


class Guard:
    """One program under guard; this process leads its group."""

    def __init__(self, command: list[str]) -> None:
        """Start it."""
        self._deadline: float | None = None
        self._program = subprocess.Popen(  # noqa: S603 - running it is what we are asked for
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def run(self) -> int:
        """The program's own exit code; none when it had to be ended, for this process ends with it."""
        Thread(target=self._listen, daemon=True).start()
        while True:
            try:
                return self._program.wait(_TICK)
            except subprocess.TimeoutExpired:
                deadline = self._deadline
                if deadline is not None and monotonic() > deadline:
                    self._end()

    def _listen(self) -> None:
        for line in sys.stdin:
            self._deadline = monotonic() + float(line[1:]) if line.startswith("+") else None
        self._end()

    def _end(self) -> None:
        self._program.kill()
        if hasattr(os, "killpg"):
            os.killpg(os.getpgrp(), signal.SIGKILL)
        os._exit(1)


if __name__ == "__main__":
    sys.exit(Guard(sys.argv[1:]).run())
