"""Ranges as Excel hands them to a function: objects whose cells xlwings asks for, holes, dates and texts among them."""

import shutil

import pytest
from openpyxl import load_workbook

from tests.functions.excel import call
from tests.windows.excel import Cells
from tests.windows.wine import HOME
from tests.workbooks import EXAMPLE


@pytest.fixture(scope="module")
def opened(installed, excel):
    """The example, open in Excel, and the values of any range of it."""
    name = "范围.xlsm"
    shutil.copy(EXAMPLE, installed.path(HOME) / name)
    excel.ask("open", path=rf"{HOME}\{name}")
    book = load_workbook(EXAMPLE, data_only=True)

    def values(cells: Cells):
        found = book[cells.sheet][cells.address]
        return tuple(tuple(cell.value for cell in row) for row in found) if isinstance(found, tuple) else found.value

    yield values
    excel.ask("close")


ENTRIES, STANDARDS = Cells("加减分", "A1:N60"), Cells("加减分标准", "A1:L40")
CALLS = [
    ("JIXIAO_DEDUP", (ENTRIES,)),
    ("JIXIAO_DEDUP", (ENTRIES, STANDARDS, Cells("参数", "A1:E60"))),
    ("JIXIAO_POINTS", (ENTRIES, Cells("科室", "A4:A15"))),
    ("JIXIAO_POINTS", (ENTRIES, Cells("科室", "A4"))),
    ("JIXIAO_QUARTER", (Cells("任务台账", "D4:D8"), Cells("任务台账", "C4:C8"))),
    ("JIXIAO_QUARTER", (Cells("任务台账", "D4"),)),
    ("JIXIAO_NOTICE_END", (Cells("公示", "B4:B8"),)),
    ("JIXIAO_RANK", (Cells("历年结果", "C4:C15"),)),
]


@pytest.mark.parametrize(("name", "ranges"), CALLS, ids=[f"{name}-{len(ranges)}" for name, ranges in CALLS])
def test_a_function_of_ranges_is_the_function_of_their_values(excel, opened, name, ranges):
    assert excel.formula(name, *ranges) == call(name, *map(opened, ranges))
