"""Cells of an output sheet that lead to other places of the workbook; xlwings only."""

from collections.abc import Mapping

import xlwings as xw

from jixiao.sheets.write import guarded, unprotected


def link_cells(sheet: xw.Sheet, links: Mapping[tuple[int, int], tuple[str, str]]) -> None:
    """Give cells (row, column) links to (sheet, address such as F12 or A2:A5); every other link of `sheet` goes.

    Cells keep what they show; one that shows no text gets no link.
    """
    with unprotected(sheet):
        # Hyperlinks.Delete would take the cells' formats away as well.
        sheet.cells.api.ClearHyperlinks()
        if not links:
            return
        rows, columns = zip(*links, strict=True)
        top, left = min(rows), min(columns)
        shown = sheet.range((top, left), (max(rows), max(columns))).options(ndim=2, err_to_str=True).value
        for (row, column), (target, address) in links.items():
            text = shown[row - top][column - left]
            if isinstance(text, str):
                place = "#'{}'!{}".format(target.replace("'", "''"), address)
                tip = f"转到“{target}”表的 {address}"
                sheet.range((row, column)).add_hyperlink(place, str(guarded(text)), tip)
