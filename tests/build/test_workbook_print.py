"""What comes out of the printer, and how values look that the program writes without any format."""

import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped, unused-ignore]

from jixiao.policy.model import QUARTERS as QUARTER_NAMES
from jixiao.sheets.declare import Kind, Sheet
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.outputs import FINDINGS, OUTPUT_SHEETS, OVERVIEW, QUARTERS, RESULTS
from jixiao.sheets.recheck import RECHECK_SHEET
from jixiao.sheets.simulation import SIMULATION

from .workbook_files import BOOK_IDS, BOOKS, GUIDE_SHEET, HEADER, TEMPLATE, load, parts, place_of

SHEETS = (*INPUT_SHEETS, *OUTPUT_SHEETS)
A4 = 9
NUMBER_FORMATS = {"place": "0", "last_place": "0", "rate": "0.00%", "coefficient": "0.00##"}


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize("sheet", [*SHEETS, SIMULATION], ids=lambda sheet: sheet.key)
def test_print_setup(book: Path, sheet: Sheet) -> None:
    """A4, one page wide, as many pages long as needed, header on each, centred, pages numbered; 考核一览: one page."""
    worksheet = load(book)[sheet.name]
    assert worksheet.page_setup.paperSize == A4
    assert worksheet.sheet_properties.pageSetUpPr.fitToPage
    long = None if sheet is OVERVIEW else 0  # None is 1
    assert (worksheet.page_setup.fitToWidth, worksheet.page_setup.fitToHeight) == (None, long)
    assert worksheet.print_title_rows == f"${HEADER}:${HEADER}"
    assert worksheet.print_options.horizontalCentered
    assert "第 &P 页  共 &N 页" in str(worksheet.oddFooter.center.text).replace("[Page]", "P")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.key)
def test_results_and_overview_are_signed(sheet: Sheet) -> None:
    """Lines to sign at the foot of the paper, and none among the rows that others read."""
    footer = str(load(TEMPLATE)[sheet.name].oddFooter.center.text)
    for word in ("制表：", "审核：", "组长：", "日期："):
        assert (word in footer) is (sheet in (RESULTS, OVERVIEW))


def test_results_are_landscape() -> None:
    """The 17 columns of 考核结果 lie on one landscape page."""
    assert load(TEMPLATE)[RESULTS.name].page_setup.orientation == "landscape"


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_guide_prints_on_a4(book: Path) -> None:
    """The guide has pages of its own and repeats no header row."""
    worksheet = load(book)[GUIDE_SHEET]
    assert worksheet.page_setup.paperSize == A4
    assert worksheet.print_area
    assert worksheet.print_title_rows is None


def column_format(worksheet: Any, index: int) -> str:
    """Number format of a whole column."""
    dimension = next(each for each in worksheet.column_dimensions.values() if each.min <= index <= each.max)
    return str(dimension.number_format)


@pytest.mark.parametrize("sheet", OUTPUT_SHEETS, ids=lambda sheet: sheet.key)
def test_bare_values_get_their_format_from_the_column(sheet: Sheet) -> None:
    """The program writes values only: 得分 shows two decimals because the column says so."""
    worksheet = load(TEMPLATE)[sheet.name]
    blocks = len(QUARTER_NAMES) if sheet is QUARTERS else 1
    for block in range(blocks):
        for offset, column in enumerate(sheet.columns, start=1):
            if column.kind in {Kind.NUMBER, Kind.RATE}:
                shown = column_format(worksheet, block * (len(sheet.columns) + 1) + offset)
                assert shown == NUMBER_FORMATS.get(column.key, "0.00")


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_typed_values_keep_their_meaning_below_the_table(book: Path) -> None:
    """Past the table too, 完成率 is a percent cell, a date a date, and 票号 001 stays 001."""
    expected = {Kind.RATE: "0.00%", Kind.SHARE: "0.00%", Kind.DATE: "yyyy-mm-dd", Kind.TEXT: "@", Kind.NAMES: "@"}
    for sheet in INPUT_SHEETS:
        for index, column in enumerate(sheet.columns, start=1):
            if column.kind in expected and not column.output:
                assert column_format(load(book)[sheet.name], index) == expected[column.kind]


@pytest.mark.parametrize(
    ("sheet", "key", "words"),
    [(RESULTS, "grade", ("优秀", "良好", "一般", "较差")), (FINDINGS, "severity", ("错误", "警告", "提示"))],
    ids=["grade", "severity"],
)
def test_words_have_colours(sheet: Sheet, key: str, words: tuple[str, ...]) -> None:
    """Grades and severities are told apart by fill, down to row 2000 and more."""
    worksheet, column = load(TEMPLATE)[sheet.name], place_of(sheet, key)
    fills: dict[str, str] = {}
    for area in worksheet.conditional_formatting:
        for rule in area.rules:
            for word in words:
                if f"{column}2000" in area.sqref and rule.formula == [f'${column}4="{word}"'] and rule.dxf.fill:
                    fills.setdefault(word, rule.dxf.fill.bgColor.rgb)
    assert set(fills) == set(words)
    assert len(set(fills.values())) == len(words)


@pytest.mark.parametrize("sheet", OUTPUT_SHEETS, ids=lambda sheet: sheet.key)
def test_lines_follow_the_rows_written(sheet: Sheet) -> None:
    """Lines are drawn wherever the program writes, for every block."""
    worksheet = load(TEMPLATE)[sheet.name]
    blocks = len(QUARTER_NAMES) if sheet is QUARTERS else 1
    for block in range(blocks):
        cell = f"{get_column_letter(block * (len(sheet.columns) + 1) + len(sheet.columns))}2000"
        bordered = [
            rule
            for area in worksheet.conditional_formatting
            if cell in area.sqref
            for rule in area.rules
            if rule.dxf.border and rule.dxf.border.bottom
        ]
        assert bordered


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_tabs_tell_the_kinds_apart(book: Path) -> None:
    """One tab colour for the guide, one for input sheets, one for output sheets, one for 模拟测算."""
    colours: dict[str, set[str]] = {"guide": set(), "input": set(), "output": set(), "trial": set()}
    kinds = {sheet.name: "output" if sheet.output else "input" for sheet in SHEETS}
    kinds |= {GUIDE_SHEET: "guide", SIMULATION.name: "trial", RECHECK_SHEET: "output"}
    for worksheet in load(book).worksheets:
        if worksheet.sheet_state == "visible":
            colours[kinds[worksheet.title]].add(worksheet.sheet_properties.tabColor.rgb)
    assert all(len(each) == 1 for each in colours.values())
    assert len(set.union(*colours.values())) == 4


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_data_rows_may_be_fitted_to_their_text(book: Path) -> None:
    """A height marked as set by hand would cut off what is typed or written there later."""
    sheets = [raw for name, raw in parts(book) if name.startswith("xl/worksheets/sheet")]
    marked = [re.findall(rb'<row r="(\d+)"[^>]* customHeight="1"', raw) for raw in sheets]
    assert any(marked)  # the title rows are
    assert {int(row) for rows in marked for row in rows} <= set(range(1, HEADER + 1))


SCREEN = 1366 - 70  # pixels beside the row numbers and the scroll bar
IN_SIGHT = {
    "results": "grade",
    "findings": "advice",
    "simulation": "new_grade",
    "quarters": "score",
    "overview": "move",
    "tasks": "person",
    "points": "treatment",
}


@pytest.mark.parametrize(
    "sheet", [sheet for sheet in (*SHEETS, SIMULATION) if sheet.key in IN_SIGHT], ids=lambda sheet: sheet.key
)
def test_what_matters_is_seen_without_scrolling(sheet: Sheet) -> None:
    """On a screen 1366 pixels wide, where a character of 宋体 11 takes 8 pixels."""
    worksheet = load(TEMPLATE)[sheet.name]
    headers = [cell.value for cell in worksheet[HEADER]]
    last = len(headers) - headers[::-1].index(sheet.by_key[IN_SIGHT[sheet.key]].header)
    widths = [each for each in worksheet.column_dimensions.values() if each.min <= last]
    pixels = sum(8 * each.width * (min(each.max, last) - each.min + 1) for each in widths)
    assert pixels * (worksheet.sheet_view.zoomScale or 100) / 100 <= SCREEN


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize(
    "sheet", [sheet for sheet in INPUT_SHEETS if sheet.key != "settings"], ids=lambda sheet: sheet.key
)
def test_rows_to_be_filled_take_no_paper(book: Path, sheet: Sheet) -> None:
    """Protects the print from pages of ruled nothing: blank rows have neither lines nor fill but by a rule."""
    worksheet = load(book)[sheet.name]
    (table,) = worksheet.tables.values()
    rows = list(worksheet[table.ref])[1:]
    blank = [row for row in rows if all(cell.value is None for cell in row)]
    assert blank, "a table keeps rows to be filled"
    assert not any(cell.border.bottom.style or cell.fill.fill_type for row in blank for cell in row)
    lined = [
        str(area.sqref) for area in worksheet.conditional_formatting if [r.formula for r in area.rules] == [["TRUE"]]
    ]
    assert len(lined) == len(sheet.columns)
    assert all(area.endswith(str(rows[-1][0].row)) for area in lined)
