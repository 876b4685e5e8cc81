"""The packaged workbooks written out: a blank one for a year and its departments or after another year, the example."""

from collections.abc import Sequence
from pathlib import Path

from jixiao.carry import Carried, fill_next_year, require_year
from jixiao.engines.file import open_book
from jixiao.errors import CallError
from jixiao.newrules import show_rules
from jixiao.packaged import EXAMPLE, TEMPLATE, packaged
from jixiao.sheets.fill import fill_rows, fill_settings
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS
from jixiao.text import key

EXAMPLE_NAME = "绩效考核-2024示例.xlsm"


def write_example(target: Path) -> None:
    """Write the example workbook to `target`; a file of that name is kept in 备份."""
    with packaged(EXAMPLE) as source, open_book(source) as book:
        book.save(str(target))


def write_template(target: Path, year: int | None = None, departments: Sequence[str] | None = None) -> None:
    """Write a blank workbook to `target`, by the rules of `year`, with `departments` instead of the plan's twelve.

    A file of that name is kept in 备份. Raises CallError for a year that cannot be.
    """
    if year is not None:
        require_year(year)
    with packaged(TEMPLATE) as source, open_book(source) as book:
        if year is not None:
            show_rules(book, year)
            fill_settings(book, {"年度": year})
        if departments is not None:
            fill_rows(book, DEPARTMENTS, [{"name": name} for name in departments])
            fill_rows(book, ATTENDANCE, [{"department": name} for name in departments])
        book.save(str(target))


def write_next_year(target: Path, carried: Carried, year: int) -> None:
    """Write the workbook of `year` to `target`, with what it takes over from the year before (年度结转).

    A file of that name is kept in 备份.
    """
    with packaged(TEMPLATE) as source, open_book(source) as book:
        fill_next_year(book, carried, year)
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
