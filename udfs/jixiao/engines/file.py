"""The `file` engine: xlwings over a workbook file, without any spreadsheet program.

    from jixiao.engines.file import open_book

    with open_book("绩效考核.xlsm") as book:
        book.sheets["参数"].range("B2").value = 2024
        book.save()

Differences from xlwings on Windows, all on purpose:

* text given through `.value` is always written as text, also when it starts with `=` or looks like a number; a
  formula is written through `.formula` only;
* nothing is calculated: a formula without a cached value reads as None (its `.formula` still gives `=…`), one whose
  result is an empty text reads as ''; one written here, were it its own text again, reads and shows as 未重算 until a
  spreadsheet program has calculated it, but a part of an array formula given its own text stays as it is;
* a constant given back through `.formula` as it reads there stays what it is: a number a number, and a text that
  starts with `=` a text;
* links lead to places in the workbook (`#'表'!A1`) only, and leave the cell's looks alone;
* `used_range` starts at A1 and ends at the last cell with a value or formula, whatever is styled beyond;
* under a merged cell nothing is written (Excel drops it too), and the header cells of an Excel table, which name its
  columns, are not changed: WorkbookError;
* `save()` keeps a dated copy of the old file in `备份/`, and writes nothing when nothing changed.
"""

import os

import xlwings as xw

from jixiao.engines.filegrid import FileGrid
from jixiao.engines.impl_app import AppImpl, EngineImpl

NAME = "file"


def register() -> xw.Engine:
    """Make the engine known to xlwings, once; it becomes the active one where there is no other (no Excel)."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=EngineImpl(NAME, lambda engine: AppImpl(engine, FileGrid))))
    engine = xw.engines[NAME]
    if xw.engines.active is None:
        engine.activate()
    return engine


def open_book(path: str | os.PathLike[str]) -> xw.Book:
    """Open a workbook file (.xlsm, .xlsx); WorkbookError, in one Chinese sentence, when it is no usable one.

    Every call reads the file afresh. Close the book, or use it as a context manager, to free its memory.
    """
    app = register().apps.impl.add()
    return xw.Book(impl=app.books.open(os.fspath(path)))
