"""What changed in a document that came from an Excel file, written into the file as it lies on the disk.

LibreOffice itself would write the file anew and lose the macros and much of its looks. What the file held is read by
LibreOffice a second time; where the open document differs from that, a person or a button changed something.
Protection stays as the file has it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from jixiao.engines.address import Area
from jixiao.engines.calc import readcells
from jixiao.engines.calc.numbers import NumberFormats
from jixiao.engines.calc.snapshot import Cell, Look, SheetState, Snapshot, cells_of
from jixiao.engines.filegrid import FileGrid
from jixiao.engines.grid import CellInput
from jixiao.engines.sheetedit import Result
from jixiao.errors import SaveError, WorkbookError

_UNREAD = "#NAME?"  # what LibreOffice prints for a table's name


@dataclass
class Told:
    """What the driver alone knows of its writing: which sheets, heights of rows (None: as their texts need), tips."""

    sheets: set[str] = field(default_factory=set)
    heights: dict[str, dict[int, float | None]] = field(default_factory=dict)
    tips: dict[tuple[str, Cell], str] = field(default_factory=dict)


class Carrier:
    """Brings the changes of one document into its file; `losses` are what a file cannot be given, in Chinese."""

    def __init__(self, formats: NumberFormats, file: FileGrid, told: Told) -> None:
        """`file` is the file the document came from, as it lies on the disk."""
        self._formats = formats
        self._file = file
        self._told = told
        self.losses: dict[str, None] = {}

    def carry(self, old: Snapshot, new: Snapshot, read: "Reader") -> None:
        """Write the differences into the file held in memory; SaveError when its sheets are not the same any more."""
        gone = [name for name in old.sheets if name not in new.sheets]
        if gone:
            raise SaveError(f"工作表“{gone[0]}”被删除或改名了，没有保存，请撤销这一步再保存。")
        kept = [name for name in new.sheets if name in old.sheets]
        if kept != list(old.sheets):
            self._lose("工作表的次序")
        if new.names != old.names:
            self._lose("定义的名称")
        order = list(new.sheets)
        for at, name in reversed(list(enumerate(order))):
            if name not in old.sheets:
                self._file.add_sheet(name, order[at + 1] if at + 1 < len(order) else None)
        for name, state in new.sheets.items():
            self._sheet(name, old.sheets.get(name), state, read)

    def _lose(self, what: str) -> None:
        self.losses[what] = None

    def _sheet(self, name: str, old: SheetState | None, new: SheetState, read: "Reader") -> None:
        before = old or SheetState(new.number, new.visible)
        if before.visible != new.visible:
            self._lose("工作表的显示和隐藏")
        if before.visible != new.visible or not new.values:
            return
        if old is not None:
            self._other_changes(before, new)
        self._contents(name, before, new, read)
        self._looks(name, before, new, added=old is None)
        self._marks(name, before, new)
        self._rows(name, before, new, read)

    def _other_changes(self, old: SheetState, new: SheetState) -> None:
        if old.merges != new.merges:
            self._lose("合并单元格")
        if old.widths[: len(new.widths)] != new.widths[: len(old.widths)]:
            self._lose("列宽")
        looked_at = range(1, min(old.seen.right, new.seen.right) + 1)
        if old.hidden_columns.intersection(looked_at) != new.hidden_columns.intersection(looked_at):
            self._lose("列的隐藏")
        if old.tab_color != new.tab_color:
            self._lose("工作表标签的颜色")
        if old.drawings != new.drawings:
            self._lose("图表和图形")
        if [info.name for info in old.tables] != [info.name for info in new.tables]:
            self._lose("表格")

    def _contents(self, name: str, old: SheetState, new: SheetState, read: "Reader") -> None:
        """Constants as such, formulas with what LibreOffice found for them."""
        if (old.values, old.formulas, old.calculated) == (new.values, new.formulas, new.calculated):
            return
        calculated = {cell for area in new.calculated for cell in cells_of(area)}
        was_calculated = {cell for area in old.calculated for cell in cells_of(area)}
        area = Area(1, 1, max(old.area.bottom, new.area.bottom), max(old.area.right, new.area.right))
        changed = [
            cell
            for cell in cells_of(area)
            if old.content(cell) != new.content(cell) or (cell in calculated) != (cell in was_calculated)
        ]
        if not changed:
            return
        bounds = _around(changed)
        values = read.values(name, bounds)
        raw = read.raw(name, bounds)
        results: dict[Cell, tuple[str | None, Result]] = {}
        constants: dict[Cell, CellInput] = {}
        for cell in changed:
            row, column = cell[0] - bounds.top, cell[1] - bounds.left
            if cell not in calculated:
                value = values[row][column]
                # A text that starts like one keeps its apostrophe only when it gets another.
                constants[cell] = f"'{value}" if isinstance(value, str) else value
                continue
            text = new.content(cell)[1]
            same = cell in was_calculated and text == old.content(cell)[1]
            formula = None if same else read.formula(text, (new.number, *cell)).removeprefix("=")
            if text.startswith("{=") and not same:
                self._lose("数组公式")
            elif formula is not None and _UNREAD in formula and _UNREAD not in text:
                self._lose("用到表格引用的公式")
            else:
                results[cell] = formula, raw[row][column]  # type: ignore[assignment] # no date is read raw
        for top, left, block in _blocks(constants):
            self._file.write_values(name, top, left, block)
        self._file.write_results(name, results)

    def _looks(self, name: str, old: SheetState, new: SheetState, *, added: bool) -> None:
        """Number formats and fills; other looks are lost."""
        before, after = old.look_map(), new.look_map()
        plain = Look(self._formats.general_key, -1, "")
        formats: dict[Cell, int] = {}
        fills: dict[Cell, int] = {}
        for cell, look in after.items():
            was = before.get(cell, plain if added else None)
            if was is None or was == look:
                continue
            if was.number_format != look.number_format:
                formats[cell] = look.number_format
            if was.fill != look.fill:
                fills[cell] = look.fill
            if was.rest != look.rest and not added:
                self._lose("字体、边框、对齐等格式")
        for area, key in _runs(formats):
            self._file.set_number_format(name, area, self._formats.code(key))
        for area, fill in _runs(fills):
            color = None if fill == -1 else (fill >> 16 & 255, fill >> 8 & 255, fill & 255)
            self._file.set_color(name, area, color)

    def _marks(self, name: str, old: SheetState, new: SheetState) -> None:
        for cell in sorted(old.notes.keys() | new.notes.keys()):
            if old.notes.get(cell) != new.notes.get(cell):
                try:
                    self._file.set_note(name, cell, new.notes.get(cell))
                except WorkbookError:
                    self._lose("批注")
        for cell in sorted(old.links.keys() | new.links.keys()):
            if new.links.get(cell) != old.links.get(cell):
                self._link(name, cell, new)
        tables = {info.name: info.area for info in old.tables}
        for info in new.tables:
            if tables.get(info.name, info.area) != info.area:
                try:
                    self._file.resize_table(name, info.name, info.area)
                except (ValueError, WorkbookError):
                    self._lose("表格的范围")

    def _link(self, name: str, cell: Cell, new: SheetState) -> None:
        link = new.links.get(cell)
        if link is None:
            self._file.clear_links(name, Area(*cell, *cell))
        elif link.startswith("#"):
            tip = self._told.tips.get((name, cell), "")
            self._file.add_link(name, cell, link[1:], f"'{new.content(cell)[0]}", tip)
        else:
            self._lose("通向别处的超链接")

    def _rows(self, name: str, old: SheetState, new: SheetState, read: "Reader") -> None:
        for row, height in sorted(self._told.heights.get(name, {}).items()):
            if height is None:
                self._file.fit_rows(name, Area(row, 1, row, 1))
            else:
                self._file.set_row_height(name, Area(row, 1, row, 1), height)
        hidden, was_hidden = new.hidden_rows(), old.hidden_rows()
        for row in sorted(hidden - was_hidden):
            self._file.set_row_height(name, Area(row, 1, row, 1), 0)
        for row in sorted(was_hidden - hidden):
            height = read.height(name, row) if row <= new.area.bottom else None
            if height:
                self._file.set_row_height(name, Area(row, 1, row, 1), height)


class Reader(NamedTuple):
    """How the present contents of the document are read."""

    values: Callable[[str, Area], readcells.Block]
    raw: Callable[[str, Area], readcells.Block]
    formula: Callable[[str, tuple[int, int, int]], str]
    height: Callable[[str, int], float | None]


def _around(cells: Iterable[Cell]) -> Area:
    rows, columns = zip(*cells, strict=True)
    return Area(min(rows), min(columns), max(rows), max(columns))


def _blocks(cells: dict[Cell, CellInput]) -> Iterator[tuple[int, int, list[list[CellInput]]]]:
    """Cells as rows of neighbours."""
    for row, line in groupby(sorted(cells), key=lambda cell: cell[0]):
        for _, run in groupby(enumerate(column for _, column in line), key=lambda pair: pair[1] - pair[0]):
            columns = [column for _, column in run]
            yield row, columns[0], [[cells[row, column] for column in columns]]


def _runs(cells: dict[Cell, int]) -> Iterator[tuple[Area, int]]:
    """Cells alike below each other, as areas."""
    by_column = sorted(cells, key=lambda cell: (cell[1], cell[0]))
    for (column, number, _), run in groupby(
        enumerate(by_column), key=lambda pair: (pair[1][1], cells[pair[1]], pair[1][0] - pair[0])
    ):
        rows = [row for _, (row, _) in run]
        yield Area(rows[0], column, rows[-1], column), number
