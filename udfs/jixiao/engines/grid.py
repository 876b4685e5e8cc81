"""What a driver must offer so that the xlwings classes (`impl_*`) can work over it.

Sheets are addressed by name, cells by 1-based areas, and everything moves in blocks: a driver is asked once per
block, never once per cell.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, Protocol

from jixiao.engines.address import Area


class CellError(str):
    """An error value such as `#REF!`: its text, told apart from typed text by its type."""

    __slots__ = ()


CellValue = float | bool | str | datetime | CellError | None
"""What a cell reads as: number, truth value, text, date, error or empty."""

CellInput = float | int | bool | str | date | None
"""What may be written; None empties a cell. Text is always written as text, whatever it starts with."""

Color = tuple[int, int, int]


class TableInfo(NamedTuple):
    """An Excel table: where it lies and how many of its rows are header and totals."""

    name: str
    area: Area
    header_rows: int
    totals_rows: int


class Note(NamedTuple):
    """A note on a cell (the older kind of comment): what it says and who wrote it."""

    text: str
    author: str


class Grid(Protocol):
    """One open workbook. Methods raise WorkbookError or SaveError for what staff can mend."""

    @property
    def fullname(self) -> str:
        """The absolute path of the file."""

    def sheet_names(self) -> list[str]:
        """Worksheet names in tab order."""

    def active_sheet(self) -> str:
        """The name of the sheet in front."""

    def show_sheet(self, sheet: str) -> None:
        """Bring a sheet to the front, where there is a window to show it in."""

    def add_sheet(self, name: str, before: str | None) -> None:
        """Insert an empty sheet before another one, or at the end."""

    def sheet_visible(self, sheet: str) -> bool:
        """Whether its tab is shown."""

    def protected(self, sheet: str) -> bool:
        """Whether its protection stands in the way of writing."""

    def protect(self, sheet: str) -> None:
        """Protect it without a password."""

    def unprotect(self, sheet: str) -> None:
        """Take its protection away, as far as that goes without a password."""

    def used_bounds(self, sheet: str) -> tuple[int, int]:
        """Last row and last column that hold a value or a formula; (1, 1) for an empty sheet."""

    def read_values(self, sheet: str, area: Area) -> list[list[CellValue]]:
        """The values of a block, row by row."""

    def write_values(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block of constants from its top left cell on."""

    def read_formulas(self, sheet: str, area: Area) -> list[list[str]]:
        """Formulas with `=`, constants as text, empty cells as ''."""

    def write_formulas(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block in which text that starts with `=` is a formula."""

    def clear_contents(self, sheet: str, area: Area) -> None:
        """Empty the cells and leave their looks."""

    def fit_rows(self, sheet: str, area: Area) -> None:
        """Make rows as high as their wrapped texts need."""

    def number_format(self, sheet: str, area: Area) -> str | None:
        """The number format all cells share, else None."""

    def set_number_format(self, sheet: str, area: Area, number_format: str) -> None:
        """Give all cells a number format."""

    def color(self, sheet: str, area: Area) -> Color | None:
        """The fill all cells share; None when there is none or they differ."""

    def set_color(self, sheet: str, area: Area, color: Color | None) -> None:
        """Fill all cells with a colour, or with none."""

    def merges(self, sheet: str, area: Area) -> list[Area]:
        """The merged areas that meet this one."""

    def has_array(self, sheet: str, area: Area) -> bool:
        """Whether a cell belongs to an array formula."""

    def row_height(self, sheet: str, area: Area) -> float | None:
        """The height in points all rows share, 0 for hidden ones; None when they differ."""

    def set_row_height(self, sheet: str, area: Area, height: float) -> None:
        """Give rows a height in points; 0 hides them."""

    def link(self, sheet: str, cell: tuple[int, int]) -> str | None:
        """Where a cell leads: an address, or `#` and a place in this workbook; None for a cell without a link."""

    def add_link(self, sheet: str, cell: tuple[int, int], location: str, text: str, tip: str) -> None:
        """Let a cell show a text and lead to a place in this workbook."""

    def clear_links(self, sheet: str, area: Area) -> None:
        """Let the cells of an area lead nowhere; what they show stays."""

    def note(self, sheet: str, cell: tuple[int, int]) -> Note | None:
        """The note of one cell."""

    def notes(self, sheet: str) -> Mapping[tuple[int, int], Note]:
        """The notes of a sheet by cell, row by row."""

    def set_note(self, sheet: str, cell: tuple[int, int], text: str | None) -> None:
        """Give a cell a note, another text for its note, or none."""

    def tables(self, sheet: str) -> list[TableInfo]:
        """The Excel tables of a sheet."""

    def resize_table(self, sheet: str, table: str, area: Area) -> None:
        """Give a table a new last row."""

    def names(self) -> Mapping[str, str]:
        """Defined names: `=reference` by `name` or `sheet!name`."""

    def calculate(self) -> None:
        """Bring formulas up to date, or see to it that the spreadsheet program does when it opens the file."""

    def save(self, path: str | None) -> None:
        """Save in place, or to another path which then is this workbook's."""

    def close(self) -> None:
        """Let go of everything."""
