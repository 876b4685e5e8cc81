"""Plays Excel's process under Wine: loads xlwings' DLL, starts the server through it, calls it, answers in JSON lines.

Each line of stdin is an order with "do", one of the functions below; each answer is {"answer"} or {"error"}.
"""

# mypy: ignore-errors
# Runs under Windows only.
import ctypes
import json
import sys
import time
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # python311._pth leaves the script's folder out

import pythoncom
from variants import ComError, Variant, clear, filled, invoke, sent, value_of

_START, _KILL = 1, -1


class Host:
    """One Excel."""

    def __init__(self):
        """Nothing is loaded yet."""
        pythoncom.CoInitialize()
        self._dll = self._command = self._book = None
        self._objects = {}

    def load(self, dll, command):
        """LoadLibrary, as the VBA does first, and the command for later."""
        self._dll, self._command = ctypes.WinDLL(dll), command.encode("mbcs")
        return True

    def call(self, name, arguments):
        """XLPy.name(arguments), XLPy asked for afresh as in VBA and let go at once."""
        with self._server() as xlpy:
            return invoke(xlpy, name, arguments, self._object)

    def timed(self, name, arguments, times):
        """Seconds of each of several calls, the arguments ready as VBA would have them and the answer left as it is."""
        values, taken = filled(arguments, self._object), []
        for _ in range(times):
            before = time.perf_counter()
            with self._server() as xlpy:
                answer = sent(xlpy, name, values)
            taken.append(time.perf_counter() - before)
            clear(answer)
        for value in values:
            clear(value)
        return taken

    def text(self, expression):
        """A Python expression worked out over there, as text."""
        with self._server() as xlpy:
            found = invoke(xlpy, "Eval", [expression], self._object)
            return invoke(xlpy, "Str", [{"object": "found"}], lambda _: found["pointer"])  # freed with its VARIANT

    def open(self, path, locked=None, filtered=()):
        """Open a workbook file; `book` is its COM object from now on.

        `locked` are passwords of sheets protected besides the output sheets, `filtered` sheets with a filtered table.
        """
        from books import Application, Workbook  # noqa: PLC0415 - only those who press buttons wait for our package
        from played import asked, shown  # noqa: PLC0415 - as above

        asked.clear()
        self._book = Workbook(Application(), path)
        self._book.locked |= locked or {}
        self._book.filtered = frozenset(filtered)
        self._objects["book"] = shown(self._book)
        return True

    def close(self):
        """Save the workbook, close it and all others, and say how it was left.

        Told are the sheet in front, the other workbooks that were open, how often a member was asked for, and how
        Excel's switches stand.
        """
        self._book.book.save()
        application = self._book.application
        others = [each.get_Name() for each in application.opened if each is not self._book]
        for each in list(application.opened):
            each.do_Close(False)
        asked = sys.modules["played"].asked.total()
        return {"front": self._book.front, "others": others, "calls": asked, **application.state}

    def kill(self):
        """KillPy."""
        clear(self._activated(_KILL))
        return True

    @contextmanager
    def _server(self):
        result = self._activated(_START)
        try:
            yield value_of(result)["pointer"]
        finally:
            clear(result)

    def _activated(self, mode):
        result = Variant()
        if self._dll.XLPyDLLActivateAuto(ctypes.byref(result), self._command, mode):
            raise ComError(str(value_of(result)))
        return result

    def _object(self, name):
        """An object by its name, or the range of a sheet and an address."""
        return _address(self._objects[name] if isinstance(name, str) else self._book.argument(*name))


def _address(dispatch):
    """The pointer behind pywin32's object, with a reference of its own."""
    found = ctypes.c_void_p()
    take = ctypes.PyDLL(pythoncom.__file__).PyCom_InterfaceFromPyObject
    take.argtypes = [ctypes.py_object, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int]
    guid = (ctypes.c_byte * 16).from_buffer_copy(bytes(pythoncom.IID_IDispatch))
    assert take(dispatch, ctypes.byref(guid), ctypes.byref(found), 0)
    return found.value


def main():
    """Answer until stdin ends."""
    host = Host()
    for line in sys.stdin:
        order = json.loads(line)
        try:
            given = {"answer": getattr(host, order.pop("do"))(**order)}
        except Exception as error:  # noqa: BLE001 - the test tells
            given = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(given), flush=True)


main()
