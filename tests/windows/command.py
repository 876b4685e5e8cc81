"""The command line that xlwings' VBA hands to its DLL, worked out from the text of the module that is embedded."""

import re
from collections.abc import Mapping
from pathlib import Path

import xlwings as xw

_ASSIGNED = re.compile(r"^\s*(PYTHONPATH|PYTHON_WIN|tail|XLPyCommand) = (.+?)\r?$", re.MULTILINE)
_TOKEN = re.compile(r'"(?:[^"]|"")*"|&|[^"&]+')
# Lines of branches that our settings do not take: other Office programs, conda, an old setting, debugging.
_NOT_TAKEN = ("FName", "CondaCmd", '"INTERPRETER"', '"{506e67c3')
_LINES = ["PYTHONPATH"] * 4 + ["PYTHON_WIN"] * 2 + ["tail", "XLPyCommand"]


def server_command(settings: Mapping[str, str], book: str) -> str:
    """What `XLPyCommand` returns in a workbook at `book`; the settings as GetConfig gives them, %…% expanded."""
    source = (Path(xw.__file__).parent / "xlwings.bas").read_text("utf-8")
    body = source.split("Function XLPyCommand()")[1].split("End Function")[0]
    taken = [(name, text) for name, text in _ASSIGNED.findall(body) if not any(word in text for word in _NOT_TAKEN)]
    assert [name for name, _ in taken] == _LINES, "xlwings builds the command another way"
    known: dict[str, object] = {
        "AddExcelDir": settings["ADD_WORKBOOK_TO_PYTHONPATH"],
        "ThisWorkbook": type("ThisWorkbook", (), {"FullName": book}),
        "GetConfig": lambda name, default="": settings[name] or default,
        "Replace": lambda text, old, new: text.replace(old, new),
        "Chr": chr,
        "ConsoleSwitch": "",
        "LicenseKeyEnvString": "",
    }
    for name, text in taken:
        known[name] = eval(_as_python(text), {}, known)
    return str(known["XLPyCommand"])


def _as_python(text: str) -> str:
    """An expression of VBA: texts in doubled quotes, joined by &."""
    return "".join(
        repr(token[1:-1].replace('""', '"')) if token.startswith('"') else "+" if token == "&" else token
        for token in _TOKEN.findall(text)
    )
