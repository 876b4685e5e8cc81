"""The buttons as Excel's VBA presses them, through xlwings' Windows engine; `inside/books.py` says what that proves.

One thing is left out: bringing Excel's window to the front, as there is no window.
"""

import shutil
from pathlib import Path

import pytest

from jixiao.cli import main
from tests.windows.wine import HOME
from tests.workbooks import EXAMPLE

FOLDER = rf"{HOME}\Documents\绩效考核"
AT_REST = {"ScreenUpdating": True, "EnableEvents": True, "Calculation": -4105, "StatusBar": False}


@pytest.fixture
def press(installed, excel):
    """Press a button on a copy of a workbook: what it answers, the file, the sheet in front."""

    def run(action: str, source: Path) -> tuple[str, Path, str]:
        place = installed.path(FOLDER) / source.name
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(source, place)
        excel.ask("open", path=rf"{FOLDER}\{source.name}")
        excel.run("import xlwings; xlwings.App.activate = lambda *_, **__: None")
        try:
            answer = excel.udf("jixiao.macros", "press", action, book={"object": "book"})
        finally:
            left = excel.ask("close")
        print(f"\n{action}: {left['calls']:,} calls for members of Excel")
        assert {name: left[name] for name in AT_REST} == AT_REST
        return answer, place, left["front"]

    return run


def score(file: Path, target: Path) -> bytes:
    """What the command line makes of a workbook."""
    assert main(["score", str(file), "-o", str(target)]) == 0
    return target.read_bytes()


def test_what_is_scored_over_com_is_scored(press, tmp_path):
    """The command line, which writes the file itself, finds nothing to change, not a byte."""
    answer, scored, front = press("score", EXAMPLE)
    assert answer.startswith("12 个科室的得分、名次和等次都算好了")
    assert front == "考核结果"
    assert score(scored, tmp_path / "再算.xlsm") == scored.read_bytes()


def test_what_is_scored_is_left_alone_over_com(press, tmp_path):
    before = score(EXAMPLE, tmp_path / "算过.xlsm")
    answer, after, front = press("check", tmp_path / "算过.xlsm")
    assert answer.startswith("校验完了：错误 0 条，警告 2 条")
    assert front == "校验结果"
    assert after.read_bytes() == before
