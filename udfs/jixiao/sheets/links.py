"""Cells of an output sheet that lead to other places of the workbook; xlwings only."""

from collections.abc import Iterable, Mapping

import xlwings as xw

from jixiao.sheets.write import guarded, unprotected


def link_cells(
    sheet: xw.Sheet, links: Mapping[tuple[int, int], tuple[str, str]], columns: Iterable[int] | None = None
) -> None:
    """Give cells (row, column) links to (sheet, address such as F12 or A2:A5); all others in their columns go.

    `columns` says which columns are cleared where there may be no link to tell. Cells keep what they show; one that
    shows no text gets no link.
    """
    with unprotected(sheet):
        for column in sorted({column for _, column in links} if columns is None else columns):
            # Hyperlinks.Delete would take the cells' formats away as well.
            sheet.range((1, column), (sheet.cells.shape[0], column)).api.ClearHyperlinks()
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
