"""The worksheet functions called from Calc: its arguments in, its answers out, jixiao.functions in between."""

from datetime import datetime

from jixiao import functions
from jixiao.calc.arguments import given
from jixiao.calc.blanks import needs_document, with_blanks
from jixiao.engines.calc.unoapi import Uno
from jixiao.formulas.cells import BUG, FormulaError, fault_text
from jixiao.log import record_failure

_OF_CELLS = frozenset(("JIXIAO_POINTS", "JIXIAO_DEDUP"))  # 加减分区域 arrives as cells
_DAY = 86_400
_FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 - dates in cells have no time zone


def answer(name: str, caller: Uno, arguments: tuple[Uno, ...]) -> float | str | tuple[tuple[float | str, ...], ...]:
    """What a cell with =name(arguments) gets: a value, or rows.

    `caller` is the document it stands in; None where the function has no need of it. Never raises: a fault is a short
    text, and what nobody foresaw goes to the log.
    """
    try:
        values = [given(argument, caller) for argument in arguments]
        found = getattr(functions, name)(*with_blanks(name, values, caller))
        if isinstance(found, list):
            return tuple(tuple(map(_cell, row)) for row in found)
        return _cell(found)
    except FormulaError as fault:
        return fault_text(fault)
    except Exception:  # noqa: BLE001 - a cell must not show a trace
        record_failure(name)
        return fault_text(BUG)


def _cell(value: object) -> float | str:
    """A value as a cell of Calc takes it: a date is a number there."""
    if isinstance(value, datetime):
        return (value - _FIRST_DAY).total_seconds() / _DAY
    return value if isinstance(value, float) else str(value)


def needs_caller(name: str) -> bool:
    """Whether a function must be told the document its formula stands in, which costs as much as the call itself."""
    return needs_document(name) or name in _OF_CELLS
