"""What stands in the workbook and may be overlooked: copies, defaults, renamed columns nobody reads, far rows read."""

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

import xlwings as xw

from jixiao.findings import Finding
from jixiao.policy.book import rule_book, rule_books
from jixiao.sheets.cells import parse_full_date
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.locate import HEADER_ROWS, Layout, column_letters, find_header
from jixiao.sheets.outputs import OUTPUT_SHEETS
from jixiao.sheets.recheck import RECHECK_SHEET
from jixiao.text import cell_text, is_blank, key, share, year_number

_MOST_EMPTY = 10  # rows between entries from which on what follows may have been overlooked
_LOOKED_AT = HEADER_ROWS + 5
# A header row of so many names of ours is no chance, whatever the sheet is called.
_TELLING = 5
_OTHERS = ("使用说明", "模拟测算", "下拉选项", RECHECK_SHEET)
_OURS = frozenset(map(key, (*_OTHERS, *(sheet.name for sheet in OUTPUT_SHEETS))))
_OUR_STARTS = ("复核", "xlwings.", "jixiao.")


def unread_copies(book: xw.Book, names: Sequence[str]) -> Iterator[Finding]:
    """Sheets with the headers and entries of one of ours that are not read: 任务台账 (2), 加减分 副本."""
    read = {key(sheet.name) for sheet in INPUT_SHEETS}
    longest_first = sorted(INPUT_SHEETS, key=lambda sheet: -len(sheet.name))
    for name in names:
        if key(name) in read | _OURS or key(name).startswith(_OUR_STARTS):
            continue
        sheet = book.sheets[name]
        width = sheet.used_range.last_cell.column
        block = sheet.range((1, 1), (_LOOKED_AT, width)).options(ndim=2, err_to_str=True).value
        for declared in longest_first:
            alike = key(declared.name) in key(name) or len(declared.required) >= _TELLING
            if alike and _holds_entries(block, declared):
                yield Finding("F35", declared.key, None, None, {"value": name, "sheet": declared.name})
                break


def _holds_entries(block: Sequence[Sequence[object]], declared: Sheet) -> bool:
    layout = find_header(block, declared)
    if layout is None:
        return False
    places = [places[0] - 1 for places in layout.places.values()]
    return any(not is_blank(row[place]) for row in block[layout.header_row :] for place in places)


def far_rows(sheet: Sheet, rows: Sequence[int]) -> Iterator[Finding]:
    """Entries below more than ten empty rows: they count, though whoever looks at the table may not see them."""
    for above, below in pairwise(rows):
        if below - above - 1 > _MOST_EMPTY:
            params = {"first": above + 1, "by": below - 1}
            yield Finding("F15", sheet.key, below, sheet.required[0].key, params)


def typed_defaults(
    rows: Sequence[int], names: Sequence[object], values: Sequence[object], shown: Sequence[object]
) -> Iterator[Finding]:
    """Cells of 默认值 on 参数 that show the default of no year: what is typed there changes nothing.

    A template made for another year may show that year's.
    """
    rules = rule_books()[-1]
    year = rules.named("year").name
    years = [year_number(value) for name, value in zip(names, values, strict=True) if key(name) == key(year)]
    if years and years[0] is not None:
        rules = rule_book(years[0])
    for row, name, cell in zip(rows, names, shown, strict=True):
        setting = rules.setting(name)
        shown_ones = [known.default for book in rule_books() if (known := book.setting(name)) is not None]
        if setting is None or is_blank(cell) or any(_alike(cell, default) for default in shown_ones):
            continue
        meant = setting.default or "不设"
        params = {"name": setting.name, "value": cell_text(cell), "meant": meant}
        yield Finding("C31", "settings", row, "default", params)


def _alike(cell: object, default: str) -> bool:
    return key(cell) == key(default) or (share(cell) is not None and share(cell) == share(default))


def renamed_columns(declared: Sheet, layout: Layout, block: Sequence[Sequence[object]]) -> Iterator[Finding]:
    """A column nobody knows that holds nothing but dates, or shares, where 加减分 has no 日期, or 计分比例."""
    if declared.key != "points":
        return
    known = {place for places in layout.places.values() for place in places}
    header = block[layout.header_row - 1]
    for name, means in (("date", _is_date), ("share", _is_share)):
        if layout.column(name) is not None:
            continue
        for place, title in enumerate(header, start=1):
            cells = [row[place - 1] for row in block[layout.header_row :] if not is_blank(row[place - 1])]
            if place in known or is_blank(title) or not cells or not all(map(means, cells)):
                continue
            if name == "share" and all(share(cell) == 1 for cell in cells):  # a column of ones may count anything
                continue
            params = {"value": cell_text(title), "header": declared.by_key[name].header}
            corner = f"{column_letters(place)}{layout.header_row}"
            yield Finding("F36", declared.key, None, None, params, cell=corner)


def _is_date(cell: object) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and isinstance(parse_full_date(cell), date))


def _is_share(cell: object) -> bool:
    found = None if isinstance(cell, bool) else share(cell)
    return found is not None and Fraction(0) < found <= 1
