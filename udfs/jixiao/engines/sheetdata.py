"""One sheet's cells in memory, kept row by row so that 150,000 rows stay small."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field

from jixiao.engines.address import Area
from jixiao.engines.areaindex import AreaIndex
from jixiao.engines.formulas import FormulaStore
from jixiao.engines.grid import CellValue
from jixiao.engines.links import Link

_STANDARD_WIDTH = 8.43


@dataclass(slots=True)
class Row:
    """The cells a row has. Rows of the same shape share their `columns` and `styles` tuples."""

    columns: tuple[int, ...]
    styles: tuple[int, ...]
    values: list[CellValue]

    def index(self, column: int) -> int | None:
        """Where the column's cell stands, or None."""
        at = bisect_left(self.columns, column)
        return at if at < len(self.columns) and self.columns[at] == column else None


@dataclass(slots=True)
class SheetData:
    """What one reading of a sheet part found. Numbers are floats, also where they show as dates.

    `drawing_id` is the relationship of the drawing that holds the notes' boxes.
    """

    rows: dict[int, Row] = field(default_factory=dict)
    row_styles: dict[int, int] = field(default_factory=dict)
    row_heights: dict[int, float] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    column_styles: list[tuple[int, int, int]] = field(default_factory=list)
    column_widths: list[tuple[int, int, float]] = field(default_factory=list)
    default_height: float = 15.0
    formulas: FormulaStore = field(default_factory=FormulaStore)
    merges: list[Area] = field(default_factory=list)
    table_ids: list[str] = field(default_factory=list)
    links: dict[Area, Link] = field(default_factory=dict)
    drawing_id: str = ""
    disordered: bool = False
    _merge_index: AreaIndex | None = None
    _bounds: tuple[int, int] | None = None
    _plans: dict[tuple[tuple[int, ...], int, int], list[tuple[int, int]] | None] = field(default_factory=dict)

    def value(self, row: int, column: int) -> CellValue:
        """The value of one cell."""
        cells = self.rows.get(row)
        at = cells.index(column) if cells else None
        return cells.values[at] if cells and at is not None else None

    def style(self, row: int, column: int) -> int:
        """The style of a cell; one that does not exist yet takes its row's or column's, as in Excel."""
        cells = self.rows.get(row)
        if cells and (at := cells.index(column)) is not None:
            return cells.styles[at]
        if row in self.row_styles:
            return self.row_styles[row]
        return self._column_style(column)

    def _column_style(self, column: int) -> int:
        return next((style for first, last, style in self.column_styles if first <= column <= last), 0)

    def width(self, column: int) -> float:
        """The width of a column, in characters."""
        return next((width for first, last, width in self.column_widths if first <= column <= last), _STANDARD_WIDTH)

    def height(self, row: int) -> float:
        """The height of a row in points; 0 for a hidden one."""
        return 0.0 if row in self.hidden_rows else self.row_heights.get(row, self.default_height)

    def styles_in(self, area: Area) -> set[int]:
        """The styles of all cells of an area."""
        bare = {column: self._column_style(column) for column in range(area.left, area.right + 1)}
        empty = Row((), (), [])
        # Tall areas have many rows, but few kinds of them.
        kinds = {
            (row.columns, row.styles, self.row_styles.get(number))
            for number in range(area.top, area.bottom + 1)
            for row in (self.rows.get(number, empty),)
        }
        found: set[int] = set()
        for columns, styles, row_style in kinds:
            own = {column: style for column, style in zip(columns, styles, strict=True) if column in bare}
            found.update(own.values())
            if len(own) < len(bare):
                others = bare.keys() - own.keys()
                found.update((bare[column] for column in others) if row_style is None else (row_style,))
        return found

    def merges_in(self, area: Area) -> list[Area]:
        """The merged areas that meet this one."""
        if self._merge_index is None:
            self._merge_index = AreaIndex(self.merges)
        return self._merge_index.meeting(area)

    def block(self, area: Area) -> list[list[CellValue]]:
        """The stored values of an area."""
        width = area.right - area.left + 1
        result: list[list[CellValue]] = []
        columns: tuple[int, ...] | None = None
        plan: list[tuple[int, int]] | None = None
        for number in range(area.top, area.bottom + 1):
            row = self.rows.get(number)
            if row is None:
                result.append([None] * width)
                continue
            if row.columns is not columns:
                columns = row.columns
                plan = self._plan(columns, area)
            if plan is None:
                result.append(row.values.copy())
            else:
                line: list[CellValue] = [None] * width
                for source, target in plan:
                    line[target] = row.values[source]
                result.append(line)
        return result

    def _plan(self, columns: tuple[int, ...], area: Area) -> list[tuple[int, int]] | None:
        """How a row's cells map onto an area: (index in row, index in area) pairs, or None when one to one."""
        key = (columns, area.left, area.right)
        if key not in self._plans:
            pairs = [(at, column - area.left) for at, column in enumerate(columns) if area.left <= column <= area.right]
            same = len(pairs) == len(columns) == area.right - area.left + 1
            self._plans[key] = None if same else pairs
        return self._plans[key]

    def bounds(self) -> tuple[int, int]:
        """Last row and last column with a value or a formula; (1, 1) when there is none."""
        if self._bounds is None:
            last_row = last_column = 1
            for number, row in self.rows.items():
                values = row.values
                at = len(values) - 1
                while at >= 0 and values[at] is None:
                    at -= 1
                if at < 0:
                    continue
                if number > last_row:  # noqa: PLR1730 - two calls of max for each of 150,000 rows show
                    last_row = number
                if row.columns[at] > last_column:  # noqa: PLR1730 - as above
                    last_column = row.columns[at]
            for number, column in self.formulas.cells():
                last_row, last_column = max(last_row, number), max(last_column, column)
            self._bounds = last_row, last_column
        return self._bounds

    def update_row(self, number: int, cells: Mapping[int, tuple[CellValue, int]]) -> None:
        """Set value and style of some cells of a row, by column."""
        row = self.rows.get(number)
        merged: dict[int, tuple[CellValue, int]] = {}
        if row is not None:
            merged = dict(zip(row.columns, zip(row.values, row.styles, strict=True), strict=True))
        merged.update(cells)
        ordered = sorted(merged.items())
        self.rows[number] = Row(
            tuple(column for column, _ in ordered),
            tuple(style for _, (_, style) in ordered),
            [value for _, (value, _) in ordered],
        )
        self._bounds = None
