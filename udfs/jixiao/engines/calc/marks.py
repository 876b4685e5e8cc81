"""Links and notes of an open document's cells."""

from jixiao.engines.address import Area
from jixiao.engines.calc.unoapi import EDITED_TEXTS, Uno, areas_of, cell_of, range_of, struct
from jixiao.engines.grid import Note

_QUOTE = "'"

Cell = tuple[int, int]


def link_at(sheet: Uno, cell: Cell) -> str | None:
    """Where a cell leads: an address, or `#` and a place as Excel writes it; None without a link."""
    fields = cell_of(sheet, cell).getTextFields()
    if not fields.getCount():
        return None
    address = str(fields.getByIndex(0).URL)
    name, dot, place = address.removeprefix("#").rpartition(".")
    if not address.startswith("#") or not dot:
        return address
    name = name.removeprefix("$")
    return f"#{name if name.startswith(_QUOTE) else _QUOTE + name + _QUOTE}!{place}"


def put_link(document: Uno, sheet: Uno, cell: Cell, location: str, text: str) -> None:
    """Let a cell show a text and lead to a place such as `'表'!A1` in this workbook."""
    name, _, place = location.rpartition("!")
    field = document.createInstance("com.sun.star.text.TextField.URL")
    field.URL = f"#{name}.{place}"
    field.Representation = text
    target = cell_of(sheet, cell)
    target.setString("")
    target.insertTextContent(target.createTextCursor(), field, False)


def clear_links(sheet: Uno, area: Area) -> None:
    """Take links away; what the cells show stays as plain text."""
    for place in areas_of(range_of(sheet, area).queryContentCells(EDITED_TEXTS)):
        cells = range_of(sheet, place)
        cells.setDataArray(cells.getDataArray())


def linked_cells(sheet: Uno) -> dict[Cell, str]:
    """Where every cell with a link leads."""
    found = {}
    for place in areas_of(sheet.queryContentCells(EDITED_TEXTS)):
        for row in range(place.top, place.bottom + 1):
            for column in range(place.left, place.right + 1):
                address = link_at(sheet, (row, column))
                if address is not None:
                    found[row, column] = address
    return found


def notes_of(sheet: Uno) -> dict[Cell, Note]:
    """The notes of a sheet, row by row."""
    annotations = sheet.getAnnotations()
    found = {}
    for at in range(annotations.getCount()):
        annotation = annotations.getByIndex(at)
        position = annotation.getPosition()
        found[position.Row + 1, position.Column + 1] = _note(annotation)
    return dict(sorted(found.items()))


def note_at(sheet: Uno, cell: Cell) -> Note | None:
    """The note of one cell."""
    annotation = cell_of(sheet, cell).getAnnotation()
    note = _note(annotation)
    return note if note.text else None


def put_note(sheet: Uno, cell: Cell, text: str | None) -> None:
    """Give a cell a note, another text for its note, or none."""
    target = cell_of(sheet, cell)
    annotations = sheet.getAnnotations()
    if text is not None and target.getAnnotation().getString():
        target.getAnnotation().setString(text)
    elif text is not None:
        row, column = cell
        number = sheet.getRangeAddress().Sheet
        annotations.insertNew(struct("table.CellAddress", Sheet=number, Row=row - 1, Column=column - 1), text)
    else:
        for at in range(annotations.getCount()):
            position = annotations.getByIndex(at).getPosition()
            if (position.Row + 1, position.Column + 1) == cell:
                annotations.removeByIndex(at)
                return


def _note(annotation: Uno) -> Note:
    return Note(str(annotation.getString()), str(annotation.getAuthor()))
