"""The line below the blocks of 季度得分 that says when, by which version and from which entries they were scored."""

import xlwings as xw

from jixiao.sheets.access import unprotected
from jixiao.sheets.declare import Sheet
from jixiao.sheets.locate import Layout, own_sheet

_REACH = 200  # rows below the header in which an older foot may stand


def write_foot(book: xw.Book, sheet: Sheet, layout: Layout, lines: int, text: str) -> None:
    """Put `text` two rows below the `lines` of the blocks, in the gap after the first, so that it is no line of any.

    Nothing where somebody closed the gap.
    """
    target = own_sheet(book, sheet)
    gap = max(places[0] for places in layout.places.values()) + 1
    if target is None or any(gap in places for places in layout.places.values()):
        return
    height = max(_REACH, lines + 2)
    column = [None] * (lines + 1) + [text] + [None] * (height - lines - 2)
    with unprotected(target):
        top = layout.header_row + 1
        target.range((top, gap), (top + height - 1, gap)).value = [[cell] for cell in column]
