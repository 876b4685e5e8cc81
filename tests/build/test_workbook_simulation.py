"""The sheet 模拟测算 as it is built: where it stands, what it offers, what it refuses, how moves are marked."""

import re
from pathlib import Path
from typing import Any

import pytest

from jixiao.sheets.inputs import SETTINGS
from jixiao.sheets.simulation import SIMULATION

from .workbook_files import BOOK_IDS, BOOKS, FIRST, HEADER, TEMPLATE, filled, load, rules, validations_of

SPACER = 4  # the column between what is typed and what is written


def sheet(book: Path = TEMPLATE) -> Any:
    """The built sheet."""
    return load(book)[SIMULATION.name]


def place(key: str) -> str:
    """Column letter of a declared column."""
    header = SIMULATION.by_key[key].header
    return str(next(cell.column_letter for cell in sheet()[HEADER] if cell.value == header))


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_it_is_the_last_sheet_staff_see_and_blank(book: Path) -> None:
    """Behind the results; nothing below its header."""
    names = [each.title for each in load(book).worksheets if each.sheet_state == "visible"]
    assert names[-1] == SIMULATION.name
    assert filled(sheet(book), len(SIMULATION.columns) + 1) == []


def test_headers_in_order_around_an_empty_column() -> None:
    """Three columns to try a setting, then the comparison; nothing above could be taken for a header."""
    headers = [cell.value for cell in sheet()[HEADER]]
    assert headers[SPACER - 1] is None
    assert [*headers[: SPACER - 1], *headers[SPACER:]] == [column.header for column in SIMULATION.columns]
    above = {cell.value for row in sheet().iter_rows(max_row=HEADER - 1) for cell in row}
    assert not above & set(headers) - {None}
    assert SIMULATION.purpose in above


def test_the_drop_down_offers_every_setting() -> None:
    """The list reaches from the first to the last line of 参数."""
    (check,) = validations_of(sheet(), f"{place('name')}{FIRST}")
    name, area = re.fullmatch(r"=?(\w+)!(.*)", check.formula1).groups()  # type: ignore[union-attr]
    offered = [cell.value for (cell,) in load(TEMPLATE)[name][area.replace("$", "")]]
    assert name == SETTINGS.name
    assert offered == [each["name"] for each in rules()["settings"]]
    assert check.showErrorMessage


@pytest.mark.parametrize("column", SIMULATION.outputs, ids=lambda column: column.key)
def test_nothing_is_typed_where_the_program_writes(column: Any) -> None:
    """On the last row a town of a thousand 科室 would need, too."""
    for row in (FIRST, FIRST + 999):
        (check,) = validations_of(sheet(), f"{place(column.key)}{row}")
        assert (check.type, check.formula1) == ("custom", "FALSE")


def test_cells_to_fill_in_are_light_yellow_and_not_locked_away() -> None:
    """As on 参数; the sheet is not protected, for staff type into it."""
    names, values, now = (sheet()[f"{place(key)}{FIRST}"].fill.fgColor.rgb for key in ("name", "value", "now"))
    assert names == values == load(TEMPLATE)[SETTINGS.name][f"B{FIRST + 2}"].fill.fgColor.rgb
    assert now != values
    assert not sheet().protection.sheet


def test_moves_are_marked() -> None:
    """Up and down by colour, another grade by bold type; each mark keeps the lines of the table."""
    marks = {
        rule.formula[0]: rule.dxf
        for area in sheet().conditional_formatting
        for rule in area.rules
        if rule.dxf.fill is not None and rule.dxf.font is not None
    }
    move, up_to = place("move"), place("difference")
    up, down = marks[f'LEFT(${move}{FIRST},1)="↑"'], marks[f'LEFT(${move}{FIRST},1)="↓"']
    assert up.font.color.rgb != down.font.color.rgb
    assert marks[f"N(${up_to}{FIRST})>0"].font.color.rgb == up.font.color.rgb
    assert marks[f"N(${up_to}{FIRST})<0"].font.color.rgb == down.font.color.rgb
    assert [mark for mark in marks.values() if mark.font.b]
    assert all(mark.border and mark.border.bottom for mark in marks.values())


def test_it_prints_landscape() -> None:
    """Twelve columns on one A4 page."""
    assert sheet().page_setup.orientation == "landscape"
