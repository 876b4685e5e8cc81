"""xlwings' tables over one grid."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from jixiao.engines.grid import TableInfo
from jixiao.engines.impl_base import Impl
from jixiao.engines.impl_range import RangeImpl

if TYPE_CHECKING:
    from jixiao.engines.impl_book import SheetImpl


class TablesImpl(Impl):
    """The Excel tables of a sheet."""

    __slots__ = ("sheet",)

    def __init__(self, sheet: "SheetImpl") -> None:
        """Tables are asked for afresh each time."""
        self.sheet = sheet

    def _infos(self) -> list[TableInfo]:
        return self.sheet.book.grid.tables(self.sheet.name)

    def __call__(self, key: int | str) -> "TableImpl":
        """A table by its place from 1 or its name in any case; KeyError when there is none."""
        infos = self._infos()
        if isinstance(key, int):
            return TableImpl(self.sheet, infos[key - 1].name)
        for info in infos:
            if info.name.casefold() == key.casefold():
                return TableImpl(self.sheet, info.name)
        raise KeyError(key)

    def __contains__(self, key: object) -> bool:
        """Whether there is one of that name, in any case."""
        return str(key).casefold() in {info.name.casefold() for info in self._infos()}

    def __len__(self) -> int:
        """How many."""
        return len(self._infos())

    def __iter__(self) -> Iterator["TableImpl"]:
        """Each in turn."""
        return (TableImpl(self.sheet, info.name) for info in self._infos())


class TableImpl(Impl):
    """One Excel table."""

    __slots__ = ("_name", "parent")

    def __init__(self, parent: "SheetImpl", name: str) -> None:
        """`parent` is the sheet it is on."""
        self.parent = parent
        self._name = name

    @property
    def name(self) -> str:
        """The table's name."""
        return self._name

    @property
    def api(self) -> "TableImpl":
        """There is no native object: itself."""
        return self

    @property
    def AutoFilter(self) -> None:  # noqa: N802 - Excel's name
        """Never in the way: a grid is written cell by cell, in rows a filter hides too."""
        return

    @property
    def display_name(self) -> str:
        """The same: the name formulas use."""
        return self._name

    @property
    def _info(self) -> TableInfo:
        return next(info for info in self.parent.book.grid.tables(self.parent.name) if info.name == self._name)

    @property
    def range(self) -> RangeImpl:
        """All of it, header and totals included."""
        return RangeImpl(self.parent, self._info.area)

    @property
    def header_row_range(self) -> RangeImpl | None:
        """The header row, None when it is off."""
        info = self._info
        if not info.header_rows:
            return None
        return RangeImpl(self.parent, info.area._replace(bottom=info.area.top + info.header_rows - 1))

    @property
    def data_body_range(self) -> RangeImpl | None:
        """The rows between header and totals, None when there are none."""
        info = self._info
        top, bottom = info.area.top + info.header_rows, info.area.bottom - info.totals_rows
        return RangeImpl(self.parent, info.area._replace(top=top, bottom=bottom)) if top <= bottom else None

    @property
    def show_totals(self) -> bool:
        """Whether its last row adds up the others."""
        return self._info.totals_rows > 0

    @property
    def totals_row_range(self) -> RangeImpl | None:
        """The totals row, None when it is off."""
        info = self._info
        if not info.totals_rows:
            return None
        return RangeImpl(self.parent, info.area._replace(top=info.area.bottom - info.totals_rows + 1))

    def resize(self, wanted: Any) -> None:  # noqa: ANN401 - an xlwings Range
        """Give it another last row."""
        self.parent.book.grid.resize_table(self.parent.name, self._name, wanted.impl.area)
