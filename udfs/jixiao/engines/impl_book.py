"""xlwings' book, and its sheets over one grid."""

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from jixiao.engines.address import MAX_COLUMN, MAX_ROW, Area, parse_area
from jixiao.engines.grid import Grid
from jixiao.engines.impl_base import Impl
from jixiao.engines.impl_names import NamesImpl
from jixiao.engines.impl_note import NoteImpl
from jixiao.engines.impl_range import RangeImpl
from jixiao.engines.impl_table import TablesImpl

if TYPE_CHECKING:
    from jixiao.engines.impl_app import AppImpl


class BookImpl(Impl):
    """An open workbook."""

    __slots__ = ("_forget", "app", "front", "grid")

    def __init__(self, app: "AppImpl", grid: Grid, forget: Callable[["BookImpl"], None]) -> None:
        """`forget` takes the book off the application's list when it is closed."""
        self.app = app
        self.grid = grid
        self._forget = forget
        self.front: str | None = None

    @property
    def api(self) -> "BookImpl":
        """There is no native object: itself."""
        return self

    @property
    def fullname(self) -> str:
        """The path of the file."""
        return self.grid.fullname

    @property
    def name(self) -> str:
        """The file's name."""
        return os.path.basename(self.grid.fullname)  # noqa: PTH119 - a grid may hold a path of another system

    @property
    def sheets(self) -> "SheetsImpl":
        """Its worksheets."""
        return SheetsImpl(self)

    @property
    def names(self) -> NamesImpl:
        """Its defined names."""
        return NamesImpl(self)

    def activate(self) -> None:
        """There is no window to bring to the front."""

    def save(self, path: str | None = None, password: str | None = None) -> None:
        """Save in place or to another path; SaveError when that cannot be done."""
        if password is not None:
            raise ValueError("saving with a password is not supported")
        self.grid.save(path)

    def close(self) -> None:
        """Close without saving; a second time does nothing."""
        if self.forget():
            self.grid.close()

    def forget(self) -> bool:
        """Take the book off the list, whatever becomes of what it was over; False when it is off already."""
        listed = self in list(self.app.books)
        if listed:
            self._forget(self)
        return listed


class SheetsImpl(Impl):
    """The worksheets of a book."""

    __slots__ = ("book",)

    def __init__(self, book: BookImpl) -> None:
        """Names are asked for afresh each time."""
        self.book = book

    @property
    def api(self) -> "SheetsImpl":
        """There is no native object: itself."""
        return self

    @property
    def active(self) -> "SheetImpl":
        """The sheet in front: the one brought there since, or the one the workbook was saved with."""
        return SheetImpl(self.book, self.book.front or self.book.grid.active_sheet())

    def __call__(self, key: int | str) -> "SheetImpl":
        """A sheet by its place from 1 or its name in any case; KeyError when there is none."""
        names = self.book.grid.sheet_names()
        if isinstance(key, int):
            return SheetImpl(self.book, names[key - 1])
        for name in names:
            if name.casefold() == key.casefold():
                return SheetImpl(self.book, name)
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        """Whether there is one of that name, in any case."""
        return str(key).casefold() in {name.casefold() for name in self.book.grid.sheet_names()}

    def __len__(self) -> int:
        """How many."""
        return len(self.book.grid.sheet_names())

    def __iter__(self) -> Iterator["SheetImpl"]:
        """Each in turn."""
        return (SheetImpl(self.book, name) for name in self.book.grid.sheet_names())

    def add(self, before: "SheetImpl | None", after: "SheetImpl | None", name: str | None = None) -> "SheetImpl":
        """Add a sheet; as in Excel, before the active one when no place is given."""
        grid = self.book.grid
        names = grid.sheet_names()
        if name is None:
            name = next(new for number in range(1, len(names) + 2) if (new := f"Sheet{number}") not in names)
        place = before.name if before is not None else None
        if after is not None:
            following = names[names.index(after.name) + 1 :]
            place = following[0] if following else None
        elif before is None:
            place = grid.active_sheet()
        grid.add_sheet(name, place)
        return SheetImpl(self.book, name)


class SheetImpl(Impl):
    """One worksheet."""

    __slots__ = ("_name", "book")

    def __init__(self, book: BookImpl, name: str) -> None:
        """`name` is the exact name."""
        self.book = book
        self._name = name

    @property
    def api(self) -> "ProtectionApi":
        """Only the protection members that buttons call."""
        return ProtectionApi(self)

    def activate(self) -> None:
        """Bring the sheet to the front while the workbook is open; a file keeps the one it had."""
        self.book.front = self.name
        self.book.grid.show_sheet(self.name)

    @property
    def name(self) -> str:
        """The tab's name."""
        return self._name

    @property
    def index(self) -> int:
        """Place among the worksheets, from 1."""
        return self.book.grid.sheet_names().index(self._name) + 1

    @property
    def visible(self) -> bool:
        """Whether the tab is shown."""
        return self.book.grid.sheet_visible(self._name)

    @property
    def used_range(self) -> RangeImpl:
        """From A1 to the last cell with a value or formula; cells that only have a style do not count."""
        return RangeImpl(self, Area(1, 1, *self.book.grid.used_bounds(self._name)))

    @property
    def cells(self) -> RangeImpl:
        """All cells."""
        return RangeImpl(self, Area(1, 1, MAX_ROW, MAX_COLUMN))

    @property
    def tables(self) -> TablesImpl:
        """Its Excel tables."""
        return TablesImpl(self)

    @property
    def notes(self) -> list[NoteImpl]:
        """The notes on its cells, row by row."""
        return [NoteImpl(self, cell) for cell in self.book.grid.notes(self._name)]

    def range(self, first: Any, second: Any = None) -> RangeImpl:  # noqa: ANN401 - address, tuple or range
        """A range by address, defined name, (row, column), (row, column, rows, columns) or two corners."""
        if isinstance(first, tuple) and len(first) == 4:
            row, column, rows, columns = first
            return RangeImpl(self, Area(row, column, row + rows - 1, column + columns - 1))
        start = self._area(first)
        if second is None:
            return RangeImpl(self, start)
        end = self._area(second)
        return RangeImpl(
            self,
            Area(
                min(start.top, end.top),
                min(start.left, end.left),
                max(start.bottom, end.bottom),
                max(start.right, end.right),
            ),
        )

    def _area(self, place: Any) -> Area:  # noqa: ANN401 - address, tuple or range
        if isinstance(place, RangeImpl):
            return place.area
        if isinstance(place, tuple):
            row, column = place
            if 0 in place:
                raise IndexError("Attempted to access 0-based Range. xlwings/Excel Ranges are 1-based.")
            return Area(row, column, row, column)
        try:
            return parse_area(place)
        except ValueError:
            return NamesImpl(self.book)(place).area_on(self._name)


class ProtectionApi(Impl):
    """What buttons ask and tell Excel about protection and filters, as far as a grid knows any."""

    __slots__ = ("_sheet",)

    def __init__(self, sheet: SheetImpl) -> None:
        """Protection is asked for afresh each time."""
        self._sheet = sheet

    @property
    def ProtectContents(self) -> bool:  # noqa: N802 - Excel's name
        """Whether its protection stands in the way of writing."""
        return self._sheet.book.grid.protected(self._sheet.name)

    @property
    def FilterMode(self) -> bool:  # noqa: N802 - Excel's name
        """Never in the way: a grid is written cell by cell, in rows a filter hides too."""
        return False

    @property
    def Protection(self) -> "ProtectionApi":  # noqa: N802 - Excel's name
        """What may be done on the protected sheet; that stays as the grid has it."""
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the base's
        """What is protected and allowed on a sheet is not asked of a grid."""
        return False if name.startswith(("Allow", "Protect")) else super().__getattr__(name)

    def Protect(self, *_arguments: object, **_options: object) -> None:  # noqa: N802 - Excel's name
        """Protect it; what may be done all the same is as the grid has it."""
        self._sheet.book.grid.protect(self._sheet.name)

    def Unprotect(self, *_arguments: object, **_options: object) -> None:  # noqa: N802 - Excel's name
        """Take the protection away."""
        self._sheet.book.grid.unprotect(self._sheet.name)
