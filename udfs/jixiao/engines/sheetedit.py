"""Edits to one sheet: checked as a block, applied to what is in memory, and remembered for the file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from jixiao.engines.address import Area, cell_name
from jixiao.engines.dates import from_serial, to_serial
from jixiao.engines.grid import CellInput, CellValue
from jixiao.engines.links import SheetLinks
from jixiao.engines.notes import SheetNotes
from jixiao.engines.rowfit import MAX_HEIGHT, fitted_heights
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.strings import MAX_TEXT
from jixiao.engines.styles import StyleTable
from jixiao.engines.values import constant_text
from jixiao.errors import WorkbookError
from jixiao.text import NOT_CALCULATED

_MAX_STYLED = 2_000_000

Result = float | str | None
"""What a formula gives: a number, a text, an error or nothing; a date is its serial number."""


class RowChange(NamedTuple):
    """What becomes of one row in the file; None leaves it as it is.

    A `fixed` height stays; any other the spreadsheet program goes on fitting to the texts.
    """

    height: float | None = None
    fixed: bool = False
    hidden: bool | None = None


class Keep(Enum):
    """Stands for what a change leaves as it is in the file."""

    AS_IS = "as is"


class Change(NamedTuple):
    """What becomes of one cell in the file."""

    style: int
    content: float | int | bool | str | Keep | None = Keep.AS_IS
    formula: str | Keep | None = Keep.AS_IS


class _New(NamedTuple):
    """A wanted cell: what the file gets, what the memory holds, and whether it is a date."""

    content: float | int | bool | str | None
    value: CellValue
    formula: str | None = None
    moment: date | None = None


class EditedSheet:
    """One sheet's data with its pending changes, by row and column."""

    def __init__(self, data: SheetData, styles: StyleTable, label: str, *, date1904: bool) -> None:
        """`label` names the sheet in messages."""
        self.data = data
        self.changes: dict[int, dict[int, Change]] = {}
        self.row_changes: dict[int, RowChange] = {}
        self.links = SheetLinks(data.links)
        self._filed_drawing = data.drawing_id
        self.notes: SheetNotes | None = None
        self.lost_formulas: set[tuple[int, int]] = set()
        self._reformatted = False
        self.locked_headers: list[Area] = []
        self._styles = styles
        self._label = label
        self._date1904 = date1904

    def write(self, row: int, column: int, block: Sequence[Sequence[CellInput]], *, formulas: bool) -> None:
        """Write a block; WorkbookError, and nothing written, when a cell must not be overwritten."""
        wanted: dict[tuple[int, int], _New] = {}
        hidden = self._hidden(Area(row, column, row + len(block) - 1, column + max(map(len, block), default=1) - 1))
        for row_at, line in enumerate(block, row):
            for column_at, value in enumerate(line, column):
                if formulas and self._is_constant(row_at, column_at, value):
                    continue
                if (row_at, column_at) not in hidden:
                    wanted[row_at, column_at] = self._normal(row_at, column_at, value, formulas=formulas)
        self._apply({cell: new for cell, new in wanted.items() if not self._same(cell, new)})

    def write_results(self, results: Mapping[tuple[int, int], tuple[str | None, Result]]) -> None:
        """Give cells a formula (None: the one they have) and the result a spreadsheet program found for it.

        Cells of array formulas, and such without a formula to keep, are passed over.
        """
        wanted = {}
        for cell, (formula, result) in results.items():
            if self.data.formulas.arrays_in(Area(*cell, *cell)) or (formula is None and cell not in self.data.formulas):
                continue
            old = self.data.formulas.text(cell)
            value = self.data.value(*cell)
            if formula in (None, old) and type(value) is type(result) and value == result:
                continue
            wanted[cell] = _New(result, result, old if formula is None else formula)
        self._apply(wanted)

    def clear(self, area: Area) -> None:
        """Empty the cells of an area."""
        cells = set(self.data.formulas.cells_in(area))
        for number, row in self.data.rows.items():
            if area.top <= number <= area.bottom:
                pairs = zip(row.columns, row.values, strict=True)
                cells.update(
                    (number, column)
                    for column, value in pairs
                    if value is not None and area.left <= column <= area.right
                )
        self._apply(dict.fromkeys(sorted(cells), _New(None, None)))

    def restyle(self, area: Area, restyled: Callable[[int], int]) -> None:
        """Give every cell of an area another style, computed from its present one."""
        rows, columns = area.shape
        if rows * columns > _MAX_STYLED:
            raise ValueError(f"{area.a1()} is too large an area to format")
        others: dict[int, int] = {}
        for row in range(area.top, area.bottom + 1):
            updates = {}
            for column in range(area.left, area.right + 1):
                old = self.data.style(row, column)
                if old not in others:
                    others[old] = restyled(old)
                if (new := others[old]) != old:
                    updates[column] = (self.data.value(row, column), new)
                    self._reformatted |= self._styles.number_format(new) != self._styles.number_format(old)
                    pending = self.changes.get(row, {}).get(column)
                    change = Change(new, pending.content, pending.formula) if pending else Change(new)
                    self.changes.setdefault(row, {})[column] = change
            if updates:
                self.data.update_row(row, updates)

    def fit_rows(self, area: Area) -> None:
        """Make the rows of an area as high as their wrapped texts need."""
        heights = fitted_heights(self.data, self._styles, area)
        for row, height in heights.items():
            pending = self.row_changes.get(row, RowChange())
            self.row_changes[row] = pending._replace(height=height, fixed=False)
        self.data.row_heights |= heights

    def set_height(self, area: Area, height: float) -> None:
        """Give the rows of an area a height in points; 0 hides them."""
        if not 0 <= height <= MAX_HEIGHT:
            raise ValueError(f"no height of a row: {height}")
        for row in range(area.top, area.bottom + 1):
            if self.data.height(row) == height:
                continue
            if height:
                self.row_changes[row] = RowChange(height, fixed=True, hidden=False)
                self.data.row_heights[row] = height
                self.data.hidden_rows.discard(row)
            else:
                self.row_changes[row] = self.row_changes.get(row, RowChange())._replace(hidden=True)
                self.data.hidden_rows.add(row)

    @property
    def edited(self) -> bool:
        """Whether the sheet's part lacks anything done here."""
        return bool(self.changes or self.row_changes) or self.links.changed or self.redrawn

    @property
    def unsettled(self) -> bool:
        """Whether formulas may give something else now: contents changed, or number formats, which CELL reads."""
        changes = (change for row in self.changes.values() for change in row.values())
        return self._reformatted or any(change.content is not Keep.AS_IS for change in changes)

    @property
    def redrawn(self) -> bool:
        """Whether the notes' boxes lie in another drawing than the sheet's part says."""
        return self.data.drawing_id != self._filed_drawing

    def saved(self) -> None:
        """Forget the changes: the file has them now."""
        self.changes = {}
        self.row_changes = {}
        self._reformatted = False
        self.links.saved()
        self._filed_drawing = self.data.drawing_id
        if self.notes is not None:
            self.notes.saved()
        self.lost_formulas = set()

    def _hidden(self, area: Area) -> set[tuple[int, int]]:
        """Cells under a merged one: Excel keeps nothing there, so nothing is written."""
        return {
            (row, column)
            for merge in self.data.merges_in(area)
            for row in range(max(merge.top, area.top), min(merge.bottom, area.bottom) + 1)
            for column in range(max(merge.left, area.left), min(merge.right, area.right) + 1)
            if (row, column) != (merge.top, merge.left)
        }

    def _normal(self, row: int, column: int, value: CellInput, *, formulas: bool) -> _New:
        if value is None or isinstance(value, bool):
            return _New(value, value)
        if isinstance(value, int | float):
            number = float(value)
            if number - number != 0.0:
                raise ValueError(f"{value} is no number Excel can hold")
            return _New(int(value) if isinstance(value, int) else number, number)
        if isinstance(value, str):
            return self._normal_text(row, column, value, formulas=formulas)
        if isinstance(value, date):
            serial = to_serial(value, date1904=self._date1904)
            return _New(serial, serial, moment=value)
        raise TypeError(f"a cell cannot hold a {type(value).__name__}")

    def _normal_text(self, row: int, column: int, text: str, *, formulas: bool) -> _New:
        if formulas and text.startswith("=") and len(text) > 1:
            return _New(NOT_CALCULATED, NOT_CALCULATED, formula=text[1:])
        # As in Excel, one leading apostrophe says "this is text" and is no part of it.
        text = text.removeprefix("'")
        if len(text) > MAX_TEXT:
            raise WorkbookError(
                f"{self._label}的单元格 {cell_name(row, column)} 要写入的文字超过 {MAX_TEXT} 个字，"
                "请缩短有关内容后再试。",
            )
        return _New(text or None, text or None)

    def _is_constant(self, row: int, column: int, value: CellInput) -> bool:
        """Whether a cell holds a constant that reads as `value` where formulas are read: handed back, it stays."""
        return (row, column) not in self.data.formulas and constant_text(self.data.value(row, column)) == value

    def _same(self, cell: tuple[int, int], new: _New) -> bool:
        old = self.data.value(*cell)
        if cell in self.data.formulas or new.formula is not None:
            return (
                new.formula is not None
                and self.data.formulas.text(cell) == new.formula
                and (old == NOT_CALCULATED or bool(self.data.formulas.arrays_in(Area(*cell, *cell))))
            )
        if new.moment is None:
            return type(old) is type(new.value) and old == new.value
        if isinstance(old, datetime):
            return old == from_serial(float(new.content or 0), date1904=self._date1904)
        if not isinstance(old, float) or isinstance(old, bool) or not self._styles.shows_date(self.data.style(*cell)):
            return False
        serials = (old, float(new.content or 0))
        return len({from_serial(serial, date1904=self._date1904) for serial in serials}) == 1

    def _apply(self, wanted: dict[tuple[int, int], _New]) -> None:
        self._refuse(wanted)
        formulas = self.data.formulas
        for (row, column), text in formulas.unshare(set(wanted)).items():
            style = self.data.style(row, column)
            self.changes.setdefault(row, {})[column] = Change(style, formula=text)
        by_row: dict[int, dict[int, tuple[CellValue, int]]] = {}
        for (row, column), new in wanted.items():
            cell = row, column
            style = self.data.style(row, column)
            if new.moment is not None:
                with_time = isinstance(new.moment, datetime) and bool(
                    new.moment.time().replace(tzinfo=None) != _MIDNIGHT
                )
                style = self._styles.with_date(style, with_time=with_time)
            if cell in formulas:
                formulas.drop(cell)
                self.lost_formulas.add(cell)
            if new.formula is not None:
                formulas.put(cell, new.formula)
                self.lost_formulas.discard(cell)
            by_row.setdefault(row, {})[column] = (new.value, style)
            self.changes.setdefault(row, {})[column] = Change(style, new.content, new.formula)
        for row, cells in by_row.items():
            self.data.update_row(row, cells)

    def _refuse(self, wanted: dict[tuple[int, int], _New]) -> None:
        if wanted and self.data.disordered:
            raise WorkbookError(f"{self._label}的行列次序错乱，不能写入，请在 Excel 或 WPS 中打开并另存后再试。")
        for cell in wanted if self.data.formulas.arrays else ():
            if arrays := self.data.formulas.arrays_in(Area(*cell, *cell)):
                raise WorkbookError(
                    f"{self._label}的单元格 {cell_name(*cell)} 属于数组公式 {arrays[0].a1()}，不能写入，"
                    "请先删除该数组公式再试。",
                )
        for header in self.locked_headers:
            hit = next((cell for cell in wanted if header.holds(*cell)), None)
            if hit is not None:
                raise WorkbookError(
                    f"{self._label}的单元格 {cell_name(*hit)} 是表格的列名，程序不改列名，请在 Excel 中改好后再试。",
                )


_MIDNIGHT = datetime.min.time()
