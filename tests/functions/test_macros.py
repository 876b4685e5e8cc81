"""The door behind the ribbon: every button has its action, and whatever happens ends in one Chinese sentence."""

import re
import shutil

import pytest
import xlwings as xw
from lxml import etree
from openpyxl import Workbook

from jixiao import buttons, macros
from jixiao.engines.file import open_book
from jixiao.engines.impl_book import SheetImpl
from tests.workbooks import EXAMPLE, ROOT, TEMPLATE

RIBBON = ROOT / "addin" / "ribbon" / "customUI14.xml"


@pytest.fixture
def press(monkeypatch, tmp_path):
    """Press a button on a copy of the example, or of another workbook."""

    def run(action, source=EXAMPLE, edit=None):
        file = tmp_path / source.name
        shutil.copy(source, file)
        with open_book(file) as book:
            if edit:
                edit(book)
            monkeypatch.setattr(xw.Book, "caller", staticmethod(lambda: book))
            sentence = macros.press(action)
            for other in [each for each in book.app.books if each != book]:  # what 年度结转 leaves open
                other.close()
            return sentence

    return run


def tags():
    return {
        button.get("tag") for button in etree.parse(RIBBON).iter("{*}button") if button.get("onAction") == "JxPress"
    }


def test_every_button_has_an_action_and_every_action_a_button():
    assert tags() == macros.ACTIONS.keys() - {"warm"}


@pytest.mark.parametrize(
    ("action", "says"),
    [
        ("check", "校验完了：错误 0 条，警告 2 条"),
        ("score", "12 个科室的得分、名次和等次都算好了"),
        ("simulate", "还没有要模拟的改动"),
        ("next_year", "已在同一文件夹生成 2025 年的工作簿“绩效考核-2025.xlsm”"),
        ("explain", ""),
        ("guide", ""),
        ("warm", ""),
    ],
)
def test_a_button_answers_in_one_sentence(press, action, says):
    sentence = press(action)
    assert sentence.startswith(says)
    assert bool(sentence) is bool(says)
    assert not re.search("[A-Za-z]{4,}", sentence.replace(".xlsm", ""))


def test_errors_are_counted_and_shown(press):
    def plant(book):
        book.sheets["任务台账"]["F4"].value = "已完成"

    assert press("score", edit=plant).startswith("!能算的都算了，但错误 1 条")
    assert press("check", edit=plant).startswith("校验完了：错误 1 条")


def test_a_blank_workbook_is_no_failure(press):
    assert press("score", TEMPLATE).startswith("能算的都算了，还不到排名的时候")


def test_a_quarter_that_is_ranked_is_told_and_shown(press):
    def plant(book):
        for column in "EFG":
            book.sheets["任务台账"][f"{column}4:{column}70"].clear_contents()
        book.sheets["履职测评"]["A4:I500"].clear_contents()
        fronts.append(book)

    fronts: list[xw.Book] = []
    assert press("score", edit=plant).startswith("一季度已经排名，见“季度得分”；全年的要等各项填齐")
    assert fronts[0].impl.front == "季度得分"


@pytest.mark.parametrize(("action", "hidden"), [("score", "考核结果"), ("check", "校验结果"), ("guide", "使用说明")])
def test_a_hidden_sheet_stays_hidden_and_spoils_nothing(press, monkeypatch, action, hidden):
    monkeypatch.setattr(SheetImpl, "visible", property(lambda sheet: sheet.name != hidden))
    said = {"score": "12 个科室", "check": "校验完了", "guide": "!“使用说明”表被隐藏了"}
    assert press(action).startswith(said[action])


def test_an_impossible_setting_is_told(press):
    def plant(book):
        book.sheets["参数"]["B6"].value = 3

    assert press("score", edit=plant).startswith("!没有计算：错误")
    assert press("explain", edit=plant).startswith("!没有写")


def test_another_workbook_is_refused(press, tmp_path):
    other = tmp_path / "源" / "别的.xlsx"
    other.parent.mkdir()
    Workbook().save(other)
    for action in ("check", "score", "explain", "simulate", "next_year", "guide"):
        assert press(action, other).startswith("!"), action


def test_a_bug_is_told_shortly_and_logged(press, monkeypatch, tmp_path):
    monkeypatch.setenv("JIXIAO_LOG", str(tmp_path / "log.txt"))
    monkeypatch.setattr(buttons, "check", lambda _: 1 / 0)
    assert press("check").startswith("!程序内部出错")
    assert "ZeroDivisionError" in (tmp_path / "log.txt").read_text("utf-8")
