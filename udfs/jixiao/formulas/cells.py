"""What a worksheet function gets and gives: rows of cells, values, and a fault as a text in a cell.

A range arrives as rows of cells. One row is one 科室; a range that is missing or a single empty cell is None.
"""

from collections.abc import Sequence
from datetime import datetime
from math import isnan
from typing import Any

from jixiao.errors import JixiaoError
from jixiao.text import is_blank

BUG = "程序出错，请把公式和所选区域告诉技术人员"

Cells = Sequence[Sequence[object]]
Value = float | str | datetime
Answer = Value | list[list[Value]]


class FormulaError(JixiaoError):
    """An argument a worksheet function cannot use: which one, why, and what to do, in a few words."""


def cells_of(given: object) -> Cells | None:
    """An argument as rows of cells, whatever passed it: a value, a row, a block, an array, a table of pandas.

    None when nothing is there.
    """
    argument: Any = given
    if hasattr(argument, "columns"):
        argument = argument.to_numpy()
    if hasattr(argument, "tolist"):
        argument = _without_nan(argument.tolist())
    if not isinstance(argument, list | tuple):
        return None if is_blank(argument) else [[argument]]
    block = [list(row) if isinstance(row, list | tuple) else row for row in argument]
    if not any(isinstance(row, list) for row in block):
        block = [block]
    rows = [row if isinstance(row, list) else [row] for row in block]
    if not rows or not rows[0] or (len(rows) == len(rows[0]) == 1 and is_blank(rows[0][0])):
        return None
    return rows


def _without_nan(values: Any) -> Any:  # noqa: ANN401 - an array's numbers, rows or blocks
    """What pandas and numpy call NaN is a hole."""
    if isinstance(values, list):
        return [_without_nan(value) for value in values]
    return None if isinstance(values, float) and isnan(values) else values


def fault_text(fault: object) -> str:
    """How a fault stands in a cell."""
    return f"#绩效:{fault}"[:255]
