"""What may stand between the program and a sheet it writes to: protection, passwords, filters. xlwings only."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import xlwings as xw

from jixiao.errors import WorkbookError
from jixiao.sheets.declare import Sheet
from jixiao.sheets.locate import own_sheet

# What is allowed on a protected sheet: Excel's names, in the order of Protect's arguments.
_ALLOWED = (
    *("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows"),
    *("AllowInsertingColumns", "AllowInsertingRows", "AllowInsertingHyperlinks"),
    *("AllowDeletingColumns", "AllowDeletingRows"),
    *("AllowSorting", "AllowFiltering", "AllowUsingPivotTables"),
)


def refuse_closed(book: xw.Book, sheets: Sequence[Sheet]) -> None:
    """Raises WorkbookError when one of `sheets` cannot be written whole. To be asked before anything is written.

    Excel puts the first cell of a block into every row a filter shows, and nothing into the others.
    """
    for sheet in filter(None, (own_sheet(book, declared) for declared in sheets)):
        if _is_filtered(sheet):
            raise WorkbookError(f"“{sheet.name}”表正在筛选，结果写不全，请先清除筛选（“数据”里点“清除”）再试。")
        with unprotected(sheet):
            pass


@contextmanager
def unprotected(sheet: xw.Sheet) -> Iterator[None]:
    """Output sheets are protected without a password against stray typing; the program steps over that.

    Afterwards it is protected as it was. Raises WorkbookError for a sheet that somebody protected with a password.
    """
    api = sheet.api
    if not api.ProtectContents:
        yield
        return
    objects, scenarios, by_hand_only = api.ProtectDrawingObjects, api.ProtectScenarios, api.ProtectionMode
    allowed = [bool(getattr(api.Protection, name)) for name in _ALLOWED]
    try:
        api.Unprotect("")  # without an argument Excel would ask for the password in a box of its own
    except WorkbookError:
        raise
    except Exception as error:  # what Excel raises has no class of its own
        raise WorkbookError(f"“{sheet.name}”表设了密码保护，结果写不进去，请先撤销工作表保护再试。") from error
    try:
        yield
    finally:
        api.Protect("", bool(objects), True, bool(scenarios), bool(by_hand_only), *allowed)


def _is_filtered(sheet: xw.Sheet) -> bool:
    """Whether a filter hides rows of the sheet or of a table on it."""
    if sheet.api.FilterMode:
        return True
    filters = [table.api.AutoFilter for table in sheet.tables]
    return any(found is not None and found.FilterMode for found in filters)
