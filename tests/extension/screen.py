"""A screen nobody sits at (Xvfb, openbox): what it shows is found by its accessible name, clicked and pictured."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.extension.desk import PICTURES
from tests.extension.installed import Calc
from tests.waiting import PATIENCE, until

NEEDS = {"Xvfb": "xvfb", "openbox": "openbox", "xdotool": "xdotool", "import": "imagemagick"}
# com.sun.star.accessibility.AccessibleRole
MENU, MENU_ITEM, PUSH_BUTTON, STATIC = 34, 36, 44, 86

_KEYS_PATIENCE, _MENU_PATIENCE = 30, 8  # then the keys are pressed again, the menu opened again
_BETWEEN_KEYS = "0.1"  # seconds
_NOTICE = "Information"
_LOOKS = 8
_MANY = 300  # children of a sheet are its cells, and nobody looks for one here


def missing() -> list[str]:
    """The packages of the programs that are not installed."""
    return [package for program, package in NEEDS.items() if not shutil.which(program)]


class Screen:
    """The screen with its window manager."""

    def __init__(self) -> None:
        """The first display that is free."""
        answer, told = os.pipe()
        size = ("-screen", "0", "1280x800x24", "-nolisten", "tcp", "-ac")
        started = ("Xvfb", "-displayfd", str(told), *size)
        self._server = subprocess.Popen(started, pass_fds=[told], stderr=subprocess.DEVNULL)
        os.close(told)
        with os.fdopen(answer) as reader:
            self.environment = {"DISPLAY": f":{reader.readline().strip()}"}
        self._manager = subprocess.Popen(["openbox"], env=os.environ | self.environment, stderr=subprocess.DEVNULL)

    def click(self, place: tuple[int, int]) -> None:
        """The mouse goes there and clicks."""
        self._run("xdotool", "mousemove", *map(str, place), "click", "1")

    def press(self, keys: str, window: str) -> None:
        """Keys such as ctrl+s in the window with that title, which is brought to the front first."""
        find = ("search", "--onlyvisible", "--name", f"^{re.escape(window)}$")
        *held, key = keys.split("+")
        down, up = ([part for name in held for part in (how, name)] for how in ("keydown", "keyup"))
        # A key that comes in the same moment as Ctrl may be taken for the letter.
        slowly = (*down, "sleep", _BETWEEN_KEYS, "key", key, "sleep", _BETWEEN_KEYS, *up)
        self._run("xdotool", *find, "windowactivate", "--sync", *slowly)

    def picture(self, name: str) -> Path:
        """What is on the screen once it is drawn: two looks see the same."""
        seen, before = self._look(), b""
        for _ in range(_LOOKS):
            if seen == before:
                break
            seen, before = self._look(), seen
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        path.write_bytes(seen)
        return path

    def _look(self) -> bytes:
        return self._run("import", "-window", "root", "-define", "png:exclude-chunks=date,time", "png:-")

    def _run(self, *command: str) -> bytes:
        environment = os.environ | self.environment
        done = subprocess.run(command, env=environment, check=True, capture_output=True, timeout=PATIENCE)
        return done.stdout

    def close(self) -> None:
        """Switch it off."""
        for process in (self._manager, self._server):
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(10)


class Windows:
    """The windows of a Calc on a screen."""

    def __init__(self, calc: Calc, screen: Screen) -> None:
        """What LibreOffice itself tells about its windows is read, and the mouse does the rest."""
        self._toolkit = calc.service("com.sun.star.awt.Toolkit")
        self._screen = screen

    def click(self, role: int, name: str, window: str, patience: float = PATIENCE) -> None:
        """Click what has that role and name in the window with that title, as soon as it is there to be seen."""
        self._screen.click(until(lambda: self._place(role, name, window), f"no {name} in {window}", patience))

    def choose(self, menu: str, item: str, window: str) -> None:
        """Open a menu and click what stands in it; a box that has just closed may take the menu with it."""
        for _ in range(_LOOKS):
            self.click(MENU, menu, window)
            with suppress(AssertionError):
                return self.click(MENU_ITEM, item, window, _MENU_PATIENCE)
        raise AssertionError(f"{menu} of {window} never shows {item}")

    def press(self, keys: str, window: str, done: Callable[[], object]) -> None:
        """Press keys in a window until what they do is done.

        A busy window does not hear, or hears the letter without Ctrl, which a protected cell answers with a notice.
        """
        for _ in range(_LOOKS):
            self._screen.press(keys, window)
            with suppress(AssertionError):
                until(lambda: done() or self.shows(_NOTICE), "", _KEYS_PATIENCE)
                if not self.shows(_NOTICE):
                    return
                self.click(PUSH_BUTTON, "OK", _NOTICE)
                until(lambda: not self.shows(_NOTICE), "the notice stays")
        raise AssertionError(f"{keys} does nothing in {window}, see {self._screen.picture('窗口-不动')}")

    def shows(self, window: str) -> bool:
        """Whether a window is there."""
        return bool(self._tops(window))

    def text(self, window: str) -> str:
        """What a message box says, as soon as it is there."""
        return until(lambda: "".join(each.getAccessibleName() for each in self._all(window, STATIC)), f"no {window}")

    def gone(self, window: str) -> bool:
        """Whether a window closes."""
        return until(lambda: not self._tops(window), f"{window} stays")

    def _place(self, role: int, name: str, window: str) -> tuple[int, int] | None:
        for item in self._all(window, role):
            size, corner = item.getBounds(), item.getLocationOnScreen()
            if item.getAccessibleName() == name and size.Width and size.Height:
                return corner.X + size.Width // 2, corner.Y + size.Height // 2
        return None

    def _all(self, window: str, role: int) -> Iterator[Any]:
        for top in self._tops(window):
            yield from (item for item in _below(top) if item.getAccessibleRole() == role)

    def _tops(self, window: str) -> list[Any]:
        found = []
        with suppress(Exception):  # a window that closes meanwhile
            for at in range(self._toolkit.getTopWindowCount()):
                context = self._toolkit.getTopWindow(at).getAccessibleContext()
                if context is not None and context.getAccessibleName() == window:
                    found.append(context)
        return found


def _below(item: Any) -> Iterator[Any]:
    yield item
    count = item.getAccessibleChildCount()
    for at in range(count if count < _MANY else 0):
        with suppress(Exception):  # it may go while others are looked at
            yield from _below(item.getAccessibleChild(at).getAccessibleContext())
