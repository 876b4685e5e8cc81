"""A new user's LibreOffice: unopkg puts the extension into a fresh profile, then Calc is asked over a socket.

unopkg refuses to work for root, so there an ordinary user's number is borrowed.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Any

from jixiao.engines.calc.unoapi import load_uno, properties, url_of
from tests.waiting import PATIENCE, until

EXTENSION_ID = "cn.jixiao.calc"
_SOMEBODY = 54321  # no account need have this number
_ERRORS = {"#N/A": "=NA()", "#REF!": "=#REF!"}

Cell = float | bool | str | None


class User:
    """Somebody with a home folder of his own and nothing in it."""

    def __init__(self) -> None:
        """Not below pytest's own folder, which is closed to other users again and again."""
        self.home = Path(tempfile.mkdtemp(prefix="jixiao-user-"))
        self.profile = self.home / "profile"
        self._prefix: list[str] = []
        if os.geteuid() == 0:
            self._prefix = ["setpriv", f"--reuid={_SOMEBODY}", f"--regid={_SOMEBODY}", "--clear-groups"]
            os.chown(self.home, _SOMEBODY, _SOMEBODY)

    def own(self, path: Path) -> Path:
        """A copy of a file in his home."""
        copied = Path(shutil.copy(path, self.home / path.name))
        if self._prefix:
            os.chown(copied, _SOMEBODY, _SOMEBODY)
        return copied

    def start(self, *command: str, **options: Any) -> "subprocess.Popen[str]":
        """Start a program as this user, who knows nothing of our Python."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
        clean |= {"HOME": str(self.home), "JIXIAO_LOG": str(self.home / "jixiao.log"), **options.pop("more", {})}
        return subprocess.Popen(
            [*self._prefix, *command], env=clean, cwd=self.home, text=True, start_new_session=True, **options
        )

    def unopkg(self, *command: str) -> str:
        """What unopkg answers; AssertionError when it fails."""
        place = f"-env:UserInstallation={url_of(self.profile)}"
        doing = self.start("unopkg", command[0], place, *command[1:], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        told, _ = doing.communicate(timeout=PATIENCE)
        assert doing.returncode == 0, told
        return told

    def leave(self) -> None:
        """His home goes with him: a profile with the extension is large."""
        shutil.rmtree(self.home, ignore_errors=True)


class Calc:
    """A running LibreOffice of a user."""

    def __init__(self, user: User, *options: str, **more: Any) -> None:
        """Start it and wait until it answers."""
        self.uno = load_uno()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        door = f"socket,host=127.0.0.1,port={port};urp;"
        flags = ("--norestore", "--nologo", "--nodefault", "--nofirststartwizard", f"--accept={door}")
        place = f"-env:UserInstallation={url_of(user.profile)}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.process = user.start("soffice", place, *(options or ("--headless",)), *flags, **quiet, **more)
        self.context = self._connect(door)
        self.desktop = self.service("com.sun.star.frame.Desktop")

    def __enter__(self) -> "Calc":
        """For as long as a test needs it."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Stopped, whatever the test came to."""
        self.close()

    def _connect(self, door: str) -> Any:
        local = self.uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)

        def answer() -> Any:
            with suppress(Exception):  # not listening yet
                return resolver.resolve(f"uno:{door}StarOffice.ComponentContext")
            assert self.process.poll() is None, "LibreOffice ended before it answered"
            return None

        try:
            return until(answer, "LibreOffice does not answer")
        except AssertionError:
            self.close()
            raise

    def service(self, name: str) -> Any:
        """One of LibreOffice's services."""
        return self.context.ServiceManager.createInstanceWithContext(name, self.context)

    def open(self, path: Path | None = None, *, hidden: bool = True) -> Any:
        """A document, or a new one; its macros stay off."""
        wanted = properties(Hidden=hidden, MacroExecutionMode=0)
        address = "private:factory/scalc" if path is None else url_of(path)
        return self.desktop.loadComponentFromURL(address, "_blank", 0, wanted)

    def press(self, document: Any, action: str) -> None:
        """A button of the menu, as its own window dispatches it."""
        self.command(document, f"{EXTENSION_ID}.button:{action}")

    def command(self, document: Any, address: str, **given: Any) -> None:
        """Anything in the menus, as the document's window dispatches it.

        In the thread of the windows, like a click. In any other, Python would hold its own lock while it waits for
        that thread, which waits for Python's when it asks us whether a menu item is to be had: both, for ever.
        """
        helper = self.service("com.sun.star.frame.DispatchHelper")
        frame = document.getCurrentController().getFrame()
        clicked = callback(lambda: helper.executeDispatch(frame, address, "", 0, properties(**given)))
        self.service("com.sun.star.awt.AsyncCallback").addCallback(clicked, None)
        clicked.wait(PATIENCE)

    def close(self) -> None:
        """Stop it, whatever state it is in."""
        if hasattr(self, "desktop"):
            with suppress(Exception):
                documents = self.desktop.getComponents().createEnumeration()
                while documents.hasMoreElements():  # a changed one would ask to be saved
                    documents.nextElement().close(True)
                self.desktop.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, 9)
            self.process.wait(20)


def callback(work: Callable[[], object]) -> Any:
    """Something to do that LibreOffice itself calls; `wait` for it before you go on."""
    import unohelper  # noqa: PLC0415 -- there once `uno` is
    from com.sun.star.awt import XCallback  # noqa: PLC0415 -- `uno` makes it

    done = Future[None]()

    class Callback(unohelper.Base, XCallback):  # type: ignore[misc]
        def notify(self, _data: object) -> None:
            try:
                work()
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is the waiting test's
                done.set_exception(error)
            else:
                done.set_result(None)

        def wait(self, seconds: float) -> None:
            done.result(seconds)

    return Callback()


class Typing:
    """An own sheet in which arguments are typed one after the other, each with the formula that uses them."""

    def __init__(self, calc: Calc) -> None:
        """A new document."""
        self.document = calc.open()
        self.sheet = self.document.getSheets().getByIndex(0)
        self._row = 0

    def call(self, name: str, *arguments: Any, missing: object, rows: int = 1, columns: int = 1) -> Any:
        """What =name(arguments) shows over `rows` × `columns` cells; tuples are typed as areas, the rest as cells."""
        places = ["" if given is missing else self._typed(given) for given in arguments]
        while places and not places[-1]:
            places.pop()
        return self.formula(f"={name}({';'.join(places)})", rows, columns)

    def formula(self, text: str, rows: int = 1, columns: int = 1) -> Any:
        """What a formula shows: a value, or rows of an array formula."""
        cells = self.sheet.getCellRangeByPosition(0, self._row, columns - 1, self._row + rows - 1)
        self._row += rows
        if rows == columns == 1:
            cells.getCellByPosition(0, 0).setFormula(text)
        else:
            cells.setArrayFormula(text)
        shown = cells.getDataArray()
        return shown[0][0] if rows == columns == 1 else shown

    def _typed(self, given: Any) -> str:
        block = given if isinstance(given, tuple) and given and isinstance(given[0], tuple) else None
        if block is None:
            block = (given,) if isinstance(given, tuple) else ((given,),)
        width = max(map(len, block))
        area = self.sheet.getCellRangeByPosition(0, self._row, width - 1, self._row + len(block) - 1)
        for row, line in enumerate(block):
            for column, value in enumerate(line):
                self.put(area.getCellByPosition(column, row), value)
        self._row += len(block)
        return str(area.AbsoluteName if width > 1 or len(block) > 1 else area.getCellByPosition(0, 0).AbsoluteName)

    def put(self, cell: Any, value: Cell) -> None:
        """A cell as a person types it: an error value by the formula that gives it."""
        if value is None:
            return
        if value in _ERRORS:
            cell.setFormula(_ERRORS[str(value)])
        elif isinstance(value, str):
            cell.setString(value)
        elif isinstance(value, bool):
            cell.setFormula(f"={str(value).upper()}()")
        else:
            cell.setValue(value)
