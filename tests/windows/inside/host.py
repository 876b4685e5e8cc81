"""Plays Excel's process under Wine: loads xlwings' DLL, starts the server through it, calls it, answers in JSON lines.

Each line of stdin is an order with "do", one of the functions below; each answer is {"answer"} or {"error"}.
"""

# mypy: ignore-errors
# Runs under Windows only.
import ctypes
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # python311._pth leaves the script's folder out

import pythoncom
from variants import ComError, Variant, invoke, value_of

_START, _KILL = 1, -1


class Host:
    """One Excel."""

    def __init__(self):
        """Nothing is loaded yet."""
        pythoncom.CoInitialize()
        self._dll = self._command = self._objects = None

    def load(self, dll, command):
        """LoadLibrary, as the VBA does first, and the command for later."""
        self._dll, self._command = ctypes.WinDLL(dll), command.encode("mbcs")
        return True

    def call(self, name, arguments):
        """XLPy.name(arguments), XLPy asked for afresh as in VBA."""
        return invoke(self._activate(_START), name, arguments, self._object)

    def timed(self, name, arguments, times):
        """Seconds of each of several calls."""
        taken = []
        for _ in range(times):
            before = time.perf_counter()
            self.call(name, arguments)
            taken.append(time.perf_counter() - before)
        return taken

    def text(self, expression):
        """A Python expression worked out over there, as text."""
        found = invoke(self._activate(_START), "Eval", [expression], self._object)
        held = {"found": pythoncom.ObjectFromAddress(found["pointer"], pythoncom.IID_IDispatch)}
        return invoke(self._activate(_START), "Str", [{"object": "found"}], lambda name: _address(held[name]))

    def kill(self):
        """KillPy."""
        self._activate(_KILL)
        return True

    def _activate(self, mode):
        result = Variant()
        code = self._dll.XLPyDLLActivateAuto(ctypes.byref(result), self._command, mode)
        if code:
            raise ComError(str(value_of(result)))
        return value_of(result)["pointer"] if mode == _START else None

    def _object(self, name):
        return _address(self._objects[name])


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
