"""加减分 of a range with its header row: which rows count, and the net points of a 科室 (R6–R8)."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple

import pandas as pd

from jixiao.explain.note import entry_note
from jixiao.findings import Severity
from jixiao.formulas.arguments import answer, figure, list_of, per_row, policy_of, told_once
from jixiao.formulas.cells import Answer, Cells, FormulaError, Value
from jixiao.policy.model import Policy
from jixiao.rules.entries import judge_entries
from jixiao.rules.model import EntryState, PointEntry
from jixiao.rules.points import settle, total_points
from jixiao.sheets.directory import Directory
from jixiao.sheets.errorvalues import PICTURE, is_error_value, is_picture_call
from jixiao.sheets.extras import read_points
from jixiao.sheets.inputs import POINTS
from jixiao.sheets.locate import find_header, missing_headers
from jixiao.sheets.read import RawSheet
from jixiao.text import Unreadable, cell_text, is_blank, key

_NAME = "加减分区域"
_NOBODY = "（没有科室）"  # asked for where the range has no entry at all


class _Entries(NamedTuple):
    """The rows of the range: settled entries of each 科室, every row's faults, how many rows stand below the header.

    `places` are the keys of `names`.
    """

    names: list[str]
    places: dict[str, int]
    settled: list[list[PointEntry]]
    faults: dict[int, str]
    owners: dict[int, int]
    first_row: int
    height: int


def net_points(
    entries: Cells, departments: Cells | None, attendance: Cells | None, standards: Cells | None, settings: Cells | None
) -> Answer:
    """加减得分 of every 科室 asked for; without any, of the one the range is about.

    Raises FormulaError when the range names several and none was asked for.
    """
    policy = policy_of(settings, standards)
    read = _read(entries, policy, [] if departments is None else list_of(departments, "科室"))
    if departments is None:
        if len(read.names) > 1:
            raise FormulaError(f"{_NAME}里有 {len(read.names)} 个科室，请在“科室”里指定一个")
        wanted: list[object] = list(read.names) or [_NOBODY]
    else:
        wanted = list_of(departments, "科室")
    deductions = per_row(attendance, len(wanted), "考勤扣分")
    return answer(zip(wanted, deductions, strict=True), lambda pair: float(_net(read, *pair, policy)))


def judged_rows(entries: Cells, standards: Cells | None, settings: Cells | None) -> list[list[Value]]:
    """计分 and 处理说明 of every row below the header; both empty for a row without an entry."""
    read = _read(entries, policy_of(settings, standards), [])
    by_row = {entry.row: entry for entries in read.settled for entry in entries}
    lines: list[list[Value]] = []
    for row in range(read.first_row, read.first_row + read.height):
        entry = by_row.get(row)
        if row in read.faults:
            lines.append(["", f"#绩效:{_NAME}这一行：{read.faults[row]}"])
        elif entry is None:
            lines.append(["", ""])
        else:
            lines.append([float(entry.counted), entry_note(entry)])
    return lines or [["", ""]]


def _net(read: _Entries, wanted: object, attendance: object, policy: Policy) -> Fraction:
    if is_blank(wanted):
        raise FormulaError("科室是空的")
    place = read.places.get(key(wanted))
    for row, text in read.faults.items():
        if read.owners.get(row, place) == place:
            raise FormulaError(f"{_NAME}第 {row} 行：{text}")
    taken_off = Fraction(0) if is_blank(attendance) else figure(attendance, "考勤扣分")
    if taken_off < 0:
        raise FormulaError("考勤扣分要填正数")
    net = total_points([] if place is None else read.settled[place], taken_off, policy).net
    if net is None:
        raise FormulaError(f"{_NAME}有填错的行")
    return net


def _read(cells: Cells, policy: Policy, wanted: Sequence[object]) -> _Entries:
    layout = find_header(cells, POINTS)
    if layout is None:
        raise FormulaError(f"{_NAME}要连表头一起选，缺：{'、'.join(missing_headers(cells, POINTS))}")
    told_once(layout, POINTS, _NAME)
    body = cells[layout.header_row :]
    inputs = {column.key for column in POINTS.inputs}
    columns = {
        name: [_cell(row[places[0] - 1]) for row in body] for name, places in layout.places.items() if name in inputs
    }
    top = layout.header_row + 1
    filled = [at for at in range(len(body)) if any(values[at] is not None for values in columns.values())]
    raw = RawSheet(
        POINTS,
        _NAME,
        layout,
        tuple(top + at for at in filled),
        {name: [values[at] for at in filled] for name, values in columns.items()},
    )
    directory = _directory([*raw.column("department"), *wanted])
    frame, findings = read_points(raw, directory, policy)
    judged, more = judge_entries(frame, directory.names, policy)
    # An unreadable date that decides nothing is told on the sheet, but does not spoil the figure.
    harmless = {entry.row for entry in judged if entry.state is not EntryState.WRONG}
    told: list[tuple[bool, int, str]] = []
    for name, values in columns.items():
        header = POINTS.by_key[name].header
        spoilt = [at for at in filled if isinstance(values[at], Unreadable)]
        told += [(name == "date", top + at, f"{header}“{values[at]}”是错误值") for at in spoilt]
    for finding in (*findings, *more):
        if finding.severity is Severity.ERROR and finding.row is not None:
            told.append((finding.column == "date", finding.row, finding.problem))
    faults: dict[int, str] = {}
    for _, row, fault in sorted(told, key=lambda each: each[0]):  # of several, a date hardly ever decides
        if row not in harmless:
            faults.setdefault(row, fault)
    entries: list[list[PointEntry]] = [[] for _ in directory.names]
    for entry in judged:
        entries[entry.department].append(entry)
    owners = {entry.row: entry.department for entry in judged}
    return _Entries(
        directory.names,
        {key(name): place for place, name in enumerate(directory.names)},
        [settle(mine, policy) for mine in entries],
        faults,
        owners,
        top,
        len(body),
    )


def _cell(cell: object) -> object:
    if is_blank(cell):
        return None
    if is_picture_call(cell):
        return Unreadable(PICTURE)
    if is_error_value(cell):
        return Unreadable(cell)
    return cell.replace(tzinfo=None) if isinstance(cell, datetime) else cell


def _directory(cells: Sequence[object]) -> Directory:
    """Every name of the range once, in its order: here a 科室 need not stand on a list."""
    names = {key(cell): cell_text(cell) for cell in cells if cell is not None and not isinstance(cell, Unreadable)}
    frame = pd.DataFrame({"name": pd.Series(list(names.values()), dtype=object)})
    return Directory(frame, (), {name: place for place, name in enumerate(names)})
