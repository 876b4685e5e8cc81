"""Rows below the header that nobody entered anything in: totals, footers, the header pasted once more (§2)."""

import re
from collections.abc import Collection, Mapping, MutableSequence, Sequence

from jixiao.findings import Finding
from jixiao.sheets.declare import Sheet
from jixiao.sheets.locate import Layout
from jixiao.text import is_blank, key

_OWNER = "department"  # the key of the column that says whose a row is; on 履职测评 the 科室 rated
_TOTALS = frozenset(("合计", "总计", "小计", "平均", "平均分", "平均值"))
# 填表日期： and 审核人签字： too: a few characters more before the colon.
_FOOTER = re.compile(r"(?:(?:填表|制表|审核|监票|计票)[^:]{0,4}|注|备注|说明):")


def take_non_entries_out(
    declared: Sheet, layout: Layout, body: MutableSequence[list[object]], known: Collection[str]
) -> tuple[frozenset[int], list[Finding]]:
    """Empty the rows that are no entries, so that the reader sees nothing there; which these are, and one 提示.

    `body` are the rows below the header; `known` the 科室, as keys: a row that names one of them is an entry whatever
    else stands in it. Rows are counted as the sheet counts them.
    """
    told: dict[int, str] = {}
    for index, text in _labels(body).items():
        if not _names_a_department(declared, layout, body[index], known):
            told[index] = text
    for index in _pasted_headers(declared, layout, body):
        told[index] = declared.required[0].header
    top = layout.header_row + 1
    for index in told:
        body[index] = [None] * len(body[index])
    if not told:
        return frozenset(), []
    first, *others = sorted(told)
    column = declared.required[0].key
    more = tuple((top + index, column) for index in others)
    return frozenset(top + index for index in told), [
        Finding("F37", declared.key, top + first, column, {"value": told[first]}, more=more)
    ]


def _labels(body: Sequence[Sequence[object]]) -> dict[int, str]:
    """The first word of a total or a footer in each row that has one, by its index."""
    found: dict[int, str] = {}
    for place in range(len(body[0]) if body else 0):
        column = [row[place] for row in body]
        texts = {cell for cell in set(column) if isinstance(cell, str)}
        labels = {text for text in texts if key(text) in _TOTALS or _FOOTER.match(key(text))}
        if labels:
            for index, cell in enumerate(column):
                if isinstance(cell, str) and cell in labels:
                    found.setdefault(index, cell)
    return found


def _names_a_department(declared: Sheet, layout: Layout, row: Sequence[object], known: Collection[str]) -> bool:
    """Whether a row is somebody's; on a sheet without 科室, whether its first column holds more than such a word."""
    owner = layout.column(_OWNER) if _OWNER in declared.by_key else None
    cell = row[(owner or layout.places[declared.required[0].key][0]) - 1]
    if owner is not None:
        return key(cell) in known
    return not (is_blank(cell) or key(cell) in _TOTALS or _FOOTER.match(key(cell)))


def _pasted_headers(declared: Sheet, layout: Layout, body: Sequence[Sequence[object]]) -> list[int]:
    """The rows that say again what the header says."""
    places: Mapping[int, str] = {layout.places[column.key][0] - 1: key(column.header) for column in declared.required}
    first = next(iter(places))
    return [
        index
        for index, row in enumerate(body)
        if isinstance(row[first], str) and all(key(row[place]) == header for place, header in places.items())
    ]
