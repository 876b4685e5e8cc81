"""Runs under the system's Python, which has `uno`: recalculates workbooks in one LibreOffice and answers line by line.

Called as `worker.py PIPE`. Each line of stdin is JSON: "file", "sheet", "hard" (recalculate all first), and "variants":
cells typed over in the open workbook, one set after the other, each taken back again, or "reshape": changes of rows and
columns that stay; or "file" and "play": steps with macros allowed. The answer is {"pages": [rows, …]}, one for each,
or {"error"}.
"""

# mypy: ignore-errors
# `uno` has no stubs and lives in another Python.
import json
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

_PATIENCE = 300
_NEVER, _ALWAYS = 0, 4  # com.sun.star.document.MacroExecMode
_EVERYTHING = 1 + 2 + 4 + 16  # numbers, dates, texts, formulas (com.sun.star.sheet.CellFlags)


def connect(pipe):
    """The desktop of the LibreOffice that listens on a pipe."""
    context = uno.getComponentContext()
    resolver = context.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", context)
    for _ in range(_PATIENCE * 5):
        try:
            remote = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return remote.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", remote)
        except Exception:  # noqa: BLE001 - not listening yet
            time.sleep(0.2)
    raise SystemExit("LibreOffice does not answer")


def answer(desktop, order):
    """One workbook: opened, typed over, calculated when asked, its sheet read."""
    hidden = PropertyValue(Name="Hidden", Value=True)
    macros = PropertyValue(Name="MacroExecutionMode", Value=_ALWAYS if "play" in order else _NEVER)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(order["file"]), "_blank", 0, (hidden, macros))
    try:
        if "play" in order:
            return {"pages": [played(document, *step) for step in order["play"]]}
        for sheet in document.Sheets:
            sheet.unprotect("")
        if order["hard"]:
            document.calculateAll()
        if order.get("reshape"):
            return {"pages": [reshaped(document, step, order["sheet"]) for step in order["reshape"]]}
        return {"pages": [look(document, cells, order) for cells in order["variants"]]}
    finally:
        document.close(True)


def played(document, what, *given):
    """One step: run a macro of the document, put a value or formula into a cell, or read a cell's text or rows."""
    if what == "run":
        name, *arguments = given
        place = f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document"
        result, _, _ = document.getScriptProvider().getScript(place).invoke(tuple(arguments), (), ())
        return result
    sheet, address = given[0].split("!")
    cells = document.Sheets.getByName(sheet).getCellRangeByName(address)
    if what == "put":
        return write(cells, given[1])
    return cells.getString() if what == "text" else cells.getDataArray()


def reshaped(document, step, shown):
    """The sheet's rows after one more change of rows or columns: (what, sheet, where, how many or where to)."""
    what, name, where, more = step
    sheet = document.Sheets.getByName(name)
    if what == "insert rows":
        sheet.Rows.insertByIndex(where, more)
    elif what == "remove rows":
        sheet.Rows.removeByIndex(where, more)
    elif what == "insert columns":
        sheet.Columns.insertByIndex(where, more)
    elif what == "remove columns":
        sheet.Columns.removeByIndex(where, more)
    else:
        sheet.moveRange(sheet.getCellRangeByName(more).CellAddress, sheet.getCellRangeByName(where).RangeAddress)
    return read(document.Sheets.getByName(shown))


def look(document, cells, order):
    """The sheet's rows while these cells hold something else: what depends on them is calculated as for a clerk."""
    named = [place.split("!") for place in cells]
    places = [document.Sheets.getByName(sheet).getCellRangeByName(address) for sheet, address in named]
    before = [[put_back(place.getCellByPosition(column, 0)) for column in range(width(place))] for place in places]
    for place, value in zip(places, cells.values(), strict=True):
        for column in range(width(place)):
            write(place.getCellByPosition(column, 0), value)
    rows = read(document.Sheets.getByName(order["sheet"]))
    for undo in before:
        for restore in undo:
            restore()
    return rows


def width(place):
    """How many cells of one row."""
    return place.RangeAddress.EndColumn - place.RangeAddress.StartColumn + 1


def write(cell, value):
    """A number, a formula, a text as typed, or nothing."""
    if value is None:
        cell.clearContents(_EVERYTHING)
    elif isinstance(value, str) and not value.startswith("="):
        cell.setString(value)
    elif isinstance(value, str):
        cell.setFormula(value)
    else:
        cell.setValue(value)


def put_back(cell):
    """What gives a cell its present contents again."""
    kind = cell.Type.value
    if kind == "TEXT":
        text = cell.getString()
        return lambda: cell.setString(text)
    if kind == "VALUE":
        value = cell.getValue()
        return lambda: cell.setValue(value)
    if kind == "EMPTY":
        return lambda: cell.clearContents(_EVERYTHING)
    formula = cell.getFormula()
    return lambda: cell.setFormula(formula)


def read(sheet):
    """All values of a sheet down to its last used cell."""
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    end = cursor.RangeAddress
    return sheet.getCellRangeByPosition(0, 0, end.EndColumn, end.EndRow).getDataArray()


def main():
    """Answer until stdin ends."""
    desktop = connect(sys.argv[1])
    for line in sys.stdin:
        try:
            given = answer(desktop, json.loads(line))
        except Exception as error:  # noqa: BLE001 - the test tells
            given = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(given, ensure_ascii=False), flush=True)


main()
