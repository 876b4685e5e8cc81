"""A case played on the workbook as staff would: cells typed over by sheet, row and header, then the button 计算得分."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import xlwings as xw
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.workbook import Workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from tests.cases.files import EVERYBODY, HERE, NOTHING, Case, Value, expected, typed, year_of
from tests.cases.tables import Line
from tests.workbooks import DIMENSIONS, fill_year, header_of

BASE = HERE / "town.toml"
TOWNS = sorted((HERE / "towns").glob("*.toml"))
_GRAVE = ("错误", "警告")
WHOLE_ROW, TITLE = "整行", "标题"
_KEYS = {"参数": ("项目", "值"), "加减分标准": ("类别", "方向"), "科室": ("科室", "评价系数")} | {
    "任务台账": ("科室", "任务"),
    "履职测评": ("票号", "测评主体"),
    "加减分": ("科室", "类别"),
    "考勤": ("科室", "酌情扣分"),
    "历年结果": ("年度", "科室"),
    "节假日": ("日期",),
    "公示": ("公示内容", "发布日期"),
}


@dataclass(frozen=True)
class Scored:
    """What stands in the workbook after the button: a title line and the rows of every sheet asked for, by header."""

    sheets: dict[str, list[dict[str, Value]]]

    @property
    def findings(self) -> list[dict[str, Value]]:
        """The lines of 校验结果."""
        return self.sheets["校验结果"][1:]

    def results(self) -> dict[str, dict[str, Value]]:
        """考核结果 by 科室."""
        return {str(line["科室"]): line for line in self.sheets["考核结果"][1:]}


@cache
def town_book(path: Path) -> Workbook:
    """A town typed into the template."""
    file = fill_year(Path(mkdtemp(prefix="jixiao-cases-")) / "town.xlsm", year_of(path))
    return load_workbook(file, keep_vba=True)


def play(case: Case, target: Path, town: Path = BASE) -> Scored:
    """Type the case into a copy of the town at `target`, score it and read what was written."""
    book = town_book(town)
    before: list[tuple[Cell, object]] = []
    try:
        for change in case.changes:
            _change(book, change, before)
        for name, lines in case.added.items():
            _add(book, name, lines, before)
        book.save(target)
    finally:
        for cell, value in reversed(before):  # loading takes longest: one book serves, each cell put back
            cell.value = value
    return score(target, {line["表"] for line in case.sheets})


def score(file: Path, wanted: set[str]) -> Scored:
    """The button on a workbook file; `wanted` are the further sheets to read, 季度得分·三季度 one of its blocks."""
    with open_book(file) as book:
        buttons.score(book)
        names = {"考核结果", "校验结果"} | wanted
        sheets = {name: _written(book, *name.partition("·")[::2]) for name in names}
    return Scored(sheets)


def unsaid(case: Case, scored: Scored, file: Path) -> list[object]:
    """What 校验结果 says against the case: every 错误 and 警告 is one of its lines, and each of its lines is said.

    A line of the kind 没有 must not be said. 提示 that the case does not name are not looked at.
    """
    grave = [line for line in scored.findings if line["类型"] in _GRAVE]
    told: list[object] = []
    if len(grave) != sum(line["类型"] in _GRAVE for line in case.findings):
        told.append([list(line.values()) for line in grave])
    for line in case.findings:
        cell = _cell_named(line, file)
        said = any(
            line["类型"] in {"没有", found["类型"]}
            and line["表"] == found["工作表"]
            and cell in {None, found["单元格"]}
            and line["含"] in f"{found['问题']} {found['建议']}"
            for found in scored.findings
        )
        if said == (line["类型"] == "没有"):
            told.append((line, cell))
    return told


def _cell_named(finding: Line, file: Path) -> str | None:
    """The cell a line of 校验 names in words, None where it names none."""
    if not finding["列"]:
        return None
    sheet = load_workbook(file, keep_vba=True)[finding["表"]]
    top, columns = header_of(sheet, *_KEYS[finding["表"]])
    row = _rows(sheet, top, columns, finding["行"])[0]
    return str(sheet.cell(row, columns[finding["列"]]).coordinate)


def differences(case: Case, scored: Scored, base: dict[str, dict[str, Value]]) -> list[str]:
    """Every figure of 考核结果 that is not the town's own or the case's, every other cell that is not as it says."""
    wanted = {} if case.refused else {name: dict(line) for name, line in base.items()}
    for name, line in case.results().items():
        for each in base if name == EVERYBODY else (name,):
            wanted.setdefault(each, {}).update(line)
    results = scored.results()
    told = [f"科室 {sorted(results)}, not {sorted(wanted)}"] if results.keys() != wanted.keys() else []
    told += [
        f"{name} {header}: {results[name][header]!r}, not {value!r}"
        for name, line in wanted.items()
        for header, value in line.items()
        if name in results and results[name][header] != value
    ]
    return told + [told_of for line in case.sheets for told_of in _unlike(line, scored.sheets[line["表"]])]


def _unlike(line: Line, rows: Sequence[dict[str, Value]]) -> Iterator[str]:
    found = list(rows[:1]) if line["行"] == TITLE else [row for row in rows[1:] if _is_row(row, line["行"])]
    header, should = line["列"], line["应为"]
    if header == WHOLE_ROW:
        if bool(found) != (should == "有"):
            yield f"{line}: {found}"
    elif should.startswith("含："):
        if not any(should.removeprefix("含：") in str(row[header]) for row in found):
            yield f"{line}: {[row[header] for row in found]}"
    elif expected(should) not in [_value(row[header]) for row in found]:
        yield f"{line}: {[row[header] for row in found]}"


def _is_row(row: dict[str, Value], words: str) -> bool:
    """Whether every word of a row's name stands in it, `词` in any column or `表头=词` in that one."""
    for word in words.split("·"):
        header, _, value = word.rpartition("=")
        cells = [row.get(header)] if header else list(row.values())
        if value not in [_text(cell) for cell in cells]:
            return False
    return True


def _value(cell: Value | date) -> Value:
    return cell.isoformat()[:10] if isinstance(cell, date) else cell


def _text(cell: Value | date) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(_value(cell))


def _rows(sheet: Any, top: int, columns: dict[str, int], words: str) -> list[int]:
    rows = [
        row
        for row in range(top + 1, sheet.max_row + 1)
        if _is_row({header: sheet.cell(row, place).value for header, place in columns.items()}, words)
    ]
    assert rows, f"{sheet.title}: no row {words}"
    return rows


def _change(book: Workbook, change: Line, before: list[tuple[Cell, object]]) -> None:
    sheet = book[change["表"]]
    top, columns = header_of(sheet, *_KEYS[change["表"]])
    headers = {WHOLE_ROW: tuple(columns), "打分": DIMENSIONS}.get(change["列"], (change["列"],))
    for row in _rows(sheet, top, columns, change["行"]):
        for header in headers:
            text = "" if change["列"] == WHOLE_ROW else change["改成"]
            _type(sheet.cell(row, columns[header]), header, text, before)


def _add(book: Workbook, name: str, lines: Sequence[Line], before: list[tuple[Cell, object]]) -> None:
    sheet = book[name]
    top, columns = header_of(sheet, *_KEYS[name])
    keys = [columns[header] for header in _KEYS[name]]
    last = max(
        (row for row in range(top, sheet.max_row + 1) if any(sheet.cell(row, place).value for place in keys)),
        default=top,
    )
    for row, line in enumerate(lines, start=last + 1):
        decided = {"党委会研究": "第9次党委会"} if name == "加减分" else {}  # each row need not say it
        for header, text in {**decided, **line}.items():
            for column in DIMENSIONS if header == "打分" else (header,):
                _type(sheet.cell(row, columns[column]), column, text, before)


def _type(cell: Cell, header: str, text: str, before: list[tuple[Cell, object]]) -> None:
    before.append((cell, cell.value))
    value = None if text == NOTHING else typed(header, text)
    cell.value = date.fromisoformat(value) if header.endswith("日期") and isinstance(value, str) else value


def _written(book: xw.Book, name: str, block: str) -> list[dict[str, Value]]:
    """The title of an output sheet, and its rows below the headers down to the first empty one."""
    rows = book.sheets[name].used_range.value
    key = {"校验结果": "类型", "加减分": "科室", "公示": "公示内容"}.get(name, "名次")
    top = next(place for place, row in enumerate(rows[:10]) if key in row)
    headers = rows[top]
    first = 0
    if block:
        width = headers.index(None) + 1
        first = ("一季度", "二季度", "三季度", "四季度").index(block) * width
        headers = headers[first : first + width - 1]
    lines: list[dict[str, Value]] = [{TITLE: str(next((cell for cell in rows[0] if cell is not None), ""))}]
    for row in rows[top + 1 :]:
        line = dict(zip(headers, row[first : first + len(headers)], strict=True))
        if all(cell is None for cell in line.values()):
            break
        lines.append(line)
    return lines
