"""An office of its own for a measurement, with a profile of its own; needs the system's Python, which has `uno`."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

HIDDEN = PropertyValue(Name="Hidden", Value=True)
_FLAGS = ("--headless", "--norestore", "--nologo", "--nodefault")
_PATIENCE = 60  # seconds for it to answer
_LEAVE = 30  # seconds for it to end


@contextmanager
def office(profile: Path, *options: str) -> Iterator[object]:
    """The desktop of a LibreOffice started for it, all of which is gone afterwards, whatever happened."""
    pipe = f"jixiao-bench-{profile.name}"
    place = f"-env:UserInstallation={profile.as_uri()}"
    accept = f"--accept=pipe,name={pipe};urp;"
    process = subprocess.Popen(["soffice", place, *options, *_FLAGS, accept], start_new_session=True)
    try:
        desktop = _connect(pipe)
        yield desktop
        desktop.terminate()
    finally:
        try:
            process.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)  # the wrapper alone would leave its child holding our output open


def _connect(pipe: str) -> object:
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")
        except NoConnectException:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)
