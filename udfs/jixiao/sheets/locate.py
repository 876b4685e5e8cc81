"""Finding a declared sheet and its columns: by name and header text, wherever staff moved them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import xlwings as xw

from jixiao.findings import Finding
from jixiao.sheets.declare import Sheet
from jixiao.text import key

HEADER_ROWS = 10

Block = Sequence[Sequence[object]]


@dataclass(frozen=True)
class Layout:
    """Where a sheet's header row and columns stand (1-based); a repeated header keeps every place, left to right."""

    header_row: int
    places: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def column(self, name: str) -> int | None:
        """The column of a declared key, or None where the sheet does not have it."""
        places = self.places.get(name)
        return places[0] if places else None


def find_sheet(names: Sequence[str], sheet: Sheet) -> tuple[str, ...]:
    """The workbook's sheets that bear the declared name; an exact match comes first."""
    alike = [name for name in names if key(name) == key(sheet.name)]
    return tuple(sorted(alike, key=lambda name: name != sheet.name))


def own_sheet(book: xw.Book, sheet: Sheet) -> xw.Sheet | None:
    """The workbook's sheet that bears the declared name, None where there is none.

    The same as the first of `find_sheet`, but the list of sheets is left at an exact match: each name asks Excel.
    """
    alike = None
    for existing in book.sheets:
        name = existing.name
        if name == sheet.name:
            return existing
        if alike is None and key(name) == key(sheet.name):
            alike = existing
    return alike


def find_header(block: Block, sheet: Sheet) -> Layout | None:
    """The first of the top ten rows that holds all required headers, or None."""
    wanted = {key(column.header): column.key for column in sheet.columns}
    required = {column.key for column in sheet.required}
    for number, row in enumerate(block[:HEADER_ROWS], start=1):
        places: dict[str, tuple[int, ...]] = {}
        for position, cell in enumerate(row, start=1):
            name = wanted.get(key(cell)) if isinstance(cell, str) else None
            if name is not None:
                places[name] = (*places.get(name, ()), position)
        if required <= places.keys():
            return Layout(number, places)
    return None


def missing_headers(block: Block, sheet: Sheet) -> tuple[str, ...]:
    """The required headers that the best of the top ten rows lacks."""
    row = nearest_header(block, sheet)
    texts = {key(cell) for cell in block[row - 1] if isinstance(cell, str)} if row else set()
    return tuple(column.header for column in sheet.required if key(column.header) not in texts)


def nearest_header(block: Block, sheet: Sheet) -> int | None:
    """The one of the top ten rows that holds most of the required headers, None where no row holds any."""
    wanted = {key(column.header) for column in sheet.required}
    held = [len(wanted & {key(cell) for cell in row if isinstance(cell, str)}) for row in block[:HEADER_ROWS]]
    most = max(held, default=0)
    return held.index(most) + 1 if most else None


def repeated_headers(layout: Layout, sheet: Sheet) -> list[Finding]:
    """A declared header that stands twice: which column is meant cannot be known."""
    return [
        Finding(
            "F03",
            sheet.key,
            None,
            name,
            {"header": sheet.by_key[name].header},
            cell=f"{column_letters(places[1])}{layout.header_row}",
        )
        for name, places in layout.places.items()
        if len(places) > 1
    ]


def column_letters(number: int) -> str:
    """A column's letters: 1 is A, 27 is AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
