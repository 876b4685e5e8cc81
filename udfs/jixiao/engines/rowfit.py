"""How high a row must be for its wrapped texts, as Excel would fit it; a file has no screen to measure on."""

from math import ceil

from jixiao.engines.address import Area
from jixiao.engines.sheetdata import Row, SheetData
from jixiao.engines.styles import StyleTable
from jixiao.measure import text_columns

_LINE = 1.36  # height of a line in font sizes
MAX_HEIGHT = 409.5  # Excel's highest row
_PADDING = 1.0  # characters a cell keeps free at its sides
_AIR = 5.0  # points above and below the text


def fitted_heights(data: SheetData, styles: StyleTable, area: Area) -> dict[int, float]:
    """The new height in points of every row of `area` that needs another one than it has."""
    heights: dict[int, float] = {}
    rooms = _Rooms(data)
    for number in range(area.top, area.bottom + 1):
        row = data.rows.get(number)
        if row is None:
            continue
        wanted = min(MAX_HEIGHT, max(data.default_height, _needed(row, number, data, styles, rooms)))
        if wanted != data.row_heights.get(number, data.default_height):
            heights[number] = wanted
    return heights


def _needed(row: Row, number: int, data: SheetData, styles: StyleTable, rooms: "_Rooms") -> float:
    """The height the row's highest wrapped cell asks for."""
    highest = 0.0
    for column, style, value in zip(row.columns, row.styles, row.values, strict=True):
        if not isinstance(value, str) or not styles.wraps(style):
            continue
        if data.merges and data.merges_in(Area(number, column, number, column)):
            continue
        room = rooms[column]
        lines = sum(max(1, ceil(text_columns(line) / room)) for line in value.split("\n"))
        highest = max(highest, round(lines * styles.font_size(style) * _LINE + _AIR, 1))
    return highest


class _Rooms(dict[int, float]):
    """How many characters fit side by side into a column."""

    def __init__(self, data: SheetData) -> None:
        super().__init__()
        self._data = data

    def __missing__(self, column: int) -> float:
        self[column] = room = max(1.0, self._data.width(column) - _PADDING)
        return room
