"""The hidden sheets in place, and the settings of xlwings: each there once, and none that would keep Python away."""

import importlib
import re
from collections.abc import Iterator, Mapping

from addin.build.service import CONF_SHEET, SETTINGS, TEXT_SHEET
from addin.lint.book import MAIN, in_front, rows_of_texts, shared_texts, sheets, states

_WRAPPERS = "xlwings_udfs"
_CALL = re.compile(r'CallUDF\("([\w.]+)", "(\w+)"')
# What these must say, so that Python is kept ready, no console opens, and nothing is imported from the folder of
# somebody else's workbook.
_MUST = {
    "USE UDF SERVER": "True",
    "SHOW CONSOLE": "False",
    "DEBUG UDFS": "False",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
}
_PYTHON = re.compile(r".+\\pythonw?\.exe", re.IGNORECASE)


def view_faults(parts: Mapping[str, bytes]) -> list[str]:
    """A service sheet that staff would see, or no sheet that they could."""
    found = states(parts)
    shown = [name for name, state in found.items() if state == "visible"]
    faults = [f"sheet {name} is not hidden" for name in (CONF_SHEET, TEXT_SHEET) if name in shown]
    if not shown:
        faults.append("a workbook must have a sheet in view")
    elif list(found)[in_front(parts)] not in shown:
        faults.append("the sheet in front is hidden")
    return faults


def conf_faults(parts: Mapping[str, bytes], project: Mapping[str, str]) -> list[str]:
    """Settings that are missing, stand twice, or would not bring our Python."""
    sheet = sheets(parts)[CONF_SHEET]
    rows = list(rows_of_texts(sheet, shared_texts(parts)))
    names = [row[0] if row else "" for row in rows]
    faults = [f"setting {name} must stand once" for name, _ in SETTINGS if names.count(name) != 1]
    named = [str(cell.get("r")) for cell in sheet.iter(f"{MAIN}c") if str(cell.get("r")).startswith("A")]
    if "" in names or named != [f"A{row}" for row in range(1, len(named) + 1)]:
        faults.append("a gap among the settings hides those below it")
    return faults + list(_wrong({row[0]: "".join(row[1:2]) for row in rows if row}, project))


def _wrong(values: Mapping[str, str], project: Mapping[str, str]) -> Iterator[str]:
    if not _PYTHON.fullmatch(values.get("INTERPRETER_WIN", "")):
        yield "INTERPRETER_WIN must be the path of a python.exe"
    # Only the functions' module: xlwings would make worksheet functions of whatever stands here, of a button's too.
    wanted = {module for module, _ in _CALL.findall(project.get(_WRAPPERS, ""))}
    modules = values.get("UDF MODULES", "")
    if set(modules.split(";")) != wanted:
        yield f"UDF MODULES must be {';'.join(sorted(wanted))}, not {modules!r}"
    for name, wanted_value in _MUST.items():
        if values.get(name, "").lower() != wanted_value.lower():
            yield f"{name} must be {wanted_value}"


def call_faults(project: Mapping[str, str]) -> list[str]:
    """Calls from VBA of something that Python does not have."""
    calls = {call for source in project.values() for call in _CALL.findall(source)}
    return [f"VBA calls {module}.{function}, which is not there" for module, function in sorted(calls - _there(calls))]


def _there(calls: set[tuple[str, str]]) -> set[tuple[str, str]]:
    found = set()
    for module, function in calls:
        try:
            if callable(getattr(importlib.import_module(module), function, None)):
                found.add((module, function))
        except ModuleNotFoundError:
            continue
    return found
