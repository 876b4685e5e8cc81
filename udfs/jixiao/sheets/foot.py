"""The line below the blocks of 季度得分 that says when, by which version and from which entries they were scored."""

import xlwings as xw

from jixiao.sheets.access import unprotected
from jixiao.sheets.declare import Sheet
from jixiao.sheets.locate import Layout, own_sheet
from jixiao.sheets.stamp import STAMP

_REACH = 200  # rows below the header in which an older foot may stand


def write_foot(book: xw.Book, sheet: Sheet, layout: Layout, lines: int, text: str) -> None:
    """Put `text` two rows below the `lines` of the blocks, in the gap after the first, so that it is no line of any.

    Nothing where somebody closed the gap or has something of the own there: only an older stamp gives way.
    """
    target = own_sheet(book, sheet)
    gap = max(places[0] for places in layout.places.values()) + 1
    if target is None or any(gap in places for places in layout.places.values()):
        return
    top, place = layout.header_row + 1, lines + 1
    gaps = target.range((top, gap), (top + max(_REACH, place + 1) - 1, gap))
    shown: list[object] = gaps.options(ndim=1, err_to_str=True).value
    old = [at for at, cell in enumerate(shown) if isinstance(cell, str) and STAMP.match(cell)]
    free = place in old or not target.range((top + place, gap)).formula
    if (shown[place] if free else None) == text and old == [place]:
        return
    with unprotected(target):
        for at in old:
            target.range((top + at, gap)).value = None
        if free:
            target.range((top + place, gap)).value = text
