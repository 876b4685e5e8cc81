"""The cells of one finding as a clerk reads them, and read back from there: （共 5 处：D4:D7、F9）."""

import re
from collections.abc import Sequence
from itertools import groupby

from jixiao.sheets.locate import column_letters

_MOST_AREAS = 30  # listed in one sentence
_LISTED = re.compile(r"（共 \d+ 处：([A-Z0-9:、]+)(?: 等)?）$")
_AREA = re.compile(r"([A-Z]+)(\d+)(?::[A-Z]+(\d+))?")

Place = tuple[int, int]  # row and column, 1-based


def cells_listed(cells: Sequence[Place]) -> str:
    """Several cells of one sheet at the end of a sentence, column by column, those below each other as one area."""
    areas = []
    for column, places in groupby(sorted({(column, row) for row, column in cells}), key=lambda place: place[0]):
        rows = [row for _, row in places]
        for _, run in groupby(enumerate(rows), key=lambda item: item[1] - item[0]):
            lot = [row for _, row in run]
            letters = column_letters(column)
            areas.append(f"{letters}{lot[0]}" + (f":{letters}{lot[-1]}" if len(lot) > 1 else ""))
    shown = "、".join(areas[:_MOST_AREAS]) + (" 等" if len(areas) > _MOST_AREAS else "")
    return f"（共 {len(set(cells))} 处：{shown}）"


def listed_cells(sentence: str) -> list[str]:
    """The cells a sentence lists so, one by one; none where it lists none."""
    listed = _LISTED.search(sentence)
    if listed is None:
        return []
    return [
        f"{letters}{row}"
        for letters, first, last in _AREA.findall(listed[1])
        for row in range(int(first), int(last or first) + 1)
    ]
