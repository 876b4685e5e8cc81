"""What a button sets in all open documents goes back to what each of them had, whatever one of them refuses."""

from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

import pytest

from jixiao import buttons
from jixiao.engines.calc.app import CalcApp
from jixiao.engines.calc.grid import CalcGrid


class Document:
    """What the application sets in a document, without LibreOffice."""

    def __init__(self, *, automatic: bool = True) -> None:
        self.automatic, self.locks, self.refuses = automatic, 0, False
        self.undo: list[str] = []

    def isAutomaticCalculationEnabled(self):  # noqa: N802 - UNO's name
        return self.automatic

    def enableAutomaticCalculation(self, value):  # noqa: N802 - as above
        self.automatic = value

    def getUndoManager(self):  # noqa: N802 - as above
        return SimpleNamespace(enterUndoContext=self.undo.append, leaveUndoContext=self.leave)

    def leave(self):
        if self.refuses:
            raise RuntimeError("EmptyUndoStackException")
        self.undo.pop()

    def lockControllers(self):  # noqa: N802 - as above
        self.locks += 1

    def unlockControllers(self):  # noqa: N802 - as above
        self.locks -= 1

    def getCurrentController(self):  # noqa: N802 - as above
        return None

    def calculateAll(self):  # noqa: N802 - as above
        pass


def opened(app, document):
    """A document as one more open book, the active one."""
    grid = object.__new__(CalcGrid)
    grid.session, grid.document = SimpleNamespace(asking=nullcontext), document  # type: ignore[assignment]
    grid._kept = grid._indicator = None
    return app.books.adopt(grid)


@pytest.fixture
def app():
    engine: Any = SimpleNamespace(name="no office")
    return CalcApp(engine)


def work(app):
    """What is around every button."""
    book: Any = SimpleNamespace(app=app)
    return buttons._at_work(book, None)


@pytest.mark.parametrize("active", [True, False])
@pytest.mark.parametrize("other", [True, False])
def test_every_document_calculates_as_it_did_before(app, other, active):
    documents = [Document(automatic=other), Document(automatic=active)]
    for document in documents:
        opened(app, document)
    with work(app):
        assert [document.automatic for document in documents] == [False, False]
    assert [document.automatic for document in documents] == [other, active]


@pytest.mark.parametrize("active", [True, False])
def test_a_workbook_made_by_the_button_keeps_its_own_mode(app, active):
    """As 年度结转 does it, with the new workbook in front at the end."""
    documents = [Document(automatic=False), Document(automatic=active)]
    for document in documents:
        opened(app, document)
    with work(app):
        opened(app, made := Document(automatic=False))
        app.calculation = "automatic"
    assert [document.automatic for document in documents] == [False, active]
    assert made.automatic


def test_a_plain_value_is_for_every_document(app):
    documents = [Document(), Document(automatic=False)]
    for document in documents:
        opened(app, document)
    for value in ("manual", "automatic"):
        app.calculation = value
        assert app.calculation == value
        assert {document.automatic for document in documents} == {value == "automatic"}


def test_a_document_that_cannot_be_woken_keeps_no_window_still(app):
    documents = [Document(), Document(), Document()]
    for document in documents:
        opened(app, document)
    with work(app):
        assert [document.locks for document in documents] == [1, 1, 1]
        documents[0].refuses = True
    assert [document.locks for document in documents] == [0, 0, 0]
    assert documents[1].undo == documents[2].undo == []


def test_what_a_document_refuses_is_not_hidden(app):
    documents = [Document(), Document()]
    for document in documents:
        opened(app, document)
    app.screen_updating = False
    documents[0].refuses = True
    with pytest.raises(RuntimeError, match="EmptyUndoStack"):
        app.screen_updating = True
    assert [document.locks for document in documents] == [0, 0]
