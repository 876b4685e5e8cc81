"""The engine as xlwings sees it: registering, opening, closing, and what it does not offer."""

import gc
import os
import subprocess
import sys
import weakref

import pytest
import xlwings as xw

from jixiao.engines.file import open_book, register
from tests.engines import files


@pytest.fixture
def path(tmp_path):
    return files.make(tmp_path / "书.xlsx", lambda book: book.add_worksheet("表").write("A1", 1))


def test_registering_twice_is_registering_once(path):
    assert register().name == register().name == "file"
    assert [engine.name for engine in xw.engines].count("file") == 1
    with open_book(path):
        assert xw.engines.active is not None


def test_xlwings_own_ways_in_work(path):
    register().activate()
    with xw.Book(path) as book:
        assert book.sheets["表"].range("A1").value == 1
        assert xw.Book(path) == book
        assert xw.books.active.name == "书.xlsx"
        book.set_mock_caller()
        assert xw.Book.caller().sheets["表"]["A1"].value == 1
    with xw.App() as app:
        app.books.open(path)
        assert [opened.name for opened in app.books] == ["书.xlsx"]
    assert len(xw.books) == 0


def test_two_books_at_once_of_one_name_or_file(path, tmp_path):
    folder = tmp_path / "另"
    folder.mkdir()
    other = files.make(folder / "书.xlsx", lambda book: book.add_worksheet("表").write("A1", "另"))
    with open_book(path) as one, open_book(other) as two, open_book(path) as three:
        one.sheets["表"].range("A1").value = "改"
        assert two.sheets["表"].range("A1").value == "另"
        assert three.sheets["表"].range("A1").value == 1
        assert one.sheets["表"].range((1, 1), (2, 2)).value == [["改", None], [None, None]]
    assert len(register().apps.impl.add().books) == 0


def test_closing_frees_the_file_and_closing_twice_does_nothing(path):
    book = open_book(path)
    raw = weakref.ref(book.impl.grid._parts)
    book.close()
    book.close()
    gc.collect()
    assert raw() is None


@pytest.mark.parametrize(
    "use",
    [
        lambda book: book.sheets[0].range("A1").column_width,
        lambda book: setattr(book.sheets[0].range("A1"), "column_width", 5),
        lambda book: book.sheets[0].range("A1").delete(),
        lambda book: book.sheets[0].charts.add(),
        lambda book: book.sheets[0].api.Cells,
        lambda book: book.sheets[0].range("A1").api.Interior,
        lambda book: setattr(book.sheets[0], "name", "改名"),
        lambda book: setattr(book.sheets[0], "visible", False),
        lambda book: book.to_pdf(),
        lambda book: book.app.macro("X")(),
    ],
)
def test_what_is_not_offered_fails_loudly(path, use):
    with open_book(path) as book, pytest.raises((NotImplementedError, AttributeError), match=r"jixiao|setter"):
        use(book)


def test_a_range_without_cells_writes_nothing(path):
    with open_book(path) as book:
        nothing = book.sheets["表"].range("A1:B2")[0:0, :]
        assert nothing.api is None
        nothing.value = 5
        nothing.clear_contents()
        assert book.sheets["表"].range("A1").value == 1


def test_zero_based_addresses_are_refused(path):
    with open_book(path) as book, pytest.raises(IndexError):
        book.sheets["表"].range((0, 1))


def test_importing_the_package_loads_neither_xlwings_nor_lxml():
    code = "import sys, jixiao.engines; print([name for name in ('xlwings', 'lxml', 'pandas') if name in sys.modules])"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
