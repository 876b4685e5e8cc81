"""What of 校验结果 stands elsewhere: links from its lines to the cells, and notes on the cells themselves.

The colours are rules of the template; they look at a hidden column of 校验结果, which is written here. xlwings only.
"""

import re
from collections.abc import Mapping, Sequence

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.findings import Severity
from jixiao.log import record_failure
from jixiao.measure import note_size
from jixiao.sheets.access import unprotected
from jixiao.sheets.cellareas import listed_cells
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.links import link_cells
from jixiao.sheets.locate import Layout, find_sheet
from jixiao.sheets.outputs import FINDINGS, PLACES
from jixiao.sheets.present import Line

MARKER = "【校验】"

_MOST_NOTES = 200  # more would make Excel slow to scroll
_MOST_LINKS = 1000  # each costs Excel some milliseconds
_POINTS = 0.75  # in a pixel
_MOST_COLOURED = 2000  # further cells
_MOST_TOLD = 3  # findings told in one note
_NOTED = (Severity.ERROR, Severity.WARNING)
_FIRST_CELL = re.compile(r"[A-Z]+[0-9]+")


def mark_findings(book: xw.Book, layout: Layout, lines: Sequence[Line]) -> None:
    """Make the lines of 校验结果, just written below `layout`, lead to their cells, and renew the notes there.

    Of a range of cells the first has the note. Notes of people are never touched, and a cell that has one gets none
    of ours.
    """
    names = [sheet.name for sheet in book.sheets]
    found = {sheet.name: find_sheet(names, sheet) for sheet in (FINDINGS, *INPUT_SHEETS)}
    sheets = {declared: actual[0] for declared, actual in found.items() if actual}
    target = book.sheets[sheets[FINDINGS.name]]
    _link_lines(target, layout, lines, sheets)
    _write_places(target, layout, lines)
    wanted = _notes(lines, sheets)
    for name in names:
        # A note is a courtesy. Whatever speaks against it (a password, threaded comments), list and colour still
        # tell; and what Excel raises then is of no class of its own.
        try:
            _renew(book.sheets[name], wanted.get(name, {}))
        except WorkbookError:
            continue
        except Exception:  # noqa: BLE001 - see above
            record_failure("notes were not renewed on one sheet")


def _link_lines(sheet: xw.Sheet, layout: Layout, lines: Sequence[Line], sheets: Mapping[str, str]) -> None:
    links = {}
    for row, line in enumerate(lines[:_MOST_LINKS], start=layout.header_row + 1):
        target, cell = sheets.get(str(line["工作表"])), line["单元格"]
        if target is not None and cell is not None:
            links[row] = target, str(cell)
    link_cells(sheet, layout.header_row, layout.places["cell"][0], links)


def _write_places(sheet: xw.Sheet, layout: Layout, lines: Sequence[Line]) -> None:
    """Fill the column the colouring rules look at, where the template has it."""
    used = sheet.used_range.last_cell
    header = sheet.range((layout.header_row, 1), (layout.header_row, used.column)).options(ndim=1).value
    if PLACES not in header:
        return
    column, top = header.index(PLACES) + 1, layout.header_row + 1
    places: list[list[str | None]] = [[_place(line)] for line in lines]
    further = [place for line in lines for place in _further_places(line)]
    places += [[place] for place in further[:_MOST_COLOURED]]
    with unprotected(sheet):
        if places:
            sheet.range((top, column)).value = places
        if used.row >= top + len(places):
            sheet.range((top + len(places), column), (used.row, column)).clear_contents()


def _place(line: Line) -> str | None:
    """What a rule compares; a merged cell shows the colour of its first."""
    cell = _FIRST_CELL.match(str(line["单元格"] or ""))
    return f"{line['类型']}{line['工作表']}!{cell[0]}" if cell else None


def _further_places(line: Line) -> list[str]:
    """The other cells of a line, which stand below the last line, where nothing is beside them."""
    cells = (cell for cell in listed_cells(str(line["问题"])) if cell != line["单元格"])
    return [f"{line['类型']}{line['工作表']}!{cell}" for cell in cells]


def _notes(lines: Sequence[Line], sheets: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The notes by sheet and cell, gravest findings first."""
    told: dict[tuple[str, str], list[str]] = {}
    for line in lines:
        cell = _FIRST_CELL.match(str(line["单元格"] or ""))
        sheet = sheets.get(str(line["工作表"]))
        if line["类型"] not in _NOTED or cell is None or sheet is None:
            continue
        place = sheet, cell[0]
        if place in told or len(told) < _MOST_NOTES:
            told.setdefault(place, []).append(f"{line['类型']}：{line['问题']}。{line['建议']}。")
    notes: dict[str, dict[str, str]] = {}
    for (sheet, address), said in told.items():
        more = [f"另有 {len(said) - _MOST_TOLD} 条，见“{FINDINGS.name}”。"] if len(said) > _MOST_TOLD else []
        notes.setdefault(sheet, {})[address] = MARKER + "\n".join(said[:_MOST_TOLD] + more)
    return notes


def _renew(sheet: xw.Sheet, wanted: Mapping[str, str]) -> None:
    """Leave exactly the wanted notes of ours on a sheet; one that says what it should already is left in place."""
    missing = dict(wanted)
    for note in list(sheet.notes):
        address = note.location.get_address(row_absolute=False, column_absolute=False)
        text = note.text
        if text == wanted.get(address) or not text.startswith(MARKER):
            missing.pop(address, None)
        else:
            note.delete()
    for address, text in missing.items():
        # The box Excel gives a new note holds some forty characters.
        box = sheet.range(address).add_note(text).api.Shape
        width, height = note_size(text)
        box.Width, box.Height = width * _POINTS, height * _POINTS
