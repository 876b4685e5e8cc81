"""The hidden sheet behind the macros, and the calls that lead to Python: each there, and none that leads nowhere."""

import importlib
import re
from collections.abc import Mapping

from addin.build.service import TEXT_SHEET
from addin.lint.book import in_front, rows_of_texts, shared_texts, sheets, states

# Keys stand whole in the source, or their end is what keeps a button or a cell from Python.
_ASKED = re.compile(r'"((?:message|cell|file|seen)\.\w+|title)"')
_OBSTACLE = re.compile(r'(?:Missing|LiesWrong) = "(\w+)"')
_FAILED = re.compile(r'Fail action, IIf\(\w+\(\w+\), "(\w+)", "(\w+)"\)')
_PLACES = ("protected", "unsaved", "cloud")  # a cell does not care where its workbook lies
_FUNCTION = re.compile(r"^(?:Public )?Function (JIXIAO_\w+)\(([^)]*)\)", re.MULTILINE)
_CALL = re.compile(r'CallUDF\("([\w.]+)", "(\w+)"')
_CALLED = re.compile(r'Called\("(\w+)"')


def service_faults(parts: Mapping[str, bytes], project: Mapping[str, str]) -> list[str]:
    """Texts that are missing, stand twice, or that nobody asks for; calls of what Python does not have."""
    found, texts = sheets(parts), shared_texts(parts)
    if TEXT_SHEET not in found:
        return [f"there is no sheet {TEXT_SHEET}"]
    faults = [*view_faults(parts), *call_faults(project)]
    rows = {row[0]: row[1:] for row in rows_of_texts(found[TEXT_SHEET], texts) if row}
    source = "\n".join(project.values())
    functions = {f"help.{name}": len(parameters.split(",")) for name, parameters in _FUNCTION.findall(source)}
    wanted = _asked_for(source) | functions.keys()
    faults += [f"no text for {key}" for key in sorted(wanted - rows.keys())]
    faults += [f"nobody asks for the text {key}" for key in sorted(rows.keys() - wanted)]
    return faults + [
        f"{key} explains {len(rows[key]) - 1} of {count} arguments"
        for key, count in functions.items()
        if key in rows and len(rows[key]) - 1 != count
    ]


def _asked_for(source: str) -> set[str]:
    obstacles = {*_OBSTACLE.findall(source), *(end for ends in _FAILED.findall(source) for end in ends)}
    of_cells = {f"cell.{each}" for each in _OBSTACLE.findall(source) if each not in _PLACES}
    return set(_ASKED.findall(source)) | {f"message.{each}" for each in obstacles} | of_cells


def view_faults(parts: Mapping[str, bytes]) -> list[str]:
    """A service sheet that staff could see, or no sheet that they could."""
    found = states(parts)
    shown = [name for name, state in found.items() if state == "visible"]
    faults = [] if found[TEXT_SHEET] == "veryHidden" else [f"sheet {TEXT_SHEET} is not out of sight"]
    if not shown:
        faults.append("a workbook must have a sheet in view")
    elif list(found)[in_front(parts)] not in shown:
        faults.append("the sheet in front is hidden")
    return faults


def call_faults(project: Mapping[str, str]) -> list[str]:
    """Calls from VBA of something that Python does not have."""
    calls = {call for source in project.values() for call in _CALL.findall(source)}
    calls |= {("jixiao.functions", name) for source in project.values() for name in _CALLED.findall(source)}
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
