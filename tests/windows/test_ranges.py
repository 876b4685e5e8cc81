"""Functions as the wrappers call them: ranges are objects whose cells xlwings asks for, holes and dates too."""

import shutil
from itertools import compress

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from jixiao.windows import ERRORS
from tests.conftest import ROOT
from tests.functions.excel import MISSING, call, names
from tests.windows.excel import Cells
from tests.windows.wine import HOME
from tests.workbooks import EXAMPLE


@pytest.fixture(scope="module")
def opened(installed, excel):
    """The example, scored and open in Excel, and the values of any range of it."""
    target = installed.path(HOME) / "范围.xlsm"
    assert main(["score", str(EXAMPLE), "-o", str(target)]) == 0
    excel.ask("open", path=rf"{HOME}\{target.name}")
    book = load_workbook(shutil.copy(target, target.with_name("同样.xlsm")), data_only=True)

    def values(cells):
        if not isinstance(cells, Cells):
            return cells
        found = book[cells.sheet][cells.address]
        return tuple(tuple(cell.value for cell in row) for row in found) if isinstance(found, tuple) else found.value

    yield values
    excel.ask("close")


FORMULAS = {
    "JIXIAO_SCORE",
    "JIXIAO_QUARTER",
    "JIXIAO_PERFORMANCE",
    "JIXIAO_REVIEW",
    "JIXIAO_POINTS",
    "JIXIAO_DEDUP",
    "JIXIAO_RANK",
    "JIXIAO_GRADE",
    "JIXIAO_EXPLAIN",
    "JIXIAO_NOTICE_END",
}
ENTRIES, STANDARDS, SETTINGS = Cells("加减分", "A1:N60"), Cells("加减分标准", "A1:L40"), Cells("参数", "A3:B60")
QUARTERS, REVIEWS = Cells("考核结果", "C4:F15"), Cells("考核结果", "H4:J15")
NET, SCORES = Cells("考核结果", "N4:N15"), Cells("考核结果", "O4:O15")
ONE = Cells("考核结果", "C4:F4"), Cells("考核结果", "H4:J4"), Cells("考核结果", "N4")
CALLS = [
    ("JIXIAO_SCORE", (QUARTERS, REVIEWS, NET, SETTINGS)),
    ("JIXIAO_SCORE", (*ONE, MISSING)),
    ("JIXIAO_PERFORMANCE", (QUARTERS, SETTINGS)),
    ("JIXIAO_PERFORMANCE", (ONE[0], MISSING)),
    ("JIXIAO_REVIEW", (REVIEWS, SETTINGS)),
    ("JIXIAO_REVIEW", (ONE[1], MISSING)),
    ("JIXIAO_EXPLAIN", (QUARTERS, REVIEWS, NET, SETTINGS)),
    ("JIXIAO_EXPLAIN", (*ONE, MISSING)),
    ("JIXIAO_DEDUP", (ENTRIES, MISSING, MISSING)),
    ("JIXIAO_DEDUP", (ENTRIES, STANDARDS, Cells("参数", "A1:E60"))),
    ("JIXIAO_POINTS", (ENTRIES, Cells("科室", "A4:A15"))),
    ("JIXIAO_POINTS", (ENTRIES, Cells("科室", "A4"))),
    ("JIXIAO_QUARTER", (Cells("任务台账", "D4:D8"), Cells("任务台账", "C4:C8"), Cells("科室", "B4"))),
    ("JIXIAO_QUARTER", (Cells("任务台账", "D4"), MISSING)),
    ("JIXIAO_NOTICE_END", (Cells("公示", "B4:B8"), MISSING, SETTINGS)),
    ("JIXIAO_RANK", (SCORES, SETTINGS)),
    ("JIXIAO_RANK", (Cells("历年结果", "C4:C15"), MISSING)),
    ("JIXIAO_GRADE", (SCORES, MISSING, SETTINGS)),
]


@pytest.mark.parametrize(("name", "given"), CALLS, ids=[f"{place}-{name}" for place, (name, _) in enumerate(CALLS)])
def test_a_function_in_a_cell_is_the_function_of_the_values(excel, opened, name, given):
    expected = call(name, *map(opened, given))
    assert excel.formula(name, *given) == expected
    first = expected[0][0] if isinstance(expected, list) else expected
    assert not str(first).startswith("#绩效"), "a call that fails shows nothing"


def test_what_is_computed_from_ranges_is_what_the_button_wrote(excel, opened):
    """But for a 科室 without a task in one quarter: its cell is empty, of which a formula must not make anything."""
    computed = excel.formula("JIXIAO_SCORE", QUARTERS, REVIEWS, NET, SETTINGS)
    whole = [None not in row for row in opened(QUARTERS)]
    assert whole.count(False) == 1
    assert list(compress(computed, whole)) == [list(row) for row in compress(opened(SCORES), whole)]


def test_no_function_is_left_out():
    assert set(names()) == FORMULAS == {name for name, _ in CALLS}


def test_the_wrappers_call_so():
    """Nothing stands for the workbook and the caller here, as in the VBA that ships: no function asks for them."""
    service = (ROOT / "addin" / "vba" / "JxService.cls").read_text("ascii")
    assert 'CallUDF("jixiao.functions", name, arguments, Nothing, Nothing)' in service
    wrappers = (ROOT / "addin" / "vba" / "JxFunctions.bas").read_text("ascii")
    for name in FORMULAS:
        assert f'Jx.Called("{name}", Array(' in wrappers


@pytest.mark.parametrize("error", sorted(set(ERRORS.values())))
def test_an_error_of_any_name_is_no_score(excel, error):
    """COM hands error values over as whole numbers; xlwings knows seven, and would rank the others."""
    assert str(excel.formula("JIXIAO_RANK", ((90.0,), (error,)))) == str(call("JIXIAO_RANK", ((90.0,), (error,))))
    assert error in str(excel.formula("JIXIAO_RANK", ((90.0,), (error,))))
