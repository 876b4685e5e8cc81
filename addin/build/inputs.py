"""The sheets people fill in: an Excel table under its title, formats and checks far past the table's end."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from jixiao.sheets.declare import Column, Kind, Sheet
from jixiao.sheets.inputs import DEPARTMENTS, HISTORY, SETTINGS

from . import styles
from .checks import check_of, refusal
from .layout import (
    FIRST_ROW,
    HEADER_HEIGHT,
    HEADER_ROW,
    PURPOSE_ROW,
    SPARE_ROWS,
    TITLE_ROW,
    VIEWS,
    View,
    height_for,
    look,
    print_setup,
)
from .lists import letter
from .marks import mark_findings
from .styles import Styles

Row = dict[str, Any]

# Centred: short words and codes. Long texts wrap; text columns keep codes such as 001 and dates as typed.
_CENTRED = {Kind.WORD, Kind.RATE, Kind.MARK, Kind.DATE, Kind.YEAR, Kind.SHARE, Kind.NUMBER, Kind.DEPARTMENT}
_LINE = "#D0D0D0"
_NUMBER_FORMATS = {
    Kind.RATE: "0.00%",
    Kind.SHARE: "0.00%",
    Kind.DATE: "yyyy-mm-dd",
    Kind.YEAR: "0",
    Kind.TEXT: "@",
    Kind.NAMES: "@",
}
_CENTRED_KEYS = {"name", "department", "ballot", "matter", "clause", "level", "category", "person", "decision", "rank"}


def cell_properties(sheet: Sheet, column: Column) -> dict[str, object]:
    """The format of a column's cells, without borders and fill."""
    properties: dict[str, object] = {"text_wrap": True}
    if column.kind in _CENTRED or column.key in _CENTRED_KEYS:
        properties["align"] = "center"
    if sheet is DEPARTMENTS and column.key == "coefficient":
        properties["num_format"] = "0.00##"
    elif column.key == "counted" or (sheet is HISTORY and column.key == "score"):
        properties["num_format"] = "0.00"
    elif column.kind in _NUMBER_FORMATS:
        properties["num_format"] = _NUMBER_FORMATS[column.kind]
    return properties


def write_input(book: Workbook, style: Styles, sheet: Sheet, rows: Sequence[Row]) -> Worksheet:
    """One input sheet with `rows` filled in and blank rows to fill."""
    view = VIEWS[sheet.key]
    target = book.add_worksheet(sheet.name)
    target.set_vba_name(code_name(sheet))
    target.set_tab_color(styles.INPUT_TAB)
    for place, column in enumerate(sheet.columns):
        target.set_column(place, place, column.width, style.of(**cell_properties(sheet, column)))
    _write_head(target, style, sheet)
    last = FIRST_ROW + max(view.rows, len(rows) + (0 if view.rows == 0 else SPARE_ROWS)) - 1
    _write_table(target, style, sheet, rows, last)
    _write_checks(target, sheet, view)
    mark_findings(target, style, sheet, view.reach)
    _line_blank_rows(target, style, sheet, FIRST_ROW + len(rows), last)
    _draw_lines_below(target, style, sheet, last, view)
    look(target, view)
    first_to_fill = 1 if sheet is SETTINGS else 0
    target.set_selection(FIRST_ROW, first_to_fill, FIRST_ROW, first_to_fill)
    print_setup(target, landscape=view.landscape)
    return target


def code_name(sheet: Sheet) -> str:
    """The sheet's name in VBA."""
    return "sht" + sheet.key.title()


def _write_head(target: Worksheet, style: Styles, sheet: Sheet) -> None:
    """Title and purpose; blank cells in plain format so that column formats do not show there."""
    blank = style.of()
    for place in range(len(sheet.columns)):
        target.write_blank(TITLE_ROW, place, None, blank)
        target.write_blank(PURPOSE_ROW, place, None, blank)
    target.set_row(TITLE_ROW, 30)
    target.set_row(PURPOSE_ROW, 20)
    target.set_row(HEADER_ROW, HEADER_HEIGHT)
    # Not the bare sheet name: on 科室 it would repeat a header above the header row.
    target.write_string(TITLE_ROW, 0, f"绩效考核·{sheet.name}", style.title(font_size=16))
    target.write_string(PURPOSE_ROW, 0, sheet.purpose, style.purpose())


def header_format(style: Styles, column: Column) -> Format:
    """Dark for what must be filled in, light for the rest, grey for what the program writes."""
    if column.output:
        return style.header(styles.MID_GREY, styles.INK)
    if column.required:
        return style.header(styles.NAVY, "#FFFFFF")
    return style.header(styles.SKY, styles.INK)


def _write_table(target: Worksheet, style: Styles, sheet: Sheet, rows: Sequence[Row], last: int) -> None:
    columns = [{"header": column.header, "header_format": header_format(style, column)} for column in sheet.columns]
    target.add_table(
        HEADER_ROW,
        0,
        last,
        len(sheet.columns) - 1,
        {"name": sheet.table, "columns": columns, "style": "Table Style Light 15", "banded_rows": False},
    )
    widths = [column.width for column in sheet.columns]
    for offset, values in enumerate(rows):
        texts = zip((values.get(column.key) for column in sheet.columns), widths, strict=True)
        target.set_row(FIRST_ROW + offset, height_for(texts))
    for place, column in enumerate(sheet.columns):
        grey = {"bg_color": styles.GREY} if column.output else {}
        blank = style.of(**cell_properties(sheet, column))
        form = style.of(**cell_properties(sheet, column), **grey, border=1, border_color=_LINE)
        for row in range(FIRST_ROW, last + 1):
            filled = row - FIRST_ROW < len(rows)
            value = rows[row - FIRST_ROW].get(column.key) if filled else None
            write_value(target, row, place, value, form if filled else blank)


def _line_blank_rows(target: Worksheet, style: Styles, sheet: Sheet, first: int, last: int) -> None:
    """Rows still to be filled have their lines by a rule: on the screen they are there, on paper they take no page."""
    for place, column in enumerate(sheet.columns if first <= last else ()):
        grey = {"bg_color": styles.GREY} if column.output else {}
        form = style.rule(**grey, border=1, border_color=_LINE)
        target.conditional_format(first, place, last, place, {"type": "formula", "criteria": "=TRUE", "format": form})


def write_value(target: Worksheet, row: int, place: int, value: object, form: Format) -> None:
    """One cell by the type of its value: text stays text, however it looks."""
    match value:
        case None | "":
            target.write_blank(row, place, None, form)
        case str():
            target.write_string(row, place, value, form)
        case int() | float():
            target.write_number(row, place, value, form)
        case _:
            target.write_datetime(row, place, value, form)


def _write_checks(target: Worksheet, sheet: Sheet, view: View) -> None:
    end = FIRST_ROW + view.reach - 1
    for place, column in enumerate(sheet.columns):
        if column.kind is Kind.SETTING:
            continue  # each setting has its own check, see settings.py
        cell = f"{letter(place)}{FIRST_ROW + 1}"
        check = refusal(column.header) if column.output else check_of(sheet.key, column, cell)
        target.data_validation(FIRST_ROW, place, end, place, check)
    texts = [place for place, column in enumerate(sheet.columns) if column.kind in {Kind.TEXT, Kind.NAMES}]
    areas = " ".join(f"{letter(place)}{FIRST_ROW + 1}:{letter(place)}{end + 1}" for place in texts)
    if areas:
        # Codes such as 001 are meant as text: no green corner.
        target.ignore_errors({"number_stored_as_text": areas})


def _draw_lines_below(target: Worksheet, style: Styles, sheet: Sheet, last: int, view: View) -> None:
    """Rows pasted below the table get the same lines."""
    final = letter(len(sheet.columns) - 1)
    row = last + 2
    target.conditional_format(
        last + 1,
        0,
        FIRST_ROW + view.reach - 1,
        len(sheet.columns) - 1,
        {
            "type": "formula",
            "criteria": f"=COUNTA($A{row}:${final}{row})>0",
            "format": style.rule(border=1, border_color=_LINE),
        },
    )
