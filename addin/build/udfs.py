"""The VBA wrappers of the worksheet functions, made by xlwings' own generator: `python -m addin.build.udfs`.

Off Windows `@xw.func` does nothing and `xlwings.udfs` cannot be imported, for want of pywin32. With empty modules in
its place the real decorators and the real generator run.
"""

import importlib
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import xlwings as xw

MODULE = "jixiao.functions"
WRAPPERS = Path(__file__).resolve().parents[1] / "vba" / "xlwings_udfs.bas"

_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32com", "win32com.client")
_HEADER = """Attribute VB_Name = "xlwings_udfs"
'Made by python -m addin.build.udfs from jixiao.functions with xlwings' own generator: not to be edited.
Option Explicit
#Const App = "Microsoft Excel"
"""


@contextmanager
def windows_modules() -> Iterator[ModuleType]:
    """`xlwings.udfs`, importable while this lasts."""
    stubs: dict[str, Any] = {name: ModuleType(name) for name in _WINDOWS_ONLY}
    stubs["pythoncom"].CoInitialize = lambda: None
    stubs["win32com.client"].Dispatch = object
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
    plain = xw.func, xw.arg, xw.ret
    kept = sys.modules.pop(MODULE, None)
    with windows_modules() as udfs:
        xw.func, xw.arg, xw.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
        try:
            return importlib.import_module(MODULE)
        finally:
            xw.func, xw.arg, xw.ret = plain
            sys.modules.pop(MODULE, None)
            if kept is not None:
                sys.modules[MODULE] = kept


def function_help() -> dict[str, tuple[str, ...]]:
    """What each function is for, and what its arguments are."""
    functions = vars(load_functions()).values()
    known = [function.__xlfunc__ for function in functions if hasattr(function, "__xlfunc__")]
    return {info["name"]: (info["ret"]["doc"], *(argument["doc"] for argument in info["args"])) for info in known}


def make_wrappers() -> str:
    """The module's source. A failure on the way to Python shows our own words, not the system's."""
    functions, out = load_functions(), io.StringIO()
    with windows_modules() as udfs:
        udfs.generate_vba_wrapper(MODULE, functions, out, SimpleNamespace(Name="book.xlsm"))
    return _HEADER + out.getvalue().replace("= Err.Description", "= JxFault(Err.Description)")


if __name__ == "__main__":
    WRAPPERS.write_text(make_wrappers(), encoding="ascii")
