"""The LibreOffice driver: `Grid` over a document that is open in Calc."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from jixiao.engines.address import Area, cell_name
from jixiao.engines.calc import marks, names, readcells, saving, writecells
from jixiao.engines.calc.document import CalcDocument, watched
from jixiao.engines.calc.names import Names
from jixiao.engines.calc.saving import Saving
from jixiao.engines.calc.unoapi import CONTENTS, Uno, area_of, areas_of, gone, is_uno, range_of
from jixiao.engines.grid import CellInput, CellValue, Color, Note, TableInfo
from jixiao.engines.rowfit import MAX_HEIGHT
from jixiao.errors import SaveError, WorkbookError

_MAX_BLOCK = 5_000_000
_TWIPS_PER_POINT, _TWIPS_PER_INCH, _HUNDREDTHS_PER_INCH = 20, 1440, 2540
_MIXED = "AMBIGUOUS_VALUE"

Cell = tuple[int, int]
Block = Sequence[Sequence[CellInput]]


@watched
class CalcGrid(CalcDocument):
    """The driver of one document open in Calc: what its cells hold and how they look, and how it is saved."""

    # -- reading

    def used_bounds(self, sheet: str) -> tuple[int, int]:
        """Last row and last column that hold a value or a formula; (1, 1) for an empty sheet."""
        filled = areas_of(self.sheet(sheet).queryContentCells(CONTENTS))
        rows, columns = [area.bottom for area in filled], [area.right for area in filled]
        return max(rows, default=1), max(columns, default=1)

    def read_values(self, sheet: str, area: Area) -> list[list[CellValue]]:
        """The values of a block, row by row."""
        return readcells.read_shown(self._readable(sheet, area), area, self.formats)

    def read_raw(self, sheet: str, area: Area) -> list[list[CellValue]]:
        """The same without looking at formats: dates are serial numbers, truth values 1 and 0."""
        return readcells.read_raw(self._readable(sheet, area), area)

    def read_formulas(self, sheet: str, area: Area) -> list[list[str]]:
        """Formulas with `=`, constants as text, empty cells as ''."""
        return readcells.read_texts(self._readable(sheet, area), area, self.formulas)

    def number_format(self, sheet: str, area: Area) -> str | None:
        """The number format all cells share, else None."""
        cells = range_of(self.sheet(sheet), area)
        key = cells.NumberFormat
        # A mixed block has the key 0, which may be a format as well.
        if not key and cells.getPropertyState("NumberFormat").value == _MIXED:
            return None
        return self.formats.code(key)

    def color(self, sheet: str, area: Area) -> Color | None:
        """The fill all cells share; None when there is none or they differ."""
        color = range_of(self.sheet(sheet), area).CellBackColor
        return None if color == -1 else (color >> 16 & 255, color >> 8 & 255, color & 255)

    def merges(self, sheet: str, area: Area) -> list[Area]:
        """The merged areas that meet this one."""
        return [merge for merge in self._while_resting("merges", sheet, self._all_merges) if merge.meets(area)]

    def has_array(self, sheet: str, area: Area) -> bool:
        """Whether a cell belongs to an array formula."""
        formulas = range_of(self._readable(sheet, area), area).getFormulaArray()
        return any(text.startswith("{=") for line in formulas for text in line)

    def row_height(self, sheet: str, area: Area) -> float | None:
        """The height in points all rows share, 0 for hidden ones; None when they differ."""
        rows = self.sheet(sheet).getRows()
        heights = set()
        for at in range(area.top - 1, area.bottom):
            row = rows.getByIndex(at)
            heights.add(_points(row.Height) if row.IsVisible else 0.0)
        return heights.pop() if len(heights) == 1 else None

    def link(self, sheet: str, cell: Cell) -> str | None:
        """Where a cell leads: an address, or `#` and a place in this workbook."""
        return marks.link_at(self.sheet(sheet), cell)

    def note(self, sheet: str, cell: Cell) -> Note | None:
        """The note of one cell."""
        return marks.note_at(self.sheet(sheet), cell)

    def notes(self, sheet: str) -> dict[Cell, Note]:
        """The notes of a sheet by cell, row by row."""
        return marks.notes_of(self.sheet(sheet))

    def tables(self, sheet: str) -> list[TableInfo]:
        """The tables of a sheet."""
        tables = self._while_resting("tables", "", lambda _: names.tables_by_sheet(self.document))
        return tables.get(self.sheet(sheet).getRangeAddress().Sheet, [])

    def names(self) -> Names:
        """Defined names: `=reference` by `name` or `sheet!name`."""
        return Names(self.document, self.formulas)

    # -- writing

    def write_values(self, sheet: str, row: int, column: int, block: Block) -> None:
        """Write a block of constants from its top left cell on."""
        with Writing(self, sheet, _area(row, column, block)) as target:
            for at, left, part in self._parts(sheet, row, column, block):
                writecells.write_values(target, at, left, part, self.formats)

    def write_formulas(self, sheet: str, row: int, column: int, block: Block) -> None:
        """Write a block in which text that starts with `=` is a formula."""
        with Writing(self, sheet, _area(row, column, block)) as target:
            for at, left, part in self._parts(sheet, row, column, block):
                writecells.write_formulas(target, at, left, part, self.formats, self.formulas)

    def clear_contents(self, sheet: str, area: Area) -> None:
        """Empty the cells and leave their looks."""
        blank: Block = [[None] * area.shape[1]] * area.shape[0]
        with Writing(self, sheet, area) as target:
            self._keep_headers(sheet, area.top, area.left, blank)
            writecells.clear(target, area)

    def fit_rows(self, sheet: str, area: Area) -> None:
        """Make rows as high as their wrapped texts need."""
        range_of(self.sheet(sheet), area).getRows().OptimalHeight = True
        self._tell_heights(sheet, area, None)

    def set_row_height(self, sheet: str, area: Area, height: float) -> None:
        """Give rows a height in points; 0 hides them."""
        if not 0 <= height <= MAX_HEIGHT:
            raise ValueError(f"no height of a row: {height}")
        rows = range_of(self.sheet(sheet), area).getRows()
        rows.IsVisible = bool(height)
        self._tell_heights(sheet, area, height)
        if height:
            rows.Height = round(height * _HUNDREDTHS_PER_INCH * _TWIPS_PER_POINT / _TWIPS_PER_INCH)

    def add_link(self, sheet: str, cell: Cell, location: str, text: str, tip: str) -> None:
        """Let a cell show a text and lead to a place in this workbook; Calc tells the place by itself."""
        with Writing(self, sheet, Area(*cell, *cell)) as target:
            self.told.tips[sheet, cell] = tip
            marks.put_link(self.document, target, cell, location, text.removeprefix("'"))

    def clear_links(self, sheet: str, area: Area) -> None:
        """Let the cells of an area lead nowhere; what they show stays."""
        marks.clear_links(self.sheet(sheet), area)

    def set_note(self, sheet: str, cell: Cell, text: str | None) -> None:
        """Give a cell a note, another text for its note, or none."""
        marks.put_note(self.sheet(sheet), cell, text)

    def set_number_format(self, sheet: str, area: Area, number_format: str) -> None:
        """Give all cells a number format."""
        if self.number_format(sheet, area) != number_format:
            range_of(self.sheet(sheet), area).NumberFormat = self.formats.key(number_format)

    def set_color(self, sheet: str, area: Area, color: Color | None) -> None:
        """Fill all cells with a colour, or with none."""
        number = -1 if color is None else color[0] << 16 | color[1] << 8 | color[2]
        range_of(self.sheet(sheet), area).CellBackColor = number

    def resize_table(self, sheet: str, table: str, area: Area) -> None:
        """Give a table a new last row (ValueError for anything else, WorkbookError when something is in the way)."""
        names.resize_table(self.document, self.sheet(sheet), table, area, free=not self.merges(sheet, area))
        self._forget("tables", "")

    # -- saving

    def prepare_save(self) -> Saving:
        """What saving in place comes to, and what of the document the file cannot be given; nothing is written yet."""
        self.follow()
        return saving.prepared(self, self.origin)

    def save(self, path: str | None) -> None:
        """Save in place, or to another path which then is this workbook's (SaveError, and nothing changed).

        A workbook of Excel's is never written by LibreOffice: its file is given what changed. Where something cannot
        be given to it, nothing is saved, and the error says what.
        """
        target = None if path is None else Path(path).absolute()
        planned = self.prepare_save()
        if planned.losses:
            raise SaveError(saving.told_losses(planned.losses))
        planned.write(target)

    # -- helpers

    def _readable(self, name: str, area: Area) -> Uno:
        rows, columns = area.shape
        if rows * columns > _MAX_BLOCK:
            raise WorkbookError(
                f"工作表“{name}”用到的区域 {area.a1()} 大得不正常，请删去右侧和下方多余的内容后保存再试。",
            )
        return self.sheet(name)

    def _tell_heights(self, sheet: str, area: Area, height: float | None) -> None:
        rows = range(area.top, area.bottom + 1)
        self.told.heights.setdefault(sheet, {}).update(dict.fromkeys(rows, height))

    def _all_merges(self, sheet: str) -> list[Area]:
        target = self.sheet(sheet)
        cursor = target.createCursor()
        cursor.gotoEndOfUsedArea(False)
        used = area_of(cursor.getRangeAddress())
        return writecells.merged_areas(target, used.bottom, used.right)

    def _parts(self, sheet: str, row: int, column: int, block: Block) -> Iterator[tuple[int, int, Block]]:
        """A block in the parts in which it is to be written; WorkbookError where it must not be."""
        self._keep_headers(sheet, row, column, block)
        return writecells.around_merges(row, column, block, self.merges(sheet, _area(row, column, block)))

    def _keep_headers(self, sheet: str, row: int, column: int, block: Block) -> None:
        """The header cells of a table name its columns for Excel: they are not changed."""
        for info in self.tables(sheet):
            at = info.area.top - row
            if not info.header_rows or not 0 <= at < len(block):
                continue
            header = info.area._replace(bottom=info.area.top)
            shown = readcells.read_raw(self.sheet(sheet), header)[0]
            for place, value in enumerate(block[at], column):
                if header.left <= place <= header.right and value != shown[place - header.left]:
                    raise WorkbookError(
                        f"工作表“{sheet}”的单元格 {cell_name(info.area.top, place)} 是表格的列名，程序不改列名，"
                        "请自己改好后再试。",
                    )


class Writing:
    """Writing to an area of a sheet. Where LibreOffice only says that it did not, WorkbookError says why."""

    def __init__(self, grid: CalcGrid, sheet: str, area: Area) -> None:
        """Nothing is asked yet."""
        self._grid = grid
        self._sheet = sheet
        self._area = area

    def __enter__(self) -> Uno:
        """The sheet."""
        if self._grid.protected(self._sheet):
            raise WorkbookError(f"工作表“{self._sheet}”设有保护，不能写入，请先撤销保护再试。")
        self._grid.told.sheets.add(self._sheet)
        return self._grid.sheet(self._sheet)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        """Tell an array formula from a fault."""
        if error is None or gone(error) or not is_uno(error):
            return
        if self._grid.has_array(self._sheet, self._area):
            raise WorkbookError(
                f"工作表“{self._sheet}”的区域 {self._area.a1()} 里有数组公式，不能写入，请先删除该数组公式再试。",
            ) from error


def _area(row: int, column: int, block: Block) -> Area:
    return Area(row, column, row + len(block) - 1, column + max(map(len, block), default=1) - 1)


def _points(hundredths: int) -> float:
    """Hundredths of a millimetre as points; LibreOffice keeps twips."""
    return round(hundredths * _TWIPS_PER_INCH / _HUNDREDTHS_PER_INCH) / _TWIPS_PER_POINT
