"""Excel's process as tests see it: settings as shipped, calls as VBA makes them, values as cells hold them."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from jixiao.windows import ERRORS
from tests.functions.excel import MISSING
from tests.windows.command import library, server_command
from tests.windows.wine import HOME, LOCAL, Wine

RUNTIME = rf"{LOCAL}\Jixiao\runtime"
BOOK = rf"{HOME}\Documents\绩效考核\绩效考核.xlsm"

_HOST = Path(__file__).parent / "inside" / "host.py"
_FUNCTIONS = "jixiao.functions"
_MOMENT = 1.0


@dataclass(frozen=True)
class Cells:
    """A range of the workbook that is open, as VBA hands it over: the object itself."""

    sheet: str
    address: str


class ExcelError(Exception):
    """What VBA would find in Err.Description."""


class Excel:
    """A host process that speaks to xlwings' server."""

    def __init__(self, wine: Wine, runtime: str = RUNTIME, command: str | None = None, host: str | None = None) -> None:
        """Start it with the command that ships, or another one, and load the DLL; no server runs yet.

        `host` is the runtime that plays Excel itself, where the other one is not whole.
        """
        self.process = wine.start([rf"{host or runtime}\python.exe", f"Z:{_HOST}".replace("/", "\\")])
        self.ask("load", dll=rf"{runtime}\{library()}", command=command or server_command(runtime))

    def udf(self, module: str, function: str, *arguments: Any, book: Any = None, caller: Any = None) -> Any:
        """CallUDF; where there is no workbook or caller Nothing stands for it, as JxService gives it."""
        given = self.ask("call", name="CallUDF", arguments=_call(module, function, arguments, book, caller))
        return decoded(given)

    def seconds(self, times: int, module: str, function: str, *arguments: Any) -> list[float]:
        """What each of several such calls takes, without what the tests add."""
        taken: list[float] = self.ask(
            "timed", name="CallUDF", arguments=_call(module, function, arguments), times=times
        )
        return taken

    def formula(self, name: str, *arguments: Any) -> Any:
        """A cell with =name(arguments): what stands in it, or in the cells it spills to; left out are given as such."""
        return self.udf(_FUNCTIONS, name, *arguments)

    def text(self, expression: str) -> str:
        """A Python expression, worked out in the server."""
        given: str = self.ask("text", expression=expression)
        return given

    def run(self, statement: str) -> None:
        """XLPy.Exec."""
        self.ask("call", name="Exec", arguments=[statement])

    def restart(self) -> None:
        """重启计算服务: the server stopped, then a call.

        Between the two is a moment: under Wine a server that is still ending may be asked, and then the DLL gives up
        for good. So it does once a workbook was handed to the server that is killed: ask an Excel where none was.
        """
        self.ask("kill")
        time.sleep(_MOMENT)
        assert self.formula("JIXIAO_RANK", 90.0) == 1.0

    def ask(self, what: str, **order: Any) -> Any:
        """One order to the host process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line.startswith("{"):
            time.sleep(2)  # it is gone, or a trace came first, after which it would wait for the next order
            self.process.kill()
            pytest.fail(f"the host process said: {line}{self.process.stdout.read()}")
        given = json.loads(line)
        if "error" in given:
            raise ExcelError(given["error"])
        return given["answer"]

    def close(self) -> None:
        """End it as Excel ends: the server has to notice."""
        assert self.process.stdin
        self.process.stdin.close()
        try:
            self.process.wait(20)
        finally:
            self.process.kill()


def _call(module: str, function: str, arguments: Sequence[Any], book: Any = None, caller: Any = None) -> list[Any]:
    nothing = {"nothing": True}
    given = {"list": [encoded(argument) for argument in arguments]}
    return [module, function, given, book or nothing, caller or nothing]


def encoded(value: Any) -> Any:
    """A value of the tests for `inside/variants.py`: a tuple is a range, of one row when it is flat."""
    if value is MISSING:
        return {"missing": True}
    if isinstance(value, Cells):
        return {"object": [value.sheet, value.address]}
    if isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        rows = value if value and isinstance(value[0], tuple) else (value,)
        return {"rows": [[encoded(cell) for cell in row] for row in rows]}
    if value in ERRORS.values():
        return {"error": next(code for code, name in ERRORS.items() if name == value)}
    return value


def decoded(value: Any) -> Any:
    """What came back: a value, or rows."""
    if isinstance(value, dict):
        ((kind, content),) = value.items()
        if kind == "date":
            return datetime.fromisoformat(content)
        rows = content if kind == "rows" else [content]
        return [[decoded(cell) for cell in row] for row in rows]
    return value
