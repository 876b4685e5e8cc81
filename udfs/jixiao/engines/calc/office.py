"""A LibreOffice to talk to: one we start, with a profile of its own, one that listens already, or the one we run in."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jixiao.engines import guards
from jixiao.engines.calc import guard
from jixiao.engines.calc.unoapi import (
    NO_MACROS,
    CalcFailureError,
    Uno,
    find_soffice,
    gone,
    is_uno,
    load_uno,
    properties,
    url_of,
)
from jixiao.errors import JixiaoError, OfficeError, WorkbookError

START_SECONDS = 120.0
CALL_SECONDS = 300.0
_STOP_SECONDS = 10
_PAUSE = 0.1
_MARK = "JIXIAO_OFFICE"
_RUNNING = "LibreOffice 没有启动起来，可能它正开着，请关闭所有 LibreOffice 窗口再试。"
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

    def asking(self) -> "Asking":
        """Around calls to LibreOffice: OfficeError when it does not answer or is gone."""
        return Asking(self)

    def require_open(self) -> None:
        """OfficeError when it has been let go of."""
        if self.desktop is None:
            raise OfficeError("和 LibreOffice 的连接已经关闭，请重新打开工作簿再试。")

    def begin(self) -> None:
        """Calls begin."""

    def finish(self) -> None:
        """They are over."""

    def lost(self, error: BaseException) -> OfficeError | None:
        """What an exception says, when it is that LibreOffice or the document is gone."""
        return OfficeError("这个工作簿已经关闭，请重新打开再试。") if gone(error) else None

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


class Asking:
    """Calls to a LibreOffice: what it raises leaves as an exception of ours."""

    def __init__(self, session: Session) -> None:
        """Nothing is asked yet."""
        self._session = session

    def __enter__(self) -> None:
        """Calls begin; OfficeError when the connection has been closed."""
        self._session.require_open()
        self._session.begin()

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """They are over, one way or the other."""
        self._session.finish()
        if error is None or isinstance(error, JixiaoError):
            return
        if (lost := self._session.lost(error)) is not None:
            raise lost from error
        if is_uno(error):
            raise CalcFailureError(f"{type(error).__name__}: {error}") from error


class RemoteSession(Session):
    """A LibreOffice in another process, reached through a pipe. It may take as long as it likes."""

    def __init__(self, pipe: str, *, hidden: bool = True) -> None:
        """Connect to the LibreOffice that listens on `pipe`; OfficeError when none does."""
        self.context: Uno = None
        self.desktop: Uno = None
        self._bridge: Uno = None
        try:
            self.begin()
            super().__init__(self._connected(pipe), hidden=hidden)
            self.finish()
        except BaseException as error:
            self.close()
            if is_uno(error):
                raise self._unreached() from error
            raise

    @property
    def pid(self) -> int:
        """Not known: a process we did not start."""
        return 0

    def lost(self, error: BaseException) -> OfficeError | None:
        """What an exception says, when it is that LibreOffice is gone or did not answer."""
        return self._lost() if gone(error) or (is_uno(error) and self._is_dead()) else None

    def close(self) -> None:
        """Close the connection, which ends with the last object held over it."""
        self.context = self.desktop = self._bridge = None

    def _is_dead(self) -> bool:
        """Whether nothing answers any more: LibreOffice's exceptions do not always say so."""
        try:
            self._bridge.getInstance("StarOffice.ServiceManager")
        except Exception as error:
            if is_uno(error):
                return True
            raise
        return False

    def _connected(self, pipe: str) -> Uno:
        """The component context behind a pipe."""
        local = load_uno().getComponentContext()
        make = local.ServiceManager.createInstanceWithContext
        connection = self._reached(make("com.sun.star.connection.Connector", local), pipe)
        factory = make("com.sun.star.bridge.BridgeFactory", local)
        self._bridge = factory.createBridge("", "urp", connection, None)
        return self._bridge.getInstance("StarOffice.ComponentContext")

    def _reached(self, connector: Uno, pipe: str) -> Uno:
        return connector.connect(f"pipe,name={pipe}")

    def _unreached(self) -> OfficeError:
        return OfficeError("连不上 LibreOffice，请确认它已经启动，再试一次。")

    def _lost(self) -> OfficeError:
        return OfficeError("LibreOffice 已经退出，没有保存的改动没有写进文件，请重新打开工作簿再试。")


class OwnOffice(RemoteSession):
    """A LibreOffice started for us alone: own profile, own pipe, no window; stopped with us whatever happens.

    One that leaves a question without an answer for too long is ended.
    """

    def __init__(
        self, *, profile: Path | None = None, start_seconds: float = START_SECONDS, call_seconds: float = CALL_SECONDS
    ) -> None:
        """Start it, with a profile kept by the caller or a fresh one; OfficeError when it does not come up."""
        command = find_soffice()
        if command is None:
            raise OfficeError("没有找到 LibreOffice，请先安装；没有它也可以用“jixiao score”命令计算。")
        load_uno()
        self._limit = start_seconds
        self._asked: list[float] = []
        self._too_slow = self._ours = False
        self._folder = None if profile is not None else tempfile.mkdtemp(prefix="jixiao-office-")
        pipe = f"jixiao{uuid.uuid4().hex}"
        home = url_of(Path(self._folder or str(profile)).absolute())
        arguments = [command, f"-env:UserInstallation={home}", f"-env:{_MARK}={pipe}", *_FLAGS]
        self._guard = subprocess.Popen(  # noqa: S603 - the LibreOffice found on the search path
            [sys.executable, "-I", guard.__file__, *arguments, f"--accept=pipe,name={pipe};urp;"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            text=True,
        )
        super().__init__(pipe)
        self._limit = call_seconds
        # A LibreOffice that has the profile open already takes our wishes over, and listens in place of our own.
        with self.asking():
            expander = self.context.getValueByName("/singletons/com.sun.star.util.theMacroExpander")
            self._ours = expander.expandMacros(f"${{{_MARK}}}") == pipe
        if not self._ours:
            self.close()
            raise OfficeError(_RUNNING)

    @property
    def pid(self) -> int:
        """The process that leads LibreOffice's group."""
        return self._guard.pid

    def begin(self) -> None:
        """A question: the guard counts the seconds until its answer; those of one around it begin anew."""
        self._asked.append(time.monotonic())
        self._tell(f"+{self._limit}")

    def finish(self) -> None:
        """The answer, or that there is none."""
        self._too_slow = self._too_slow or time.monotonic() - self._asked.pop() > self._limit
        self._tell(f"+{self._limit}" if self._asked else "-")

    def close(self) -> None:
        """Stop it: asked first, then made to; its profile goes with it."""
        if self._ours and self.desktop is not None and self._guard.poll() is None:
            self._limit = _STOP_SECONDS
            with suppress(Exception), self.asking():
                self.desktop.terminate()
            with suppress(subprocess.TimeoutExpired):
                self._guard.wait(_STOP_SECONDS)
        super().close()
        self._kill()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _reached(self, connector: Uno, pipe: str) -> Uno:
        while True:
            try:
                return super()._reached(connector, pipe)
            except Exception:  # not listening yet
                if self._guard.poll() is not None:
                    raise
            time.sleep(_PAUSE)

    def _unreached(self) -> OfficeError:
        if self._asked and time.monotonic() - self._asked[0] > self._limit:
            return OfficeError("LibreOffice 启动后没有反应，已经把它关掉，请重新试一次。")
        return OfficeError(_RUNNING)

    def _lost(self) -> OfficeError:
        if self._too_slow:
            return OfficeError("LibreOffice 很久没有反应，已经把它关掉，没有保存的改动没有写进文件，请重新打开再试。")
        return super()._lost()

    def _tell(self, line: str) -> None:
        with suppress(OSError, ValueError):  # a guard that is gone has nothing more to guard
            print(line, file=self._guard.stdin, flush=True)

    def _kill(self) -> None:
        with suppress(OSError):
            if self._guard.stdin is not None:
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
    """What the file is, where that can be told; a cloud's stub or an encrypted file is no fault of LibreOffice's."""
    try:
        guards.open_zip(path.read_bytes(), f"文件“{path.name}”")
    except WorkbookError as refused:
        return refused
    except OSError:
        pass
    return WorkbookError(f"LibreOffice 打不开“{path.name}”，请确认文件完好、没有设打开密码，再试一次。")
