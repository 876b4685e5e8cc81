"""What stands beside the entries and is read otherwise than one may think: copied sheets, far rows, renamed columns."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from jixiao.findings import Finding
from jixiao.policy.book import rule_books
from jixiao.policy.values import RefusedValueError, parse
from jixiao.sheets.cells import parse_date
from jixiao.sheets.declare import Sheet
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.locate import Block, Layout, column_letters
from jixiao.text import cell_text, is_blank, key, share

_MOST_EMPTY = 10  # rows between entries from which on what follows may have been overlooked
_COPY = re.compile(r"(?:[-_]*(?:\(\d+\)|的?副本|的?复制|备份|copy|旧|原|\d+))+", re.IGNORECASE)
# Columns of 加减分 that decide something and may be missing, and what only they hold.
_DECIDING: Mapping[str, tuple[str, Callable[[object], bool]]] = {
    "date": ("日期", lambda cell: isinstance(parse_date(cell, None), date)),
    "share": ("百分数", lambda cell: 0 < (share(cell) or 0) <= 1),
}


def copied_sheets(names: Sequence[str]) -> Iterator[Finding]:
    """Sheets that look like an input sheet's copy: nobody reads them, and what was filled in there does not count."""
    declared = {key(sheet.name): sheet for sheet in INPUT_SHEETS}
    for name in names:
        text = key(name)
        for own, sheet in declared.items():
            rest = text.replace(own, "", 1)
            if own in text and text not in declared and _COPY.fullmatch(rest):
                yield Finding("F14", sheet.key, None, None, {"sheet": name})


def far_rows(sheet: Sheet, rows: Sequence[int]) -> Iterator[Finding]:
    """Entries below more than ten empty rows: they count, though whoever looks at the table may not see them."""
    for above, below in pairwise(rows):
        if below - above - 1 > _MOST_EMPTY:
            params = {"first": above + 1, "by": below - 1}
            yield Finding("F15", sheet.key, below, sheet.required[0].key, params)


def renamed_columns(sheet: Sheet, layout: Layout, block: Block) -> Iterator[Finding]:
    """日期 or 计分比例 missing while an unknown column holds only such values: its header was changed (§2)."""
    if sheet.key != "points":
        return
    known = {place for places in layout.places.values() for place in places}
    for name, (kind, fits) in _DECIDING.items():
        if layout.column(name) is not None:
            continue
        for place, header in enumerate(block[layout.header_row - 1], start=1):
            cells = [row[place - 1] for row in block[layout.header_row :] if not is_blank(row[place - 1])]
            if place not in known and cells and all(map(fits, cells)):
                params = {"header": sheet.by_key[name].header, "value": cell_text(header), "kind": kind}
                cell = f"{column_letters(place)}{layout.header_row}"
                yield Finding("F16", sheet.key, None, name, params, cell=cell)


def typed_defaults(rows: Sequence[tuple[int | None, Mapping[str, object]]]) -> Iterator[Finding]:
    """Values typed into 默认值, where they change nothing: what no year's rules have there."""
    for row, cells in rows:
        settings = [setting for book in rule_books() if (setting := book.setting(cells.get("name"))) is not None]
        written = cells.get("default")
        if not settings or is_blank(written):
            continue
        try:
            typed = parse(settings[0], written)
        except RefusedValueError:
            typed = written
        if all(typed != parse(setting, None) and key(written) != key(setting.default) for setting in settings):
            params = {"name": settings[0].name, "value": cell_text(written)}
            yield Finding("C12", "settings", row, "default", params)
