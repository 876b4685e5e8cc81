"""The buttons as Excel's VBA presses them, through xlwings' Windows engine; `inside/books.py` says what that proves.

The played Excel is not the window in front, as an Excel behind a browser is not: the sheet comes to the front all the
same, and nobody is told of a fault.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import xlwings as xw

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines.file import open_book
from tests.windows.wine import HOME, USER
from tests.workbooks import EXAMPLE

FOLDER = rf"{HOME}\Documents\绩效考核"
AT_REST = {
    "ScreenUpdating": True,
    "EnableEvents": True,
    "Calculation": -4105,
    "StatusBar": False,
    "DisplayAlerts": True,
}


@dataclass(frozen=True)
class Pressed:
    """What a button answered, the file it was pressed on, the sheet in front, the workbooks it left open beside."""

    answer: str
    file: Path
    front: str
    others: list[str]


@pytest.fixture
def press(installed, excel):
    """Press a button on a copy of a workbook; `closed` says which sheets are protected or filtered."""

    def run(action: str, source: Path, **closed: object) -> Pressed:
        place = installed.path(FOLDER) / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
        excel.ask("open", path=rf"{FOLDER}\{source.name}", **closed)
        try:
            answer = excel.udf("jixiao.macros", "press", action, book={"object": "book"})
            # Only the server's own door: whoever holds more keeps an Excel that was closed in the list of processes.
            assert excel.text("__import__('pythoncom')._GetInterfaceCount()") == "1"
        finally:
            left = excel.ask("close")
        print(f"\n{action}: {left['calls']:,} calls for members of Excel")
        assert {name: left[name] for name in AT_REST} == AT_REST
        return Pressed(answer, place, left["front"], left["others"])

    return run


@pytest.fixture(scope="module")
def scored(tmp_path_factory) -> Path:
    """The example, scored by the command line."""
    target: Path = tmp_path_factory.mktemp("scored") / "算过.xlsm"
    assert main(["score", str(EXAMPLE), "-o", str(target)]) == 0
    return target


def edited(source: Path, target: Path, edit: Callable[[xw.Book], object]) -> Path:
    """A copy of a workbook after `edit`, through our engine for files."""
    shutil.copy(source, target)
    with open_book(target) as book:
        edit(book)
        book.save()
    return target


def test_what_is_scored_over_com_is_scored(press, tmp_path):
    """The command line, which writes the file itself, finds nothing to change, not a byte."""
    pressed = press("score", EXAMPLE)
    assert pressed.answer.startswith("12 个科室的得分、名次和等次都算好了")
    assert pressed.front == "考核结果"
    again = tmp_path / "再算.xlsm"
    assert main(["score", str(pressed.file), "-o", str(again)]) == 0
    assert again.read_bytes() == pressed.file.read_bytes()


def test_what_is_scored_is_left_alone_over_com(press, scored):
    pressed = press("check", scored)
    assert pressed.answer.startswith("校验完了：错误 0 条，警告 2 条")
    assert pressed.front == "校验结果"
    assert pressed.file.read_bytes() == scored.read_bytes()


@pytest.mark.parametrize(
    ("closed", "says"),
    [
        ({"filtered": ["加减分"]}, "!“加减分”表正在筛选，结果写不全，请先清除筛选"),
        ({"filtered": ["考核结果"]}, "!“考核结果”表正在筛选"),
        ({"locked": {"考核结果": "密码"}}, "!“考核结果”表设了密码保护，结果写不进去"),
        ({"locked": {"加减分": "密码"}}, "!“加减分”表设了密码保护"),
    ],
    ids=["filtered-input", "filtered-output", "password-on-output", "password-on-input"],
)
def test_what_could_not_be_written_whole_is_refused_before_anything_is(press, closed, says):
    """Excel puts one value into every row a filter shows, and asks for a password in a box of its own."""
    pressed = press("score", EXAMPLE, **closed)
    assert pressed.answer.startswith(says)
    assert pressed.file.read_bytes() == EXAMPLE.read_bytes()


def test_a_sheet_protected_without_a_password_is_stepped_over(press, scored):
    pressed = press("score", scored, locked={"加减分": "", "公示": ""})
    assert pressed.answer.startswith("12 个科室的得分、名次和等次都算好了")
    assert pressed.file.read_bytes() == scored.read_bytes()


def pick(book: xw.Book) -> None:
    book.sheets["得分说明"]["B2"].value = "城建办"


def propose(book: xw.Book) -> None:
    """On 模拟测算: halves of both, where the plan has 40 and 60 per cent."""
    book.sheets["模拟测算"]["A4"].value = [["前三季度权重", "50%"], ["第四季度权重", "50%"]]


@pytest.mark.parametrize(
    ("action", "prepare", "button", "says", "front"),
    [
        ("explain", pick, buttons.explain, "", "得分说明"),
        ("simulate", propose, buttons.simulate, "云岭镇2024年度：按左边 2 项改动测算", "模拟测算"),
    ],
    ids=["explain", "simulate"],
)
def test_a_button_over_com_writes_what_it_writes_in_a_file(  # noqa: PLR0917 - a case and its fixtures
    press, scored, tmp_path, action, prepare, button, says, front
):
    prepared = edited(scored, tmp_path / "备好.xlsm", prepare)
    expected = edited(prepared, tmp_path / "应得.xlsm", button)
    assert expected.read_bytes() != prepared.read_bytes()
    pressed = press(action, prepared)
    assert pressed.answer.startswith(says)
    assert pressed.front == front
    assert pressed.file.read_bytes() == expected.read_bytes()


def test_the_next_year_made_over_com_is_the_one_the_command_makes(press, scored, tmp_path):
    """Made beside the workbook and left open; the workbook itself is as it was."""
    expected = tmp_path / "下一年.xlsm"
    assert main(["template", "--from", str(scored), "-o", str(expected)]) == 0
    pressed = press("next_year", scored)
    assert pressed.answer.startswith("已在同一文件夹生成 2025 年的工作簿“绩效考核-2025.xlsm”")
    assert pressed.others == ["绩效考核-2025.xlsm"]
    assert pressed.file.read_bytes() == scored.read_bytes()
    made = pressed.file.with_name("绩效考核-2025.xlsm")
    assert made.read_bytes() == expected.read_bytes()
    made.unlink()


def test_the_guide_is_brought_to_the_front(press, scored):
    pressed = press("guide", scored)
    assert not pressed.answer
    assert pressed.front == "使用说明"
    assert pressed.file.read_bytes() == scored.read_bytes()


def test_the_doctor_asks_excel_and_leaves_its_report(press, scored):
    pressed = press("doctor", scored)
    report = pressed.file.with_name("自检报告.txt")
    told = report.read_bytes().decode("utf-8-sig")
    report.unlink()
    assert "Microsoft Excel 16.0.17928，64 位" in told
    assert USER not in told
    assert "自检报告.txt" in pressed.answer
    assert pressed.file.read_bytes() == scored.read_bytes()
