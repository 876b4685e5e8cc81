"""The buttons clicked with the mouse in a real window, and the box that answers read and closed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from jixiao.engines.file import open_book
from tests.conftest import need
from tests.extension.installed import Calc
from tests.extension.screen import PUSH_BUTTON, Screen, Windows, missing
from tests.waiting import until
from tests.workbooks import EXAMPLE

BOX = "绩效考核"
QUESTION = "Save Document?"
MAIN = f"{EXAMPLE.name} - LibreOffice Calc"


@pytest.fixture
def screen() -> Iterator[Screen]:
    """A screen to look at."""
    need(not missing(), " ".join(missing()))
    shown = Screen()
    yield shown
    shown.close()


def test_the_toolbar_and_the_menu_are_clicked_and_answer(screen, colleague):
    file = colleague.own(EXAMPLE)
    plain = {"SAL_USE_VCLPLUGIN": "gen"}  # the one that is always installed
    calc = Calc(colleague, "--nofirststartwizard", more=screen.environment | plain)
    try:
        document = calc.open(file, hidden=False)
        windows = Windows(calc, screen)

        windows.click(PUSH_BUTTON, "校验数据", MAIN)
        told = answer(windows, screen, "窗口-1-校验")
        assert told == "校验完了：错误 0 条，警告 2 条，提示 9 条。逐条列在“校验结果”表里。"
        assert in_front(document) == "校验结果"

        windows.choose("绩效考核", "计算得分", MAIN)
        told = answer(windows, screen, "窗口-2-计算")
        assert told.startswith("12 个科室的得分、名次和等次都算好了：错误 0 条，警告 2 条，提示 9 条。")
        assert "不要用 LibreOffice“另存为”，那样会丢掉：Excel 里的宏" in told
        assert in_front(document) == "考核结果"
        assert best(document.getSheets().getByName("考核结果").getCellRangeByName("A4:B4").getDataArray()) == "党建办"

        column = document.getSheets().getByName("科室").getColumns().getByIndex(0)
        width, column.Width = column.Width, 9000
        windows.click(PUSH_BUTTON, "保存工作簿", MAIN)
        assert answer(windows, screen, "窗口-3-写不进").startswith("没有保存：列宽的改动写不进 Excel 工作簿")
        assert file.read_bytes() == EXAMPLE.read_bytes()
        windows.press("ctrl+s", MAIN, lambda: windows.shows(BOX))
        assert answer(windows, screen, "窗口-4-写不进").startswith("没有保存：列宽的改动写不进 Excel 工作簿")
        assert file.read_bytes() == EXAMPLE.read_bytes()
        column.Width = width
        windows.click(PUSH_BUTTON, "保存工作簿", MAIN)
        assert answer(windows, screen, "窗口-5-保存").startswith("已保存，Excel 里的宏和按钮都在")
        assert not document.isModified()
        with open_book(file) as book:
            assert best([book.sheets["考核结果"].range("A4:B4").value]) == "党建办"

        note = document.getSheets().getByName("考勤").getCellRangeByName("F4")
        note.setString("按 Ctrl+S 保存")
        windows.press("ctrl+s", MAIN, lambda: not document.isModified())
        assert saved_note(file) == "按 Ctrl+S 保存"
        note.setString("关闭时保存")
        windows.press("ctrl+w", MAIN, lambda: windows.shows(QUESTION))
        windows.click(PUSH_BUTTON, "Save", QUESTION)
        until(lambda: not document.isModified(), "nothing is saved on closing")
        assert saved_note(file) == "关闭时保存"
        # Closing only saved: LibreOffice goes on to close after its own saving alone.
        windows.press("ctrl+w", MAIN, lambda: not windows.shows(MAIN))
    finally:
        calc.close()


def answer(windows: Windows, screen: Screen, picture: str) -> str:
    """What the message box says; it is closed."""
    told = windows.text(BOX)
    screen.picture(picture)
    windows.click(PUSH_BUTTON, "OK", BOX)
    assert windows.gone(BOX)
    return told


def saved_note(file: Path) -> Any:
    """What the file says in the cell that was typed into; every part that Excel needs is there."""
    assert parts(EXAMPLE) <= parts(file)
    with open_book(file) as book:
        return book.sheets["考勤"].range("F4").value


def parts(file: Path) -> set[str]:
    """The parts of a workbook file."""
    with ZipFile(file) as package:
        return set(package.namelist())


def best(rows: Any) -> str:
    """Who comes first."""
    ((place, name),) = rows
    assert place == 1
    return str(name)


def in_front(document: Any) -> str:
    """The name of the sheet in front."""
    return str(document.getCurrentController().getActiveSheet().getName())
