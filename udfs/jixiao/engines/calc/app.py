"""xlwings' application over a LibreOffice: what buttons set while they work is set in the open documents."""

from collections.abc import Callable
from pathlib import Path

from jixiao.engines.calc.grid import CalcGrid
from jixiao.engines.calc.office import OwnOffice, Session
from jixiao.engines.calc.unoapi import Uno
from jixiao.engines.grid import Grid
from jixiao.engines.impl_app import AppImpl, EngineImpl
from jixiao.engines.impl_book import BookImpl
from jixiao.engines.package import Package

_EXCEL_FILES = (".xlsx", ".xlsm")
_MANUAL, _AUTOMATIC = "manual", "automatic"


class Modes(str):
    """How the active workbook calculates, which also knows how every other one does: set back, each gets its own."""

    __slots__ = ("automatic",)

    automatic: dict[CalcGrid, bool]

    @classmethod
    def of(cls, grids: list[CalcGrid]) -> "Modes":
        """As they are now; the last one is the active one."""
        automatic = {grid: grid.automatic for grid in grids}
        modes = cls(_MANUAL if grids and not automatic[grids[-1]] else _AUTOMATIC)
        modes.automatic = automatic
        return modes


class CalcApp(AppImpl):
    """One LibreOffice; started for us when nothing else was said before the first workbook."""

    __slots__ = ("_office", "_screen", "_status")

    def __init__(self, engine: EngineImpl) -> None:
        """Nothing is started yet."""
        self._office: Session | None = None
        self._screen = True
        self._status: str | bool = False
        super().__init__(engine, self._open)

    @property
    def office(self) -> Session:
        """The LibreOffice, started now if need be; OfficeError when that fails."""
        if self._office is None:
            self._office = OwnOffice()
        return self._office

    def use(self, office: Session) -> None:
        """Work with this LibreOffice from now on; one that was started here stops."""
        if self._office is not None:
            self.quit()
        self._office = office

    @property
    def in_process(self) -> bool:
        """Whether we run inside LibreOffice."""
        return type(self._office) is Session

    def quit(self) -> None:
        """Close every workbook without saving, and a LibreOffice that was started here."""
        for book in list(self.books):
            book.close()
        if self._office is not None:
            self._office.close()
            self._office = None

    def book_of(self, document: Uno) -> BookImpl:
        """A document that is open already, as a book and the active one; the same book for the same document."""
        for book in self.books:
            if isinstance(book.grid, CalcGrid) and not book.grid.alive:
                book.forget()
        number = document.RuntimeUID
        known = next((book for book in self.books if _number(book) == number), None)
        if known is None:
            return self.books.adopt(CalcGrid(self.office, document))
        self.books.bring_forward(known)
        return known

    @property
    def pid(self) -> int:
        """The process of the LibreOffice."""
        return self.office.pid

    @property
    def screen_updating(self) -> bool:
        """Whether windows follow what is written."""
        return self._screen

    @screen_updating.setter
    def screen_updating(self, value: bool) -> None:
        self._screen = value
        self._each(lambda grid: grid.rest(resting=not value))

    @property
    def calculation(self) -> str:
        """`automatic` or `manual`, as the active workbook has it; set back, it is for each as that one had it."""
        return Modes.of(self._grids())

    @calculation.setter
    def calculation(self, value: str) -> None:
        if isinstance(value, Modes):
            own = value.automatic  # a workbook opened since is not in it
            self._each(lambda grid: grid.set_automatic(automatic=own.get(grid, grid.automatic)))
        else:
            self._each(lambda grid: grid.set_automatic(automatic=value != _MANUAL))

    @property
    def status_bar(self) -> str | bool:
        """What the status bar says; False when it is LibreOffice's own."""
        return self._status

    @status_bar.setter
    def status_bar(self, value: str | bool) -> None:
        self._status = value
        self._each(lambda grid: grid.tell(value if isinstance(value, str) else None))

    def _grids(self) -> list[CalcGrid]:
        return [book.grid for book in self.books if isinstance(book.grid, CalcGrid)]

    def _each(self, act: Callable[[CalcGrid], None]) -> None:
        """Do something to every document; what one of them raises does so when all have had their turn."""
        failed: Exception | None = None
        for grid in self._grids():
            try:
                act(grid)
            except Exception as error:  # noqa: BLE001 - raised below
                failed = failed or error
        if failed is not None:
            raise failed

    def _open(self, path: Path) -> Grid:
        if path.suffix.lower() in _EXCEL_FILES:
            Package.load(path)  # what is no workbook, or built to hurt, is refused as the file engine does
        return CalcGrid(self.office, self.office.open_document(path))


def _number(book: BookImpl) -> str | None:
    return book.grid.number if isinstance(book.grid, CalcGrid) else None
