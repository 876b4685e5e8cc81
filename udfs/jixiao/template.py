"""The packaged workbooks written out: a blank one for a year and its departments or after another year, the example."""

from collections.abc import Sequence
from pathlib import Path

from jixiao.carry import Carried, fill_next_year, require_year
from jixiao.engines.file import open_book
from jixiao.newrules import show_rules
from jixiao.packaged import EXAMPLE, TEMPLATE, packaged
from jixiao.sheets.fill import fill_rows, fill_settings
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS

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
