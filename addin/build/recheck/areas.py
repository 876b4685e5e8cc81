"""The input columns the formulas read, as defined names, and whether a sheet still is as the template had it.

A name stands for a fixed number of rows below the header cell, wherever Excel has moved that cell: rows inserted or
deleted among the entries do not shift it, a column cut and pasted elsewhere takes it along.
"""

from dataclasses import dataclass

from xlsxwriter import Workbook

from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import (
    ATTENDANCE,
    BALLOTS,
    DEPARTMENTS,
    HISTORY,
    POINTS,
    SETTINGS,
    STANDARDS,
    TASKS,
)
from jixiao.sheets.outputs import FINDINGS, RESULTS

from ..layout import HEADER_ROW
from ..lists import letter_of
from .scratch import Scratch
from .text import clean, first_of, narrow, quote, strange, unquoted

MOST_DEPARTMENTS = 60
_LAST_ROW = 1_048_576
_EXCEL_HEADER = HEADER_ROW + 1
# What the program found in cells that no formula can see: merged cells, two sheets of one name, damaged headers,
# pictures, of which WPS leaves a text behind.
_UNSEEN = ("F02", "F03", "F04", "F05", "F06", "F08", "F33", "F34")


@dataclass(frozen=True)
class Extent:
    """Which columns of a sheet are read, and how many rows below its header.

    `bounded` sheets may be long: their names end with the last row that holds anything.
    """

    sheet: Sheet
    rows: int
    keys: tuple[str, ...]
    bounded: bool = True


_RATES = ("rate_1", "rate_2", "rate_3", "rate_4", "rate_year")
_MARKS = ("mark_1", "mark_2", "mark_3", "mark_4", "mark_5")
EXTENTS = {
    extent.sheet.key: extent
    for extent in (
        Extent(SETTINGS, 200, ("name", "value"), bounded=False),
        Extent(
            STANDARDS, 100, tuple(column.key for column in STANDARDS.columns if column.key != "clause"), bounded=False
        ),
        Extent(DEPARTMENTS, 200, ("name", "coefficient", "former"), bounded=False),
        Extent(TASKS, 1000, ("department", "task", "weight", *_RATES)),
        Extent(BALLOTS, 5000, ("ballot", "group", "rater", "department", *_MARKS)),
        Extent(POINTS, 500, tuple(column.key for column in POINTS.inputs)),
        Extent(ATTENDANCE, 200, ("department", "due", "present", "deduction")),
        Extent(HISTORY, 600, ("year", "department", "score", "place")),
        Extent(RESULTS, 100, tuple(column.key for column in RESULTS.columns if column.key != "note"), bounded=False),
        Extent(FINDINGS, 2000, ("code", "problem"), bounded=False),
    )
}


def rows_of(sheet: Sheet) -> int:
    """How many rows of a sheet are read."""
    return EXTENTS[sheet.key].rows


def last_row(sheet: Sheet) -> str:
    """The name of the cell with the number of the last row that holds anything, counted from 1 below the header."""
    return f"末行_{sheet.name}"


def area(sheet: Sheet, key: str) -> str:
    """The name of a column's entries."""
    return f"{sheet.name}_{sheet.by_key[key].header}".replace("“", "").replace("”", "")


def text(sheet: Sheet, key: str) -> str:
    """The name of a column's entries as texts, without blanks and half-width where any need that."""
    return f"{area(sheet, key)}_文"


def row_numbers(sheet: Sheet) -> str:
    """The name of the rows' numbers, counted from 1 below the header."""
    return f"{sheet.name}_行"


def problem(sheet: Sheet) -> str:
    """The name of the cell that says why a sheet cannot be read, empty when it can."""
    return f"问题_{sheet.name}"


def define_areas(book: Workbook) -> None:
    """Define the names of all columns read."""
    for extent in EXTENTS.values():
        sheet = extent.sheet
        for key in extent.keys:
            book.define_name(area(sheet, key), f"={_below(sheet, key, 1)}:{_below(sheet, key, _height(extent))}")
            cell = area(sheet, key)
            book.define_name(text(sheet, key), f'=IF({_messy(sheet)},{narrow(clean(cell))},{cell}&"")')
        key = extent.keys[0]
        book.define_name(row_numbers(sheet), f"=ROW({area(sheet, key)})-ROW({_header(sheet, key)})")


def whole_rows(sheet: Sheet) -> str:
    """All declared columns of the entries, for asking whether a row holds anything at all."""
    first, last = sheet.columns[0].key, sheet.columns[-1].key
    return f"{_below(sheet, first, 1)}:{_below(sheet, last, _height(EXTENTS[sheet.key]))}"


def write_problems(scratch: Scratch) -> None:
    """A cell for each sheet that says what keeps it from being read, and one on what the program found."""
    for extent in EXTENTS.values():
        if extent.bounded:
            scratch.cell(last_row(extent.sheet), _last(extent))
        joined = '&"|"&'.join(area(extent.sheet, key) for key in extent.keys)
        scratch.cell(_messy(extent.sheet), f"IFERROR({strange(joined)},TRUE)")
        scratch.cell(problem(extent.sheet), _problem(extent))
    codes = "{" + ",".join(map(quote, _UNSEEN)) + "}"
    unseen = f"SUM(COUNTIF({area(FINDINGS, 'code')},{codes}))>0"
    # LibreOffice takes a truth value for 1 or 0, so only the program's word for it tells that one stands there.
    truths = f'SUM(--ISNUMBER(FIND({{"TRUE","FALSE"}},{area(FINDINGS, "problem")})))>0'
    reasons = first_of(
        (unseen, quote("校验结果里有合并单元格、错误值或表头一类的错误，请先改正")),
        (truths, quote("有单元格填了TRUE或FALSE，请按校验结果改正")),
    )
    scratch.cell("问题_看不见的", f'IFERROR({reasons},"")')


def _height(extent: Extent) -> str:
    return last_row(extent.sheet) if extent.bounded else str(extent.rows)


def _last(extent: Extent) -> str:
    lasts = []
    for key in extent.keys:
        whole = f"{_below(extent.sheet, key, 1)}:{_below(extent.sheet, key, extent.rows)}"
        lasts.append(f"MAX((1-ISBLANK({whole}))*(ROW({whole})-ROW({_header(extent.sheet, key)})))")
    return f"IFERROR(MAX(1,{','.join(lasts)}),1)"


def _messy(sheet: Sheet) -> str:
    """The name of the cell that says whether the texts of a sheet need cleaning."""
    return f"杂_{sheet.name}"


def _problem(extent: Extent) -> str:
    sheet = extent.sheet
    corner = _header(sheet, extent.keys[0])
    place = f'CELL("filename",{corner})'
    # An unsaved workbook has no file name yet: then nothing can be told from it.
    moved = f'IF(ISERROR({place}),FALSE,IF({place}="",FALSE,RIGHT({place},{len(sheet.name) + 1})<>"]{sheet.name}"))'
    moved = f'IF(ISERROR(FIND("#$",{place})),{moved},RIGHT({place},{len(sheet.name) + 1})<>"${sheet.name}")'
    same = "*".join(_stands(sheet, key) for key in extent.keys)
    far = "+".join(_beyond(sheet, key, extent.rows) for key in extent.keys)
    errors = "+".join(f"SUM(--ISERROR({area(sheet, key)}))" for key in extent.keys)
    row = f"ROW({corner})"
    level = "+".join(f"({row}<>ROW({_header(sheet, key)}))" for key in extent.keys[1:])
    reasons = first_of(
        (moved, quote("这张表改了名称或被复制过")),
        (f"({same}=0)+{level}+({row}>10)>0", quote("表头有改动或重复")),
        (f"{far}>0", quote(f"内容超过{extent.rows}行")),
        (f"{errors}>0", quote("有错误值")),
    )
    return f"IFERROR({reasons},{quote('少了这张表或其中的列')})"


def _stands(sheet: Sheet, key: str) -> str:
    """Whether a column's header still says so, and once."""
    header = sheet.by_key[key].header
    plain = header.replace("“", "").replace("”", "")
    line = f"{sheet.name}!${_EXCEL_HEADER}:${_EXCEL_HEADER}"
    cell = unquoted(clean(_header(sheet, key)))
    return f"({cell}={quote(plain)})*(COUNTIF({line},{_header(sheet, key)})=1)"


def _beyond(sheet: Sheet, key: str, rows: int) -> str:
    """How many cells stand below the rows read."""
    end = f"INDEX({_whole(sheet)},{_LAST_ROW},{column_of(sheet, key)})"
    return f"COUNTA({_below(sheet, key, rows + 1)}:{end})"


def _below(sheet: Sheet, key: str, rows: int | str) -> str:
    return cell_below(sheet, key, rows, column_of(sheet, key))


def cell_below(sheet: Sheet, key: str, rows: int | str, column: str) -> str:
    """The cell so many rows below a header, found from the header alone: cells may be cut out of a column."""
    # In an array formula ROW and COLUMN give arrays of one value, which INDEX need not take: SUM makes it a number.
    return f"INDEX({_whole(sheet)},SUM(ROW({_header(sheet, key)}))+{rows},{column})"


def column_of(sheet: Sheet, key: str) -> str:
    """The number of the column that a header stands in now."""
    return f"SUM(COLUMN({_header(sheet, key)}))"


def _whole(sheet: Sheet) -> str:
    """All cells of a sheet: the only reference no insertion or deletion ever shifts."""
    return f"{sheet.name}!$1:${_LAST_ROW}"


def _header(sheet: Sheet, key: str) -> str:
    return f"{sheet.name}!${letter_of(sheet, key)}${_EXCEL_HEADER}"
