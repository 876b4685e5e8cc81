"""Installed as a new user would, used and removed: menu, buttons, formulas from Excel files, nothing left behind."""

import ast
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from addin.build.oxt.package import own_parts, write_extension
from jixiao.engines.calc.formulas import FormulaText
from jixiao.engines.calc.unoapi import struct
from jixiao.engines.file import open_book
from tests.conftest import ROOT
from tests.extension.installed import EXTENSION_ID, Calc
from tests.functions.excel import call
from tests.functions.test_arguments import GROUPS, QUARTERS
from tests.functions.test_macros import tags
from tests.workbooks import EXAMPLE

BUTTONS = sorted(tags() | {"restart", "save"})


@pytest.fixture(scope="module")
def example(calc, user):
    """The example open in a window."""
    document = calc.open(user.own(EXAMPLE), hidden=False)
    yield document
    document.close(True)


@pytest.mark.parametrize("action", BUTTONS)
def test_every_button_has_somebody_who_answers(calc, example, action):
    url = struct("util.URL", Complete=f"{EXTENSION_ID}.button:{action}")
    _, url = calc.service("com.sun.star.util.URLTransformer").parseStrict(url)
    assert example.getCurrentController().getFrame().queryDispatch(url, "_self", 0) is not None


def test_the_toolbar_is_in_every_window_of_calc(calc):
    document = calc.open(hidden=False)
    shown = [each.ResourceURL for each in document.getCurrentController().getFrame().LayoutManager.getElements()]
    assert f"private:resource/toolbar/addon_{EXTENSION_ID}" in shown
    document.close(True)


@pytest.mark.parametrize(
    ("action", "sheet"),
    [
        ("guide", "使用说明"),
        ("check", "校验结果"),
        ("score", "考核结果"),
        ("explain", "得分说明"),
        ("simulate", "模拟测算"),
    ],
)
def test_a_button_does_its_work_on_the_document_in_front(calc, example, action, sheet):
    calc.press(example, action)
    assert example.getCurrentController().getActiveSheet().getName() == sheet


def test_a_scored_workbook_shows_its_scores(calc, example):
    results = example.getSheets().getByName("考核结果")
    results.getCellRangeByName("O4:O15").clearContents(1 | 2 | 4)
    calc.press(example, "score")
    assert results.getCellRangeByName("A4").getValue() == 1
    assert results.getCellRangeByName("O4").getValue() > 90


def excel_file(path, formulas):
    """A file as Excel leaves one: scores in row 1, and formulas below."""
    book = Workbook(path)
    sheet = book.add_worksheet("自用")
    sheet.write_row(0, 0, (*QUARTERS, *GROUPS))
    for row, formula in enumerate(formulas, start=1):
        sheet.write_formula(row, 0, formula, None, 0)
    sheet.write_array_formula(20, 0, 21, 0, "{=JIXIAO_RANK(A1:B1)}")
    book.close()
    return path


def test_saving_is_ours_in_every_window_of_a_workbook(calc, user, tmp_path):
    file = user.own(Path(shutil.copy(EXAMPLE, tmp_path / "另一个.xlsm")))
    document = calc.open(file, hidden=False)
    calc.command(document, ".uno:NewWindow")
    document.getSheets().getByName("考勤").getCellRangeByName("F4").setString("记下")
    calc.command(document, ".uno:Save")
    assert not document.isModified()
    document.close(True)
    with open_book(file) as book:
        assert book.sheets["考勤"].range("F4").value == "记下"
    with ZipFile(file) as saved, ZipFile(EXAMPLE) as before:
        assert set(before.namelist()) <= set(saved.namelist())


def test_any_other_document_is_saved_as_ever(calc, user):
    document = calc.open(hidden=False)
    place = calc.uno.systemPathToFileUrl(str(user.home / "别的.ods"))
    document.storeAsURL(place, ())
    document.getSheets().getByIndex(0).getCellRangeByName("A1").setString("记下")
    calc.command(document, ".uno:Save")
    assert not document.isModified()
    document.close(True)
    document = calc.desktop.loadComponentFromURL(place, "_blank", 0, ())
    assert document.getSheets().getByIndex(0).getCellRangeByName("A1").getString() == "记下"
    document.close(True)


@pytest.mark.parametrize("hidden", [True, False], ids=["hidden", "window"])
def test_formulas_from_an_excel_file_are_bound(calc, user, tmp_path, hidden):
    written = ("=JIXIAO_SCORE(A1:D1,E1:G1)", "=_xll.JIXIAO_SCORE(A1:D1,E1:G1)", "=1+_xludf.JIXIAO_SCORE(A1:D1,E1:G1)")
    document = calc.open(user.own(excel_file(tmp_path / f"自用{hidden}.xlsx", written)), hidden=hidden)
    sheet = document.getSheets().getByName("自用")
    score = call("JIXIAO_SCORE", QUARTERS, GROUPS)
    assert [row[0] for row in sheet.getCellRangeByName("A2:A4").getDataArray()] == [score, score, score + 1]
    assert sheet.getCellRangeByName("A21:A22").getDataArray() == ((2.0,), (1.0,))
    assert not document.isModified()
    assert not document.getUndoManager().isUndoPossible()
    document.close(True)


def test_a_file_saved_by_libreoffice_opens_with_its_figures(calc, user):
    document = calc.open()
    cell = document.getSheets().getByIndex(0).getCellRangeByName("A1")
    cell.setFormula("=JIXIAO_PERFORMANCE({90;91;92;93})")
    place = calc.uno.systemPathToFileUrl(str(user.home / "自用.ods"))
    document.storeToURL(place, ())
    document.close(True)
    document = calc.desktop.loadComponentFromURL(place, "_blank", 0, ())
    document.calculateAll()
    assert document.getSheets().getByIndex(0).getCellRangeByName("A1").getValue() == 92.2
    document.close(True)


def test_a_formula_goes_back_to_excel_under_its_own_name(typing):
    typing.formula("=1+JIXIAO_SCORE(A2:D2;E2:G2)")
    inside = typing.sheet.getCellByPosition(0, 0).getFormula()
    assert FormulaText(typing.document).to_excel(inside, (0, 1, 1)) == "=1+JIXIAO_SCORE(A2:D2,E2:G2)"


def test_removed_it_leaves_nothing(extension, new_user):
    user = new_user()
    user.unopkg("add", "--suppress-license", str(user.own(extension)))
    assert EXTENSION_ID in user.unopkg("list")
    with Calc(user) as running:
        assert typed(running).getValue() == 92.2

    user.unopkg("remove", EXTENSION_ID)
    assert EXTENSION_ID not in user.unopkg("list")
    with Calc(user) as running:
        assert typed(running).getError() == 525  # no such name
        document = running.open(hidden=False)
        shown = [each.ResourceURL for each in document.getCurrentController().getFrame().LayoutManager.getElements()]
        assert not [url for url in shown if EXTENSION_ID in url]
    assert not [path for path in user.profile.rglob("*") if "jixiao" in path.name]


def typed(calc):
    """The cell of a new sheet in which a function of ours is typed."""
    cell = calc.open().getSheets().getByIndex(0).getCellRangeByName("A1")
    cell.setFormula("=JIXIAO_PERFORMANCE({90;91;92;93})")
    return cell


@pytest.mark.parametrize(
    ("needed", "says"),
    [(b"(3, 11)", "不是给这台电脑上的 LibreOffice 用的"), (b"(4, 0)", "绩效考核要 4.0 以上")],
    ids=["libraries", "python"],
)
def test_a_python_it_cannot_run_on_is_named(new_user, tmp_path, needed, says):
    """Without its libraries, or under a Python too old, every cell says so in one sentence."""
    parts = own_parts()
    bridge = parts["component.py"].replace(b"NEEDED = (3, 11)", b"NEEDED = " + needed)
    assert needed in bridge
    ast.parse(bridge, feature_version=(3, 7))  # so that an old one can read it at all
    user = new_user()
    made = write_extension(tmp_path / "绩效考核.oxt", parts | {"component.py": bridge})
    user.unopkg("add", "--suppress-license", str(user.own(made)))
    with Calc(user) as running:
        sentence = typed(running).getString()
    assert sentence.startswith("#绩效:")
    assert says in sentence


def test_one_built_for_another_python_leaves_every_file_whole(new_user, tmp_path):
    """Only the libraries fail, and late: buttons answer, Ctrl+S saves whatever loses nothing by it."""
    sources = (ROOT / "udfs" / "jixiao").rglob("*.py")
    own = {f"python/{path.relative_to(ROOT / 'udfs').as_posix()}": path.read_bytes() for path in sources}
    user = new_user()
    made = write_extension(tmp_path / "绩效考核.oxt", own_parts() | own)
    user.unopkg("add", "--suppress-license", str(user.own(made)))
    with Calc(user) as running:
        file = user.own(EXAMPLE)
        document = running.open(file, hidden=False)
        document.getSheets().getByName("考勤").getCellRangeByName("F4").setString("记下")
        running.press(document, "check")
        running.command(document, ".uno:Save")
        assert document.isModified()
        document.close(True)
        assert file.read_bytes() == EXAMPLE.read_bytes()
        test_any_other_document_is_saved_as_ever(running, user)
