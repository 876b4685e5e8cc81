"""Formulas that came in from an Excel file: Calc knows their functions only once they have been entered again."""

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import url2pathname

from jixiao.calc.search import Uno, formulas_with

# Before the name stands what Excel puts there for functions of an add-in or of another workbook.
_CALL = re.compile(r"(?:_xll\.|_xludf\.|\[\d+\]!|'[^']*'!|[\w.]+\.xl[as]m?!)*(jixiao_[a-z_]+)(?=\()", re.IGNORECASE)
_SEARCHED = "jixiao_"
_NAMED = re.compile(rb"<f[^>]*>[^<]*jixiao_", re.IGNORECASE)


def bind_loaded(document: Uno) -> None:
    """`bind` a document that was just loaded, if it comes from an Excel file that names our functions.

    Any other needs no second look: LibreOffice's own files know whose functions they use.
    """
    url = document.getURL()
    if url.startswith("file:") and _names_ours(url2pathname(urlsplit(url).path)):
        bind(document)


def _names_ours(path: str) -> bool:
    """Whether a sheet in an Excel file holds the name of one of our functions; True for the older, closed format."""
    try:
        with zipfile.ZipFile(path) as package:
            sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
            return any(_NAMED.search(package.read(name)) for name in sheets)
    except zipfile.BadZipFile:
        return True
    except OSError:
        return False


def bind(document: Uno) -> int:
    """Enter every formula with one of our functions again; how many cells hold one.

    The document counts as changed afterwards only if it did before, and 撤销 knows nothing of it. What stands on a
    protected sheet stays as it is.
    """
    found = [area for sheet in _sheets(document) if not sheet.isProtected() for area in formulas_with(sheet, _SEARCHED)]
    if found:
        with _unnoticed(document):
            for area in found:
                _enter(area)
    return sum(len(row) for area in found for row in area.getFormulaArray())


def _sheets(document: Uno) -> Iterator[Uno]:
    sheets = document.getSheets()
    return (sheets.getByIndex(place) for place in range(sheets.getCount()))


def _enter(area: Uno) -> None:
    formulas = area.getFormulaArray()
    if not any(formula.startswith("{") for row in formulas for formula in row):
        area.setFormulaArray(tuple(tuple(map(_ours, row)) for row in formulas))
        return
    for row, line in enumerate(formulas):
        for column, formula in enumerate(line):
            _enter_cell(area.getCellByPosition(column, row), formula)


def _enter_cell(cell: Uno, formula: str) -> None:
    if not formula.startswith("{"):
        cell.setFormula(_ours(formula))
        return
    whole = cell.getSpreadsheet().createCursorByRange(cell)
    whole.collapseToCurrentArray()
    first, here = whole.getRangeAddress(), cell.getCellAddress()
    if (first.StartRow, first.StartColumn) == (here.Row, here.Column):
        whole.setArrayFormula(_ours(formula[1:-1]))


def _ours(formula: str) -> str:
    return _CALL.sub(lambda call: call[1].upper(), formula)


@contextmanager
def _unnoticed(document: Uno) -> Iterator[None]:
    modified, undo = document.isModified(), document.getUndoManager()
    undo.lock()
    document.lockControllers()
    try:
        yield
    finally:
        document.unlockControllers()
        undo.unlock()
        document.setModified(modified)
