"""A LibreOffice to talk to: one we start, with a profile of its own, one that listens already, or the one we run in."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from jixiao.engines.calc import guard
from jixiao.engines.calc.unoapi import NO_MACROS, Uno, find_soffice, gone, load_uno, properties, url_of
from jixiao.engines.calc.watch import Watch
from jixiao.errors import OfficeError, WorkbookError

START_SECONDS = 120.0
CALL_SECONDS = 300.0
_STOP_SECONDS = 10
_PAUSE = 0.1
_FLAGS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nofirststartwizard")


class Session:
    """A LibreOffice we hold: its component context and desktop. This one is the process we run in, and has no limit."""

    def __init__(self, context: Uno, *, hidden: bool = False) -> None:
        """`hidden`: documents opened here show no window."""
        self.context = context
        self.hidden = hidden
        self.desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)

    @property
    def pid(self) -> int:
        """The process; ours when we run inside it."""
        return os.getpid()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around calls to LibreOffice: OfficeError when it does not answer or is gone."""
        try:
            yield
        except Exception as error:
            if gone(error):
                raise OfficeError("这个工作簿已经关闭，请重新打开再试。") from error
            raise

    def open_document(self, path: Path, *, hidden: bool | None = None) -> Uno:
        """Open a workbook without running its macros; WorkbookError when LibreOffice cannot."""
        wanted = properties(Hidden=self.hidden if hidden is None else hidden, MacroExecutionMode=NO_MACROS)
        try:
            with self.asking():
                document = self.desktop.loadComponentFromURL(url_of(path), "_blank", 0, wanted)
        except OfficeError:
            raise
        except Exception as error:
            raise _cannot_open(path) from error
        if document is None or not document.supportsService("com.sun.star.sheet.SpreadsheetDocument"):
            raise _cannot_open(path)
        return document

    def close(self) -> None:
        """Let go of it; it goes on running."""


class RemoteSession(Session):
    """A LibreOffice in another process, reached through a pipe: every call has its limit."""

    def __init__(self, pipe: str, call_seconds: float = CALL_SECONDS, *, hidden: bool = True) -> None:
        """Connect to the LibreOffice that listens on `pipe`; OfficeError when none does."""
        self._bridge: Uno = None
        self._watch = Watch(call_seconds, self._give_up)
        try:
            context = self._connected(pipe)
            with self._watch.call():
                super().__init__(context, hidden=hidden)
        except BaseException:
            self.close()
            raise

    @property
    def pid(self) -> int:
        """Not known: a process we did not start."""
        return 0

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around calls to LibreOffice: OfficeError when it does not answer in time or is gone."""
        try:
            with self._watch.call():
                yield
        except Exception as error:
            if gone(error) or self._watch.expired:
                raise self._lost() from error
            raise

    def close(self) -> None:
        """Close the connection."""
        self._watch.stop()
        if self._bridge is not None:
            with suppress(Exception):  # whatever state it is in
                self._bridge.dispose()

    def _connected(self, pipe: str) -> Uno:
        """The component context behind a pipe."""
        local = load_uno().getComponentContext()
        make = local.ServiceManager.createInstanceWithContext
        try:
            with self._watch.call(self._patience()):
                connection = self._reached(make("com.sun.star.connection.Connector", local), pipe)
                self._bridge = make("com.sun.star.bridge.BridgeFactory", local).createBridge(
                    "", "urp", connection, None
                )
                return self._bridge.getInstance("StarOffice.ComponentContext")
        except OfficeError:
            raise
        except Exception as error:
            raise self._unreached() from error

    def _reached(self, connector: Uno, pipe: str) -> Uno:
        return connector.connect(f"pipe,name={pipe}")

    def _patience(self) -> float:
        return START_SECONDS

    def _unreached(self) -> OfficeError:
        return OfficeError("连不上 LibreOffice，请确认它已经启动、没有停住，再试一次。")

    def _lost(self) -> OfficeError:
        if self._watch.expired:
            return OfficeError("LibreOffice 很久没有反应，已停止等待，请等它忙完或关闭它，重新打开工作簿再试。")
        return OfficeError("LibreOffice 已经退出，没有保存的改动没有写进文件，请重新打开工作簿再试。")

    def _give_up(self) -> None:
        """End the call that waits, from the watching thread."""
        if self._bridge is not None:
            with suppress(Exception):  # the call ends with an exception of its own
                self._bridge.dispose()


class OwnOffice(RemoteSession):
    """A LibreOffice started for us alone: own profile, own pipe, no window; stopped with us whatever happens."""

    def __init__(
        self, *, profile: Path | None = None, start_seconds: float = START_SECONDS, call_seconds: float = CALL_SECONDS
    ) -> None:
        """Start it, with a profile kept by the caller or a fresh one; OfficeError when it does not come up."""
        command = find_soffice()
        if command is None:
            raise OfficeError("没有找到 LibreOffice，请先安装；没有它也可以用“jixiao score”命令计算。")
        load_uno()
        self._start_seconds = start_seconds
        self._folder = None if profile is not None else tempfile.mkdtemp(prefix="jixiao-office-")
        pipe = f"jixiao{uuid.uuid4().hex}"
        home = url_of(Path(self._folder or str(profile)).absolute())
        arguments = [command, f"-env:UserInstallation={home}", *_FLAGS, f"--accept=pipe,name={pipe};urp;"]
        self._guard = subprocess.Popen(  # noqa: S603 - the LibreOffice found on the search path
            [sys.executable, "-I", guard.__file__, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        super().__init__(pipe, call_seconds)

    @property
    def pid(self) -> int:
        """The process that leads LibreOffice's group."""
        return self._guard.pid

    def close(self) -> None:
        """Stop it: asked first, then made to; its profile goes with it."""
        if self._guard.poll() is None and not self._watch.expired:
            with suppress(Exception), self._watch.call(_STOP_SECONDS):
                self.desktop.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._guard.wait(_STOP_SECONDS)
        super().close()
        self._kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _reached(self, connector: Uno, pipe: str) -> Uno:
        deadline = time.monotonic() + self._start_seconds
        while True:
            try:
                return connector.connect(f"pipe,name={pipe}")
            except Exception as error:  # not listening yet
                if self._guard.poll() is not None or time.monotonic() > deadline:
                    raise self._unreached() from error
            time.sleep(_PAUSE)

    def _patience(self) -> float:
        return self._start_seconds

    def _unreached(self) -> OfficeError:
        if self._guard.poll() is not None and not self._watch.expired:
            return OfficeError("LibreOffice 没有启动起来，可能它正开着，请关闭所有 LibreOffice 窗口再试。")
        return OfficeError("LibreOffice 启动后没有反应，已经把它关掉，请重新试一次。")

    def _lost(self) -> OfficeError:
        if self._watch.expired:
            return OfficeError("LibreOffice 很久没有反应，已经把它关掉，没有保存的改动没有写进文件，请重新打开再试。")
        return super()._lost()

    def _give_up(self) -> None:
        self._kill()
        super()._give_up()

    def _kill(self) -> None:
        if self._guard.stdin is not None:
            with suppress(OSError):
                self._guard.stdin.close()  # without process groups, the guard itself ends what it started
        kill_group: Callable[[int, int], None] | None = getattr(os, "killpg", None)
        ended = self._guard.poll()
        # A guard that ended by itself has seen the others end: their number may be somebody else's by now.
        if kill_group is not None and (ended is None or ended < 0):
            with suppress(OSError):
                kill_group(self._guard.pid, signal.SIGKILL)
        with suppress(subprocess.TimeoutExpired):
            self._guard.wait(_STOP_SECONDS)


def _cannot_open(path: Path) -> WorkbookError:
    return WorkbookError(f"LibreOffice 打不开“{path.name}”，请确认文件完好、没有设打开密码，再试一次。")
