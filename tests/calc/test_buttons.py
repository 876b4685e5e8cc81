"""Every button leaves the same in a running LibreOffice as in a file."""

import datetime as dt
from pathlib import Path

import pytest

from jixiao import buttons
from jixiao.engines import libreoffice
from jixiao.engines.file import open_book
from tests.calc.twins import differences, twins
from tests.workbooks import EXAMPLE, TEMPLATE

pytestmark = pytest.mark.usefixtures("calc")


def faulty(folder: Path) -> Path:
    """The example with slips of many kinds: what a cell can hold that it should not."""
    path = folder / "有错.xlsm"
    with open_book(EXAMPLE) as book:
        tasks, points = book.sheets["任务台账"], book.sheets["加减分"]
        tasks.range("D4").value = "'95"
        tasks.range("E4").value = "'=1+1"
        tasks.range("E5").value = dt.datetime(2024, 3, 5)  # noqa: DTZ001 - a cell has no zone
        tasks.range("D6").value = 1.7
        tasks.range("F6").number_format, tasks.range("F6").value = "0%", 0.8
        tasks.range("A7").value = "没有这个科室"
        tasks.range("C8").value = None
        points.range("A4").value = "'001"
        book.sheets["科室"].range("B5").value = "甲\n乙"
        book.sheets["履职测评"].range("E6").value = 120
        book.impl.grid.write_results("任务台账", {(9, 4): ("NA()", "#N/A"), (9, 5): ('""', "")})
        book.save(str(path))
    return path


@pytest.mark.parametrize("make", [lambda _: EXAMPLE, faulty, lambda _: TEMPLATE], ids=["example", "faulty", "blank"])
def test_every_button_writes_the_same_cells(make, tmp_path):
    with twins(make(tmp_path), tmp_path) as (in_file, in_calc):
        assert differences(in_file, in_calc) == []
        for button in (buttons.check, buttons.score, buttons.explain, buttons.simulate):
            there, here = button(in_file), button(in_calc)
            assert getattr(here, "lines", None) == getattr(there, "lines", None)
            assert differences(in_file, in_calc) == [], button.__name__


def test_a_second_scoring_changes_no_cell(tmp_path):
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        buttons.score(in_calc)
        before = shown(in_calc)
        buttons.score(in_calc)
        assert shown(in_calc) == before


def shown(book):
    """The values of every visible sheet."""
    return {sheet.name: sheet.used_range.options(ndim=2).value for sheet in book.sheets if sheet.visible}


def test_native_formulas_confirm_what_was_scored_in_calc(tmp_path):
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        buttons.score(in_calc)
        verdicts = in_calc.sheets["公式复核"].range("A2").value
        assert verdicts == "一致"


def test_calc_is_left_as_it_was(tmp_path):
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        app, document = in_calc.app, in_calc.impl.grid.document
        before = (app.screen_updating, app.enable_events, app.calculation, app.status_bar)
        buttons.check(in_calc)
        assert (app.screen_updating, app.enable_events, app.calculation, app.status_bar) == before
        assert document.isAutomaticCalculationEnabled()
        assert not document.hasControllersLocked()
        assert document.getUndoManager().getAllUndoActionTitles()[0] == "绩效考核", "one step takes all of it back"


def test_the_next_year_is_made_beside_it(tmp_path):
    with twins(EXAMPLE, tmp_path) as (in_file, in_calc):
        there, here = buttons.next_year(in_file), buttons.next_year(in_calc)
        assert (here.year, here.notices) == (there.year, there.notices)
        assert here.path.parent == Path(in_calc.fullname).parent
        with open_book(there.path) as one, open_book(here.path) as other:
            assert differences(one, other) == []
        for book in [*in_file.app.books, *in_calc.app.books]:
            if book.name == here.path.name:
                book.close()


def test_a_document_open_in_libreoffice_is_one_book(tmp_path):
    """What the add-in does inside LibreOffice: a book over the document in front, the same one each time."""
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        app = in_calc.impl.app
        assert app.book_of(in_calc.impl.grid.document) is in_calc.impl
        assert app.books.active is in_calc.impl
        assert in_calc.app.engine.name == libreoffice.NAME
