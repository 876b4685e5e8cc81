"""Arguments as Calc hands them over, made into what xlwings would hand over in Excel.

A value arrives as a number or a text, an area or an array as rows in which an empty cell is an empty text, 加减分区域
as the cells themselves. An argument that was left out is None.
"""

import math
import struct
from collections.abc import Sequence
from typing import Any

from jixiao.engines.calc.numbers import NumberFormats
from jixiao.engines.calc.readcells import error_value, read_shown
from jixiao.engines.calc.unoapi import Uno, area_of


def given(argument: Uno, caller: Uno) -> object:
    """One argument as a value or as rows; `caller` is the document the formula stands in."""
    if isinstance(argument, tuple):
        return [_row(row) for row in argument]
    if hasattr(argument, "getRangeAddress"):
        return read_shown(argument.getSpreadsheet(), area_of(argument.getRangeAddress()), NumberFormats(caller))
    return _value(argument)


def _row(row: Sequence[Any]) -> list[object]:
    # Most rows are numbers alone.
    plain = set(map(type, row)) == {float} and not any(map(math.isnan, row))
    return list(row) if plain else [_value(cell) for cell in row]


def _value(cell: object) -> object:
    """A value, or a cell of an array: Calc writes an error as a number that is none, with the error's code in it."""
    if isinstance(cell, float) and math.isnan(cell):
        (bits,) = struct.unpack("<Q", struct.pack("<d", cell))
        return error_value(bits & 0xFFFF)
    return None if cell == "" else cell
