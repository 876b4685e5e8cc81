"""Runs on the PC: `registry.py read KEYS` tells what stands below keys of HKCU; the other words change it.

All goes as JSON through pipes: {key: {name: value}}, a key without values as an empty one.
"""

import ctypes
import json
import sys
import winreg
from contextlib import suppress

assert sys.platform == "win32"


def _read(key: str, found: dict[str, dict[str, str | int]]) -> None:
    try:
        opened = winreg.OpenKey(winreg.HKEY_CURRENT_USER, key)
    except FileNotFoundError:
        return
    with opened:
        keys, values, _ = winreg.QueryInfoKey(opened)
        found[key] = {name: value for name, value, _ in (winreg.EnumValue(opened, i) for i in range(values))}
        below = [winreg.EnumKey(opened, i) for i in range(keys)]
    for name in below:
        _read(rf"{key}\{name}", found)


def _write(wanted: dict[str, dict[str, str | int]]) -> None:
    for key, values in wanted.items():
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
            for name, value in values.items():
                kind = winreg.REG_SZ if isinstance(value, str) else winreg.REG_DWORD
                winreg.SetValueEx(opened, name, 0, kind, value)


def _close(key: str) -> None:
    """Make a key that lasts until Windows is left, so that nothing that shall stay can be put below it, and wait.

    Wine leaves Windows, and the key goes, as soon as no program has run for some seconds.
    """
    volatile, may_all = 1, winreg.KEY_ALL_ACCESS
    made = ctypes.c_void_p()
    create = ctypes.windll.advapi32.RegCreateKeyExW
    fault = create(ctypes.c_void_p(0x80000001), key, 0, None, volatile, may_all, None, ctypes.byref(made), None)
    assert fault == 0, fault
    ctypes.windll.advapi32.RegCloseKey(made)
    print("open", flush=True)
    sys.stdin.readline()


def _delete(key: str) -> None:
    found: dict[str, dict[str, str | int]] = {}
    _read(key, found)
    for name in sorted(found, key=len, reverse=True):
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, name)


def _forget(key: str, name: str) -> None:
    with (
        suppress(FileNotFoundError),
        winreg.OpenKey(winreg.HKEY_CURRENT_USER, key, access=winreg.KEY_SET_VALUE) as opened,
    ):
        winreg.DeleteValue(opened, name)


def main() -> None:
    """Do what the arguments, in ASCII JSON, say."""
    what, given = sys.argv[1], json.loads(sys.argv[2])
    if what == "read":
        found: dict[str, dict[str, str | int]] = {}
        for key in given:
            _read(key, found)
        print(json.dumps(found))
    elif what == "write":
        _write(given)
    elif what == "close":
        _close(given)
    elif what == "forget":
        _forget(*given)
    else:
        for key in given:
            _delete(key)


if __name__ == "__main__":
    main()
