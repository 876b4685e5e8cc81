"""The sheets are the contract's: names, order, headers and default rows come from the declarations and the rules."""

from pathlib import Path

import pytest
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped, unused-ignore]

from jixiao.policy.model import QUARTERS as QUARTER_NAMES
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import ATTENDANCE, DEPARTMENTS, INPUT_SHEETS, SETTINGS, STANDARDS
from jixiao.sheets.outputs import FINDINGS, OUTPUT_SHEETS, PLACES, QUARTERS, RESULTS
from jixiao.sheets.recheck import RECHECK_SHEET
from jixiao.sheets.simulation import SIMULATION

from .workbook_files import (
    BOOK_IDS,
    BOOKS,
    FIRST,
    GUIDE_SHEET,
    HEADER,
    HIDDEN_SHEETS,
    TEMPLATE,
    filled,
    header_row,
    load,
    rules,
)

SHEETS = (*INPUT_SHEETS, *OUTPUT_SHEETS)
TWELVE = (
    "综合办",
    "党建办",
    "民政办",
    "卫计办",
    "安监办",
    "企业办",
    "城建办",
    "农业办",
    "综治办",
    "财政所",
    "退役军人服务站",
    "纪委监委",
)
SHEET_IDS = [sheet.key for sheet in SHEETS]


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_sheet_order(book: Path) -> None:
    """Guide, what is filled in, what the program writes, 公式复核 beside 考核结果, 模拟测算 last; helpers hidden."""
    workbook = load(book)
    names = [GUIDE_SHEET, *(sheet.name for sheet in SHEETS), SIMULATION.name]
    names.insert(names.index(RESULTS.name) + 1, RECHECK_SHEET)
    visible = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    assert visible == names
    assert workbook.sheetnames[: len(names)] == names
    hidden = workbook.sheetnames[len(names) :]
    assert [name for name in hidden if not name.startswith("复核")] == list(HIDDEN_SHEETS)
    assert workbook.active.title == GUIDE_SHEET


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize("sheet", SHEETS, ids=SHEET_IDS)
def test_headers_are_the_declared_ones(book: Path, sheet: Sheet) -> None:
    """In row 3, in the declared order, and above them nothing a reader could take for a header."""
    worksheet = load(book)[sheet.name]
    headers = [column.header for column in sheet.columns]
    hidden = [PLACES] if sheet is FINDINGS else []
    assert header_row(worksheet) == headers * (len(QUARTER_NAMES) if sheet is QUARTERS else 1) + hidden
    assert worksheet.column_dimensions[get_column_letter(len(headers) + 1)].hidden == bool(hidden)
    above = [cell.value for row in worksheet.iter_rows(max_row=HEADER - 1) for cell in row]
    assert not set(above) & set(headers)


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_quarter_blocks(book: Path) -> None:
    """Four blocks side by side, each under its quarter's name, an empty column between them."""
    worksheet = load(book)[QUARTERS.name]
    step = len(QUARTERS.columns) + 1
    captions = {cell.column: cell.value for cell in worksheet[HEADER - 1] if cell.value}
    assert captions == {1 + block * step: name for block, name in enumerate(QUARTER_NAMES)}
    assert all(worksheet.cell(HEADER, block * step).value is None for block in range(1, len(QUARTER_NAMES)))


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize("sheet", INPUT_SHEETS, ids=lambda sheet: sheet.key)
def test_table_covers_header_and_rows(book: Path, sheet: Sheet) -> None:
    """One Excel table of the declared name, from the header row over all rows filled in, with a filter."""
    worksheet = load(book)[sheet.name]
    assert list(worksheet.tables) == [sheet.table]
    table = worksheet.tables[sheet.table]
    first, last = table.ref.split(":")
    assert first == f"A{HEADER}"
    assert worksheet[last].column == len(sheet.columns)
    assert worksheet[last].row >= FIRST + len(filled(worksheet, len(sheet.columns))) - 1
    assert table.autoFilter is not None


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_settings_are_the_rules(book: Path) -> None:
    """参数 lists every setting of the rules in order, with its default, clause and meaning."""
    rows = filled(load(book)[SETTINGS.name], len(SETTINGS.columns))
    shown = [(name, default or "", clause, note) for name, _, default, clause, note in rows]
    assert shown == [(each["name"], each["default"], each["clause"], each["help"]) for each in rules()["settings"]]


def test_blank_template_sets_nothing() -> None:
    """The template is blank: no value in 参数, no coefficient, names of the plan's twelve 科室 only."""
    workbook = load(TEMPLATE)
    assert {row[1] for row in filled(workbook[SETTINGS.name], len(SETTINGS.columns))} == {None}
    for sheet in INPUT_SHEETS:
        rows = filled(workbook[sheet.name], len(sheet.columns))
        if sheet in (DEPARTMENTS, ATTENDANCE):
            assert rows == [[name, *[None] * (len(sheet.columns) - 1)] for name in TWELVE]
        elif sheet not in (SETTINGS, STANDARDS):
            assert rows == []


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_standards_are_the_default_rows(book: Path) -> None:
    """加减分标准 starts as the rules have it, all rows switched on."""
    headers = [column.header for column in STANDARDS.columns]
    rows = [dict(zip(headers, row, strict=True)) for row in filled(load(book)[STANDARDS.name], len(headers))]
    expected = [
        {
            "类别": each["category"],
            "方向": each["direction"],
            "级别": each["level"] or None,
            "计分方式": each["method"],
            "分值": float(each["points"]) if "points" in each else None,
            "最低分": float(each["minimum"]) if "minimum" in each else None,
            "最高分": float(each["maximum"]) if "maximum" in each else None,
            "同一工作只计一次": "是" if each["once"] else "否",
            "启用": "是",
            "对应条款": each["clause"],
        }
        for each in rules()["standards"]
    ]
    assert [{key: row[key] for key in expected[0]} for row in rows] == expected
    assert all(row[key] is None for row in rows for key in ("类别上限", "递减比例", "等次封顶"))


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize("sheet", OUTPUT_SHEETS, ids=lambda sheet: sheet.key)
def test_output_sheets_are_empty(book: Path, sheet: Sheet) -> None:
    """Nothing below the header: results come from the program alone."""
    below = load(book)[sheet.name].iter_rows(min_row=HEADER + 1, values_only=True)
    assert not any(value is not None for row in below for value in row)


@pytest.mark.parametrize("sheet", SHEETS, ids=SHEET_IDS)
def test_header_stays_in_view(sheet: Sheet) -> None:
    """The header row does not scroll away."""
    pane = load(TEMPLATE)[sheet.name].freeze_panes
    assert pane is not None
    assert pane.endswith(str(FIRST))


def test_guide_leads_to_sheets_there_are() -> None:
    """Each step and most questions lead to the sheet they speak of."""
    book = load(TEMPLATE)
    guide = book[GUIDE_SHEET]
    links = [cell.hyperlink.location for row in guide for cell in row if cell.hyperlink]
    assert len(links) > 20
    names = [location.rpartition("!")[0].strip("'") for location in links]
    assert set(names) <= set(book.sheetnames)
    for cell in (cell for row in guide for cell in row if cell.hyperlink):
        name = cell.hyperlink.location.rpartition("!")[0].strip("'")
        assert name in f"{cell.value}{guide.cell(cell.row, cell.column + 1).value}", cell.value
