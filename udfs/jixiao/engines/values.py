"""Values on their way between xlwings' converters and a grid."""

import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from jixiao.engines.grid import CellError, CellInput, CellValue
from jixiao.windows import ERRORS


def clean(
    block: list[list[Any]],
    dates: Callable[..., Any],
    empty: Any,  # noqa: ANN401 - whatever the caller wants for an empty cell
    numbers: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """Apply xlwings' read options to a block of cell values."""

    def cleaned(value: Any) -> Any:  # noqa: ANN401 - a cell in, what the options make of it out
        kind = type(value)
        if kind is float:
            return value if numbers is None else numbers(value)
        if value is None:
            return empty
        if kind is CellError:
            return str(value) if err_to_str else None
        if kind is int and value in ERRORS:
            return ERRORS[value] if err_to_str else None
        if kind is datetime:
            return _rebuilt(value, dates)
        return value

    # Most lines hold nothing an option is about.
    plain: set[type] = {str, bool}
    plain |= {float} if numbers is None else set()
    plain |= {type(None)} if empty is None else set()
    plain |= {datetime} if dates is datetime else set()
    return [line if plain.issuperset(map(type, line)) else [cleaned(value) for value in line] for line in block]


def _rebuilt(moment: datetime, build: Callable[..., Any]) -> Any:  # noqa: ANN401 - the caller's date type
    return build(
        year=moment.year,
        month=moment.month,
        day=moment.day,
        hour=moment.hour,
        minute=moment.minute,
        second=moment.second,
        microsecond=moment.microsecond,
        tzinfo=None,
    )


def prepare(value: Any) -> CellInput:  # noqa: ANN401 - anything a caller hands to xlwings
    """A value fit for a grid: numpy scalars unpacked, NaN and the like as empty; TypeError for what no cell holds."""
    if value is None or type(value) is datetime or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return None if math.isnan(value) else float(value)
    # pandas' NaT is a datetime, but equal to nothing, itself included.
    if isinstance(value, date):
        return value if value == value else None  # noqa: PLR0124
    if type(value).__name__ in ("NAType", "NaTType"):
        return None
    if hasattr(value, "item"):
        return prepare(value.item())
    raise TypeError(f"a cell cannot hold a {type(value).__name__}")


def constant_text(value: CellValue) -> str:
    """A constant as Excel's formula bar has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return f"{value:.15g}".upper()
    return str(value)
