"""Entries that stand where nobody reads them are told, and what only looks like such entries is left alone."""

from datetime import date

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from tests.checks.plant import town_file
from tests.workbooks import EXAMPLE, TEMPLATE, header_of

CODES = {"F35", "F36", "C31"}


def told(path, codes=CODES):
    with open_book(path) as book:
        return [line for line in buttons.check(book).lines if line["代码"] in codes]


def edited(tmp_path, edit):
    book = load_workbook(town_file(), keep_vba=True)
    edit(book)
    book.save(tmp_path / "镇.xlsm")
    return tmp_path / "镇.xlsm"


def copied(name, title):
    def edit(book):
        book.copy_worksheet(book[name]).title = title

    return edit


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("任务台账", "任务台账 (2)"),
        ("任务台账", "任务台账（2）"),
        ("任务台账", "任务台账-综合办"),
        ("任务台账", "2023年任务台账"),
        ("任务台账", "Sheet1"),
        ("加减分", "加减分 副本"),
        ("加减分", "加减分_1"),
        ("加减分标准", "加减分标准(旧)"),
        ("参数", "参数备份"),
        ("科室", "科室 (2)"),
        ("考勤", "考勤旧"),
        ("履职测评", "履职测评 (班子)"),
    ],
)
def test_a_copy_of_a_sheet_is_told(tmp_path, name, title):
    """Protects entries made in the wrong tab: a copy of a sheet is never read."""
    (line,) = told(edited(tmp_path, copied(name, title)))
    assert (line["类型"], line["代码"], line["工作表"]) == ("警告", "F35", name)
    assert f"“{title}”" in str(line["问题"])


def emptied(book):
    sheet = book.copy_worksheet(book["加减分"])
    sheet.title = "加减分 (2)"
    top, _ = header_of(sheet, "科室", "类别")
    sheet.delete_rows(top + 1, sheet.max_row)


def other_sheets(book):
    book.create_sheet("任务台账说明").append(["科室", "任务", "联系人"])
    book.create_sheet("科室通讯录").append(["科室", "电话"])
    notes = book.create_sheet("加减分汇总")
    notes.append(["科室", "加分", "减分"])
    notes.append(["综合办", 5, 0])
    book.copy_worksheet(book["考核结果"]).title = "考核结果 (2)"


@pytest.mark.parametrize("edit", [emptied, other_sheets])
def test_sheets_that_are_no_entries_are_left_alone(tmp_path, edit):
    """Protects the clerk's own sheets from a warning that never goes away."""
    assert told(edited(tmp_path, edit)) == []


@pytest.mark.parametrize("path", [EXAMPLE, TEMPLATE])
def test_the_example_and_the_blank_workbook_draw_none(path):
    assert told(path) == []


def default_of(name, value):
    def edit(book):
        sheet = book["参数"]
        top, columns = header_of(sheet, "项目", "值")
        for row in range(top + 1, sheet.max_row + 1):
            if sheet.cell(row, columns["项目"]).value == name:
                sheet.cell(row, columns["默认值"]).value = value

    return edit


@pytest.mark.parametrize(
    ("name", "value"),
    [("优秀比例", "25%"), ("优秀比例", 0.25), ("小数位数", 1), ("加分上限", 10), ("取整方式", "仅最后取整")],
)
def test_a_value_typed_into_the_defaults_is_told(tmp_path, name, value):
    """Protects a rule somebody thinks is changed: 默认值 is only there to be read."""
    (line,) = told(edited(tmp_path, default_of(name, value)))
    assert (line["类型"], line["代码"], line["工作表"]) == ("警告", "C31", "参数")
    assert str(line["单元格"]).startswith("C")
    assert "“值”" in str(line["建议"])


@pytest.mark.parametrize(
    ("name", "value"), [("优秀比例", 0.3), ("优秀比例", "３０％"), ("优秀比例", None), ("小数位数", 2)]
)
def test_the_default_in_another_spelling_is_none(tmp_path, name, value):
    assert told(edited(tmp_path, default_of(name, value))) == []


def column(header, title, values):
    """加减分 with a header renamed, and the column's cells replaced."""

    def edit(book):
        sheet = book["加减分"]
        top, columns = header_of(sheet, "科室", "类别")
        place = columns[header]
        sheet.cell(top, place).value = title
        for row in range(top + 1, sheet.max_row + 1):
            sheet.cell(row, place).value = None
        for row, value in enumerate(values, start=top + 1):
            sheet.cell(row, place).value = value

    return edit


@pytest.mark.parametrize(
    ("header", "title", "values", "warned"),
    [
        ("日期", "获奖时间", [date(2024, 3, 5), "2024.5.6"], True),
        ("日期", "获奖时间", ["三月", "五月"], False),
        ("日期", "获奖时间", [date(2024, 3, 5), "待定"], False),
        ("日期", "获奖时间", [], False),
        ("计分比例", "分摊", ["50%", 0.5], True),
        ("计分比例", "份数", [1, 1], False),
        ("计分比例", "份数", [0.5, 2], False),
    ],
)
def test_a_renamed_column_of_dates_or_shares_is_told(tmp_path, header, title, values, warned):
    """Protects R8's year and shared credit: under another header they would count for nothing, unsaid."""
    lines = told(edited(tmp_path, column(header, title, values)))
    assert [line["代码"] for line in lines] == (["F36"] if warned else [])
    if warned:
        assert f"“{title}”" in str(lines[0]["问题"])
