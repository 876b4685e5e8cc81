"""The packaged workbooks written out: a blank one for a year and its departments, and the example."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

import xlwings as xw

from jixiao.engines.file import open_book
from jixiao.errors import CallError, WorkbookError
from jixiao.policy.values import YEARS
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS, SETTINGS
from jixiao.sheets.locate import find_header
from jixiao.text import key

EXAMPLE_NAME = "绩效考核-2024示例.xlsm"


def write_example(target: Path) -> None:
    """Write the example workbook to `target`; a file of that name is kept in 备份."""
    with _packaged("example.xlsm") as source, open_book(source) as book:
        book.save(str(target))


def write_template(target: Path, year: int | None = None, departments: Sequence[str] | None = None) -> None:
    """Write a blank workbook to `target`, for `year` and with `departments` instead of the plan's twelve.

    A file of that name is kept in 备份. Raises CallError for a year that cannot be.
    """
    if year is not None and year not in YEARS:
        raise CallError(f"年度 {year} 不对，请填 {YEARS.start} 到 {YEARS.stop - 1} 之间的四位数字。")
    with _packaged("template.xlsm") as source, open_book(source) as book:
        if year is not None:
            _fill_year(book.sheets[SETTINGS.name], year)
        if departments is not None:
            _fill_names(book.sheets[DEPARTMENTS.name], DEPARTMENTS, "name", departments)
            _fill_names(book.sheets[ATTENDANCE.name], ATTENDANCE, "department", departments)
        book.save(str(target))


def read_departments(path: Path) -> list[str]:
    """Department names from a text file, one a line; UTF-8 or the GBK of a Chinese Windows.

    Raises CallError when the file cannot be read, is empty or names a department twice.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CallError(f"读不到科室名单“{path}”，请核对文件名。") from error
    for encoding in ("utf-8-sig", "gbk"):
        try:
            names = [line.strip() for line in data.decode(encoding).splitlines() if line.strip()]
            break
        except UnicodeDecodeError:
            continue
    else:
        raise CallError(f"科室名单“{path}”不是文本文件，请用记事本保存为每行一个科室的文本。")
    if not names:
        raise CallError(f"科室名单“{path}”里没有科室，请每行写一个科室。")
    keys = [key(name) for name in names]
    for name in names:
        if keys.count(key(name)) > 1:
            raise CallError(f"科室名单“{path}”里“{name}”重复了，请删除多余的一行。")
    return names


def _packaged(name: str) -> AbstractContextManager[Path]:
    return as_file(files("jixiao").joinpath("data", name))


def _body(sheet: xw.Sheet, declared: Sheet, column: str) -> tuple[int, int, list[list[object]]]:
    """The first row below the header, the column's place, and the rows that stand there."""
    block = sheet.range((1, 1), sheet.used_range.last_cell).options(ndim=2).value
    layout = find_header(block, declared)
    place = layout.column(column) if layout else None
    if layout is None or place is None:
        raise WorkbookError(f"模板里的“{declared.name}”表不完整，请重新安装程序。")
    return layout.header_row + 1, place, block[layout.header_row :]


def _fill_year(sheet: xw.Sheet, year: int) -> None:
    top, place, rows = _body(sheet, SETTINGS, "name")
    _, value, _ = _body(sheet, SETTINGS, "value")
    line = next(index for index, row in enumerate(rows) if key(row[place - 1]) == key("年度"))
    sheet.range((top + line, value)).value = year


def _fill_names(sheet: xw.Sheet, declared: Sheet, column: str, names: Sequence[str]) -> None:
    """The departments in place of those that stand there; the Excel table grows or shrinks with them."""
    top, place, rows = _body(sheet, declared, column)
    height = max(len(rows), len(names))
    cells = [[f"'{name}"] for name in names] + [[None]] * (height - len(names))
    sheet.range((top, place), (top + height - 1, place)).value = cells
    table = sheet.tables[declared.table]
    width = table.range.shape[1]
    left = table.range.column
    table.resize(sheet.range((top - 1, left), (top + max(len(names), 1) - 1, left + width - 1)))
