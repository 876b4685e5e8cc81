"""What is about a sheet's cells beside their values: formats, merges, totals rows.

Few calls: a block that is alike is one answer, a mixed one is halved.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import xlwings as xw

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, 1-based


def percent_rows(sheet: xw.Sheet, column: int, first: int, last: int) -> frozenset[int]:
    """The rows whose cell in `column` is shown as a percentage."""
    rows: set[int] = set()
    for (top, _, bottom, _), shown in _alike(sheet, (first, column, last, column), lambda area: area.number_format):
        if isinstance(shown, str) and "%" in _LITERAL.sub("", shown):
            rows.update(range(top, bottom + 1))
    return frozenset(rows)


def take_totals_out(sheet: xw.Sheet, top: int, body: Sequence[list[object]]) -> frozenset[tuple[int, int]]:
    """Empty what Excel tables add up by themselves among rows read from `top` on: no one entered it.

    Returns the rows and columns of those cells.
    """
    cells: set[tuple[int, int]] = set()
    for table in sheet.tables:
        area = table.totals_row_range if table.show_totals else None
        if area is not None and top <= area.row < top + len(body):
            cells |= {(area.row, column) for column in range(area.column, min(area.last_cell.column, len(body[0])) + 1)}
    for row, column in cells:
        body[row - top][column - 1] = None
    return frozenset(cells)


def merged_areas(sheet: xw.Sheet, area: Area, most: int) -> set[Area]:
    """The merged areas that touch `area`; no more are looked for once there are more than `most`."""
    found: set[Area] = set()
    pending = [area]
    while pending and len(found) <= most:
        top, left, bottom, right = block = pending.pop()
        merged = sheet.range((top, left), (bottom, right)).merge_cells
        if merged:
            whole = sheet.range((top, left)).merge_area
            last = whole.last_cell.row, whole.last_cell.column
            found.add((whole.row, whole.column, *last))
            if bottom <= last[0] and right <= last[1]:
                continue
        if merged is not False:
            pending += reversed(_halves(block))
    return found


def _alike(sheet: xw.Sheet, area: Area, probe: Callable[[xw.Range], Any]) -> Iterator[tuple[Area, Any]]:
    """`area` cut into blocks on which `probe` gives one answer; None means mixed, as Excel says it."""
    top, left, bottom, right = area
    if top > bottom or left > right:
        return
    answer = probe(sheet.range((top, left), (bottom, right)))
    if answer is not None or (top == bottom and left == right):
        yield area, answer
        return
    for half in _halves(area):
        yield from _alike(sheet, half, probe)


def _halves(area: Area) -> tuple[Area, Area]:
    """Column from column first: a column is more often alike than a row."""
    top, left, bottom, right = area
    if right > left:
        middle = (left + right) // 2
        return (top, left, bottom, middle), (top, middle + 1, bottom, right)
    middle = (top + bottom) // 2
    return (top, left, middle, right), (middle + 1, left, bottom, right)
