"""A screen nobody sees, for programs that show windows."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

SERVER = "Xvfb"


def is_installed() -> bool:
    """Whether there can be one."""
    return shutil.which(SERVER) is not None


@contextmanager
def screen(size: str = "1024x768x24") -> Iterator[str]:
    """Its name, for the variable DISPLAY; it ends with the block."""
    told, tells = os.pipe()
    server = subprocess.Popen(
        [SERVER, "-displayfd", str(tells), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=(tells,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(tells)
    try:
        with os.fdopen(told) as pipe:
            yield f":{pipe.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=30)
