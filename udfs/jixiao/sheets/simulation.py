"""The sheet 模拟测算, which its button reads and writes: settings to try on the left, what they change on the right."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.findings import Finding
from jixiao.sheets.declare import Column, Kind, Sheet
from jixiao.sheets.locate import Layout, missing_headers, own_sheet
from jixiao.sheets.present import Value
from jixiao.sheets.read import RawSheet, read_sheet
from jixiao.sheets.write import guarded, write_columns

_SCORES = ("score", "new_score", "difference")


def _written(key: str, header: str, kind: Kind = Kind.TEXT, width: float = 9.5) -> Column:
    return Column(key, header, kind, required=True, output=True, width=width)


SIMULATION = Sheet(
    "simulation",
    "模拟测算",
    (
        Column("name", "项目", Kind.TEXT, required=True, help="从下拉列表里选要改动的参数，一项一行。", width=22),
        Column(
            "value",
            "模拟值",
            Kind.SETTING,
            required=True,
            help="想改成多少，写法与“参数”表的“值”一样；空着就是改回默认值。",
            width=16,
        ),
        _written("now", "现在的值", width=16),
        _written("department", "科室", Kind.DEPARTMENT, 15),
        _written("score", "现得分", Kind.NUMBER),
        _written("new_score", "模拟得分", Kind.NUMBER),
        _written("difference", "得分变化", Kind.NUMBER),
        _written("place", "现名次", Kind.NUMBER, 8),
        _written("new_place", "模拟名次", Kind.NUMBER, 8),
        _written("move", "名次变化", width=8),
        _written("grade", "现等次", width=9),
        _written("new_grade", "模拟等次", width=9),
    ),
    "选填。左边填要改动的参数和模拟值，点“模拟测算”，右边列出改动前后的得分、名次、等次；其他各表都不会改动。",
    optional=True,
)

Cells = Mapping[str, Value]  # one row's cells by column key


class SimulationSheet(NamedTuple):
    """Where the sheet stands in a book, what was typed into it, and what is wrong with its cells."""

    target: xw.Sheet
    raw: RawSheet
    layout: Layout
    findings: tuple[Finding, ...]


def read_simulation(book: xw.Book) -> SimulationSheet:
    """The sheet as it stands; WorkbookError when it, or one of its headers, is missing."""
    target = own_sheet(book, SIMULATION)
    if target is None:
        raise WorkbookError(f"工作簿里没有“{SIMULATION.name}”表，请从空白模板复制这张表。")
    raw, findings, _ = read_sheet(target, SIMULATION)
    if raw is None or raw.layout is None:
        block = target.range((1, 1), target.used_range.last_cell).options(ndim=2, err_to_str=True).value
        headers = "、".join(missing_headers(block, SIMULATION))
        raise WorkbookError(f"“{SIMULATION.name}”表的前10行里找不到表头：{headers}，请改回模板原来的表头文字。")
    return SimulationSheet(target, raw, raw.layout, tuple(findings))


def write_simulation(
    sheet: SimulationSheet, message: str, now: Mapping[int, Value], lines: Sequence[Cells], places: int
) -> None:
    """Write the sentence above the header, `now` by row beside what was typed, and the comparison from the top down.

    `places` are the decimals shown. What stood there before goes.
    """
    target, top = sheet.target, sheet.layout.header_row + 1
    rows: dict[int, dict[str, Value]] = {row: {"now": value} for row, value in now.items()}
    for row, line in enumerate(lines, start=top):
        rows[row] = {**rows.get(row, {}), **line}
    if top > 2:  # a header in the first row leaves no room; whoever pressed the button is told by its answer
        target.range((top - 2, 1)).value = guarded(message)
    write_columns(target, SIMULATION, sheet.layout, max(rows, default=0), rows)
    shown = f"0.{'0' * places}" if places else "0"
    for name in _SCORES if lines else ():
        column = sheet.layout.places[name][0]
        cells = target.range((top, column), (top + len(lines) - 1, column))
        cells.number_format = f"+{shown};-{shown};{shown}" if name == "difference" else shown
