"""What an open document holds, in a form in which two of them can be compared."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from jixiao.engines.address import MAX_COLUMN, MAX_ROW, Area
from jixiao.engines.calc.marks import linked_cells, notes_of
from jixiao.engines.calc.names import tables_by_sheet
from jixiao.engines.calc.unoapi import CONTENTS, FORMULAS, Uno, areas_of, range_of
from jixiao.engines.calc.writecells import merged_areas
from jixiao.engines.grid import TableInfo

Cell = tuple[int, int]

# What makes a cell look as it does, apart from number format and fill, which can be carried into a file.
_LOOKS = (
    "BottomBorder",
    "CellProtection",
    "CharColor",
    "CharFontName",
    "CharFontNameAsian",
    "CharHeight",
    "CharPosture",
    "CharStrikeout",
    "CharUnderline",
    "CharWeight",
    "HoriJustify",
    "IsTextWrapped",
    "ParaIndent",
    "RotateAngle",
    "ShrinkToFit",
    "VertJustify",
)
# How far looks are asked for beyond the last contents: as much as a button, or a person, adds between two saves.
_MARGIN_ROWS, _MARGIN_COLUMNS = 500, 3
_CORNER = Area(1, 1, 1, 1)
_CARRIED = ("NumberFormat", "CellBackColor")
_PRINTING = "_xlnm."  # Excel keeps print areas and filters as names


class Look(NamedTuple):
    """How cells are shown: number format (its key) and fill, which a file can be given, and the rest."""

    number_format: int
    fill: int
    rest: str


@dataclass
class SheetState:
    """One sheet, contents as LibreOffice writes them. `area` holds all contents; looks reach further, to `seen`.

    Nobody types into a hidden sheet: of one that no button wrote to, nothing but its number is known.
    """

    number: int
    visible: bool
    area: Area = _CORNER
    seen: Area = _CORNER
    values: tuple[tuple[Any, ...], ...] = ()
    formulas: tuple[tuple[str, ...], ...] = ()
    calculated: list[Area] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    looks: dict[Look, list[Area]] = field(default_factory=dict)
    notes: dict[Cell, str] = field(default_factory=dict)
    links: dict[Cell, str] = field(default_factory=dict)
    tables: list[TableInfo] = field(default_factory=list)
    shown: list[Area] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    tab_color: int = -1
    drawings: int = 0

    def content(self, cell: Cell) -> tuple[Any, str]:
        """Value and formula of a cell; an empty one's beyond the used area."""
        row, column = cell[0] - 1, cell[1] - 1
        if row < len(self.values) and column < len(self.values[0]):
            return self.values[row][column], self.formulas[row][column]
        return "", ""

    def look_map(self) -> dict[Cell, Look]:
        """The look of every cell that was looked at."""
        return {cell: look for look, areas in self.looks.items() for area in areas for cell in cells_of(area)}

    def hidden_rows(self) -> set[int]:
        """The rows that are not shown, as far as was looked; none where no column is shown that could tell."""
        if len(self.hidden_columns) == self.seen.right:
            return set()
        shown = {row for area in self.shown for row in range(area.top, area.bottom + 1)}
        return set(range(1, self.seen.bottom + 1)) - shown


@dataclass
class Snapshot:
    """A document: its sheets in their order, and what each name stands for, by its sheet or "" and itself."""

    sheets: dict[str, SheetState]
    names: dict[tuple[str, str], str]

    def covers(self, other: "Snapshot") -> bool:
        """Whether every cell another snapshot has contents in was looked at in this one."""
        return all(
            state.area.bottom <= self.sheets[name].seen.bottom and state.area.right <= self.sheets[name].seen.right
            for name, state in other.sheets.items()
            if state.values and name in self.sheets
        )


def taken(document: Uno, written: Collection[str], beyond: Snapshot | None = None) -> Snapshot:
    """What a document holds now; of hidden sheets those in `written`. Looks go as far as `beyond` has contents."""
    sheets = {}
    for sheet in document.Sheets:
        name = sheet.getName()
        state = SheetState(sheet.getRangeAddress().Sheet, bool(sheet.IsVisible))
        sheets[name] = state
        if state.visible or name in written:
            further = beyond.sheets[name].area if beyond is not None and name in beyond.sheets else _CORNER
            _look(sheet, state, further)
    tables = tables_by_sheet(document)
    for state in sheets.values():
        state.tables = tables.get(state.number, [])
    return Snapshot(sheets, _names(document))


def _names(document: Uno) -> dict[tuple[str, str], str]:
    groups = {"": document.NamedRanges} | {sheet.getName(): sheet.NamedRanges for sheet in document.Sheets}
    return {
        (owner, name): str(group.getByName(name).Content)
        for owner, group in groups.items()
        for name in group.ElementNames
        if not name.startswith(_PRINTING)
    }


def cells_of(area: Area) -> Iterator[Cell]:
    """The cells of an area, row by row."""
    return ((row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1))


def _look(sheet: Uno, state: SheetState, further: Area) -> None:
    filled = areas_of(sheet.queryContentCells(CONTENTS))
    state.area = Area(
        1, 1, max((part.bottom for part in filled), default=1), max((part.right for part in filled), default=1)
    )
    cells = range_of(sheet, state.area)
    state.values, state.formulas = cells.getDataArray(), cells.getFormulaArray()
    state.calculated = areas_of(cells.queryContentCells(FORMULAS))
    state.seen = Area(
        1,
        1,
        min(max(state.area.bottom, further.bottom) + _MARGIN_ROWS, MAX_ROW),
        min(max(state.area.right, further.right) + _MARGIN_COLUMNS, MAX_COLUMN),
    )
    seen = range_of(sheet, state.seen)
    state.merges = sorted(merged_areas(sheet, state.seen.bottom, state.seen.right))
    state.looks = _looks(seen)
    state.notes = {cell: note.text for cell, note in notes_of(sheet).items()}
    state.links = linked_cells(sheet)
    state.shown = areas_of(seen.queryVisibleCells())
    state.widths = [sheet.Columns.getByIndex(at).Width for at in range(state.area.right)]
    state.hidden_columns = _hidden_columns(sheet, state)
    state.tab_color = int(sheet.TabColor)
    state.drawings = sheet.DrawPage.getCount() - len(state.notes)


def _hidden_columns(sheet: Uno, state: SheetState) -> set[int]:
    columns = set(range(1, state.seen.right + 1))
    if not state.shown:  # every row is hidden, or every column: each is asked, which takes longer
        return {column for column in columns if not sheet.Columns.getByIndex(column - 1).IsVisible}
    return columns.difference(*(range(area.left, area.right + 1) for area in state.shown))


def _looks(cells: Uno) -> dict[Look, list[Area]]:
    groups = cells.getUniqueCellFormatRanges()
    found: dict[Look, list[Area]] = {}
    for at in range(groups.getCount()):
        group = groups.getByIndex(at)
        number_format, fill, *rest = group.getPropertyValues((*_CARRIED, *_LOOKS))
        look = Look(int(number_format), int(fill), repr(rest))
        found.setdefault(look, []).extend(areas_of(group))
    return found
