"""The `libreoffice` engine: xlwings over workbooks that are open in LibreOffice Calc.

From outside, with a LibreOffice of our own (its own profile and pipe, no window, gone when we are):

    from jixiao.engines.libreoffice import open_book

    with open_book("绩效考核.xlsm") as book:
        book.sheets["参数"].range("B2").value = 2024

Inside LibreOffice, on the document in front: `attach(context)`, then `book_of(context, document)`.
"""

import atexit
import os

import xlwings as xw

from jixiao.engines.calc.app import CalcApp
from jixiao.engines.calc.office import RemoteSession, Session
from jixiao.engines.calc.unoapi import Uno
from jixiao.engines.impl_app import EngineImpl

NAME = "libreoffice"


def register() -> xw.Engine:
    """Make the engine known to xlwings, once, without making it the active one; nothing is started yet."""
    if NAME not in [engine.name for engine in xw.engines]:
        xw.engines.add(xw.Engine(impl=EngineImpl(NAME, CalcApp)))
        atexit.register(_app().quit)
    return xw.engines[NAME]


def open_book(path: str | os.PathLike[str]) -> xw.Book:
    """Open a workbook in LibreOffice, which is started for us when there is none yet.

    Raises OfficeError when LibreOffice is missing, does not start or does not answer, WorkbookError when the file is
    no usable workbook.
    """
    register()
    return xw.Book(impl=_app().books.open(os.fspath(path)))


def connect(pipe: str) -> None:
    """Work from now on with a LibreOffice somebody else started with `--accept=pipe,name=…;urp;`.

    It is never stopped from here. Raises OfficeError when none listens or it does not answer.
    """
    register()
    _app().use(RemoteSession(pipe))


def attach(context: Uno) -> None:
    """Inside LibreOffice: register the engine over this very process and make it the active one."""
    engine = register()
    if not _app().in_process:
        _app().use(Session(context))
    engine.activate()


def book_of(context: Uno, document: Uno) -> xw.Book:
    """Inside LibreOffice: a spreadsheet document that is open there, as the active book."""
    attach(context)
    return xw.Book(impl=_app().book_of(document))


def quit_office() -> None:
    """Close what was opened here without saving, and stop LibreOffice if it was started here."""
    register()
    _app().quit()


def _app() -> CalcApp:
    app: CalcApp = xw.engines[NAME].apps.impl.add()
    return app
