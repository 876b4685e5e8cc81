"""A check box in a cell (Excel 2024) shows TRUE or FALSE: 是 or 否 where these are asked for, a number nowhere (§2)."""

import pytest

from tests.checks.plant import by_name, planted, scored
from tests.checks.town import EXPECTED, FIGURES


def answered(tmp_path, cells):
    return scored(planted(tmp_path / "镇.xlsm", cells))


def figures(answer):
    return {name: tuple(line[header] for header in FIGURES) for name, line in by_name(answer).items()}


def column(book, sheet, header):
    """The letter of a column, by its header."""
    return next(cell.column_letter for cell in book[sheet][3] if cell.value == header)


@pytest.mark.parametrize(("ticked", "word"), [(True, "是"), (False, "否")])
@pytest.mark.parametrize("header", ["启用", "同一工作只计一次"])
def test_ticks_on_the_standards_are_words(tmp_path, header, ticked, word):
    """Protects a list of standards that somebody made with check boxes: all its rows were refused."""
    answers = []
    for cell in (ticked, word):

        def edit(book, cell=cell):
            sheet = book["加减分标准"]
            sheet[f"{column(book, '加减分标准', header)}4"].value = cell

        answers.append(answered(tmp_path, edit))
    assert answers[0] == answers[1]
    assert not [line for line in answers[0]["校验"] if line["类型"] == "错误"]


def test_a_ticked_head_is_the_head(tmp_path):
    answers = []
    for cell in (True, "是"):

        def edit(book, cell=cell):
            sheet = book["人员"]
            for place, value in enumerate(("张三", "综合办", "主任", "科级", cell), start=1):
                sheet.cell(4, place).value = value

        answers.append(answered(tmp_path, edit)["校验"])
    assert answers[0] == answers[1]
    assert "E07" not in {line["代码"] for line in answers[0]}


@pytest.mark.parametrize("place", ["任务台账!D4", "履职测评!E4", "考勤!D4"])
def test_a_tick_is_no_number(tmp_path, place):
    """Never 1, never 100 %: nobody means a figure by a tick."""
    answer = answered(tmp_path, {place: True})
    sheet, cell = place.split("!")
    told = [line for line in answer["校验"] if (line["工作表"], line["单元格"]) == (sheet, cell)]
    assert [line["类型"] for line in told] == ["错误"]
    assert "TRUE" in told[0]["问题"]
    assert figures(answer) != EXPECTED
