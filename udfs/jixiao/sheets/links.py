"""Cells of an output sheet that lead to other places of the workbook; xlwings only."""

from collections.abc import Mapping

import xlwings as xw

from jixiao.sheets.access import unprotected
from jixiao.sheets.addresses import Link
from jixiao.sheets.write import guarded


def link_cells(sheet: xw.Sheet, header_row: int, column: int, links: Mapping[int, Link]) -> None:
    """Give the cells of a column, by row, their links; all others below the header go.

    Cells keep what they show; one that shows no text gets no link.
    """
    with unprotected(sheet):
        # Hyperlinks.Delete would take the cells' formats away as well.
        sheet.range((header_row + 1, column), (sheet.cells.shape[0], column)).api.ClearHyperlinks()
        if not links:
            return
        top, bottom = min(links), max(links)
        cells = sheet.range((top, column), (bottom, column))
        shown = cells.options(ndim=1, err_to_str=True).value
        for row, (target, address) in links.items():
            text = shown[row - top]
            if isinstance(text, str):
                place = "#'{}'!{}".format(target.replace("'", "''"), address)
                tip = f"转到“{target}”表的 {address}"
                # By its place in the column: asking the sheet for each cell is a dozen more calls to Excel.
                cells(row - top + 1, 1).add_hyperlink(place, str(guarded(text)), tip)
