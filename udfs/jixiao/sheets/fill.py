"""Typing entries into a blank workbook, as its first user would: the template's sheets only, never a filled one's."""

from collections.abc import Mapping, Sequence

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import SETTINGS
from jixiao.sheets.locate import Layout, find_header
from jixiao.text import cell_text, key

Typed = Mapping[str, object]  # a row's cells by column key
_BESIDE = ("default", "clause", "note")  # what the rules say of a setting, right of its value


def fill_rows(book: xw.Book, declared: Sheet, rows: Sequence[Typed]) -> None:
    """Type `rows` in place of those that stand there; the Excel table grows or shrinks with them.

    Texts stay texts and numbers numbers, whatever they look like.
    """
    sheet = book.sheets[declared.name]
    layout, below = _template_rows(sheet, declared)
    top, left = layout.header_row + 1, _first_of_run(layout, declared, _inputs(declared))
    height = max(len(below), len(rows))
    blank: Typed = {}
    cells = [
        [_typed(row.get(column.key)) for column in declared.inputs] for row in [*rows, *[blank] * (height - len(rows))]
    ]
    corner = sheet.range((top, left))
    corner.resize(height, len(declared.inputs)).value = cells
    corner.resize(height, 1).rows.autofit()
    table = sheet.tables[declared.table]
    first, width = table.range.column, table.range.shape[1]
    table.resize(sheet.range((top - 1, first), (top + max(len(rows), 1) - 1, first + width - 1)))


def fill_settings(book: xw.Book, values: Typed, formats: Mapping[str, str] | None = None) -> None:
    """Type values of 参数, by the settings' names; `formats` are number formats their cells get.

    A name the template does not have is passed over.
    """
    sheet = book.sheets[SETTINGS.name]
    layout, below = _template_rows(sheet, SETTINGS)
    name, value = layout.places["name"][0], layout.places["value"][0]
    top = layout.header_row + 1
    named = {key(text): typed for text, typed in values.items()}
    column = [_typed(named.get(key(row[name - 1]), row[value - 1])) for row in below]
    sheet.range((top, value), (top + len(column) - 1, value)).value = [[cell] for cell in column]
    lines = {key(row[name - 1]): at for at, row in enumerate(below, start=top)}
    for text, number_format in (formats or {}).items():
        if key(text) in lines:
            sheet.range((lines[key(text)], value)).number_format = number_format


def fill_beside_settings(book: xw.Book, lines: Mapping[str, Typed]) -> None:
    """Type what stands right of the values of 参数, by the settings' names; nothing where all of it stands there.

    A line whose name is not among them is left as it is.
    """
    sheet = book.sheets[SETTINGS.name]
    layout, below = _template_rows(sheet, SETTINGS)
    first, name = _first_of_run(layout, SETTINGS, _BESIDE), layout.places["name"][0]
    named = {key(text): [line.get(column) for column in _BESIDE] for text, line in lines.items()}
    shown = [row[first - 1 : first - 1 + len(_BESIDE)] for row in below]
    wanted = [named.get(key(row[name - 1]), cells) for row, cells in zip(below, shown, strict=True)]
    if not _same(shown, wanted):
        corner = sheet.range((layout.header_row + 1, first))
        corner.resize(len(wanted), len(_BESIDE)).value = [list(map(_typed, cells)) for cells in wanted]
        corner.resize(len(wanted), 1).rows.autofit()


def holds_rows(book: xw.Book, declared: Sheet, rows: Sequence[Typed]) -> bool:
    """Whether just these rows stand on a sheet."""
    layout, below = _template_rows(book.sheets[declared.name], declared)
    first = _first_of_run(layout, declared, _inputs(declared)) - 1
    shown = [row[first : first + len(declared.inputs)] for row in below]
    filled = [cells for cells in shown if any(map(cell_text, cells))]
    return _same(filled, [[row.get(column.key) for column in declared.inputs] for row in rows])


def _same(shown: Sequence[Sequence[object]], wanted: Sequence[Sequence[object]]) -> bool:
    return [list(map(cell_text, cells)) for cells in shown] == [list(map(cell_text, cells)) for cells in wanted]


def _template_rows(sheet: xw.Sheet, declared: Sheet) -> tuple[Layout, list[list[object]]]:
    """Where the columns stand, and the rows below the header."""
    block: list[list[object]] = sheet.range((1, 1), sheet.used_range.last_cell).options(ndim=2).value
    layout = find_header(block, declared)
    if layout is None:
        raise _incomplete(declared)
    return layout, block[layout.header_row :]


def _first_of_run(layout: Layout, declared: Sheet, columns: Sequence[str]) -> int:
    """The first of these columns; they stand side by side in their order, so that one block holds them all."""
    places = [layout.column(column) for column in columns]
    first = places[0]
    if first is None or places != list(range(first, first + len(places))):
        raise _incomplete(declared)
    return first


def _inputs(declared: Sheet) -> tuple[str, ...]:
    return tuple(column.key for column in declared.inputs)


def _incomplete(declared: Sheet) -> WorkbookError:
    return WorkbookError(f"模板里的“{declared.name}”表不完整，请重新安装程序。")


def _typed(value: object) -> object:
    """A cell's value as it is to be typed: a text with the mark that keeps it one, a whole number without decimals."""
    if isinstance(value, str):
        return f"'{value}" if value else None
    return int(value) if isinstance(value, float) and value.is_integer() else value
