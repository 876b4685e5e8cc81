"""A year of logical values typed into a copy of the template, by sheet and header names, as staff would."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

ROOT = Path(__file__).parents[1]
TEMPLATE = ROOT / "workbook" / "绩效考核.xlsm"
EXAMPLE = ROOT / "workbook" / "示例" / "绩效考核-2024示例.xlsm"

QUARTERS = ("一季度完成率", "二季度完成率", "三季度完成率", "四季度完成率")
DIMENSIONS = ("工作业绩", "担当作为", "工作状态", "协同配合", "遵守纪律")

Row = Mapping[str, Any]


def header_of(sheet: Worksheet, *required: str) -> tuple[int, dict[str, int]]:
    """The header row and the columns by header text."""
    for row in range(1, 11):
        columns = {str(cell.value): cell.column for cell in sheet[row] if cell.value is not None}
        if set(required) <= columns.keys():
            return row, columns
    raise AssertionError(f"{sheet.title}: no header row with {required}")


def put_rows(book: Workbook, name: str, rows: Sequence[Row], *required: str) -> None:
    """Replace the entries of a sheet by `rows`, each by header text."""
    sheet = book[name]
    top, columns = header_of(sheet, *required)
    for line in sheet.iter_rows(min_row=top + 1):
        for cell in line:
            cell.value = None
    for number, row in enumerate(rows, start=top + 1):
        for header, value in row.items():
            if value is not None and header in columns:
                sheet.cell(number, columns[header]).value = value


def fill_year(target: Path, year: Row, template: Path = TEMPLATE) -> Path:
    """Write `year` into a copy of the template at `target`."""
    shutil.copy(template, target)
    book = load_workbook(target, keep_vba=True)
    fill(book, year)
    book.save(target)
    return target


def fill(book: Workbook, year: Row) -> None:
    set_values(book, year["参数"])
    if year.get("加减分标准"):
        put_rows(book, "加减分标准", [_numbers(row) for row in year["加减分标准"]], "类别", "方向")
    put_rows(book, "科室", [_numbers(row, "评价系数") for row in year["科室"]], "科室", "评价系数")
    tasks = [
        {**_numbers(row, "任务权重"), **dict(zip(QUARTERS, map(as_cell, row["完成率"]), strict=True))}
        | {"年终完成率": as_cell(row.get("年终完成率"))}
        for row in year["任务台账"]
    ]
    put_rows(book, "任务台账", tasks, "科室", "任务")
    ballots = [{**row, **dict(zip(DIMENSIONS, map(as_cell, row["分"]), strict=True))} for row in year["履职测评"]]
    put_rows(book, "履职测评", ballots, "票号", "测评主体")
    points = [
        {**_numbers(row, "分值", "计分比例"), "日期": date.fromisoformat(row["日期"]) if row.get("日期") else None}
        for row in year["加减分"]
    ]
    put_rows(book, "加减分", points, "科室", "类别")
    put_rows(book, "考勤", [_numbers(row, "酌情扣分") for row in year.get("考勤", ())], "科室", "酌情扣分")
    history = [_numbers(row, "年度", "考核得分", "名次") for row in year.get("历年结果", ())]
    put_rows(book, "历年结果", history, "年度", "科室")


def set_values(book: Workbook, values: Mapping[str, Any]) -> None:
    """Put settings into the 值 column of 参数."""
    sheet = book["参数"]
    top, columns = header_of(sheet, "项目", "值")
    lines = {sheet.cell(row, columns["项目"]).value: row for row in range(top + 1, sheet.max_row + 1)}
    for name, value in values.items():
        sheet.cell(lines[name], columns["值"]).value = as_cell(value)


def as_cell(value: Any) -> Any:
    """A decimal string as the number a person types; words, slashes and holes as they are."""
    if not isinstance(value, str):
        return value
    try:
        return float(value)
    except ValueError:
        return value


def _numbers(row: Row, *headers: str) -> dict[str, Any]:
    names = headers or tuple(row)
    return {header: as_cell(value) if header in names else value for header, value in row.items()}


def contents(sheet: Worksheet) -> list[list[Any]]:
    """Every cell as a value that can be compared: an array formula by its range and text."""
    return [[(cell.ref, cell.text) if isinstance(cell, ArrayFormula) else cell for cell in row] for row in sheet.values]
