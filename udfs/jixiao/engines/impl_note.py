"""xlwings' note on a cell over one grid."""

from typing import TYPE_CHECKING

from jixiao.engines.address import Area
from jixiao.engines.grid import Note
from jixiao.engines.impl_base import Impl

if TYPE_CHECKING:
    from jixiao.engines.impl_book import SheetImpl
    from jixiao.engines.impl_range import RangeImpl


class NoteBox:
    """The box of a note: a grid fits it to the text by itself, whatever size is wished."""

    __slots__ = ("Height", "Width")


class NoteImpl(Impl):
    """The note of one cell; KeyError once it has been deleted."""

    __slots__ = ("_cell", "_sheet")

    def __init__(self, sheet: "SheetImpl", cell: tuple[int, int]) -> None:
        """`cell` is row and column."""
        self._sheet = sheet
        self._cell = cell

    @property
    def api(self) -> "NoteImpl":
        """There is no native object: itself."""
        return self

    @property
    def Shape(self) -> "NoteBox":  # noqa: N802 - Excel's name
        """Its box."""
        return NoteBox()

    @property
    def _note(self) -> Note:
        note = self._sheet.book.grid.note(self._sheet.name, self._cell)
        if note is None:
            raise KeyError(self._cell)
        return note

    @property
    def text(self) -> str:
        """What it says."""
        return self._note.text

    @text.setter
    def text(self, value: str) -> None:
        self._sheet.book.grid.set_note(self._sheet.name, self._cell, value)

    @property
    def author(self) -> str:
        """Who wrote it."""
        return self._note.author

    @property
    def location(self) -> "RangeImpl":
        """The cell it is on."""
        row, column = self._cell
        return self._sheet.range(Area(row, column, row, column).a1())

    def delete(self) -> None:
        """Take it off its cell."""
        self._sheet.book.grid.set_note(self._sheet.name, self._cell, None)
