"""xlwings' engine, application and book collection over grids."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

from jixiao.engines.grid import Grid
from jixiao.engines.impl_base import Impl
from jixiao.engines.impl_book import BookImpl
from jixiao.engines.values import clean, prepare

OpenGrid = Callable[[Path], Grid]


class EngineImpl(Impl):
    """An engine: a name and its application."""

    __slots__ = ("_apps", "name")

    type: ClassVar[str] = "desktop"

    def __init__(self, name: str, make_app: Callable[["EngineImpl"], "AppImpl"]) -> None:
        """`make_app` gives the one application of this engine."""
        self.name = name
        self._apps = AppsImpl(make_app(self))

    @property
    def apps(self) -> "AppsImpl":
        """The one application, as a collection."""
        return self._apps

    @staticmethod
    def clean_value_data(*arguments: Any) -> list[list[Any]]:  # noqa: ANN401 - see `clean`
        """Read options applied to a block."""
        return clean(*arguments)

    @staticmethod
    def prepare_xl_data_element(value: Any, _options: object) -> Any:  # noqa: ANN401 - see `prepare`
        """One value made fit to be written."""
        return prepare(value)


class AppsImpl(Impl):
    """Always exactly one application."""

    __slots__ = ("_app",)

    def __init__(self, app: "AppImpl") -> None:
        """Hold the application."""
        self._app = app

    def add(self, **_wishes: object) -> "AppImpl":
        """The application there is: none can be started."""
        return self._app

    def keys(self) -> list[int]:
        """Process numbers."""
        return [self._app.pid]

    def __iter__(self) -> Iterator["AppImpl"]:
        """The application."""
        yield self._app

    def __len__(self) -> int:
        """One."""
        return 1

    def __getitem__(self, pid: int) -> "AppImpl":
        """The application by its process number; KeyError for another."""
        if pid != self._app.pid:
            raise KeyError(pid)
        return self._app


class AppImpl(Impl):
    """An application over grids; what is set about its display is only remembered."""

    __slots__ = (
        "_books",
        "calculation",
        "display_alerts",
        "enable_events",
        "engine",
        "interactive",
        "screen_updating",
        "status_bar",
        "visible",
    )

    def __init__(self, engine: EngineImpl, open_grid: OpenGrid) -> None:
        """Settings start as Excel's do."""
        self.engine = engine
        self._books = BooksImpl(self, open_grid)
        self.calculation = "automatic"
        self.display_alerts = True
        self.enable_events = True
        self.interactive = True
        self.screen_updating = True
        self.status_bar: str | bool = False
        self.visible = False

    @property
    def books(self) -> "BooksImpl":
        """The open workbooks."""
        return self._books

    @property
    def pid(self) -> int:
        """This process: there is no other program."""
        return os.getpid()

    def activate(self, _steal_focus: bool = False) -> None:
        """There is no window to bring to the front."""

    def calculate(self) -> None:
        """Recalculate every open workbook as far as its grid can."""
        for book in self._books:
            book.grid.calculate()

    def quit(self) -> None:
        """Close every workbook without saving."""
        for book in list(self._books):
            book.close()


class BooksImpl(Impl):
    """The open workbooks, in the order they were opened."""

    __slots__ = ("_open", "_open_grid", "app")

    def __init__(self, app: AppImpl, open_grid: OpenGrid) -> None:
        """Empty at first."""
        self.app = app
        self._open_grid = open_grid
        self._open: list[BookImpl] = []

    def open(self, fullname: str, *_options: object, **_more: object) -> BookImpl:
        """Open a workbook; what the grid raises passes through."""
        return self.adopt(self._open_grid(Path(os.path.abspath(fullname))))  # noqa: PTH100 - `..` as people mean it

    def adopt(self, grid: Grid) -> BookImpl:
        """A grid that is open already, as a book and the active one."""
        book = BookImpl(self.app, grid, self._open.remove)
        self._open.append(book)
        return book

    def bring_forward(self, book: BookImpl) -> None:
        """Make an open book the active one."""
        self._open.remove(book)
        self._open.append(book)

    @property
    def active(self) -> BookImpl:
        """The workbook opened last."""
        if not self._open:
            raise KeyError("no workbook is open")
        return self._open[-1]

    def __call__(self, key: int | str) -> BookImpl:
        """A workbook by its place from 1 or its file name; KeyError when it is not open."""
        if isinstance(key, int):
            return self._open[key - 1]
        for book in self._open:
            if book.name.casefold() == key.casefold():
                return book
        raise KeyError(key)

    def __len__(self) -> int:
        """How many are open."""
        return len(self._open)

    def __iter__(self) -> Iterator[BookImpl]:
        """Each open workbook."""
        return iter(list(self._open))
