"""The line on what is posted that says when, by which version and from which entries it was scored."""

import re
from collections.abc import Sequence

import xlwings as xw

from jixiao import __version__, clock
from jixiao.sheets.declare import Kind, Sheet
from jixiao.sheets.digest import digest_of
from jixiao.sheets.locate import Block, Layout, find_header, own_sheet
from jixiao.sheets.outputs import OVERVIEW, RESULTS
from jixiao.sheets.present import Line
from jixiao.sheets.read import Entries
from jixiao.sheets.write import CAPTIONED_FROM

_FIGURES = [column for column in RESULTS.columns if column.kind is Kind.NUMBER or column.key == "grade"]
_TIME = r"计算时间 (\d{4}-\d{2}-\d{2} \d{2}:\d{2})"
STAMP = re.compile(f"{_TIME} · 程序版本 ")  # how every stamp begins


def scoring_stamp(book: xw.Book, entries: Entries, results: Sequence[Line]) -> str:
    """The stamp for `results`, the lines about to be written to 考核结果.

    Where the same version already wrote the same figures from the same entries, the time stays, so that scoring
    again changes nothing.
    """
    origin = f" · 程序版本 {__version__} · 数据指纹 {digest_of(entries)}"
    time = _time_posted(book, origin, results) or f"{clock.now():%Y-%m-%d %H:%M}"
    return f"计算时间 {time}{origin}"


def _time_posted(book: xw.Book, origin: str, results: Sequence[Line]) -> str | None:
    """The time on 考核结果 when it is of this origin and these are its figures.

    Where staff removed rows above its header and left no room, the stamp stands on 考核一览 only.
    """
    block, layout = _shown(book, RESULTS)
    if layout is None:
        return None
    head = _head(block, layout)
    if layout.header_row < CAPTIONED_FROM:
        head = _texts(_shown(book, OVERVIEW)[0])
    stamped = re.search(_TIME + re.escape(origin), head)
    places = [layout.places[column.key][0] - 1 for column in _FIGURES]
    posted = [[row[place] for place in places] for row in block[layout.header_row :]]
    figures: list[list[object]] = [[line[column.header] for column in _FIGURES] for line in results]
    return stamped[1] if stamped and _filled(posted) == _filled(figures) else None


def _shown(book: xw.Book, sheet: Sheet) -> tuple[Block, Layout | None]:
    """What an output sheet shows and where its columns stand, None where it is missing or damaged."""
    target = own_sheet(book, sheet)
    if target is None:
        return [], None
    block = target.range((1, 1), target.used_range.last_cell).options(ndim=2, err_to_str=True).value
    return block, find_header(block, sheet)


def _head(block: Block, layout: Layout | None) -> str:
    """The texts above the columns."""
    return _texts(block[: layout.header_row] if layout else ())


def _texts(block: Block) -> str:
    return "\n".join(cell for row in block for cell in row if isinstance(cell, str))


def _filled(rows: Sequence[list[object]]) -> list[list[object]]:
    """The rows with any figure: Excel counts rows as used that were only formatted."""
    return [row for row in rows if any(cell is not None for cell in row)]
