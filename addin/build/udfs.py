"""The VBA wrappers of the worksheet functions, from what xlwings' decorators say: `python -m addin.build.udfs`.

Off Windows `@xw.func` does nothing and `xlwings.udfs` cannot be imported, for want of pywin32. With empty modules in
its place the real decorators run.
"""

import importlib
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

import xlwings as xw

MODULE = "jixiao.functions"
WRAPPERS = Path(__file__).resolve().parents[1] / "vba" / "JxFunctions.bas"

_WINDOWS_ONLY = ("pythoncom", "pywintypes", "win32com", "win32com.client")
_HEADER = """Attribute VB_Name = "JxFunctions"
' Made by python -m addin.build.udfs from jixiao.functions: not to be edited. The only functions a cell can reach.
Option Explicit
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
    """The module's source: what a cell can call, and nothing else."""
    functions = vars(load_functions()).values()
    known = [function.__xlfunc__ for function in functions if hasattr(function, "__xlfunc__")]
    return _HEADER + "".join(_wrapper(info) for info in sorted(known, key=lambda info: str(info["name"])))


def _wrapper(info: Mapping[str, Any]) -> str:
    """One function: its arguments go to Python as they come, ranges as ranges."""
    name, arguments = info["name"], info["args"]
    parameters = ", ".join(("Optional " if "optional" in each else "") + each["name"] for each in arguments)
    given = ", ".join(each["name"] for each in arguments)
    return f'\nPublic Function {name}({parameters})\n    {name} = Jx.Called("{name}", Array({given}))\nEnd Function\n'


if __name__ == "__main__":
    WRAPPERS.write_text(make_wrappers(), encoding="ascii")
