"""The workbook's input sheets as raw columns: one block read a sheet, one further for formulas.

Nothing is interpreted here; what makes a cell unusable whatever it should hold (error values, formulas without a
result, merged cells) is found here, once for all sheets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.findings import Finding
from jixiao.sheets.declare import Column, Kind, Sheet
from jixiao.sheets.errorvalues import error_values
from jixiao.sheets.inputs import DEPARTMENTS, INPUT_SHEETS
from jixiao.sheets.locate import (
    Layout,
    column_letters,
    find_header,
    find_sheet,
    missing_headers,
    repeated_headers,
)
from jixiao.sheets.merges import covered, merges, spread_department
from jixiao.sheets.nonentries import take_non_entries_out
from jixiao.sheets.overlooked import far_rows, renamed_columns, typed_defaults, unread_copies
from jixiao.sheets.probe import percent_rows, take_totals_out
from jixiao.text import NOT_CALCULATED, Unreadable, cell_text, is_blank, key
from jixiao.text import names as split_names

_NO_RESULT = frozenset((None, NOT_CALCULATED))


@dataclass(frozen=True)
class RawSheet:
    """The entries of one sheet: `cells[key][i]` stands in row `rows[i]`; a column that is missing is all None.

    A cell that nobody can read (an error value, a formula without a result, one under a merged cell) is Unreadable.
    `percent` are the rows shown as percentages, by column. `merged` are rows under a merged department: they
    belong to it, but are not computed with. `totals` are the rows that are no entries: those of Excel tables, totals
    and footers typed by hand, headers pasted again.
    """

    sheet: Sheet
    name: str | None = None
    layout: Layout | None = None
    rows: tuple[int, ...] = ()
    cells: dict[str, list[object]] = field(default_factory=dict)
    percent: dict[str, frozenset[int]] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    last_row: int = 0
    totals: frozenset[int] = frozenset()

    def column(self, name: str) -> list[object]:
        """The cells of a declared column, one for each of `rows`."""
        return self.cells[name] if name in self.cells else [None] * len(self.rows)


class Entries(NamedTuple):
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
            if not declared.optional:
                findings.append(Finding("F01", declared.key, None, None, {"sheet": declared.name}))
            continue
        if len(found) > 1:
            findings.append(Finding("F08", declared.key, None, None, {"sheet": declared.name}))
        raw, problems, bad = read_sheet(book.sheets[found[0]], declared, _known(sheets.get(DEPARTMENTS.key)))
        findings.extend(problems)
        spoilt |= bad
        if raw is None:
            unreadable.add(declared.key)
        else:
            sheets[declared.key] = raw
    findings += unread_copies(book, names)
    rows = sheets["settings"]
    findings += typed_defaults(rows.rows, rows.column("name"), rows.column("value"), rows.column("default"))
    return Entries(sheets, frozenset(unreadable), tuple(findings), frozenset(spoilt))


def _known(departments: RawSheet | None) -> frozenset[str]:
    """Every name of a 科室, as keys; none before their sheet is read, which stands before those that name them."""
    if departments is None:
        return frozenset()
    cells = [cell for column in ("name", "former") for cell in departments.column(column) if not is_blank(cell)]
    return frozenset(key(name) for cell in cells for name in (cell_text(cell), *split_names(cell)))


def read_sheet(
    sheet: xw.Sheet, declared: Sheet, known: frozenset[str] = frozenset()
) -> tuple[RawSheet | None, list[Finding], set[tuple[str, int, str]]]:
    """One sheet's entries, what is wrong with its cells, and which cells those are (table, row, column).

    `known` are the names of the 科室: rows that name none may be totals or footers. The entries are None where a sheet
    that is not essential holds something but lacks its headers; WorkbookError for an essential one.
    """
    whole = sheet.range((1, 1), sheet.used_range.last_cell)
    block: list[list[object]] = whole.options(ndim=2, err_to_str=True).value
    layout = find_header(block, declared)
    if layout is None and not declared.essential and all(is_blank(cell) for row in block for cell in row):
        absent = Finding("F01", declared.key, None, None, {"sheet": declared.name})
        return RawSheet(declared), [] if declared.optional else [absent], set()
    if layout is None:
        headers = "、".join(missing_headers(block, declared))
        if declared.essential:
            raise WorkbookError(f"“{declared.name}”表的前10行里找不到表头：{headers}，请改回模板原来的表头文字。")
        return None, [Finding("F02", declared.key, None, None, {"headers": headers}, cell="A1")], set()
    findings = [*repeated_headers(layout, declared), *_missing_outputs(layout, declared)]
    findings += renamed_columns(declared, layout, block)
    columns = {column.key: place for column in declared.inputs if (place := layout.column(column.key)) is not None}
    body = block[layout.header_row :]
    top = layout.header_row + 1
    totals = take_totals_out(sheet, top, body)
    left_out, told = take_non_entries_out(declared, layout, body, known)
    findings += told
    cells = {name: _plain_values([row[place - 1] for row in body]) for name, place in columns.items()}
    waiting = [
        finding
        for finding in _without_result(sheet, declared, top, cells, columns, totals)
        if finding.row not in left_out
    ]
    spoilt = [
        *error_values(sheet, declared, top, cells, columns, waiting),
        *_contradictions(declared, layout, top, body),
    ]
    merged: set[int] = set()
    for area in sorted(merges(sheet, top, len(block), columns)):
        if left_out.issuperset(range(area[0], area[2] + 1)):
            continue
        corner = f"{column_letters(area[1])}{area[0]}:{column_letters(area[3])}{area[2]}"
        findings.append(Finding("F06", declared.key, area[0], None, {"area": corner}, cell=corner))
        spoilt += covered(declared, top, cells, columns, area)
        merged |= spread_department(declared, top, cells, columns, area)
    for finding in spoilt:
        if finding.code == "F34":  # as if nothing stood there
            continue
        if finding.row is not None and finding.column is not None and finding.row not in merged:
            cells[finding.column][finding.row - top] = Unreadable(finding.params.get("value", ""))
    kept = _filled_rows(cells)
    rows = tuple(top + index for index in kept)
    findings += far_rows(declared, rows)
    whole_body = len(kept) == len(body)
    percent = {
        column.key: percent_rows(sheet, columns[column.key], asked[0], asked[-1]) & frozenset(asked)
        for column in declared.inputs
        if column.key in columns and (asked := _maybe_percent(column, top, cells[column.key]))
    }
    raw = RawSheet(
        declared,
        sheet.name,
        layout,
        rows,
        {name: values if whole_body else [values[index] for index in kept] for name, values in cells.items()},
        percent,
        frozenset(merged),
        len(block),
        frozenset(row for row, _ in totals) | left_out,
    )
    places = {(declared.key, finding.row or 0, finding.column or "") for finding in spoilt}
    return raw, [*findings, *(finding for finding in spoilt if finding.code not in {"F03", "F06"})], places


def _maybe_percent(column: Column, top: int, cells: Sequence[object]) -> list[int]:
    """Which rows of a column to ask for percent formats.

    All rates, marks so small that 95% may be meant, and 任务权重 where one of them may be a share.
    """
    if column.kind is Kind.RATE:
        return [row for row, cell in enumerate(cells, start=top) if cell is not None]
    if column.kind is Kind.MARK:
        return [row for row, cell in enumerate(cells, start=top) if type(cell) is float and 0 < cell <= 1]
    if column.key == "weight" and any(type(cell) is float and 0 < cell < 1 for cell in cells):
        return [row for row, cell in enumerate(cells, start=top) if type(cell) is float]
    return []


def _contradictions(declared: Sheet, layout: Layout, top: int, body: Sequence[Sequence[object]]) -> list[Finding]:
    """Cells of a column that stands twice, where the copies differ: nobody knows which one is meant."""
    return [
        Finding("F03", declared.key, top + index, name, {"value": "重复的列"})
        for name, places in layout.places.items()
        if len(places) > 1 and not declared.by_key[name].output
        for index, row in enumerate(body)
        if len({key(row[place - 1]) for place in places}) > 1
    ]


def _missing_outputs(layout: Layout, declared: Sheet) -> list[Finding]:
    """Output columns that staff removed: what would stand there is told elsewhere only."""
    return [
        Finding("F10", declared.key, None, None, {"header": column.header})
        for column in declared.outputs
        if layout.column(column.key) is None
    ]


def _filled_rows(cells: Mapping[str, Sequence[object]]) -> Sequence[int]:
    """Which rows below the header hold anything in a known input column, counted from 0."""
    height = len(next(iter(cells.values()), ()))
    if any(None not in column for column in cells.values()):
        return range(height)
    lines = zip(*cells.values(), strict=True)
    return [index for index, line in enumerate(lines) if any(cell is not None for cell in line)]


def _plain_values(values: list[object]) -> list[object]:
    """Cells of a column; blanks are None, and a Boolean is the word Excel shows."""
    if not {str, bool} & set(map(type, values)):
        return values
    plain: dict[tuple[type, object], object] = {}
    for value in values:
        if (type(value), value) not in plain:
            plain[type(value), value] = _plain_value(value)
    return [plain[type(value), value] for value in values]


def _plain_value(value: object) -> object:
    if isinstance(value, str):
        return value if key(value) else None
    return cell_text(value) if isinstance(value, bool) else value


def _without_result(
    sheet: xw.Sheet,
    declared: Sheet,
    top: int,
    cells: Mapping[str, Sequence[object]],
    columns: Mapping[str, int],
    totals: frozenset[tuple[int, int]],
) -> list[Finding]:
    """Cells that look empty, or say so, and hold a formula that has no result yet: one more read, of their columns."""
    gaps = {name: columns[name] for name, values in cells.items() if not _NO_RESULT.isdisjoint(values)}
    if not gaps:
        return []
    left, height = min(gaps.values()), len(next(iter(cells.values())))
    block = sheet.range((top, left), (top + height - 1, max(gaps.values()))).formula
    formulas = [[block]] if isinstance(block, str) else block
    return [
        Finding("F05", declared.key, row, name, {"value": str(formulas[row - top][place - left])})
        for name, place in gaps.items()
        for row, value in enumerate(cells[name], start=top)
        if value in _NO_RESULT and str(formulas[row - top][place - left]).startswith("=") and (row, place) not in totals
    ]
