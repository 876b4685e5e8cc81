"""Runs on the PC: `press.py TITLE BUTTON …` waits for a window and presses the buttons with these numbers in it.

Windows' own: 1 is the way on, 2 is to cancel. A button is pressed once it is there and not greyed.
"""

import ctypes
import sys
import time

assert sys.platform == "win32"

_COMMAND, _PATIENCE, _MOMENT = 0x111, 60, 0.3
_user = ctypes.windll.user32


def _wait(over, otherwise):  # type: ignore[no-untyped-def]
    end = time.monotonic() + _PATIENCE
    while not (found := over()):
        if time.monotonic() > end:
            sys.exit(otherwise)
        time.sleep(0.1)
    return found


def _window_with(title, number):  # type: ignore[no-untyped-def]
    """The window of that title whose button can be pressed: another of the same title may only just be going."""
    window = _user.FindWindowW("#32770", title)
    return window and _user.IsWindowEnabled(_user.GetDlgItem(window, number)) and window


def main() -> None:
    """Do what the arguments say."""
    title, *buttons = sys.argv[1:]
    _wait(lambda: _user.FindWindowW("#32770", title), "there is no such window")
    for button in map(int, buttons):
        window = _wait(lambda number=button: _window_with(title, number), "there is no such button")
        time.sleep(_MOMENT)
        _user.PostMessageW(window, _COMMAND, button, 0)
        time.sleep(_MOMENT)


main()
