"""Wherever 科室 are named, the name of last year is as good as the one of today."""

import pytest
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from tests.workbooks import EXAMPLE, contents, header_of

NAMED = {
    "任务台账": ("科室",),
    "履职测评": ("被评科室", "测评人科室"),
    "加减分": ("科室",),
    "考勤": ("科室",),
    "历年结果": ("科室",),
    "人员": ("科室",),
}
SHOWN = ("季度得分", "考核结果", "考核一览", "结果运用", "得分说明")


@pytest.fixture(scope="module")
def today(tmp_path_factory):
    """What the example shows when every 科室 goes by its name of today."""
    return outcome(tmp_path_factory.mktemp("today") / "年.xlsm", ())


def outcome(path, sheets, *, told=True):
    """The output sheets of the example, scored with an old name for every 科室 of `sheets`; 科室 tells of them."""
    book = load_workbook(EXAMPLE, keep_vba=True)
    top, places = header_of(book["科室"], "科室", "曾用名")
    names = {}
    for row in book["科室"].iter_rows(min_row=top + 1):
        name, former = row[places["科室"] - 1].value, row[places["曾用名"] - 1]
        if name:
            names[name] = f"原{name}"
            former.value = "、".join(filter(None, [former.value, names[name] if told else None]))
    for sheet in sheets:
        first, columns = header_of(book[sheet], *NAMED[sheet])
        for row in book[sheet].iter_rows(min_row=first + 1):
            for header in NAMED[sheet]:
                cell = row[columns[header] - 1]
                cell.value = names.get(cell.value, cell.value)
    book.save(path)
    with open_book(path) as opened:
        buttons.score(opened)
        opened.save()
    scored = load_workbook(path)
    return {sheet: [row for row in contents(scored[sheet]) if not _stamped(row)] for sheet in SHOWN}


def _stamped(row):
    return any("数据指纹" in cell for cell in row if isinstance(cell, str))


@pytest.mark.parametrize("sheets", [*((sheet,) for sheet in NAMED), tuple(NAMED)], ids="、".join)
def test_an_old_name_gives_the_same_year(today, sheets, tmp_path):
    """Protects a 科室 that was renamed: its tasks, ballots, points, people and last year's place are not lost."""
    assert outcome(tmp_path / "年.xlsm", sheets) == today


@pytest.mark.parametrize("sheet", NAMED)
def test_each_of_these_sheets_tells_something(today, sheet, tmp_path):
    """An old name nobody told of is not understood: so each sheet above has its part in what is compared."""
    assert outcome(tmp_path / "年.xlsm", (sheet,), told=False) != today
