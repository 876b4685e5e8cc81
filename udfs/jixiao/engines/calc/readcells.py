"""Blocks of cells read from an open document: a few calls for a block of any size."""

from jixiao.engines.address import Area
from jixiao.engines.calc.formulas import FormulaText
from jixiao.engines.calc.numbers import NumberFormats
from jixiao.engines.calc.unoapi import ERRORS, FORMULAS, Uno, areas_of, cell_of, range_of
from jixiao.engines.dates import from_serial
from jixiao.engines.grid import CellError, CellValue
from jixiao.engines.values import constant_text

# What Excel shows for LibreOffice's error numbers; every other one is a #VALUE! there.
_ERRORS = {
    503: "#NUM!",
    518: "#NULL!",
    521: "#NULL!",
    523: "#NUM!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
    32767: "#N/A",
}
_VALUE_ERROR = "#VALUE!"

Block = list[list[CellValue]]


def read_raw(sheet: Uno, area: Area) -> Block:
    """Numbers, texts and errors as they stand; a date is its serial number, a truth value 1 or 0."""
    cells = range_of(sheet, area)
    block: Block = [[None if value == "" else value for value in line] for line in cells.getDataArray()]
    errors = {cell for found in areas_of(cells.queryFormulaCells(ERRORS)) for cell in _cells(found)}
    for row, column in errors:
        block[row - area.top][column - area.left] = error_value(cell_of(sheet, (row, column)).getError())
    if any(None in line for line in block):
        # A formula whose result is an empty text is no empty cell.
        for row, column in formula_cells(sheet, area):
            if block[row - area.top][column - area.left] is None:
                block[row - area.top][column - area.left] = ""
    return block


def read_shown(sheet: Uno, area: Area, formats: NumberFormats) -> Block:
    """The same with dates as dates and truth values as such, which only their formats tell."""
    block = read_raw(sheet, area)
    for key, places in formats_in(sheet, area).items():
        dates = formats.shows_date(key)
        if not dates and not formats.shows_truth(key):
            continue
        for place in places:
            for row in range(place.top - area.top, place.bottom - area.top + 1):
                line = block[row]
                for column in range(place.left - area.left, place.right - area.left + 1):
                    value = line[column]
                    if type(value) is float:
                        line[column] = from_serial(value, date1904=formats.date1904) if dates else bool(value)
    return block


def read_texts(sheet: Uno, area: Area, formulas: FormulaText) -> list[list[str]]:
    """Formulas with `=` as Excel writes them, constants as its formula bar has them, empty cells as ''."""
    block = read_raw(sheet, area)
    texts = [[constant_text(value) for value in line] for line in block]
    number = sheet.getRangeAddress().Sheet
    for place in areas_of(range_of(sheet, area).queryContentCells(FORMULAS)):
        for row, line in enumerate(range_of(sheet, place).getFormulaArray(), place.top):
            for column, formula in enumerate(line, place.left):
                plain = formula[1:-1] if formula.startswith("{=") else formula
                text = formulas.to_excel(plain, (number, row, column))
                texts[row - area.top][column - area.left] = text.removeprefix("=") if _is_error(text) else text
    return texts


def error_value(number: int) -> CellError:
    """What Excel shows for LibreOffice's error number."""
    return CellError(_ERRORS.get(number, _VALUE_ERROR))


def formula_cells(sheet: Uno, area: Area) -> set[tuple[int, int]]:
    """The cells of an area that hold a formula."""
    found = areas_of(range_of(sheet, area).queryContentCells(FORMULAS))
    return {cell for place in found for cell in _cells(place)}


def formats_in(sheet: Uno, area: Area) -> dict[int, list[Area]]:
    """Where in an area which number format is."""
    groups = range_of(sheet, area).getUniqueCellFormatRanges()
    found: dict[int, list[Area]] = {}
    for at in range(groups.getCount()):
        group = groups.getByIndex(at)
        found.setdefault(int(group.NumberFormat), []).extend(areas_of(group))
    return found


def _is_error(text: str) -> bool:
    return text.removeprefix("=") in (*_ERRORS.values(), _VALUE_ERROR)


def _cells(area: Area) -> list[tuple[int, int]]:
    return [(row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)]
