"""Plays Application, Workbooks, Worksheet and Range for xlwings' Windows engine, over our own engine for files.

What it shows: that the buttons go through xlwings' real Windows engine and real COM, that every member they ask for
is one of Excel's with Excel's arguments, and that numbers, texts, dates, holes and colours survive the way there and
back. What it cannot show: that Excel itself answers so. Behind each member stands our engine's idea of Excel, and an
error value, which pywin32 cannot send from here, does not occur.
"""

# mypy: ignore-errors
# Runs under Windows only.
from pathlib import Path

import win32gui
import winerror
import xlwings as xw
from cells import Argument, Collection, Comments, Range
from played import Played, shown
from win32com.server.exception import COMException

from jixiao.engines.file import open_book
from jixiao.sheets.outputs import OUTPUT_SHEETS

_AUTOMATIC, _MACRO_WORKBOOK = -4105, 52
_SWITCHES = {
    "ScreenUpdating": True,
    "EnableEvents": True,
    "Calculation": _AUTOMATIC,
    "StatusBar": False,
    "DisplayAlerts": True,
}


class Application(Played):
    """What a button switches off and on again, what 自检 asks, and the workbooks that are open."""

    IID = "{000208D5-0000-0000-C000-000000000046}"

    def __init__(self):
        """As Excel starts."""
        self.state = dict(_SWITCHES)
        self.opened = []
        self.window = win32gui.CreateWindow("STATIC", "", 0, 0, 0, 0, 0, 0, 0, 0, None)

    def get_Name(self):
        return "Microsoft Excel"

    def get_Version(self):
        return "16.0"

    def get_Build(self):
        return 17928.0

    def get_OperatingSystem(self):
        return "Windows (64-bit) NT 10.00"

    def get_Path(self):
        return r"C:\Program Files\Microsoft Office\root\Office16"

    def get_Workbooks(self):
        return Workbooks(self)

    def get_Hwnd(self):
        return self.window

    def get_ScreenUpdating(self):
        return self.state["ScreenUpdating"]

    def put_ScreenUpdating(self, value):
        self.state["ScreenUpdating"] = value

    def get_EnableEvents(self):
        return self.state["EnableEvents"]

    def put_EnableEvents(self, value):
        self.state["EnableEvents"] = value

    def get_Calculation(self):
        return self.state["Calculation"]

    def put_Calculation(self, value):
        self.state["Calculation"] = value

    def get_StatusBar(self):
        return self.state["StatusBar"]

    def put_StatusBar(self, value):
        self.state["StatusBar"] = value

    def get_DisplayAlerts(self):
        return self.state["DisplayAlerts"]

    def put_DisplayAlerts(self, value):
        self.state["DisplayAlerts"] = value


class Workbooks(Collection):
    """The workbooks that are open."""

    IID = "{000208DB-0000-0000-C000-000000000046}"

    def __init__(self, application):
        """Of the application."""
        self.application = application

    def things(self):
        """All of them."""
        return self.application.opened

    def do_Open(self, Filename, UpdateLinks=None, ReadOnly=None, Format=None, Password=None, *_others):
        """Excel's, asked for a plain workbook only."""
        assert all(given is None for given in (UpdateLinks, ReadOnly, Format, Password))
        return Workbook(self.application, Filename)


class Workbook(Played):
    """A workbook file, opened."""

    IID = "{000208DA-0000-0000-C000-000000000046}"

    def __init__(self, application, path):
        """Open it."""
        self.application = application
        self.book = open_book(path).impl
        self.front = self.book.sheets(1).name
        # Passwords of the protected sheets, and the sheets a table of which is filtered.
        self.locked = {sheet.name: "" for sheet in OUTPUT_SHEETS}
        self.filtered = frozenset()
        application.opened.append(self)

    def typed(self):
        """SaveAs and Close are called with names for their arguments."""
        return True

    def argument(self, sheet, address):
        """A range as VBA hands it to a function."""
        found = self.book.sheets(sheet)
        return shown(Argument(Worksheet(self, found), found.range(address)))

    def get_Name(self):
        return self.book.name

    def get_FullName(self):
        return self.book.fullname

    def get_Application(self):
        return self.application

    def do_Activate(self):
        """Excel's; nobody looks at which is in front."""

    def get_Path(self):
        return str(Path(self.book.fullname).parent)

    def get_FileFormat(self):
        return _MACRO_WORKBOOK

    def do_SaveAs(self, Filename, FileFormat=None, Password=None):
        """Excel's, of whose arguments these are used."""
        assert FileFormat == _MACRO_WORKBOOK
        assert Password is None
        assert self.application.state["Calculation"] == _AUTOMATIC, "the file would put a whole session into it"
        self.book.save(Filename)

    def do_Close(self, SaveChanges=None):
        """Excel's."""
        assert SaveChanges is False
        self.application.opened.remove(self)
        self.book.close()

    def get_Worksheets(self):
        return Sheets(self)

    def get_Names(self):
        return Names(self)


class Sheets(Collection):
    """The sheets."""

    IID = "{000208D7-0000-0000-C000-000000000046}"

    def __init__(self, workbook):
        """Of a workbook."""
        self.workbook = workbook

    def things(self):
        """All of them."""
        return [Worksheet(self.workbook, sheet) for sheet in self.workbook.book.sheets]


class Names(Collection):
    """The defined names."""

    IID = "{000208B8-0000-0000-C000-000000000046}"

    def __init__(self, workbook):
        """Of a workbook."""
        self.workbook = workbook

    def things(self):
        """All of them."""
        return [Name(self.workbook, name) for _, name in self.workbook.book.names.snapshot()]


class Name(Played):
    """A defined name."""

    IID = "{000208B9-0000-0000-C000-000000000046}"

    def __init__(self, workbook, name):
        """One of our engine's."""
        self.workbook, self.name = workbook, name

    def get_Name(self):
        return self.name.name

    def get_RefersTo(self):
        return self.name.refers_to


class Worksheet(Played):
    """One sheet."""

    IID = "{000208D8-0000-0000-C000-000000000046}"

    def __init__(self, workbook, sheet):
        """One of our engine's."""
        self.workbook, self.sheet = workbook, sheet

    def get_Name(self):
        return self.sheet.name

    def get_Index(self):
        return self.sheet.index

    def get_Parent(self):
        return self.workbook

    def get_Application(self):
        return self.workbook.application

    def get_Visible(self):
        return -1 if self.sheet.visible else 0

    def refuse_writing(self):
        """As Excel does where a sheet is protected; a block into filtered rows Excel would spoil without a word."""
        if self.get_ProtectContents() or self.get_Name() in self.workbook.filtered:
            raise COMException(f"{self.get_Name()} is protected or filtered", winerror.DISP_E_EXCEPTION)

    def get_FilterMode(self):
        """Of a range; what Excel says of tables hangs on the active cell."""
        return self.get_Name() in self.workbook.filtered and not list(self.sheet.tables)

    def get_ProtectContents(self):
        return self.get_Name() in self.workbook.locked

    def get_Protection(self):
        return Protection()

    def do_Unprotect(self, Password=None):
        """Excel's; without a password it would ask for one in a box."""
        assert Password is not None
        if self.workbook.locked[self.get_Name()] != Password:
            raise COMException("the password is wrong", winerror.DISP_E_EXCEPTION)
        del self.workbook.locked[self.get_Name()]

    def get_ProtectDrawingObjects(self):
        return True

    def get_ProtectScenarios(self):
        return True

    def get_ProtectionMode(self):
        return False

    def do_Protect(self, Password, DrawingObjects, Contents, Scenarios, UserInterfaceOnly, *allowed):
        """Excel's, with all its arguments: protected as it was."""
        assert (Password, DrawingObjects, Contents, Scenarios, UserInterfaceOnly) == ("", True, True, True, False)
        assert len(allowed) == 11
        assert allowed[1:3] == (True, True)
        assert not any(allowed[:1] + allowed[3:])
        self.workbook.locked[self.get_Name()] = ""

    def do_Activate(self):
        self.workbook.front = self.sheet.name

    def get_UsedRange(self):
        return Range(self, self.sheet.used_range)

    def get_Cells(self):
        return Range(self, self.sheet.cells)

    def get_Range(self, Cell1, Cell2=None):
        if isinstance(Cell1, str):
            return Range(self, self.sheet.range(Cell1))
        first, last = Cell1.cells.area, (Cell2 or Cell1).cells.area
        return Range(self, self.sheet.range((first.top, first.left), (last.bottom, last.right)))

    def get_Comments(self):
        return Comments(self)

    def get_ListObjects(self):
        return Tables(self)


class Tables(Collection):
    """The tables of a sheet."""

    IID = "{00024470-0000-0000-C000-000000000046}"

    def __init__(self, worksheet):
        """Of a sheet."""
        self.worksheet = worksheet

    def things(self):
        """All of them."""
        return [Table(self.worksheet, table) for table in self.worksheet.sheet.tables]


class Table(Played):
    """One table."""

    IID = "{00024471-0000-0000-C000-000000000046}"

    def __init__(self, worksheet, table):
        """One of our engine's."""
        self.worksheet, self.table = worksheet, table

    def get_Name(self):
        return self.table.name

    def get_Range(self):
        return Range(self.worksheet, self.table.range)

    def do_Resize(self, Range):
        """Excel's."""
        self.table.resize(xw.Range(impl=Range.cells))

    def get_AutoFilter(self):
        return Filter(self.worksheet.get_Name() in self.worksheet.workbook.filtered)

    def get_ShowTotals(self):
        return self.table.show_totals

    def get_TotalsRowRange(self):
        return Range(self.worksheet, self.table.totals_row_range)


class Filter(Played):
    """The filter buttons of a table."""

    IID = "{00024432-0000-0000-C000-000000000046}"

    def __init__(self, hides):
        """Whether they hide rows."""
        self.hides = hides

    def get_FilterMode(self):
        return self.hides


class Protection(Played):
    """What may be done on a protected sheet: as the template's output sheets are protected."""

    IID = "{00024467-0000-0000-C000-000000000046}"

    def get_AllowFormattingCells(self):
        return False

    def get_AllowFormattingColumns(self):
        return True

    def get_AllowFormattingRows(self):
        return True

    def get_AllowInsertingColumns(self):
        return False

    def get_AllowInsertingRows(self):
        return False

    def get_AllowInsertingHyperlinks(self):
        return False

    def get_AllowDeletingColumns(self):
        return False

    def get_AllowDeletingRows(self):
        return False

    def get_AllowSorting(self):
        return False

    def get_AllowFiltering(self):
        return False

    def get_AllowUsingPivotTables(self):
        return False
