"""Every function typed into Calc's cells gives what plain Python gives, for any shape of argument."""

import re
from datetime import datetime

import pytest

from tests.functions.excel import MISSING, call, info, names
from tests.functions.test_arguments import ENTRIES, FAULTS, GROUPS, HEADER, QUARTERS, entry, upright

DAY_0 = datetime(1899, 12, 30)  # noqa: DTZ001 - dates in cells have no time zone
DATES = 2  # com.sun.star.util.NumberFormat.DATE
ODD_ROWS = (QUARTERS, (90.0, None, 92.0, 93.0), (90.0, "/", 92.0, 93.0), (90.0, "完成", "９２", 93.0))
SETTINGS = (("取整方式", "仅最后取整"), ("小数位数", 1.0))
MORE = (*ENTRIES, entry("党建办", "表彰", "国家级"), (None,) * 8)

CASES = [
    ("JIXIAO_SCORE", (QUARTERS, GROUPS)),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, 1.5)),
    ("JIXIAO_SCORE", (QUARTERS, GROUPS, None)),
    ("JIXIAO_SCORE", (upright(QUARTERS), upright(GROUPS), "１．５")),
    ("JIXIAO_SCORE", (("90.5", "９１", " 92 ", "93.00"), ("88", "90", "91"), MISSING, SETTINGS)),
    ("JIXIAO_SCORE", (ODD_ROWS, (GROUPS,) * 4, upright((None, 0.0, -2.5, "1")))),
    ("JIXIAO_SCORE", ((QUARTERS,) * 20, (GROUPS,) * 20)),
    ("JIXIAO_PERFORMANCE", (ODD_ROWS,)),
    ("JIXIAO_REVIEW", ((GROUPS, (1.0, None, 2.0)),)),
    ("JIXIAO_QUARTER", (upright((0.95, "100%", "/")), upright((1.0, 2.0, None)), 1.02)),
    ("JIXIAO_QUARTER", (upright((0.95, 0.9)), MISSING, None)),
    ("JIXIAO_QUARTER", ((0.95, None),)),
    ("JIXIAO_QUARTER", (("/", "无"),)),
    ("JIXIAO_QUARTER", (0.0,)),
    ("JIXIAO_QUARTER", (None,)),
    ("JIXIAO_QUARTER", (0.5, None)),
    ("JIXIAO_QUARTER", ((0.5, 0.6), MISSING, 0.0)),
    ("JIXIAO_POINTS", (MORE, upright(("财政所", "党 建办", "企业办")), upright((None, 1.0, None)))),
    ("JIXIAO_POINTS", (ENTRIES[:2], None, 0.5)),
    ("JIXIAO_DEDUP", (MORE,)),
    ("JIXIAO_RANK", ((90.0, 95.0, 95.0, 80.0),)),
    ("JIXIAO_RANK", (upright((90.0, 95.0, 95.0, 80.0)), (("并列名次", "连号"),))),
    ("JIXIAO_GRADE", ((90.0, 95.0, 95.0, 80.0), ("否", "否", 0.0, "是"))),
    ("JIXIAO_GRADE", ((90.0, 91.0, 93.0, 94.0), (1.0, True, 3.0, False))),
    ("JIXIAO_EXPLAIN", (ODD_ROWS, (GROUPS,) * 4)),
    ("JIXIAO_NOTICE_END", ("2024年4月30日",)),
    ("JIXIAO_NOTICE_END", (45412.0, None)),
    ("JIXIAO_NOTICE_END", (45412.0, 0.0)),
    ("JIXIAO_NOTICE_END", (upright((45412.0, None)), 6.0)),
    *((name, arguments) for name, arguments, _ in FAULTS),
]


def rows_of(answer):
    """An answer as Calc's cells hold it."""
    block = answer if isinstance(answer, list) else [[answer]]
    return tuple(tuple((cell - DAY_0).days if isinstance(cell, datetime) else cell for cell in row) for row in block)


def holds_error(argument):
    """Whether an argument other than 加减分区域 holds an error value."""
    return (isinstance(argument, str) and argument.startswith("#")) or (
        isinstance(argument, tuple) and argument[:1] != (HEADER,) and any(map(holds_error, argument))
    )


@pytest.mark.parametrize(("name", "arguments"), CASES, ids=[f"{at}-{name}" for at, (name, _) in enumerate(CASES)])
def test_typed_into_cells_it_gives_what_python_gives(typing, name, arguments):
    expected = rows_of(call(name, *arguments))
    size = {"rows": len(expected), "columns": len(expected[0])}
    shown = typing.call(name, *arguments, missing=MISSING, **size)
    if any(map(holds_error, arguments)):  # Calc asks no function about an error: it shows one itself
        assert not isinstance(shown, float), shown
        return
    assert shown == (expected[0][0] if size == {"rows": 1, "columns": 1} else expected)


def test_literals_arrays_and_nested_calls(typing):
    assert typing.formula('=JIXIAO_SCORE({90.5;91;92;93};{88;90;91};"1.5";{"小数位数";1})') == 92.9
    assert typing.formula("=JIXIAO_QUARTER({0.95|0.9};;1.02)") == call("JIXIAO_QUARTER", (0.95, 0.9), MISSING, 1.02)
    assert typing.formula("=JIXIAO_RANK(JIXIAO_PERFORMANCE({90;91;92;93|91;91;92;93}))", 2) == ((2.0,), (1.0,))
    assert typing.formula('=JIXIAO_NOTICE_END("2024-4-30";6)') == 45423
    assert typing.formula("=LEFT(JIXIAO_REVIEW({1;2});4)") == "#绩效:"


def test_an_empty_cell_is_told_from_a_zero_whenever_it_changes(typing):
    """A coefficient that is empty is 1, a zero is a fault, and both may stand in one sheet."""
    sheet = typing.sheet
    sheet.getCellRangeByName("A1:B2").setDataArray(((0.9, 0.8), (0.7, 0.6)))
    first, second = sheet.getCellRangeByName("D1"), sheet.getCellRangeByName("D2")
    first.setFormula("=JIXIAO_QUARTER(A1:B1;;C1)")
    second.setFormula("=JIXIAO_QUARTER(A2:B2;;C2)")
    assert (first.getValue(), second.getValue()) == (85, 65)
    sheet.getCellRangeByName("C2").setValue(0)
    assert (first.getValue(), second.getString()) == (85, "#绩效:评价系数要大于 0")
    sheet.getCellRangeByName("C2").setValue(1.2)
    sheet.getCellRangeByName("C1").setValue(0)
    assert (first.getString(), second.getValue()) == ("#绩效:评价系数要大于 0", 78)
    sheet.getCellRangeByName("C1").clearContents(1)
    sheet.getCellRangeByName("C2").clearContents(1)
    typing.document.calculateAll()
    assert (first.getValue(), second.getValue()) == (85, 65)


def test_an_empty_cell_and_a_zero_that_cannot_be_told_apart_are_not_guessed(typing):
    typing.sheet.getCellRangeByName("B2").setValue(0)
    empty, zero = typing.sheet.getCellRangeByName("C1"), typing.sheet.getCellRangeByName("C2")
    empty.setFormula("=JIXIAO_QUARTER(A1)")
    zero.setFormula("=JIXIAO_QUARTER(B2)")
    typing.document.calculateAll()
    assert {empty.getString(), zero.getString()} == {
        "#绩效:第 1 个参数有的公式里是空格、有的是 0，分不清，请把空格填上"
    }


def test_dates_among_the_entries_are_read_as_dates(typing):
    """A 表彰 counts in its year only."""
    table = (HEADER, entry("党建办", "表彰", "县级"))
    typing.call("JIXIAO_POINTS", table, missing=MISSING)
    date = typing.sheet.getCellByPosition(HEADER.index("日期"), 1)
    formats = typing.document.getNumberFormats()
    date.NumberFormat = formats.getStandardFormat(DATES, formats.getByKey(0).Locale)
    formula = typing.sheet.getCellByPosition(0, 2)
    for day, points in ((45356, 2.0), (44990, 0.0)):  # 2024-3-5, 2023-3-5
        date.setValue(day)
        assert formula.getValue() == points


def test_a_changed_input_is_followed(typing):
    sheet = typing.sheet
    sheet.getCellRangeByName("A1:G1").setDataArray(((*QUARTERS, *GROUPS),))
    cell = sheet.getCellRangeByName("H1")
    cell.setFormula("=JIXIAO_SCORE(A1:D1;E1:G1)")
    assert cell.getValue() == call("JIXIAO_SCORE", QUARTERS, GROUPS)
    sheet.getCellRangeByName("A1").setValue(70.5)
    assert cell.getValue() == call("JIXIAO_SCORE", (70.5, *QUARTERS[1:]), GROUPS)


@pytest.mark.parametrize("name", names())
def test_the_wizard_tells_excels_help(calc, name):
    known = calc.service("com.sun.star.sheet.FunctionDescriptions")
    listed = ({each.Name: each.Value for each in known.getByIndex(at)} for at in range(known.getCount()))
    (found,) = [one for one in listed if one["Name"] == name]
    assert found["Description"] == info(name)["ret"]["doc"]
    told = [argument.Description for argument in found["Arguments"]]
    assert told == [argument["doc"] for argument in info(name)["args"]]
    assert all(re.fullmatch("[\u4e00-\u9fff]+", argument.Name) for argument in found["Arguments"])
