"""Lines of 校验结果 whose cell nobody sees, because its row is hidden or filtered out, say so; xlwings only."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import xlwings as xw

from jixiao.log import record_failure
from jixiao.sheets.present import Line

HIDDEN = "（这一行被隐藏或筛选掉了，请先取消隐藏和筛选）"

_MOST_ROWS = 200  # looked at in one press: each may be a question to Excel
_ROW = re.compile(r"[A-Z]+([0-9]+)")


def say_hidden(book: xw.Book, lines: Sequence[Line], sheets: Mapping[str, str]) -> list[Line]:
    """The lines, with what to do first where the row of their first cell is hidden.

    `sheets` are the workbook's names of the input sheets by their declared ones.
    """
    rows: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        row = _row(line)
        if row and line["工作表"] in sheets and sum(map(len, rows.values())) < _MOST_ROWS:
            rows[str(line["工作表"])].add(row)
    hidden = {(name, row) for name, own in rows.items() for row in _hidden(book.sheets[sheets[name]], sorted(own))}
    return [
        {**line, "建议": f"{line['建议']}{HIDDEN}"} if (line["工作表"], _row(line)) in hidden else line
        for line in lines
    ]


def _row(line: Line) -> int:
    """The row of a line's first cell, 0 where it names none."""
    found = _ROW.match(str(line["单元格"] or ""))
    return int(found[1]) if found else 0


def _hidden(sheet: xw.Sheet, rows: Sequence[int]) -> Iterator[int]:
    """Which rows have no height; those below each other are asked for at once, and halved while they differ."""
    try:
        pending = [list(rows)]
        while pending:
            lot = pending.pop()
            whole = lot[-1] - lot[0] + 1 == len(lot)
            height = sheet.range((lot[0], 1), (lot[-1], 1)).row_height if whole else None
            if height is None and len(lot) > 1:
                pending += [lot[: len(lot) // 2], lot[len(lot) // 2 :]]
            elif height == 0:
                yield from lot
    except Exception:  # noqa: BLE001 - a courtesy; what Excel raises is of no class of its own
        record_failure("hidden rows could not be told")
