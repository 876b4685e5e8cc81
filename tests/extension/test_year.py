"""A small year from the blank template to the saved file: typed, checked, mended, scored, followed, opened again."""

import shutil
import subprocess
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.checks.town import EXPECTED, FIGURES, PLACES, town
from tests.conftest import need
from tests.extension.desk import Desk
from tests.extension.installed import Calc
from tests.extension.year import HEADERS, type_year
from tests.workbooks import TEMPLATE

OWN = "自己算"
# The sheet, the cell, what is there by mistake, and what belongs there.
MISTAKES = (("任务台账", "E5", "已完成", "80%"), ("履职测评", "F6", "120", "80"))
# 综合办 again, from its tasks on; the group scores are copied from 考核结果.
FORMULAS = {
    **{
        f"{own}1": f"=JIXIAO_QUARTER($任务台账.{rates}4:{rates}5;$任务台账.C4:C5;$科室.B4)"
        for own, rates in zip("ABCD", "DEFG", strict=True)
    },
    **dict(zip(("E1", "F1", "G1"), ("85", "90", "75"), strict=True)),
    "H1": "=JIXIAO_SCORE(A1:D1;E1:G1;2)",
}


@pytest.fixture
def open_desk(colleague) -> Iterator[Callable[[Path], Desk]]:
    """Opens a workbook in a LibreOffice that was just started; the one before is closed."""
    need(shutil.which("pdftoppm"), "poppler's pdftoppm")
    running: list[Calc] = []

    def start(path: Path) -> Desk:
        close()
        running.append(Calc(colleague))
        return Desk(running[0], colleague, running[0].open(path, hidden=False))

    def close() -> None:
        if running:
            running.pop().close()

    yield start
    close()


def test_a_year_from_the_blank_template_to_the_saved_file(open_desk, colleague, validator):
    file = colleague.own(TEMPLATE)
    desk = open_desk(file)
    type_year(desk, town())
    for sheet, address, slip, _ in MISTAKES:
        desk.type(sheet, address, slip)
    desk.picture("1-填写", "任务台账")

    desk.press("check")
    assert desk.front() == "校验结果"
    assert errors(desk) == [("T04", "任务台账", "E5"), ("B05", "履职测评", "F6")]
    desk.picture("2-校验", "校验结果")
    for sheet, address, _, right in MISTAKES:
        desk.type(sheet, address, right)
    desk.press("check")
    assert errors(desk) == []
    only_notice = [(line["类型"], line["工作表"], line["单元格"]) for line in desk.rows("校验结果", HEADERS)]
    assert only_notice == [("提示", "加减分", "D5")], "the bonus matter that was entered twice"

    desk.press("score")
    assert desk.front() == "考核结果"
    assert results(desk) == expected()
    desk.picture("3-结果", "考核结果")
    assert rechecked(desk) == dict.fromkeys(EXPECTED, "一致")
    desk.picture("4-复核", "公式复核")

    desk.document.getSheets().insertNewByName(OWN, 0)
    for address, text in FORMULAS.items():
        desk.type(OWN, address, text)
    assert shown(desk, OWN, "H1") == EXPECTED["综合办"][-1]
    desk.type("任务台账", "G5", "80%")
    assert shown(desk, OWN, "H1") == 85.1, "82.5×70%＋84.5×30%＋2"
    desk.press("score")
    assert results(desk)["综合办"][FIGURES.index("考核得分")] == 85.1
    assert rechecked(desk) == dict.fromkeys(EXPECTED, "一致")
    desk.picture("5-改动", OWN)

    left = {name: everything(desk, name) for name in ("考核结果", "季度得分", "公式复核", "任务台账", "履职测评", OWN)}
    desk.press("save")
    assert not desk.document.isModified()
    subprocess.run([validator, str(file)], check=True, capture_output=True, timeout=60)
    with zipfile.ZipFile(file) as now, zipfile.ZipFile(TEMPLATE) as before:
        kept = [name for name in before.namelist() if "vba" in name.lower() or name.startswith("customUI/")]
        assert "xl/vbaProject.bin" in kept
        assert all(now.read(name) == before.read(name) for name in kept)

    desk = open_desk(file)
    for name, cells in left.items():
        assert everything(desk, name) == cells, name
    desk.picture("6-重新打开", "考核结果")
    desk.type("任务台账", "G5", "100%")
    assert shown(desk, OWN, "H1") == EXPECTED["综合办"][-1]
    desk.press("score")
    assert results(desk) == expected()


def errors(desk: Desk) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of what must be mended."""
    lines = desk.rows("校验结果", HEADERS)
    return [(line["代码"], line["工作表"], line["单元格"]) for line in lines if line["类型"] == "错误"]


def results(desk: Desk) -> dict[str, tuple[Any, ...]]:
    """Figures, place and grade of every department as 考核结果 shows them."""
    lines = desk.rows("考核结果", HEADERS)
    return {line["科室"]: (*(line[header] for header in FIGURES), line["名次"], line["等次"]) for line in lines}


def expected() -> dict[str, tuple[Any, ...]]:
    """The same worked by hand."""
    return {name: (*EXPECTED[name], *place) for name, place in PLACES.items()}


def rechecked(desk: Desk) -> dict[str, str]:
    """The verdict on every department once all formulas have been recalculated."""
    desk.document.calculateAll()
    assert shown(desk, "公式复核", "A2") == "一致"
    return {line["科室"]: line["复核结论"] for line in desk.rows("公式复核", 8) if line["科室"]}


def shown(desk: Desk, sheet: str, address: str) -> Any:
    """A cell's value."""
    return desk.sheet(sheet).getCellRangeByName(address).getDataArray()[0][0]


def everything(desk: Desk, sheet: str) -> Any:
    """All values of a sheet."""
    cursor = desk.sheet(sheet).createCursor()
    cursor.gotoEndOfUsedArea(True)
    return cursor.getDataArray()
