"""Cell addresses: column letters, A1 references and rectangular areas, all 1-based."""

import re
from functools import lru_cache
from typing import NamedTuple

MAX_ROW = 1_048_576
MAX_COLUMN = 16_384

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, corners included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.bottom - self.top + 1, self.right - self.left + 1

    def holds(self, row: int, column: int) -> bool:
        """Whether the cell lies inside."""
        return self.top <= row <= self.bottom and self.left <= column <= self.right

    def meets(self, other: "Area") -> bool:
        """Whether the two share a cell."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )

    def a1(self, *, absolute: bool = False) -> str:
        """`A1` for one cell, `A1:B2` for more."""
        first = cell_name(self.top, self.left, absolute=absolute)
        if self.shape == (1, 1):
            return first
        return f"{first}:{cell_name(self.bottom, self.right, absolute=absolute)}"


@lru_cache(maxsize=2048)
def column_letters(column: int) -> str:
    """27 → `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=2048)
def column_number(letters: str) -> int:
    """`AA` → 27; ValueError when it is no column of a sheet."""
    number = 0
    for letter in letters.upper():
        if not "A" <= letter <= "Z":
            raise ValueError(f"not a column: {letters!r}")
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= MAX_COLUMN:
        raise ValueError(f"not a column: {letters!r}")
    return number


def cell_name(row: int, column: int, *, absolute: bool = False) -> str:
    """(3, 2) → `B3`, or `$B$3` when absolute."""
    dollar = "$" if absolute else ""
    return f"{dollar}{column_letters(column)}{dollar}{row}"


def parse_cell(text: str) -> tuple[int, int]:
    """`B3` or `$B$3` → (3, 2); ValueError otherwise."""
    match = _CELL.fullmatch(text)
    if match is None:
        raise ValueError(f"not a cell: {text!r}")
    row = int(match[2])
    if not 1 <= row <= MAX_ROW:
        raise ValueError(f"not a cell: {text!r}")
    return row, column_number(match[1])


def parse_area(text: str) -> Area:
    """`B3`, `B3:C9`, `A:C` or `1:4` as an area, corners put in order; ValueError otherwise."""
    if match := _COLUMNS.fullmatch(text):
        left, right = sorted((column_number(match[1]), column_number(match[2])))
        return Area(1, left, MAX_ROW, right)
    if match := _ROWS.fullmatch(text):
        top, bottom = sorted((int(match[1]), int(match[2])))
        if top < 1 or bottom > MAX_ROW:
            raise ValueError(f"not an area: {text!r}")
        return Area(top, 1, bottom, MAX_COLUMN)
    first, _, last = text.partition(":")
    row1, column1 = parse_cell(first)
    row2, column2 = parse_cell(last or first)
    return Area(min(row1, row2), min(column1, column2), max(row1, row2), max(column1, column2))
