"""xlwings' range over one grid: every member is one block of the grid."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from jixiao.engines.address import MAX_COLUMN, MAX_ROW, Area, column_letters
from jixiao.engines.formulas import translate
from jixiao.engines.grid import CellInput, Color
from jixiao.engines.impl_base import Impl, UnsupportedMemberError
from jixiao.engines.impl_note import NoteImpl

if TYPE_CHECKING:
    from jixiao.engines.impl_book import SheetImpl


class RangeImpl(Impl):
    """A rectangle of cells on a sheet; it may be empty (no rows or no columns)."""

    __slots__ = ("area", "options", "sheet")

    # None: a grid takes a block of any size in one call.
    max_cells_per_read: int | None = None
    max_cells_per_write: int | None = None

    def __init__(self, sheet: "SheetImpl", area: Area) -> None:
        """`area` with a bottom above its top, or a right before its left, holds no cell."""
        self.sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}

    @property
    def api(self) -> "RangeImpl | None":
        """There is no native object: itself, or None when there are no cells (xlwings then skips writes)."""
        return self if len(self) else None

    def __len__(self) -> int:
        """How many cells."""
        rows, columns = self.shape
        return rows * columns

    @property
    def row(self) -> int:
        """First row."""
        return self.area.top

    @property
    def column(self) -> int:
        """First column."""
        return self.area.left

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns."""
        return self.area.shape

    @property
    def address(self) -> str:
        """`$A$1:$B$2`."""
        return self.area.a1(absolute=True)

    def get_address(self, row_absolute: bool, column_absolute: bool, external: bool) -> str:
        """The address with or without `$`, and with workbook and sheet when external."""
        row_mark, column_mark = "$" * bool(row_absolute), "$" * bool(column_absolute)
        corners = [(self.area.top, self.area.left), (self.area.bottom, self.area.right)]
        names = [f"{column_mark}{column_letters(column)}{row_mark}{row}" for row, column in corners]
        plain = names[0] if self.shape == (1, 1) else ":".join(names)
        if not external:
            return plain
        return f"'[{self.sheet.book.name}]{self.sheet.name}'!{plain}"

    def __call__(self, row: int, column: int | None = None) -> "RangeImpl":
        """A cell by its place from the top left one, which may lie outside; or by its count, row by row."""
        if column is None:
            down, right = divmod(row - 1, self.shape[1])
            row, column = down + 1, right + 1
        at_row, at_column = self.area.top + row - 1, self.area.left + column - 1
        if not (1 <= at_row <= MAX_ROW and 1 <= at_column <= MAX_COLUMN):
            raise IndexError(f"no cell in row {at_row}, column {at_column}")
        return RangeImpl(self.sheet, Area(at_row, at_column, at_row, at_column))

    # -- contents

    @property
    def raw_value(self) -> Any:  # noqa: ANN401 - a cell's value or a block of them
        """One value for one cell, else a list of rows."""
        if not len(self):
            return None
        block = self.sheet.book.grid.read_values(self.sheet.name, self.area)
        return block[0][0] if len(self) == 1 else block

    @raw_value.setter
    def raw_value(self, data: Any) -> None:  # noqa: ANN401 - a value or a block of them
        self.sheet.book.grid.write_values(self.sheet.name, self.area.top, self.area.left, self._block(data))

    @property
    def formula(self) -> str | tuple[tuple[str, ...], ...]:
        """One text for one cell, else a tuple of rows: formulas with `=`, constants as text, '' for empty."""
        block = self.sheet.book.grid.read_formulas(self.sheet.name, self.area)
        return block[0][0] if len(self) == 1 else tuple(map(tuple, block))

    @formula.setter
    def formula(self, data: Any) -> None:  # noqa: ANN401 - a formula or a block of them
        block = self._block(data)
        if isinstance(data, str) and data.startswith("="):
            # As in Excel, one formula fills a block with its references moved along.
            block = [
                ["=" + translate(data[1:], row, at) for at in range(self.shape[1])] for row in range(self.shape[0])
            ]
        self.sheet.book.grid.write_formulas(self.sheet.name, self.area.top, self.area.left, block)

    def _block(self, data: Any) -> Sequence[Sequence[CellInput]]:  # noqa: ANN401 - a value or a block of them
        if isinstance(data, list | tuple):
            return data if data and isinstance(data[0], list | tuple) else [data]
        rows, columns = self.shape
        return [[data] * columns] * rows

    def autofit(self, axis: str | None = None) -> None:
        """Make rows as high as their wrapped texts need; columns keep the widths they were given."""
        if axis not in {"r", "rows"}:
            raise UnsupportedMemberError("autofit of columns")
        if len(self):
            self.sheet.book.grid.fit_rows(self.sheet.name, self.area)

    def clear_contents(self) -> None:
        """Empty the cells, keep their looks."""
        if len(self):
            self.sheet.book.grid.clear_contents(self.sheet.name, self.area)

    @property
    def row_height(self) -> float | None:
        """The height in points all rows share, 0 for hidden ones; None when they differ."""
        return self.sheet.book.grid.row_height(self.sheet.name, self.area)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.sheet.book.grid.set_row_height(self.sheet.name, self.area, value)

    # -- links and notes

    @property
    def hyperlink(self) -> str:
        """Where the first cell leads; `#` and a place for one in this workbook. ValueError when it has no link."""
        found = self.sheet.book.grid.link(self.sheet.name, (self.area.top, self.area.left))
        if found is None:
            raise ValueError("The cell doesn't seem to contain a hyperlink!")
        return found

    def add_hyperlink(self, address: str, text_to_display: str, screen_tip: str) -> None:
        """Let the cell show a text and lead to `#` and a place in this workbook."""
        if not address.startswith("#"):
            raise UnsupportedMemberError("links that leave the workbook")
        cell = self.area.top, self.area.left
        self.sheet.book.grid.add_link(self.sheet.name, cell, address[1:], text_to_display, screen_tip)

    def ClearHyperlinks(self) -> None:  # noqa: N802 - Excel's name
        """Take the links away and leave texts and looks as they are."""
        self.sheet.book.grid.clear_links(self.sheet.name, self.area)

    @property
    def note(self) -> NoteImpl | None:
        """The note of the first cell."""
        cell = self.area.top, self.area.left
        return None if self.sheet.book.grid.note(self.sheet.name, cell) is None else NoteImpl(self.sheet, cell)

    def add_note(self, text: str) -> NoteImpl:
        """Give the cell a note; WorkbookError where that cannot be done."""
        cell = self.area.top, self.area.left
        self.sheet.book.grid.set_note(self.sheet.name, cell, text)
        return NoteImpl(self.sheet, cell)

    @property
    def has_array(self) -> bool:
        """Whether a cell belongs to an array formula."""
        return self.sheet.book.grid.has_array(self.sheet.name, self.area)

    # -- looks

    @property
    def number_format(self) -> str | None:
        """The number format all cells share, else None."""
        return self.sheet.book.grid.number_format(self.sheet.name, self.area)

    @number_format.setter
    def number_format(self, value: str) -> None:
        self.sheet.book.grid.set_number_format(self.sheet.name, self.area, value)

    @property
    def color(self) -> Color | None:
        """The fill all cells share, as RGB; None when there is none or they differ."""
        return self.sheet.book.grid.color(self.sheet.name, self.area)

    @color.setter
    def color(self, value: Color | str | int | None) -> None:
        self.sheet.book.grid.set_color(self.sheet.name, self.area, _rgb(value))

    @property
    def merge_cells(self) -> bool | None:
        """True when all cells lie in merged ones, False when none does, None when mixed."""
        merges = self.sheet.book.grid.merges(self.sheet.name, self.area)
        if not merges:
            return False
        covered = sum(_shared(merge, self.area) for merge in merges)
        return True if covered == len(self) else None

    @property
    def merge_area(self) -> "RangeImpl":
        """The merged cell the first cell lies in, or this range."""
        first = Area(self.area.top, self.area.left, self.area.top, self.area.left)
        merges = self.sheet.book.grid.merges(self.sheet.name, first)
        return RangeImpl(self.sheet, merges[0]) if merges else self

    # -- moving about

    def expand(self, mode: str = "table") -> "RangeImpl":
        """The filled cells below and to the right, as xlwings finds them."""
        from xlwings.expansion import expanders  # noqa: PLC0415 - xlwings loads itself bit by bit
        from xlwings.main import Range  # noqa: PLC0415

        found: RangeImpl = expanders.get(mode, mode).expand(Range(impl=self)).impl
        return found

    def end(self, direction: str) -> "RangeImpl":
        """Where Ctrl and an arrow key lead from the first cell."""
        row, column = self.area.top, self.area.left
        last_row, last_column = self.sheet.book.grid.used_bounds(self.sheet.name)
        if direction in ("down", "up"):
            strip = Area(1, column, max(last_row, row), column)
            filled = [bool(line[0]) for line in self.sheet.book.grid.read_formulas(self.sheet.name, strip)]
            row = _jump(filled, row, MAX_ROW, forward=direction == "down")
        elif direction in ("right", "left"):
            strip = Area(row, 1, row, max(last_column, column))
            filled = [bool(text) for text in self.sheet.book.grid.read_formulas(self.sheet.name, strip)[0]]
            column = _jump(filled, column, MAX_COLUMN, forward=direction == "right")
        else:
            raise ValueError(f"no direction: {direction!r}")
        return RangeImpl(self.sheet, Area(row, column, row, column))


def _jump(filled: list[bool], start: int, limit: int, *, forward: bool) -> int:
    """The place Ctrl+arrow reaches in a strip of cells counted from 1, of which those past its end are empty."""
    step = 1 if forward else -1
    edge = limit if forward else 1

    def full(place: int) -> bool:
        return 1 <= place <= len(filled) and filled[place - 1]

    place = start
    if full(place) and full(place + step):
        while full(place + step):
            place += step
        return place
    place += step
    while 1 <= place <= len(filled) and not full(place):
        place += step
    return place if full(place) else edge


def _shared(one: Area, other: Area) -> int:
    rows = min(one.bottom, other.bottom) - max(one.top, other.top) + 1
    columns = min(one.right, other.right) - max(one.left, other.left) + 1
    return max(rows, 0) * max(columns, 0)


def _rgb(value: Color | str | int | None) -> Color | None:
    """A colour in any of xlwings' three ways of writing it."""
    if isinstance(value, str):
        text = value.removeprefix("#")
        return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)
    if isinstance(value, int):
        return value & 255, value >> 8 & 255, value >> 16 & 255
    return value
