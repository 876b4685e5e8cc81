"""Cells that show no content anyone could read: error values, and pictures placed in a cell.

Excel keeps such a picture as the error #VALUE! without a formula, WPS as a call of DISPIMG.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

import xlwings as xw

from jixiao.findings import Finding
from jixiao.sheets.declare import Sheet

# By their form: each new Excel brings more of them (#SPILL!, #FIELD!, #PYTHON! …).
_ERROR_VALUE = re.compile(r"#(?:[A-Z][A-Z0-9_/]*[!?]|N/A|GETTING_DATA)")
_PICTURE_CALL = re.compile(r"[={+@\s]*(?:_xlfn\.|_xlws\.)*(?:DISPIMG|IMAGE)\s*\(", re.IGNORECASE)
_IN_A_CELL = "#VALUE!"
PICTURE = "图片"
_EVIDENCE = ("points", "evidence")


def is_error_value(cell: object) -> bool:
    """Whether a cell shows #REF! and the like."""
    return isinstance(cell, str) and cell.startswith("#") and bool(_ERROR_VALUE.fullmatch(cell))


def is_picture_call(cell: object) -> bool:
    """Whether a text, or a formula, is what stands behind a picture in a cell."""
    return isinstance(cell, str) and "(" in cell and bool(_PICTURE_CALL.match(cell))


def error_values(
    sheet: xw.Sheet,
    declared: Sheet,
    top: int,
    cells: Mapping[str, list[object]],
    columns: Mapping[str, int],
    waiting: Iterable[Finding],
) -> list[Finding]:
    """Cells that show #REF! and the like, or a picture; one more read of their columns where there are any.

    `waiting` are formulas without a result; those of a picture are told as such. A picture where 认定依据 belongs is
    none (R8): that cell is emptied.
    """
    places = [
        (name, row, str(value))
        for name, values in cells.items()
        for row, value in enumerate(values, start=top)
        if is_error_value(value) or is_picture_call(value)
    ]
    formulas = _formulas(sheet, places, columns)
    findings = []
    for finding in waiting:
        if is_picture_call(finding.params["value"]):
            places.append((str(finding.column), finding.row or 0, str(finding.params["value"])))
        else:
            findings.append(finding)
    for name, row, value in places:
        formula = formulas.get((name, row), "")
        picture = is_picture_call(value) or is_picture_call(formula)
        if not picture and (value != _IN_A_CELL or formula.startswith("=")):
            findings.append(Finding("F04", declared.key, row, name, {"value": value}))
        elif (declared.key, name) == _EVIDENCE:
            cells[name][row - top] = None
            findings.append(Finding("F34", declared.key, row, name))
        else:
            told = PICTURE if picture else f"{PICTURE}或错误值 {value}"  # Excel keeps both alike
            findings.append(Finding("F33", declared.key, row, name, {"value": told}))
    return findings


def _formulas(
    sheet: xw.Sheet, places: Sequence[tuple[str, int, str]], columns: Mapping[str, int]
) -> dict[tuple[str, int], str]:
    """What stands behind these cells, read in one block."""
    if not places:
        return {}
    rows, wanted = [row for _, row, _ in places], [columns[name] for name, _, _ in places]
    top, left = min(rows), min(wanted)
    block = sheet.range((top, left), (max(rows), max(wanted))).formula
    texts = [[block]] if isinstance(block, str) else block
    return {(name, row): str(texts[row - top][columns[name] - left]) for name, row, _ in places}
