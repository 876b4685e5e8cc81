"""Checks, hints, drop-downs and protection: what Excel does while staff type."""

from pathlib import Path
from typing import Any

import pytest

from jixiao.sheets.declare import Column, Kind, Sheet, Source
from jixiao.sheets.inputs import BALLOTS, INPUT_SHEETS, SETTINGS, STANDARDS
from jixiao.sheets.outputs import FINDINGS, OUTPUT_SHEETS
from jixiao.sheets.recheck import RECHECK_SHEET

from .workbook_files import (
    BOOK_IDS,
    BOOKS,
    FIRST,
    LIST_SHEET,
    REACH,
    TEMPLATE,
    USUAL_REACH,
    filled,
    load,
    load_cached,
    place_of,
    rules,
    validations_of,
)

LIST_NAMES = {Source.DEPARTMENTS: "科室名单", Source.CATEGORIES: "类别名单", Source.LEVELS: "级别名单"}
COLUMNS = [(sheet, column) for sheet in INPUT_SHEETS for column in sheet.columns]
COLUMN_IDS = [f"{sheet.key}-{column.key}" for sheet, column in COLUMNS]


def check_at(sheet: Sheet, column: Column, row: int, book: Path = TEMPLATE) -> Any:
    """The one check of a column's cell."""
    found = validations_of(load(book)[sheet.name], f"{place_of(sheet, column.key)}{row}")
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=COLUMN_IDS)
def test_hint_reaches_far_past_the_table(book: Path, sheet: Sheet, column: Column) -> None:
    """Staff paste below the table: the hint and the check are there too."""
    last = check_at(sheet, column, REACH.get(sheet.key, USUAL_REACH), book)
    assert last.prompt
    if not column.output:
        assert last.prompt == column.help
    if column.kind is not Kind.SETTING:  # each setting has a check of its own
        assert check_at(sheet, column, FIRST, book) is last


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=COLUMN_IDS)
def test_drop_downs(sheet: Sheet, column: Column) -> None:
    """Declared choices are offered; a wrong word is refused, except where the program knows aliases."""
    check = check_at(sheet, column, FIRST + 1)
    if column.choices == ():
        if column.kind is not Kind.SETTING:
            assert check.type != "list"
        return
    assert check.type == "list"
    if isinstance(column.choices, Source):
        assert check.formula1 == LIST_NAMES[column.choices]
    else:
        assert check.formula1 == f'"{",".join(column.choices)}"'
    aliases = sheet is BALLOTS and column.key == "group"
    assert check.errorStyle == ("warning" if aliases else None)


@pytest.mark.parametrize(("sheet", "column"), COLUMNS, ids=COLUMN_IDS)
def test_only_lists_and_output_columns_refuse(sheet: Sheet, column: Column) -> None:
    """The program reads 95, 95%, “/” and more: a check that is no list may ask, never refuse."""
    check = check_at(sheet, column, FIRST)
    refuses = check.errorStyle is None and check.type not in {None, "none"}
    assert refuses is (check.type == "list" and column.key != "group") or column.output


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_output_columns_refuse_typing(book: Path) -> None:
    """计分 and 处理说明 belong to the program: typing is refused, with a reason."""
    outputs = [(sheet, column) for sheet, column in COLUMNS if column.output]
    assert outputs
    for sheet, column in outputs:
        for row in (FIRST, USUAL_REACH):
            check = check_at(sheet, column, row, book)
            assert (check.type, check.formula1, check.errorStyle) == ("custom", "FALSE", None)
            assert check.showErrorMessage
            assert not check.allowBlank
            assert "由程序填写" in check.error


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_excel_limits(book: Path) -> None:
    """Excel calls a file damaged whose titles, messages or formulas of checks are too long."""
    for worksheet in load(book).worksheets:
        for check in worksheet.data_validations.dataValidation:
            assert len(check.promptTitle or "") <= 32
            assert len(check.errorTitle or "") <= 32
            assert len(check.prompt or "") <= 255
            assert len(check.error or "") <= 255
            assert len(check.formula1 or "") <= 255


def test_settings_offer_their_choices() -> None:
    """A setting that knows some words only offers them; the hint says what the setting is for."""
    worksheet = load(TEMPLATE)[SETTINGS.name]
    value = place_of(SETTINGS, "value")
    for offset, setting in enumerate(rules()["settings"]):
        (check,) = validations_of(worksheet, f"{value}{FIRST + offset}")
        assert check.prompt.startswith(setting["help"])
        if setting["kind"] == "choice":
            assert (check.type, check.formula1) == ("list", f'"{",".join(setting["choices"])}"')
        else:
            assert check.type != "list"


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_only_output_sheets_are_protected(book: Path) -> None:
    """Excel tables do not grow on a protected sheet; results need no password to be unlocked."""
    names = {sheet.name for sheet in OUTPUT_SHEETS} | {RECHECK_SHEET}
    for worksheet in load(book).worksheets:
        protection = worksheet.protection
        assert protection.sheet is (worksheet.title in names)
        if protection.sheet:
            assert protection.password is None
            # openpyxl shows the file's flags: False means the ban is lifted.
            assert (protection.formatColumns, protection.formatRows) == (False, False)
            # Of the others, rows rewritten under a filter would stay hidden.
            filtered = worksheet.title == FINDINGS.name
            assert protection.autoFilter is not filtered
            assert worksheet.auto_filter.ref == ("A3:F2003" if filtered else None)
            assert not protection.selectLockedCells


def test_list_sheet_holds_each_word_once() -> None:
    """The drop-downs of 类别 and 级别 show every word of the standards once, in order, before any recalculation."""
    cached = load_cached(TEMPLATE)[LIST_SHEET]
    rows = filled(load(TEMPLATE)[STANDARDS.name], len(STANDARDS.columns))
    for listed, key in (("B", "category"), ("D", "level")):
        place = [column.key for column in STANDARDS.columns].index(key)
        words = [row[place] for row in rows if row[place]]
        shown = [cell.value for cell in cached[listed][1:] if cell.value]
        assert shown == list(dict.fromkeys(words))


def test_names_of_the_drop_downs() -> None:
    """The lists follow what staff add: at least 100 rows of 科室, and all rows of the hidden list."""
    names = load(TEMPLATE).defined_names
    assert set(LIST_NAMES.values()) <= set(names)
    assert "科室!$A$4:$A$203" in names["科室名单"].attr_text
