"""The workbook's input sheets as raw columns: one block read a sheet, one further for formulas.

Nothing is interpreted here; what makes a cell unusable whatever it should hold (error values, formulas without a
result, merged cells) is found here, once for all sheets.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.findings import Finding
from jixiao.sheets.declare import Kind, Sheet
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.locate import (
    Layout,
    column_letters,
    find_header,
    find_sheet,
    missing_headers,
    repeated_headers,
)
from jixiao.sheets.probe import merged_areas, percent_rows
from jixiao.text import cell_text, key

ERROR_VALUES = frozenset(
    ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#GETTING_DATA")
)
_NO_FORMULAS: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class RawSheet:
    """The entries of one sheet: `cells[key][i]` stands in row `rows[i]`; a column that is missing is all None.

    `percent` are the rows shown as percentages, by rate column. `merged` are rows that a merged cell runs through;
    their department is the merged cell's, but nothing in them can be trusted.
    """

    sheet: Sheet
    name: str | None = None
    layout: Layout | None = None
    rows: tuple[int, ...] = ()
    cells: dict[str, list[object]] = field(default_factory=dict)
    percent: dict[str, frozenset[int]] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    last_row: int = 0

    def column(self, name: str) -> list[object]:
        """The cells of a declared column, one for each of `rows`."""
        return self.cells.get(name) or [None] * len(self.rows)


@dataclass(frozen=True)
class Entries:
    """All input sheets by key; `unreadable` hold entries but lack their headers.

    `findings` are about cells no parser can use; `spoilt` are those cells, so that nothing more is said of them.
    """

    sheets: dict[str, RawSheet]
    unreadable: frozenset[str]
    findings: tuple[Finding, ...]
    spoilt: frozenset[tuple[str, int, str]]


def read_entries(book: xw.Book) -> Entries:
    """Read every input sheet of `book`.

    Raises WorkbookError when an essential sheet or its headers are missing.
    """
    names = [sheet.name for sheet in book.sheets]
    sheets: dict[str, RawSheet] = {}
    findings: list[Finding] = []
    unreadable: set[str] = set()
    spoilt: set[tuple[str, int, str]] = set()
    for declared in INPUT_SHEETS:
        found = find_sheet(names, declared)
        sheets[declared.key] = RawSheet(declared)
        if not found:
            if declared.essential:
                raise WorkbookError(f"工作簿里没有“{declared.name}”表，请用“绩效考核”模板，或把这张表的名称改回来。")
            findings.append(Finding("F01", declared.key, None, None, {"sheet": declared.name}))
            continue
        if len(found) > 1 and found[0] != declared.name:
            findings.append(Finding("F08", declared.key, None, None, {"sheet": declared.name}))
        raw, problems, bad = _read_sheet(book.sheets[found[0]], declared)
        findings.extend(problems)
        spoilt |= bad
        if raw is None:
            unreadable.add(declared.key)
        else:
            sheets[declared.key] = raw
    return Entries(sheets, frozenset(unreadable), tuple(findings), frozenset(spoilt))


def _read_sheet(sheet: xw.Sheet, declared: Sheet) -> tuple[RawSheet | None, list[Finding], set[tuple[str, int, str]]]:
    whole = sheet.range((1, 1), sheet.used_range.last_cell)
    block: list[list[object]] = whole.options(ndim=2, err_to_str=True).value
    layout = find_header(block, declared)
    if layout is None:
        headers = "、".join(missing_headers(block, declared))
        if declared.essential:
            raise WorkbookError(f"“{declared.name}”表的前10行里找不到表头：{headers}，请改回模板原来的表头文字。")
        return None, [Finding("F02", declared.key, None, None, {"headers": headers}, cell="A1")], set()
    findings = repeated_headers(layout, declared)
    columns = {column.key: place for column in declared.inputs if (place := layout.column(column.key)) is not None}
    areas = _merges(sheet, layout, columns, len(block))
    merged = frozenset(row for top, _, bottom, _ in areas for row in range(top, bottom + 1))
    spoilt: set[tuple[str, int, str]] = set()
    for top, left, bottom, right in sorted(areas):
        corner = f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"
        findings.append(Finding("F06", declared.key, top, None, {"area": corner}, cell=corner))
        touched = [name for name, place in columns.items() if left <= place <= right]
        spoilt |= {(declared.key, row, name) for row in range(top, bottom + 1) for name in touched}
        _spread_departments(block, declared, columns, (top, left, bottom, right))
    rows, cells = _entry_rows(block, layout, columns)
    formulas = whole.formula if any(None in column for column in cells.values()) else _NO_FORMULAS
    for name, values in cells.items():
        for finding in _spoilt_cells(declared, name, rows, values, columns[name], formulas):
            findings.append(finding)
            spoilt.add((declared.key, finding.row or 0, name))
    percent = {
        column.key: frozenset(percent_rows(sheet, columns[column.key], rows[0], rows[-1]))
        for column in declared.columns
        if column.kind is Kind.RATE and column.key in columns and rows
    }
    raw = RawSheet(declared, sheet.name, layout, tuple(rows), cells, percent, merged, len(block))
    return raw, findings, spoilt


def _merges(sheet: xw.Sheet, layout: Layout, columns: dict[str, int], last_row: int) -> set[tuple[int, int, int, int]]:
    """Merged cells below the header that touch a known column."""
    first, places = layout.header_row + 1, columns.values()
    areas = merged_areas(sheet, (first, min(places), last_row, max(places)))
    return {area for area in areas if any(area[1] <= place <= area[3] for place in places)}


def _spread_departments(
    block: list[list[object]], declared: Sheet, columns: dict[str, int], area: tuple[int, int, int, int]
) -> None:
    """Rows under a merged department belong to it, though they cannot be computed with."""
    top, left, bottom, right = area
    for column in declared.inputs:
        place = columns.get(column.key, 0)
        if column.kind is Kind.DEPARTMENT and left <= place <= right:
            for row in range(top, min(bottom, len(block))):
                block[row][place - 1] = block[top - 1][left - 1]


def _entry_rows(
    block: Sequence[Sequence[object]], layout: Layout, columns: dict[str, int]
) -> tuple[list[int], dict[str, list[object]]]:
    """Rows below the header in which some known input cell is filled, and their cells by column."""
    body = block[layout.header_row :]
    picked = [[_plain_value(row[place - 1]) for row in body] for place in columns.values()]
    filled = [index for index, row in enumerate(zip(*picked, strict=True)) if any(cell is not None for cell in row)]
    rows = [layout.header_row + 1 + index for index in filled]
    complete = len(filled) == len(body)
    cells = {
        name: values if complete else [values[index] for index in filled]
        for name, values in zip(columns, picked, strict=True)
    }
    return rows, cells


def _plain_value(value: object) -> object:
    """A cell's value; blanks are None, and a Boolean is the word Excel shows."""
    if isinstance(value, str):
        return value if value.strip() and key(value) else None
    return cell_text(value) if isinstance(value, bool) else value


def _spoilt_cells(
    declared: Sheet,
    name: str,
    rows: Sequence[int],
    values: Sequence[object],
    place: int,
    formulas: Sequence[Sequence[str]],
) -> list[Finding]:
    """Error values, and formulas that have no result yet."""
    findings = []
    for row, value in zip(rows, values, strict=True):
        if isinstance(value, str):
            if value in ERROR_VALUES:
                findings.append(Finding("F04", declared.key, row, name, {"value": value}))
        elif value is None and formulas and str(formulas[row - 1][place - 1]).startswith("="):
            findings.append(Finding("F05", declared.key, row, name))
    return findings
