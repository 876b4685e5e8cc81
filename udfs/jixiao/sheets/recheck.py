"""The sheet 公式复核 belongs to native formulas; the program only sees to it that no verdict outlives a scoring."""

import re

import xlwings as xw

from jixiao.sheets.access import unprotected
from jixiao.text import key

RECHECK_SHEET = "公式复核"
BLOCKS = ("复核结论_总评", "复核结论_说明", "复核结论_条件左", "复核结论_条件右", "复核结论_科室")
_BLOCK = re.compile(r"='?([^'!]+)'?!(\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)")


def reset_verdicts(book: xw.Book) -> None:
    """Enter the verdicts' formulas anew: Excel recalculates them, a file says 未重算 until somebody does.

    A workbook without the sheet, or whose sheet was taken apart, is left as it is.
    """
    found = [sheet for sheet in book.sheets if key(sheet.name) == key(RECHECK_SHEET)]
    if not found:
        return
    sheet = found[0]
    names = book.names  # hundreds: only these are asked for
    places = [_BLOCK.fullmatch(names[name].refers_to or "") for name in BLOCKS if name in names]
    with unprotected(sheet):
        for place in places:
            if place is not None and place[1] == sheet.name:
                verdicts = sheet.range(place[2])
                verdicts.formula = verdicts.formula
