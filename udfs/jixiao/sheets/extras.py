"""加减分, 考勤 and 历年结果 as records for the rules, with what is wrong in their cells (R6–R8, R12)."""

from fractions import Fraction

import pandas as pd

from jixiao.exact import plain
from jixiao.findings import Finding
from jixiao.policy.model import Policy
from jixiao.policy.values import YEARS
from jixiao.rules.inputs import Absent
from jixiao.sheets.cells import parse_date
from jixiao.sheets.directory import Directory
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, is_slash, key, number, share, year_number

_POINT_TEXTS = ("category", "matter_text", "matter", "level", "evidence", "issuer")
_POINT_DECIDING = ("category", "matter", "level", "evidence")
_POINT_COLUMNS = ("row", "department", *_POINT_TEXTS, "points", "share", "date", "decision", "unusable")
_NOT_YET = frozenset(("待定", "待补", "待补充", "待认定", "暂无"))


def read_points(raw: RawSheet, directory: Directory, policy: Policy) -> tuple[pd.DataFrame, list[Finding]]:
    """The bonus and penalty rows that belong to a department; the rules judge the rest of each row."""
    findings: list[Finding] = []
    records: list[dict[str, object]] = []
    columns = {column.key: raw.column(column.key) for column in raw.sheet.inputs}
    for index, row in enumerate(raw.rows):
        cells = {name: None if is_slash(values[index]) else values[index] for name, values in columns.items()}
        if key(cells["evidence"]) in _NOT_YET:
            cells["evidence"] = None
        department = cells["department"]
        position = directory.position(department)
        if department is None:
            findings.append(Finding("P19", "points", row, "department"))
        elif position is None:
            findings.append(
                Finding(
                    "P01", "points", row, "department", directory.stranger(department), fix=directory.meant(department)
                )
            )
        elif all(cell is None for name, cell in cells.items() if name != "department"):
            findings.append(Finding("F07", "points", row, "department"))
        else:
            records.append(
                {
                    "row": row,
                    "department": position,
                    **{name: cell_text(cells[name]) for name in _POINT_TEXTS},
                    "points": _readable(cells["points"], number(cells["points"])),
                    "share": _readable(cells["share"], share(cells["share"])),
                    "date": parse_date(cells["date"], policy.year),
                    "decision": cell_text(cells["decision"]) if "decision" in raw.cells else None,
                    "unusable": row in raw.merged
                    or any(isinstance(cells[name], Unreadable) for name in _POINT_DECIDING),
                }
            )
    return _frame(records, _POINT_COLUMNS), findings


def read_attendance(raw: RawSheet, directory: Directory) -> tuple[pd.DataFrame, list[Finding]]:
    """酌情扣分 by department (减②). A department listed twice stays twice: the rules then know no deduction."""
    findings: list[Finding] = []
    records: list[dict[str, object]] = []
    first: dict[int, int] = {}
    headers = {column.key: column.header for column in raw.sheet.inputs}
    columns = [raw.column(name) for name in ("department", "note", "due", "present", "deduction")]
    for row, department, note, *written in zip(raw.rows, *columns, strict=True):
        figures = [None if is_slash(cell) else cell for cell in written]
        position = directory.position(department)
        if department is None:
            findings.append(Finding("A06", "attendance", row, "department"))
            continue
        if position is None:
            left_over = all(figure is None for figure in figures)
            code = "F07" if left_over else "A01"
            findings.append(
                Finding(
                    code,
                    "attendance",
                    row,
                    "department",
                    directory.stranger(department),
                    fix=directory.meant(department),
                )
            )
            continue
        if position in first:
            params = {"name": directory.names[position], "first": first[position]}
            findings.append(Finding("A02", "attendance", row, "department", params))
        first.setdefault(position, row)
        due, present, deduction = (
            _figure(row, name, cell, headers[name], findings)
            for name, cell in zip(("due", "present", "deduction"), figures, strict=True)
        )
        if isinstance(due, Fraction) and isinstance(present, Fraction) and present > due >= 0:
            params = {"present": plain(present), "due": plain(due)}
            findings.append(Finding("A05", "attendance", row, "present", params))
        unusable = Unreadable("合并单元格") if row in raw.merged else deduction
        record = {"row": row, "department": position, "deduction": unusable, "due": due, "present": present}
        records.append({**record, "note": cell_text(note) if "note" in raw.cells else None})
    return _frame(records, ("row", "department", "deduction", "due", "present", "note")), findings


def _figure(row: int, name: str, cell: object, header: str, findings: list[Finding]) -> Fraction | Unreadable | None:
    value = _readable(cell, number(cell))
    consequence = "，减分算不出来" if name == "deduction" else ""
    params = {"header": header, "value": cell_text(cell), "consequence": consequence}
    if isinstance(value, Unreadable):
        findings.append(Finding("A03", "attendance", row, name, params))
    elif value is not None and value < 0:
        findings.append(Finding("A04", "attendance", row, name, params))
    return value


def read_history(raw: RawSheet, directory: Directory) -> tuple[pd.DataFrame, list[Finding]]:
    """Earlier years' places and scores; a department that is gone stays, for somebody was last then."""
    findings: list[Finding] = []
    records: list[dict[str, object]] = []
    headers = {column.key: column.header for column in raw.sheet.inputs}

    def unclear(row: int, name: str, cell: object) -> None:
        findings.append(Finding("H03", "history", row, name, {"header": headers[name], "value": cell_text(cell)}))

    columns = [raw.column(name) for name in ("year", "department", "score", "place")]
    for row, year_cell, department, score_cell, place_cell in zip(raw.rows, *columns, strict=True):
        year = year_number(year_cell)
        if year_cell is None or department is None:
            code, name = ("H09", "year") if year_cell is None else ("H08", "department")
            findings.append(Finding(code, "history", row, name))
            continue
        if year not in YEARS or isinstance(department, Unreadable):
            unclear(row, *(("year", year_cell) if year not in YEARS else ("department", department)))
            continue
        score, place = number(score_cell), number(place_cell)
        absent = is_slash(place_cell)
        if score is None and score_cell is not None and not is_slash(score_cell):
            unclear(row, "score", score_cell)
        if not absent and place_cell is not None and (place is None or place < 1 or place.denominator != 1):
            unclear(row, "place", place_cell)
            place = None
        position = directory.position(department)
        spoilt = row in raw.merged
        records.append(
            {
                "row": row,
                "year": year,
                "department": -1 if position is None else position,
                "score": None if spoilt else score,
                "place": None if spoilt else (Absent.SLASH if absent else place),
            }
        )
    return _frame(records, ("row", "year", "department", "score", "place")), findings


def _readable(cell: object, value: Fraction | None) -> Fraction | Unreadable | None:
    return Unreadable(cell_text(cell)) if value is None and cell is not None else value


def _frame(records: list[dict[str, object]], columns: tuple[str, ...]) -> pd.DataFrame:
    whole = {"row", "department", "year"}
    return pd.DataFrame(
        {
            name: pd.Series([record[name] for record in records], dtype="int64" if name in whole else object)
            for name in columns
        }
    )
