"""Writing the output sheets and output columns: cleared and rewritten, one block each; input cells are never touched.

xlwings only: whatever program holds the book.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby, pairwise

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.sheets.access import unprotected
from jixiao.sheets.declare import Column, Sheet
from jixiao.sheets.locate import HEADER_ROWS, Layout, column_letters, find_header, nearest_header, own_sheet
from jixiao.sheets.outputs import FINDINGS
from jixiao.sheets.present import Line, Value
from jixiao.sheets.probe import merged_areas
from jixiao.text import key

# Excel would take such a text for a formula, a number or a date.
_MISTAKABLE = re.compile(r"[=+\-@＝＋－＠'\d.\s(（$¥￥%]|(?:TRUE|FALSE)$", re.IGNORECASE)
# Control characters, and the marks that make a text read in another order than it is written.
_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_BLOCK_GAP = 1
_FAR = 1_000
_TITLE_ROW, _HEADER_ROW = 1, 3  # as in the template
_ROW_HEIGHT = 15.0  # until the rows are fitted
CAPTIONED_FROM = 3  # a header row further up leaves no room for captions

Cell = Value | date


def refuse_merges(book: xw.Book, sheets: Sequence[Sheet]) -> None:
    """Raises WorkbookError when cells were merged below the header of an output sheet: what they cover would be lost.

    To be asked before anything is written.
    """
    for sheet in sheets:
        target = own_sheet(book, sheet)
        if target is None:
            continue
        used = target.used_range.last_cell
        top = target.range((1, 1), (HEADER_ROWS, used.column)).options(ndim=2, err_to_str=True).value
        layout = find_header(top, sheet)
        if layout is None or used.row <= layout.header_row:
            continue
        merged = merged_areas(target, (layout.header_row + 1, 1, used.row, used.column), 1)
        for first, left, last, right in sorted(merged)[:1]:
            area = f"{column_letters(left)}{first}:{column_letters(right)}{last}"
            raise WorkbookError(f"“{target.name}”表里有合并单元格 {area}，结果写不全，请取消合并后再试。")


def write_lines(
    book: xw.Book, sheet: Sheet, title: str, lines: Sequence[Line], places: Mapping[str, int] | None = None
) -> Layout:
    """Rewrite an output sheet: its title, and its lines below the header; returns where its columns stand."""
    return write_blocks(book, sheet, title, {sheet.purpose: lines}, places)


def write_blocks(
    book: xw.Book,
    sheet: Sheet,
    title: str,
    blocks: Mapping[str, Sequence[Line]],
    places: Mapping[str, int] | None = None,
    room: int | None = None,
) -> Layout:
    """Rewrite an output sheet of one or more blocks side by side, each with its caption and the declared columns.

    `places` are the decimals shown, by column key. `room` are the rows below the header that belong to the lines,
    where others' stand below them. A sheet or header row that is missing or damaged is made anew, so
    that a result always has its place. Returns where the columns stand.
    """
    target = _output_sheet(book, sheet)
    with unprotected(target):
        layout = _layout(target, sheet, len(blocks))
        top = layout.header_row + 1
        if top > _TITLE_ROW + 1:
            _write(target.range((_TITLE_ROW, 1)), [[guarded(title)]])
        bottom = target.used_range.last_cell.row
        owned = bottom - layout.header_row if room is None else min(bottom - layout.header_row, room)
        for number, (caption, lines) in enumerate(blocks.items()):
            if layout.header_row >= CAPTIONED_FROM:
                _write(target.range((layout.header_row - 1, layout.places[sheet.columns[0].key][number])), [[caption]])
            for first, columns in _runs(sheet.columns, layout, number):
                rows = [[guarded(line[column.header]) for column in columns] for line in lines]
                _rewrite(target, top, first, len(columns), rows, max(owned, len(rows)))
                _show_places(target, top, first, columns, len(rows), places or {})
        longest = max(map(len, blocks.values()))
        if longest:
            if sheet is FINDINGS:  # whose rows a filter may have hidden, in a file or in Calc: no line may stay unseen
                for row in range(top, top + longest):
                    if target.range((row, 1)).row_height == 0:
                        target.range((row, 1)).row_height = _ROW_HEIGHT
            target.range((top, 1), (layout.header_row + longest, 1)).rows.autofit()
    return layout


def output_layout(book: xw.Book, sheet: Sheet) -> tuple[xw.Sheet, Layout]:
    """An output sheet of one block and where its columns stand, made anew where missing or damaged."""
    target = _output_sheet(book, sheet)
    with unprotected(target):
        return target, _layout(target, sheet, 1)


def write_columns(
    target: xw.Sheet,
    sheet: Sheet,
    layout: Layout,
    last_row: int,
    values: Mapping[int, Mapping[str, Cell]],
    totals: Collection[int] = (),
) -> None:
    """Rewrite the output columns of an input sheet: `values` by row and column key, empty elsewhere.

    The rows of `totals` are left alone: what stands there is Excel's own.
    """
    bottom = max(last_row, target.used_range.last_cell.row)
    present = tuple(column for column in sheet.outputs if layout.column(column.key))
    edges = [layout.header_row, *sorted(totals), bottom + 1]
    spans = [
        span
        for above, below in pairwise(edges)
        for span in _stretches([row for row in sorted(values) if above < row < below], above + 1, below - 1)
    ]
    with unprotected(target):
        for first, columns in _runs(present, layout, 0):
            for top, last, below in spans:
                rows = [
                    [guarded(values.get(row, {}).get(column.key)) for column in columns] for row in range(top, last + 1)
                ]
                _rewrite(target, top, first, len(columns), rows, below - top + 1)


def _stretches(rows: Sequence[int], top: int, bottom: int) -> Iterator[tuple[int, int, int]]:
    """The rows from `top` to `bottom` as blocks: first row, last row of `rows` in it, and the row where it ends.

    A far-off row, such as a slip of the hand at the foot of the sheet, gets a block of its own.
    """
    far = [row for before, row in pairwise([top - 1, *rows]) if row - before > _FAR]
    for first, after in pairwise([top, *far, bottom + 1]):
        yield first, max((row for row in rows if row < after), default=first - 1), after - 1


def _output_sheet(book: xw.Book, sheet: Sheet) -> xw.Sheet:
    found = own_sheet(book, sheet)
    if found is not None:
        return found
    try:
        return book.sheets.add(sheet.name, after=book.sheets[len(book.sheets) - 1])
    except ValueError as error:
        raise WorkbookError(
            f"“{sheet.name}”这个名字被一张图表或宏表占用，结果没有地方写，请把那张表改名后再试。"
        ) from error


def _layout(target: xw.Sheet, sheet: Sheet, blocks: int) -> Layout:
    """Where the sheet's columns stand. A header row that lacks a column is written anew, and what was below goes.

    Headers that are not the sheet's own stay.
    """
    used = target.used_range.last_cell
    top = target.range((1, 1), used).options(ndim=2, err_to_str=True).value
    layout = find_header(top, sheet)
    if layout is not None and all(len(layout.places[column.key]) >= blocks for column in sheet.columns):
        return layout
    row = layout.header_row if layout else nearest_header(top, sheet) or _HEADER_ROW
    width = len(sheet.columns) + _BLOCK_GAP
    places = {
        column.key: tuple(number * width + index for number in range(blocks))
        for index, column in enumerate(sheet.columns, start=1)
    }
    own = {key(column.header) for column in sheet.columns}
    old = top[row - 1] if row <= len(top) else []
    header = [None if isinstance(cell, str) and key(cell) in own else guarded(cell) for cell in old]
    header += [None] * (width * blocks - len(header))
    for column in sheet.columns:
        for place in places[column.key]:
            header[place - 1] = column.header
    if used.row > row:
        target.range((row + 1, 1), (used.row, used.column)).clear_contents()
    _write(target.range((row, 1)), [header])
    return Layout(row, places)


def _runs(columns: Sequence[Column], layout: Layout, number: int) -> Iterator[tuple[int, list[Column]]]:
    """Columns that stand side by side in their order: each run is written as one block."""
    run: list[Column] = []
    first = 0
    for column in columns:
        place = layout.places[column.key][number]
        if run and place == first + len(run):
            run.append(column)
            continue
        if run:
            yield first, run
        first, run = place, [column]
    if run:
        yield first, run


def _rewrite(target: xw.Sheet, top: int, left: int, width: int, rows: Sequence[Sequence[Cell]], height: int) -> None:
    """Write `rows` and empty what stood below them, down to `height` rows."""
    if rows:
        _write(target.range((top, left)), rows)
    if height > len(rows):
        target.range((top + len(rows), left), (top + height - 1, left + width - 1)).clear_contents()


def _show_places(
    target: xw.Sheet, top: int, left: int, columns: Sequence[Column], height: int, places: Mapping[str, int]
) -> None:
    """Show as many decimals as 小数位数 says; neighbours that are alike in one call."""
    offset = 0
    for shown, run in groupby(columns, key=lambda column: places.get(column.key)):
        width = len(list(run))
        if shown is not None and height:
            block = target.range((top, left + offset), (top + height - 1, left + offset + width - 1))
            block.number_format = f"0.{'0' * shown}" if shown else "0"
        offset += width


def _write(corner: xw.Range, rows: Sequence[Sequence[Cell]]) -> None:
    corner.value = [list(row) for row in rows]


def guarded(value: Cell) -> Cell:
    """A text that stays a text: never a formula, number or date, whoever typed it; nothing that cannot be seen."""
    if not isinstance(value, str):
        return value
    text = _UNSHOWN.sub("\ufffd", value)
    return f"'{text}" if _MISTAKABLE.match(text) else text
