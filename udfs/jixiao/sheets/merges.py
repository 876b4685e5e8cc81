"""Merged cells among the entries: which cells they hide, and which rows belong to a merged 科室."""

from collections.abc import Mapping, Sequence

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.findings import Finding
from jixiao.sheets.declare import Kind, Sheet
from jixiao.sheets.probe import Area, merged_areas

_MOST_MERGES, _MOST_COVERED = 2_000, 50_000


def merges(sheet: xw.Sheet, top: int, bottom: int, columns: Mapping[str, int]) -> set[Area]:
    """Merged areas below the header that touch a known column; WorkbookError when they are too many to be listed."""
    places = columns.values()
    if top > bottom:
        return set()
    areas = merged_areas(sheet, (top, min(places), bottom, max(places)), _MOST_MERGES)
    touching = {area: sum(area[1] <= place <= area[3] for place in places) for area in areas}
    covered = sum((min(area[2], bottom) - area[0] + 1) * width for area, width in touching.items())
    if len(areas) > _MOST_MERGES or covered > _MOST_COVERED:
        raise WorkbookError(f"“{sheet.name}”表的合并单元格太多，无法逐处列出，请选中整张表、取消合并并补填后再试。")
    return {area for area, width in touching.items() if width}


def covered(
    declared: Sheet,
    top: int,
    cells: Mapping[str, Sequence[object]],
    columns: Mapping[str, int],
    area: Area,
) -> list[Finding]:
    """The cells of a merged one: what they hold cannot be known, but for a text in its corner."""
    first, left, last, right = area
    height = len(next(iter(cells.values()), ()))
    texts = {column.key for column in declared.inputs if column.kind in {Kind.DEPARTMENT, Kind.TEXT}}
    return [
        Finding("F06", declared.key, row, name, {"value": "合并单元格"})
        for name, place in columns.items()
        if left <= place <= right
        for row in range(max(first, top), min(last, top + height - 1) + 1)
        if (row, place) != (first, left) or name not in texts
    ]


def spread_department(
    declared: Sheet,
    top: int,
    cells: Mapping[str, list[object]],
    columns: Mapping[str, int],
    area: Area,
) -> set[int]:
    """Rows under a merged department belong to it, though they cannot be computed with; returns those rows."""
    first, left, last, right = area
    rows: set[int] = set()
    for column in declared.inputs:
        place = columns.get(column.key, 0)
        if column.kind is Kind.DEPARTMENT and left <= place <= right and first >= top:
            values = cells[column.key]
            covered = range(first + 1, min(last, top + len(values) - 1) + 1)
            for row in covered:
                values[row - top] = values[first - top]
            rows.update(covered)
    return rows
