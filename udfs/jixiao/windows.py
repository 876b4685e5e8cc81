"""What xlwings' Windows engine leaves open: error values newer than its table, and a workbook it keeps hold of.

Both reach into xlwings' insides, which is why its version is pinned.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_FIRST = -2146828288  # COM hands an error value over as this number plus Excel's own
_NAMES = {
    2000: "#NULL!",
    2007: "#DIV/0!",
    2015: "#VALUE!",
    2023: "#REF!",
    2029: "#NAME?",
    2036: "#NUM!",
    2042: "#N/A",
    # What xlwings does not know begins here.
    2043: "#GETTING_DATA",
    2045: "#SPILL!",
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: "#UNKNOWN!",
    2049: "#FIELD!",
    2050: "#CALC!",
}
# A number in a cell is always a float, so a whole number of this range is an error, whatever Excel will call it.
ERRORS = {_FIRST + number: _NAMES.get(number, "#UNKNOWN!") for number in range(2000, 2100)}

_ENGINE = "xlwings._xlwindows"


def know_all_errors() -> None:
    """Teach xlwings the error values it takes for numbers (R8: an error is no evidence; no figure either)."""
    engine = sys.modules.get(_ENGINE)
    if engine is not None:
        engine.cell_errors.update(ERRORS)


@contextmanager
def caller_let_go() -> Iterator[None]:
    """While this lasts there is a calling workbook; afterwards nobody holds it.

    xlwings keeps the workbook of the last call, and an Excel that is held cannot end.
    """
    know_all_errors()
    try:
        yield
    finally:
        engine: Any = sys.modules.get(_ENGINE)
        if engine is not None:
            engine.BOOK_CALLER = None
