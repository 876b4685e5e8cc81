"""Which numbers of a column stand in cells that are not shown as percentages: CELL says it of one cell at a time."""

from jixiao.sheets.declare import Sheet

from .areas import area, row_numbers
from .scratch import Scratch

MOST = 40  # cells of a column that are asked; CELL is worked out anew at every change


def ask_formats(scratch: Scratch, sheet: Sheet, key: str, doubtful: str) -> None:
    """Ask the format of the column's first `MOST` cells for which `doubtful` is not 0."""
    header, count = sheet.by_key[key].header, MOST + 1
    slots = scratch.stack(f"格_{header}_号", [(list(range(1, count + 1)), count)])
    numbers = f"IF({doubtful},{row_numbers(sheet)})"
    rows = scratch.column(f"格_{header}_行", f'IFERROR(SMALL({numbers},{slots}),"")', count)
    cells = [f"INDEX({rows},{slot})" for slot in range(1, count + 1)]
    formats = [f'=IF({cell}="",0,IF(LEFT(CELL("format",INDEX({area(sheet, key)},{cell})))="P",0,1))' for cell in cells]
    scratch.stack(f"格_{header}_普通", [(formats, count)])


def is_plain(sheet: Sheet, key: str) -> str:
    """Of every row of the column, whether its cell was asked and is no percentage, as a count."""
    header = sheet.by_key[key].header
    return f"COUNTIFS(格_{header}_行,{row_numbers(sheet)},格_{header}_普通,1)"


def too_many(sheet: Sheet, key: str) -> str:
    """Whether there are more such cells than are asked."""
    return f'(INDEX(格_{sheet.by_key[key].header}_行,{MOST + 1})<>"")'
