"""A document that is open in Calc, and its sheets as wholes."""

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

from jixiao.engines.calc.carry import Told
from jixiao.engines.calc.formulas import FormulaText
from jixiao.engines.calc.numbers import NumberFormats
from jixiao.engines.calc.office import Session
from jixiao.engines.calc.saving import Origin
from jixiao.engines.calc.unoapi import Uno, gone, path_of
from jixiao.errors import OfficeError, WorkbookError

_Made = TypeVar("_Made")


def watched(driver: type[_Made]) -> type[_Made]:
    """Every public method of a driver as calls to LibreOffice, which may not answer."""

    def asking(method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def call(self: "CalcDocument", *arguments: object, **options: object) -> object:
            with self.session.asking():
                return method(self, *arguments, **options)

        return call

    for name, member in list(vars(driver).items()):
        if isinstance(member, property) and member.fget is not None:
            setattr(driver, name, property(asking(member.fget), doc=member.__doc__))
        elif callable(member) and not name.startswith("_"):
            setattr(driver, name, asking(member))
    return driver


@watched
class CalcDocument:
    """One document open in Calc. Everything is asked for afresh: the person before the screen may change it."""

    def __init__(self, session: Session, document: Uno) -> None:
        """The document stays open when the grid goes, unless it is closed here."""
        self.session = session
        self._kept: dict[tuple[str, str], Any] | None = None
        self._indicator: Uno = None
        self._hold(document)

    def _hold(self, document: Uno) -> None:
        self.document = document
        self.formats = NumberFormats(document)
        self.formulas = FormulaText(document)
        self.number = str(document.RuntimeUID)
        self.told = Told()
        self.origin = Origin.of(document)
        if self.origin is not None and self.origin.uncalculated:
            document.calculateAll()

    # -- its sheets

    @property
    def fullname(self) -> str:
        """The absolute path of its file; the window's title before it has one."""
        path = path_of(str(self.document.getURL()))
        return str(self.document.Title) if path is None else str(path)

    def sheet_names(self) -> list[str]:
        """Sheet names in tab order."""
        return list(self.document.Sheets.ElementNames)

    def active_sheet(self) -> str:
        """The name of the sheet in front."""
        controller = self.document.getCurrentController()
        return self.sheet_names()[0] if controller is None else str(controller.getActiveSheet().getName())

    def show_sheet(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        controller = self.document.getCurrentController()
        if controller is not None:
            controller.setActiveSheet(self.sheet(sheet))

    def sheet_visible(self, sheet: str) -> bool:
        """Whether its tab is shown."""
        return bool(self.sheet(sheet).IsVisible)

    def protected(self, sheet: str) -> bool:
        """Whether it is protected."""
        return self._while_resting("protected", sheet, lambda name: bool(self.sheet(name).isProtected()))

    def protect(self, sheet: str) -> None:
        """Protect it without a password."""
        self.sheet(sheet).protect("")
        self._forget("protected", sheet)

    def unprotect(self, sheet: str) -> None:
        """Take its protection away; WorkbookError when that needs a password."""
        target = self.sheet(sheet)
        target.unprotect("")
        self._forget("protected", sheet)
        if target.isProtected():
            raise WorkbookError(f"工作表“{sheet}”设有密码保护，不能写入，请先撤销保护再试。")

    def add_sheet(self, name: str, before: str | None) -> None:
        """Insert an empty sheet before another one, or at the end."""
        present = self.sheet_names()
        if name.casefold() in {other.casefold() for other in present}:
            raise ValueError(f"a sheet named {name!r} exists already")
        self.document.Sheets.insertNewByName(name, len(present) if before is None else present.index(before))

    # -- the program around it

    def calculate(self) -> None:
        """Calculate every formula anew."""
        self.document.calculateAll()

    def rest(self, *, resting: bool) -> None:
        """Between the two calls the screen stands still, and what a person does later is undone in one step."""
        undo = self.document.getUndoManager()
        if resting:
            self._kept = {}
            self.document.lockControllers()
            undo.enterUndoContext("绩效考核")
        elif self._kept is not None:
            self._kept = None
            try:
                undo.leaveUndoContext()
            finally:
                self.document.unlockControllers()  # a window left locked shows nothing any more

    @property
    def automatic(self) -> bool:
        """Whether formulas follow their inputs by themselves."""
        return bool(self.document.isAutomaticCalculationEnabled())

    def set_automatic(self, *, automatic: bool) -> None:
        """Let formulas follow their inputs, or wait."""
        self.document.enableAutomaticCalculation(automatic)

    def tell(self, step: str | None) -> None:
        """Show a step in the status bar, or nothing more."""
        controller = self.document.getCurrentController()
        if step is not None and self._indicator is None and controller is not None:
            self._indicator = controller.getFrame().createStatusIndicator()
        if self._indicator is None:
            return
        if step is None:
            self._indicator.end()
            self._indicator = None  # only the one that was started can end
        else:
            self._indicator.start(step, 0)

    @property
    def alive(self) -> bool:
        """Whether the document is still open."""
        try:
            return bool(self.document.RuntimeUID)
        except Exception as error:
            if gone(error):
                return False
            raise

    def reopen(self, path: Path) -> None:
        """Hold another file instead: the document is closed, without saving, and that one opened in its place."""
        opened = self.session.open_document(path)
        self._close()
        self._hold(opened)

    def follow(self) -> None:
        """Let go of the file it was opened from once 另存为 gave it another, which LibreOffice wrote itself."""
        if self.origin is not None and self.origin.path != path_of(str(self.document.getURL())):
            self.origin = None

    def close(self) -> None:
        """Close the document without saving; nothing to do where it, or its LibreOffice, is gone."""
        with suppress(OfficeError):
            self._close()

    def _close(self) -> None:
        with self.session.asking():
            self.document.close(True)

    # -- what the driver asks

    def sheet(self, name: str) -> Uno:
        """A sheet by its name; KeyError when it is gone."""
        return self._while_resting("sheet", name, self._find_sheet)

    def _find_sheet(self, name: str) -> Uno:
        sheets = self.document.Sheets
        if not sheets.hasByName(name):
            raise KeyError(name)
        return sheets.getByName(name)

    def _while_resting(self, what: str, sheet: str, ask: Callable[[str], _Made]) -> _Made:
        """An answer that holds for as long as nobody but us can change the document."""
        if self._kept is None:
            return ask(sheet)
        if (what, sheet) not in self._kept:
            self._kept[what, sheet] = ask(sheet)
        answer: _Made = self._kept[what, sheet]
        return answer

    def _forget(self, what: str, sheet: str) -> None:
        if self._kept is not None:
            self._kept.pop((what, sheet), None)
