"""A worksheet function called as Excel calls it: xlwings' own decorators and conversion, without COM.

Off Windows `@xw.func` does nothing and `xlwings.udfs` cannot be imported, for want of pywin32. With empty modules in
its place the real decorators and the real wrapper generator run.
"""

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import xlwings as xw
from xlwings import conversion

from jixiao.engines.file import register

_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32com", "win32com.client")
MISSING = object()


@contextmanager
def windows_modules() -> Iterator[ModuleType]:
    """`xlwings.udfs`, importable while this lasts."""
    stubs = {name: ModuleType(name) for name in _WINDOWS_ONLY}
    stubs["pythoncom"].CoInitialize = lambda: None  # type: ignore[attr-defined]
    stubs["win32com.client"].Dispatch = object  # type: ignore[attr-defined]
    before = {name: sys.modules.get(name) for name in (*stubs, "xlwings.udfs")}
    sys.modules.update(stubs)
    try:
        yield importlib.import_module("xlwings.udfs")
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module


def load_functions() -> ModuleType:
    """`jixiao.functions` afresh, decorated as on Windows."""
    register()
    plain = xw.func, xw.arg, xw.ret
    kept = sys.modules.pop("jixiao.functions", None)
    with windows_modules() as udfs:
        xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
        try:
            return importlib.import_module("jixiao.functions")
        finally:
            xw.func, xw.arg, xw.ret = plain
            sys.modules.pop("jixiao.functions", None)
            if kept is not None:
                sys.modules["jixiao.functions"] = kept


_FUNCTIONS = load_functions()


def call(name: str, *arguments: Any) -> Any:
    """What a cell with =name(arguments) gets: a value, or rows. MISSING is left out, tuples are ranges."""
    function = getattr(_FUNCTIONS, name)
    known = function.__xlfunc__
    values = [
        info.get("optional") if given is MISSING else conversion.read(None, given, info["options"], engine_name="file")
        for given, info in zip(arguments, known["args"], strict=False)
    ]
    block = conversion.write(function(*values), None, known["ret"]["options"], engine_name="file")
    return block[0][0] if len(block) == len(block[0]) == 1 else block


def names() -> list[str]:
    """Every function staff can type."""
    return sorted(name for name, value in vars(_FUNCTIONS).items() if hasattr(value, "__xlfunc__"))


def info(name: str) -> dict[str, Any]:
    """What xlwings knows of a function: its arguments with their help, its own help, its category."""
    known: dict[str, Any] = getattr(_FUNCTIONS, name).__xlfunc__
    return known
