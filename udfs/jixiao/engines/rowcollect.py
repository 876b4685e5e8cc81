"""Turns the cells of finished rows into `Row`s whose tuples are shared between rows of the same shape."""

from itertools import pairwise

from jixiao.engines.address import MAX_COLUMN, MAX_ROW
from jixiao.engines.grid import CellValue
from jixiao.engines.rowshape import RowShape
from jixiao.engines.sheetdata import Row, SheetData


class RowCollector:
    """Puts rows into a sheet's data as they come, and notes when they come out of order."""

    def __init__(self, data: SheetData) -> None:
        """`last` is the number of the row that came last."""
        self.data = data
        self.last = 0
        self._columns: dict[tuple[int, ...], tuple[int, ...]] = {}
        self._styles: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._ordered: set[tuple[int, ...]] = set()

    def add(self, number: int, columns: list[int], styles: list[str], values: list[CellValue]) -> None:
        """A row as the parser tells of it; the lists may be used again afterwards."""
        self._count(number)
        if not columns:
            return
        key = tuple(columns)
        shape = self._columns.get(key)
        if shape is None:
            shape = self._new_shape(key)
        looks = tuple(styles)
        if looks not in self._styles:
            self._styles[looks] = tuple(int(style) for style in looks)
        self._put(number, Row(shape, self._styles[looks], values.copy()), ordered=shape in self._ordered)

    def add_like(self, number: int, shape: RowShape, values: list[CellValue]) -> None:
        """A row of a known shape."""
        data = self.data
        if self.last < number <= MAX_ROW:
            self.last = number
        else:
            self._count(number)
        if shape.row_style is not None:
            data.row_styles[number] = shape.row_style
        if shape.height is not None:
            data.row_heights[number] = shape.height
        if shape.hidden:
            data.hidden_rows.add(number)
        row = Row(shape.columns, shape.styles, values)
        if number not in data.rows:
            data.rows[number] = row
        else:
            self._put(number, row, ordered=True)

    def _count(self, number: int) -> None:
        if not 1 <= number <= MAX_ROW:
            raise ValueError(f"no such row: {number}")
        if number <= self.last:
            self.data.disordered = True
        self.last = number

    def _put(self, number: int, row: Row, *, ordered: bool) -> None:
        if ordered and number not in self.data.rows:
            self.data.rows[number] = row
            return
        self.data.disordered = True
        cells = zip(row.values, row.styles, strict=True)
        self.data.update_row(number, dict(zip(row.columns, cells, strict=True)))

    def _new_shape(self, key: tuple[int, ...]) -> tuple[int, ...]:
        if key[-1] > MAX_COLUMN:
            raise ValueError(f"no such column: {key[-1]}")
        if all(before < after for before, after in pairwise(key)):
            self._ordered.add(key)
        self._columns[key] = key
        return key
