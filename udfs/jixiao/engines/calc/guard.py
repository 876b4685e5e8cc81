"""Runs a program and ends it, with all it started, when whoever asked for it is gone: started as a script.

The one who asks holds our stdin open. When he ends, in whatever way, it closes.
"""

import os
import signal
import subprocess
import sys
from threading import Thread


def main(command: list[str]) -> int:
    """The program's own exit code."""
    with subprocess.Popen(  # noqa: S603 - running it is what we are asked for
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as program:
        Thread(target=_end_with_stdin, args=(program,), daemon=True).start()
        return program.wait()


def _end_with_stdin(program: "subprocess.Popen[bytes]") -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    program.kill()
    if hasattr(os, "killpg"):  # we lead the group: this ends us too
        os.killpg(os.getpgrp(), signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
