"""The file driver: `Grid` over a workbook file, edited in place and saved without losing a thing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from jixiao.engines import ooxml
from jixiao.engines.address import Area
from jixiao.engines.colors import Palette
from jixiao.engines.dates import from_serial
from jixiao.engines.fileedits import pending_edits, touched
from jixiao.engines.grid import CellInput, CellValue, Color, Note, TableInfo
from jixiao.engines.links import Link
from jixiao.engines.notes import Cell, SheetNotes
from jixiao.engines.notesheet import has_notes, load_notes
from jixiao.engines.package import Package
from jixiao.engines.parts import EditedParts
from jixiao.engines.save import save_file
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.sheetedit import EditedSheet, Result
from jixiao.engines.sheetload import SheetLoader
from jixiao.engines.styles import StyleTable
from jixiao.engines.tables import TablePart, read_tables, resize
from jixiao.engines.values import constant_text
from jixiao.engines.verify import verify_written
from jixiao.engines.workbook import SheetEntry, WorkbookPart
from jixiao.errors import SaveError, WorkbookError

# Room for a full sheet of 19 columns; a stray cell in XFD1048576 would ask for 17,000 million cells.
_MAX_BLOCK = 20_000_000


class FileGrid:
    """One workbook file. Sheets are read when first asked for; nothing is written before `save`."""

    def __init__(self, path: Path) -> None:
        """Open a file; WorkbookError when it is no usable workbook."""
        self._path = path
        self.owner_file: Path | None = None  # of a program that has the file open for us
        package = Package.load(path)
        self._parts = EditedParts(package)
        try:
            self._workbook = WorkbookPart(self._parts)
            self._styles_part = self._workbook.related("styles")
            self._styles = StyleTable(self._view("styles"), Palette(self._view("theme")))
        except (ValueError, IndexError) as error:
            raise package.damaged("工作簿的目录或样式不合格") from error
        self._loader = SheetLoader(self._parts, self._workbook.related("sharedStrings"))
        self._sheets: dict[str, EditedSheet] = {}
        self._table_parts: dict[str, list[TablePart]] = {}
        self._date_columns: dict[tuple[int, ...], tuple[int, ...]] = {}

    # -- reading

    @property
    def fullname(self) -> str:
        """The absolute path of the file."""
        return str(self._path)

    @property
    def uncalculated(self) -> bool:
        """Whether the file asks the program that opens it to calculate everything."""
        return self._workbook.demands_calculation

    def sheet_names(self) -> list[str]:
        """Worksheet names in tab order."""
        return [entry.name for entry in self._workbook.worksheets]

    def active_sheet(self) -> str:
        """The name of the sheet in front."""
        return self._workbook.active_sheet()

    def sheet_visible(self, sheet: str) -> bool:
        """Whether its tab is shown."""
        return self._entry(sheet).visible

    def show_sheet(self, sheet: str) -> None:
        """There is no window; the file keeps the sheet it had in front."""

    def protected(self, sheet: str) -> bool:  # noqa: ARG002 - for every sheet alike
        """Never in the way: a file can be written whatever Excel's protection says."""
        return False

    def protect(self, sheet: str) -> None:
        """The protection in the file stays as it is."""

    def unprotect(self, sheet: str) -> None:
        """The protection in the file stays as it is."""

    def used_bounds(self, sheet: str) -> tuple[int, int]:
        """Last row and last column that hold a value or a formula; (1, 1) for an empty sheet."""
        return self._sheet(sheet).data.bounds()

    def read_values(self, sheet: str, area: Area) -> list[list[CellValue]]:
        """The values of a block, row by row."""
        data = self._readable(sheet, area)
        block = data.block(area)
        styles: tuple[int, ...] | None = None
        dated: tuple[int, ...] = ()
        for number, line in enumerate(block, area.top):
            row = data.rows.get(number)
            if row is None:
                continue
            if row.styles is not styles:
                styles = row.styles
                dated = self._dated(styles)
            for at in dated:
                column = row.columns[at]
                value = row.values[at]
                if area.left <= column <= area.right and type(value) is float:
                    line[column - area.left] = from_serial(value, date1904=self._workbook.date1904)
        return block

    def _dated(self, styles: tuple[int, ...]) -> tuple[int, ...]:
        """Which of a row's cells show a number as a date."""
        if styles not in self._date_columns:
            dated = (at for at, style in enumerate(styles) if style and self._styles.shows_date(style))
            self._date_columns[styles] = tuple(dated)
        return self._date_columns[styles]

    def read_formulas(self, sheet: str, area: Area) -> list[list[str]]:
        """Formulas with `=`, constants as text, empty cells as ''."""
        data = self._readable(sheet, area)
        block = [
            ["" if value is None else value if type(value) is str else constant_text(value) for value in line]
            for line in data.block(area)
        ]
        for row, column in data.formulas.cells_in(area):
            text = data.formulas.text((row, column))
            block[row - area.top][column - area.left] = f"={text}"
        return block

    def number_format(self, sheet: str, area: Area) -> str | None:
        """The number format all cells share, else None."""
        formats = {self._styles.number_format(style) for style in self._styles_in(sheet, area)}
        return formats.pop() if len(formats) == 1 else None

    def color(self, sheet: str, area: Area) -> Color | None:
        """The fill all cells share; None when there is none or they differ."""
        colors = {self._styles.color(style) for style in self._styles_in(sheet, area)}
        return colors.pop() if len(colors) == 1 else None

    def merges(self, sheet: str, area: Area) -> list[Area]:
        """The merged areas that meet this one."""
        return self._sheet(sheet).data.merges_in(area)

    def has_array(self, sheet: str, area: Area) -> bool:
        """Whether a cell belongs to an array formula."""
        return bool(self._sheet(sheet).data.formulas.arrays_in(area))

    def row_height(self, sheet: str, area: Area) -> float | None:
        """The height in points all rows share, 0 for hidden ones; None when they differ."""
        data = self._sheet(sheet).data
        heights = {data.height(row) for row in range(area.top, area.bottom + 1)}
        return heights.pop() if len(heights) == 1 else None

    def link(self, sheet: str, cell: Cell) -> str | None:
        """Where a cell leads: an address, or `#` and a place in this workbook."""
        link = self._sheet(sheet).links.at(*cell)
        if link is None:
            return None
        if link.relation:
            return self._parts.package.outside(self._entry(sheet).part, link.relation)
        return f"#{link.location}"

    def note(self, sheet: str, cell: Cell) -> Note | None:
        """The note of one cell."""
        return self.notes(sheet).get(cell)

    def notes(self, sheet: str) -> dict[Cell, Note]:
        """The notes of a sheet by cell."""
        if sheet not in self._sheets and not has_notes(self._parts, self._entry(sheet).part):
            return {}
        return dict(sorted(self._notes(sheet).now.items()))

    def tables(self, sheet: str) -> list[TableInfo]:
        """The Excel tables of a sheet."""
        return [table.info for table in self._tables(sheet)]

    def names(self) -> dict[str, str]:
        """Defined names: `=reference` by `name` or `sheet!name`."""
        return dict(self._workbook.names())

    # -- writing

    def write_values(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block of constants from its top left cell on."""
        self._editable(sheet).write(row, column, block, formulas=False)

    def write_formulas(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block in which text that starts with `=` is a formula."""
        self._editable(sheet).write(row, column, block, formulas=True)

    def write_results(self, sheet: str, results: Mapping[Cell, tuple[str | None, Result]]) -> None:
        """Give cells formulas (None: the one they have; without `=`) and what a spreadsheet program found for them."""
        self._editable(sheet).write_results(results)

    def clear_contents(self, sheet: str, area: Area) -> None:
        """Empty the cells and leave their looks."""
        self._editable(sheet).clear(area)

    def fit_rows(self, sheet: str, area: Area) -> None:
        """Make rows as high as their wrapped texts need."""
        self._sheet(sheet).fit_rows(area)

    def set_row_height(self, sheet: str, area: Area, height: float) -> None:
        """Give rows a height in points; 0 hides them."""
        self._sheet(sheet).set_height(area, height)

    def add_link(self, sheet: str, cell: Cell, location: str, text: str, tip: str) -> None:
        """Let a cell show a text and lead to a place in this workbook."""
        editable = self._editable(sheet)
        editable.write(*cell, [[text]], formulas=False)
        editable.links.put(*cell, Link(location, tip, str(editable.data.value(*cell) or "")))

    def clear_links(self, sheet: str, area: Area) -> None:
        """Let the cells of an area lead nowhere; what they show stays."""
        self._sheet(sheet).links.clear(area)

    def set_note(self, sheet: str, cell: Cell, text: str | None) -> None:
        """Give a cell a note, another text for its note, or none (WorkbookError where notes cannot be added)."""
        self._notes(sheet).put(cell, text)

    def set_number_format(self, sheet: str, area: Area, number_format: str) -> None:
        """Give all cells a number format."""
        self._sheet(sheet).restyle(area, lambda style: self._styles.with_number_format(style, number_format))

    def set_color(self, sheet: str, area: Area, color: Color | None) -> None:
        """Fill all cells with a colour, or with none."""
        self._sheet(sheet).restyle(area, lambda style: self._styles.with_color(style, color))

    def add_sheet(self, name: str, before: str | None) -> None:
        """Insert an empty sheet before another one, or at the end."""
        self._workbook.add_sheet(name, before)

    def resize_table(self, sheet: str, table: str, area: Area) -> None:
        """Give a table a new last row (ValueError for anything else, WorkbookError when something is in the way)."""
        listed = self._tables(sheet)
        own = next(item for item in listed if item.info.name == table)
        if own.info.area == area:
            return
        others = [item.info.area for item in listed if item is not own]
        if any(area.meets(other) for other in others) or self.merges(sheet, area):
            raise WorkbookError(f"工作表“{sheet}”的表格“{table}”下方有别的表格或合并单元格，请先移开再试。")
        resize(self._parts.edit(own.part), own.info, area)
        del self._table_parts[sheet]

    def calculate(self) -> None:
        """A file cannot calculate: the spreadsheet program will, when it opens what was saved."""

    # -- saving

    def save(self, path: str | None) -> None:
        """Save in place, or to another path which then is this workbook's (SaveError, and nothing changed)."""
        target = self._path if path is None else Path(path).absolute()
        in_place = target == self._path or _same_file(target, self._path)
        if target.suffix.lower() != self._path.suffix.lower():
            raise SaveError(f"输出文件的扩展名应与原文件相同，请把“{target.name}”改成 {self._path.suffix} 结尾。")
        opened = {self._entry(name): sheet for name, sheet in self._sheets.items()}
        edits = pending_edits(self._parts, self._workbook, opened, self._styles_part if self._styles.changed else None)
        if in_place and not edits:
            return
        package = self._parts.package
        content = package.rebuilt(edits)
        dropped = {part for part, new in edits.items() if new is None}
        entries = (package.entries() | edits.keys()) - dropped
        sheets = touched(self._parts, opened)

        def verify(written: Path) -> None:
            try:
                verify_written(written, entries, edits.keys() - dropped, sheets)
            except SaveError:
                # A part that was bad all along, though nobody asked for it, is what to speak of.
                package.check_all()
                raise

        save_file(target, content, verify=verify, expected=package.raw if in_place else None, ours=self.owner_file)
        self._path = self._path if in_place else target
        self._parts.saved(Package(content, f"文件“{self._path.name}”"))
        self._styles.changed = False
        for sheet in self._sheets.values():
            sheet.saved()

    def close(self) -> None:
        """Let go of everything; the grid cannot be used afterwards."""
        self._sheets.clear()
        del self._parts, self._workbook, self._styles, self._loader

    # -- helpers

    def _entry(self, sheet: str) -> SheetEntry:
        for entry in self._workbook.worksheets:
            if entry.name == sheet:
                return entry
        raise KeyError(sheet)

    def _sheet(self, name: str) -> EditedSheet:
        if name not in self._sheets:
            entry = self._entry(name)
            label = f"工作表“{name}”"
            data = self._loader.load(entry.part, label)
            self._sheets[name] = EditedSheet(data, self._styles, label, date1904=self._workbook.date1904)
        return self._sheets[name]

    def _notes(self, name: str) -> SheetNotes:
        sheet = self._sheet(name)
        if sheet.notes is None:
            sheet.notes = load_notes(self._parts, self._entry(name).part, sheet.data.drawing_id, f"工作表“{name}”")
        return sheet.notes

    def _readable(self, name: str, area: Area) -> SheetData:
        rows, columns = area.shape
        if rows * columns > _MAX_BLOCK:
            raise WorkbookError(
                f"工作表“{name}”用到的区域 {area.a1()} 大得不正常，请删去右侧和下方多余的内容后保存再试。",
            )
        return self._sheet(name).data

    def _editable(self, name: str) -> EditedSheet:
        sheet = self._sheet(name)
        sheet.locked_headers = [
            Area(info.area.top, info.area.left, info.area.top, info.area.right)
            for info in self.tables(name)
            if info.header_rows
        ]
        return sheet

    def _tables(self, sheet: str) -> list[TablePart]:
        if sheet not in self._table_parts:
            ids = self._sheet(sheet).data.table_ids
            self._table_parts[sheet] = read_tables(self._parts, self._entry(sheet).part, ids)
        return self._table_parts[sheet]

    def _styles_in(self, sheet: str, area: Area) -> set[int]:
        return self._sheet(sheet).data.styles_in(area)

    def _view(self, kind: str) -> ooxml.Element | None:
        part = self._workbook.related(kind)
        return None if part is None else self._parts.view(part)


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)
