"""Excel's process as tests see it: settings as shipped, calls as VBA makes them, values as cells hold them."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from addin.build.service import SETTINGS
from tests.functions.excel import MISSING
from tests.windows.command import server_command
from tests.windows.wine import HOME, LOCAL, Wine

RUNTIME = rf"{LOCAL}\Jixiao\runtime"
BOOK = rf"{HOME}\Documents\绩效考核\绩效考核.xlsm"
DLL = "xlwings64-0.37.8.dll"

_HOST = Path(__file__).parent / "inside" / "host.py"
_FUNCTIONS = "jixiao.functions"


class ExcelError(Exception):
    """What VBA would find in Err.Description."""


class Excel:
    """A host process that speaks to xlwings' server."""

    def __init__(self, wine: Wine, runtime: str = RUNTIME, book: str = BOOK) -> None:
        """Start it and load the DLL from beside the interpreter that the settings name; no server runs yet."""
        settings = {name: value.replace("%JIXIAO_RUNTIME%", RUNTIME) for name, value in SETTINGS}
        if runtime == RUNTIME:
            assert settings["INTERPRETER_WIN"] == rf"{runtime}\python.exe"
        settings["INTERPRETER_WIN"] = rf"{runtime}\python.exe"
        self.command = server_command(settings, book)
        self.process = wine.start([settings["INTERPRETER_WIN"], f"Z:{_HOST}".replace("/", "\\")])
        self.ask("load", dll=rf"{runtime}\{DLL}", command=self.command)

    def udf(self, module: str, function: str, *arguments: Any, book: Any = None) -> Any:
        """CallUDF as the generated wrappers call it: no cell is the caller."""
        given = self.ask("call", name="CallUDF", arguments=_call(module, function, arguments, book))
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

    def kill_server(self) -> None:
        """KillPy."""
        self.ask("kill")

    def ask(self, what: str, **order: Any) -> Any:
        """One order to the host process."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, **order}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line.startswith("{"), f"the host process is gone: {line}{self.process.stdout.read()}"
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


def _call(module: str, function: str, arguments: Sequence[Any], book: Any = None) -> list[Any]:
    of_book = {"nothing": True} if book is None else book
    return [module, function, {"list": [encoded(argument) for argument in arguments]}, of_book, {"nothing": True}]


def encoded(value: Any) -> Any:
    """A value of the tests for `inside/variants.py`: a tuple is a range, of one row when it is flat."""
    if value is MISSING:
        return {"missing": True}
    if isinstance(value, datetime):
        return {"date": value.isoformat()}
    if isinstance(value, tuple):
        rows = value if value and isinstance(value[0], tuple) else (value,)
        return {"rows": [[encoded(cell) for cell in row] for row in rows]}
    if isinstance(value, str) and value.startswith("#") and value[-1] in "!?A":
        return {"error": value}
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
