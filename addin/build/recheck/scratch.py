"""A hidden sheet of workings: named cells and named columns, each made by one formula.

A column is one array formula over all its rows; only its first cell stands in the file (see pack.py), so 5,000 rows
cost no more than one. Excel and LibreOffice fill the rest when they calculate.
"""

from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from ..styles import Styles

CODE = "shtRecheck"  # the VBA names of all these sheets start so
_TITLES, _FIRST = 0, 1
_LABEL, _VALUE = 0, 1
_COLUMNS_FROM = 3

Piece = tuple[str | Sequence[object], int]


class Scratch:
    """One hidden sheet; names are the workbook's, so every formula anywhere may use them."""

    def __init__(self, book: Workbook, style: Styles, name: str, topic: str) -> None:
        """An empty sheet; `topic` ends its VBA name."""
        self._book, self._name = book, name
        self._sheet = book.add_worksheet(name)
        self._sheet.set_vba_name(CODE + topic)
        self._sheet.hide()
        self._sheet.set_column(_LABEL, _LABEL, 28)
        self._head = style.of(bold=True, text_wrap=True)
        self._rows, self._columns = _FIRST, _COLUMNS_FROM
        self._sheet.write_row(_TITLES, 0, ("项目", "结果"), self._head)

    def cell(self, name: str, formula: str) -> str:
        """A named cell on the left, computed as an array formula; gives the name."""
        row = self._rows
        self._rows += 1
        self._sheet.write_string(row, _LABEL, name)
        self._sheet.write_array_formula(row, _VALUE, row, _VALUE, f"={formula}", None, "")
        self._define(name, _VALUE, row, row)
        return name

    def column(self, name: str, formula: str, height: int, last: str = "") -> str:
        """A named column of `height` rows made by one array formula; gives the name.

        Where the name `last` says how many rows the formula gives, the column's name ends there; below it stands #N/A.
        """
        return self.stack(name, [(formula, height)], last)

    def stack(self, name: str, pieces: Sequence[Piece], last: str = "") -> str:
        """A named column of several pieces below each other: an array formula with its height, or plain cells.

        Plain cells are numbers but 0 (which pack.py takes for padding), texts, or formulas that start with `=`.
        """
        place, row = self._columns, _FIRST
        self._columns += 1
        self._sheet.write_string(_TITLES, place, name, self._head)
        for piece, height in pieces:
            if isinstance(piece, str):
                self._sheet.write_array_formula(row, place, row + height - 1, place, f"={piece}", None, 0)
            else:
                for offset, value in enumerate(piece):
                    self._write(row + offset, place, value)
            row += height
        self._define(name, place, _FIRST, row - 1, last)
        return name

    def _write(self, row: int, place: int, value: object) -> None:
        if isinstance(value, str) and value.startswith("="):
            self._sheet.write_formula(row, place, value, None, "")
        elif value not in (None, ""):
            self._sheet.write(row, place, value)

    def here(self, name_row: int, column: int = 0) -> str:
        """The address of a cell in the column about to be made, `name_row` counted from 1; `column` moves right."""
        return f"${xl_col_to_name(self._columns + column)}${_FIRST + name_row}"

    def _define(self, name: str, place: int, first: int, last: int, bound: str = "") -> None:
        letters = xl_col_to_name(place)
        top = f"{self._name}!${letters}${first + 1}"
        area = top + ("" if first == last else f":${letters}${last + 1}")
        self._book.define_name(name, f"={top}:INDEX({area},{bound})" if bound else f"={area}")
