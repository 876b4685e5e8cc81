"""Formats and merges of a block in few calls: a block that is alike is one answer, a mixed one is halved."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import xlwings as xw

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')

Area = tuple[int, int, int, int]  # first row, first column, last row, last column, 1-based


def percent_rows(sheet: xw.Sheet, column: int, first: int, last: int) -> set[int]:
    """The rows whose cell in `column` is shown as a percentage."""
    rows: set[int] = set()
    for (top, _, bottom, _), shown in _alike(sheet, (first, column, last, column), lambda area: area.number_format):
        if isinstance(shown, str) and "%" in _LITERAL.sub("", shown):
            rows.update(range(top, bottom + 1))
    return rows


def merged_areas(sheet: xw.Sheet, area: Area) -> set[Area]:
    """The merged areas that touch `area`."""
    found: set[Area] = set()
    for (top, left, _, _), merged in _alike(sheet, area, lambda block: block.merge_cells):
        if merged:
            whole = sheet.range((top, left)).merge_area
            found.add((whole.row, whole.column, whole.last_cell.row, whole.last_cell.column))
    return found


def _alike(sheet: xw.Sheet, area: Area, probe: Callable[[xw.Range], Any]) -> Iterator[tuple[Area, Any]]:
    """`area` cut into blocks on which `probe` gives one answer; None means mixed, as Excel says it.

    A merged block is cut down to single cells, for its areas are asked one by one.
    """
    top, left, bottom, right = area
    if top > bottom or left > right:
        return
    answer = probe(sheet.range((top, left), (bottom, right)))
    single = top == bottom and left == right
    if single or (answer is not None and answer is not True):
        yield area, answer
        return
    if bottom > top:
        middle = (top + bottom) // 2
        halves = (top, left, middle, right), (middle + 1, left, bottom, right)
    else:
        middle = (left + right) // 2
        halves = (top, left, bottom, middle), (top, middle + 1, bottom, right)
    for half in halves:
        yield from _alike(sheet, half, probe)
