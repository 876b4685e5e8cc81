"""Blocks of cells written into an open document: one call for the contents, and one for each run of another format."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby

from jixiao.engines.address import Area
from jixiao.engines.calc.formulas import FormulaText
from jixiao.engines.calc.numbers import NumberFormats
from jixiao.engines.calc.readcells import formats_in, formula_cells, read_texts
from jixiao.engines.calc.unoapi import CONTENTS, Uno, area_of, range_of
from jixiao.engines.dates import to_serial
from jixiao.engines.grid import CellInput
from jixiao.engines.strings import MAX_TEXT
from jixiao.errors import WorkbookError

Block = Sequence[Sequence[CellInput]]

_MIDNIGHT = datetime.min.time()


def write_values(sheet: Uno, row: int, column: int, block: Block, formats: NumberFormats) -> None:
    """Write constants: text as text, whatever it looks like; nothing at all where all of it stands there already."""
    area = _area(row, column, block)
    data = tuple(tuple(_stored(value, sheet, formats) for value in line) for line in block)
    cells = range_of(sheet, area)
    before = formats_in(sheet, area)
    # A text handed over equals a formula's result at times: only where there is no formula is it the same cell.
    if cells.getDataArray() != data or formula_cells(sheet, area):
        cells.setDataArray(data)
        if any(isinstance(value, str) for line in data for value in line):
            _restore_formats(sheet, area, before, formats)
    _dress(sheet, area, block, before, formats)


def write_formulas(sheet: Uno, row: int, column: int, block: Block, formats: NumberFormats, text: FormulaText) -> None:
    """Write a block in which text that starts with `=` is a formula; a constant given back as it reads stays."""
    area = _area(row, column, block)
    present = read_texts(sheet, area, text)
    calculated = formula_cells(sheet, area)
    number = sheet.getRangeAddress().Sheet

    def kind(cell: tuple[int, int], value: CellInput) -> str:
        is_formula = isinstance(value, str) and value.startswith("=") and len(value) > 1
        if value == present[cell[0] - row][cell[1] - column]:
            in_array = is_formula and cell in calculated and range_of(sheet, Area(*cell, *cell)).getArrayFormula()
            if in_array or cell not in calculated:
                return "kept"
        return "formula" if is_formula else "constant"

    for at, line in enumerate(block, row):
        places = [(at, place) for place in range(column, column + len(line))]
        for what, run in groupby(zip(places, line, strict=True), key=lambda pair: kind(*pair)):
            pairs = list(run)
            left = pairs[0][0][1]
            values = [value for _, value in pairs]
            if what == "constant":
                write_values(sheet, at, left, [values], formats)
            elif what == "formula":
                texts = [text.to_calc(str(value), (number, at, left + step)) for step, value in enumerate(values)]
                range_of(sheet, Area(at, left, at, left + len(texts) - 1)).setFormulaArray((tuple(texts),))


def clear(sheet: Uno, area: Area) -> None:
    """Empty cells and leave their looks and notes."""
    cells = range_of(sheet, area)
    if cells.queryContentCells(CONTENTS).getCount():
        cells.clearContents(CONTENTS)


def around_merges(row: int, column: int, block: Block, merges: Sequence[Area]) -> Iterator[tuple[int, int, Block]]:
    """A block as one, or cut so that nothing is written under merged cells: Excel keeps nothing there."""
    area = _area(row, column, block)
    if not any(merge.meets(area) for merge in merges):
        yield row, column, block
        return
    for at, line in enumerate(block, row):
        hidden = [_covered(at, place, merges) for place in range(column, column + len(line))]
        for covered, run in groupby(enumerate(hidden), key=lambda pair: pair[1]):
            places = [place for place, _ in run]
            if not covered:
                yield at, column + places[0], [line[places[0] : places[-1] + 1]]


def _covered(row: int, column: int, merges: Sequence[Area]) -> bool:
    return any(merge.holds(row, column) and (row, column) != (merge.top, merge.left) for merge in merges)


def _area(row: int, column: int, block: Block) -> Area:
    return Area(row, column, row + len(block) - 1, column + len(block[0]) - 1)


def _stored(value: CellInput, sheet: Uno, formats: NumberFormats) -> float | str:
    """What LibreOffice keeps: a number or a text, '' for an empty cell; None would end it."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value.removeprefix("'")
        if len(text) > MAX_TEXT:
            raise WorkbookError(
                f"工作表“{sheet.getName()}”要写入的一段文字超过 {MAX_TEXT} 个字，请缩短有关内容后再试。",
            )
        return text
    if isinstance(value, date):
        return to_serial(value, date1904=formats.date1904)
    number = float(value)
    if number - number != 0.0:
        raise ValueError(f"{value} is no number a cell can hold")
    return number


def _restore_formats(sheet: Uno, area: Area, before: Mapping[int, Sequence[Area]], formats: NumberFormats) -> None:
    """A text that looks like a number or formula made LibreOffice change its cell's format: what it was, comes back.

    A number typed there later would else become a text.
    """
    for key, places in formats_in(sheet, area).items():
        for place in places if formats.is_text(key) and key not in before else ():
            for old, areas in before.items():
                for part in (_shared(place, other) for other in areas if place.meets(other)):
                    range_of(sheet, part).NumberFormat = old


def _shared(one: Area, other: Area) -> Area:
    return Area(
        max(one.top, other.top),
        max(one.left, other.left),
        min(one.bottom, other.bottom),
        min(one.right, other.right),
    )


def _dress(sheet: Uno, area: Area, block: Block, shown: Mapping[int, Sequence[Area]], formats: NumberFormats) -> None:
    """Formats that make dates dates and truth values such, and none of the latter on what is none."""
    dated = [place for key, places in shown.items() if formats.shows_date(key) for place in places]
    truths = [place for key, places in shown.items() if formats.shows_truth(key) for place in places]

    def lacks(cell: tuple[int, int], value: CellInput) -> int | None:
        """The format a cell still needs."""
        if isinstance(value, bool):
            return None if _in_any(cell, truths) else formats.truth_key
        if isinstance(value, date):
            with_time = isinstance(value, datetime) and value.time() != _MIDNIGHT
            return None if _in_any(cell, dated) else formats.date_key(with_time=with_time)
        return formats.general_key if value is not None and _in_any(cell, truths) else None

    if not truths and not any(isinstance(value, bool | date) for line in block for value in line):
        return
    _format_runs(sheet, area, block, lacks)


def _format_runs(
    sheet: Uno, area: Area, block: Block, wanted: Callable[[tuple[int, int], CellInput], int | None]
) -> None:
    """Set formats down the columns, alike neighbours in one call."""
    for at in range(area.shape[1]):
        column = area.left + at
        cells = ((row, wanted((row, column), line[at])) for row, line in enumerate(block, area.top))
        for key, run in groupby(cells, key=lambda pair: pair[1]):
            rows = [row for row, _ in run]
            if key is not None:
                range_of(sheet, Area(rows[0], column, rows[-1], column)).NumberFormat = key


def _in_any(cell: tuple[int, int], places: Sequence[Area]) -> bool:
    return any(place.holds(*cell) for place in places)


def merged_areas(sheet: Uno, last_row: int, last_column: int) -> list[Area]:
    """Every merged area whose first cell is within the bounds; a block without any is one question."""
    found: list[Area] = []
    pending = [Area(1, 1, last_row, last_column)]
    while pending:
        area = pending.pop()
        cells = range_of(sheet, area)
        if not cells.getIsMerged():
            continue
        if area.shape == (1, 1):
            cursor = sheet.createCursorByRange(cells)
            cursor.collapseToMergedArea()
            found.append(area_of(cursor.getRangeAddress()))
            continue
        top, left, bottom, right = area
        if bottom - top >= right - left:
            middle = (top + bottom) // 2
            pending += [Area(top, left, middle, right), Area(middle + 1, left, bottom, right)]
        else:
            middle = (left + right) // 2
            pending += [Area(top, left, bottom, middle), Area(top, middle + 1, bottom, right)]
    return found
