"""The file driver: `Grid` over a workbook file, edited in place and saved without losing a thing."""

from collections.abc import Sequence
from pathlib import Path

from jixiao.engines import calcchain, ooxml
from jixiao.engines.address import Area
from jixiao.engines.colors import Palette
from jixiao.engines.dates import from_serial
from jixiao.engines.grid import CellInput, CellValue, Color, TableInfo
from jixiao.engines.package import Package
from jixiao.engines.parts import EditedParts
from jixiao.engines.rowsplice import TooLargeError, changed_part
from jixiao.engines.save import save_file
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.sheetedit import EditedSheet
from jixiao.engines.sheetload import SheetLoader
from jixiao.engines.styles import StyleTable
from jixiao.engines.tables import TablePart, read_tables, resize
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
        self._date_columns: dict[tuple[int, ...], tuple[int, ...]] = {}

    # -- reading

    @property
    def fullname(self) -> str:
        """The absolute path of the file."""
        return str(self._path)

    def sheet_names(self) -> list[str]:
        """Worksheet names in tab order."""
        return [entry.name for entry in self._workbook.worksheets]

    def active_sheet(self) -> str:
        """The name of the sheet in front."""
        return self._workbook.active_sheet()

    def sheet_visible(self, sheet: str) -> bool:
        """Whether its tab is shown."""
        return self._entry(sheet).visible

    def used_bounds(self, sheet: str) -> tuple[int, int]:
        """Last row and last column that hold a value or a formula; (1, 1) for an empty sheet."""
        return self._sheet(sheet).data.bounds()

    def read_values(self, sheet: str, area: Area) -> list[list[CellValue]]:
        """The values of a block, row by row."""
        data = self._readable(sheet, area)
        block = data.block(area)
        for number, line in enumerate(block, area.top):
            row = data.rows.get(number)
            if row is None:
                continue
            if row.styles not in self._date_columns:
                dated = (at for at, style in enumerate(row.styles) if style and self._styles.shows_date(style))
                self._date_columns[row.styles] = tuple(dated)
            for at in self._date_columns[row.styles]:
                column = row.columns[at]
                value = row.values[at]
                if area.left <= column <= area.right and type(value) is float:
                    line[column - area.left] = from_serial(value, date1904=self._workbook.date1904)
        return block

    def read_formulas(self, sheet: str, area: Area) -> list[list[str]]:
        """Formulas with `=`, constants as text, empty cells as ''."""
        data = self._readable(sheet, area)
        block = [
            [value if type(value) is str else _constant_text(value) for value in line] for line in data.block(area)
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

    def tables(self, sheet: str) -> list[TableInfo]:
        """The Excel tables of a sheet."""
        return [table.info for table in self._tables(sheet)]

    def names(self) -> list[tuple[str, str]]:
        """Defined names as (`name` or `sheet!name`, `=reference`)."""
        return self._workbook.names()

    # -- writing

    def write_values(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block of constants from its top left cell on."""
        self._editable(sheet).write(row, column, block, formulas=False)

    def write_formulas(self, sheet: str, row: int, column: int, block: Sequence[Sequence[CellInput]]) -> None:
        """Write a block in which text that starts with `=` is a formula."""
        self._editable(sheet).write(row, column, block, formulas=True)

    def clear_contents(self, sheet: str, area: Area) -> None:
        """Empty the cells and leave their looks."""
        self._editable(sheet).clear(area)

    def fit_rows(self, sheet: str, area: Area) -> None:
        """Make rows as high as their wrapped texts need."""
        self._sheet(sheet).fit_rows(area)

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

    def calculate(self) -> None:
        """A file cannot calculate: the spreadsheet program will, when it opens what was saved."""

    # -- saving

    def save(self, path: str | None) -> None:
        """Save in place, or to another path which then is this workbook's (SaveError, and nothing changed)."""
        target = self._path if path is None else Path(path).absolute()
        in_place = target == self._path or _same_file(target, self._path)
        if target.suffix.lower() != self._path.suffix.lower():
            raise SaveError(f"输出文件的扩展名应与原文件相同，请把“{target.name}”改成 {self._path.suffix} 结尾。")
        edits = self._edits()
        if in_place and not edits:
            return
        package = self._parts.package
        content = package.rebuilt(edits)
        dropped = {part for part, new in edits.items() if new is None}
        entries = (package.entries() | edits.keys()) - dropped
        sheets = {
            _entry_name(package, self._entry(name).part): sheet for name, sheet in self._sheets.items() if sheet.edited
        }

        def verify(written: Path) -> None:
            try:
                verify_written(written, entries, edits.keys() - dropped, sheets)
            except SaveError:
                # A part that was bad all along, though nobody asked for it, is what to speak of.
                package.check_all()
                raise

        save_file(target, content, verify=verify, expected=package.raw if in_place else None)
        self._path = self._path if in_place else target
        self._parts.saved(Package(content, f"文件“{self._path.name}”"))
        self._styles.changed = False
        for sheet in self._sheets.values():
            sheet.saved()

    def close(self) -> None:
        """Let go of everything; the grid cannot be used afterwards."""
        self._sheets.clear()
        del self._parts, self._workbook, self._styles, self._loader

    def _edits(self) -> dict[str, bytes | None]:
        changed = {name: sheet for name, sheet in self._sheets.items() if sheet.edited}
        written: dict[str, bytes | None] = {}
        for name, sheet in changed.items():
            part = self._entry(name).part
            original = self._parts.content(part)
            try:
                written[part] = changed_part(original, sheet.changes, sheet.heights)
            except TooLargeError as error:
                raise WorkbookError(f"工作表“{name}”要写入的行太多，请删去多余的行后另存再试。") from error
            except ValueError as error:
                raise WorkbookError(
                    f"工作表“{name}”的内部结构不合格，请在 Excel 或 WPS 中打开并另存后再试。"
                ) from error
        if changed:
            self._workbook.demand_full_calculation()
            self._prune_calculation_chain()
        if self._styles.changed and self._styles_part is not None:
            self._parts.edit(self._styles_part)
        package = self._parts.package
        return {_entry_name(package, part): new for part, new in {**self._parts.edits(), **written}.items()}

    def _prune_calculation_chain(self) -> None:
        lost = {
            (self._entry(name).sheet_id, row, column)
            for name, sheet in self._sheets.items()
            for row, column in sheet.lost_formulas
        }
        part = self._workbook.related("calcChain")
        if lost and part is not None and calcchain.prune(self._parts.edit(part), lost):
            self._parts.drop(part, self._workbook.part)

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
        return read_tables(self._parts, self._entry(sheet).part, self._sheet(sheet).data.table_ids)

    def _styles_in(self, sheet: str, area: Area) -> set[int]:
        return self._sheet(sheet).data.styles_in(area)

    def _view(self, kind: str) -> ooxml.Element | None:
        part = self._workbook.related(kind)
        return None if part is None else self._parts.view(part)


def _entry_name(package: Package, part: str) -> str:
    return package.entry(part) or part


def _same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _constant_text(value: CellValue) -> str:
    """A constant as Excel's formula bar has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}".upper()
    return str(value)
