"""Numbers, names and dates in every form the program reads are read by the formulas too."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped, unused-ignore]
from openpyxl.workbook import Workbook

from tests.office.office import Office
from tests.recheck.sheet import AGREES, OPEN, Recheck, read_sheet, recheck, score
from tests.workbooks import EXAMPLE

FORMS = {
    "任务台账!D4": "95%",
    "任务台账!D5": "９５％",
    "任务台账!D6": "0.95",
    "任务台账!D7": "97.5%",
    "任务台账!D8": "不涉及",
    "任务台账!E8": "—",
    "任务台账!F8": "／",
    "任务台账!C4": "1.5",
    "任务台账!C5": "１.２",
    "任务台账!A4": "党政办",
    "任务台账!A5": " 综 合 办 ",
    "科室!B4": "１.05",
    "科室!B5": "96%",
    "科室!E6": "民政科、老民政，民政股；社会事务办",
    "任务台账!A15": "社会事务办",
    "履职测评!B4": "班子成员 ",
    "履职测评!E4": "优",
    "履职测评!F4": "B",
    "履职测评!G4": "c",
    "履职测评!H4": "９５",
    "履职测评!I4": "88",
    "履职测评!B112": "科室负责人",
    "履职测评!D112": "党 建 办",
    "履职测评!D6": "社会事务办",
    "加减分!A14": "综治办　",
    "加减分!F14": "2",
    "加减分!F15": "１.5",
    "加减分!G8": "2024年3月5日",
    "加减分!G9": "2023.12.20",
    "加减分!K10": "50%",
    "加减分!D4": "ZS 01",
    "加减分!H17": "待认定",
    "考勤!D9": "0.5",
    "历年结果!A19": "2023年",
    "历年结果!D20": "4",
    "参数!B6": "50%",
    "参数!B7": "0.5",
    "参数!B36": "３",
    "参数!B35": "仅 最后取整",
    "参数!B38": "履职评价得分，减分",
}


def test_every_form_of_an_entry_is_read(office: Office, tmp_path: Path) -> None:
    def edit(book: Workbook) -> None:
        for place, value in FORMS.items():
            sheet, cell = place.split("!")
            book[sheet][cell] = value

    found = _scored(office, tmp_path, edit)
    assert (found.verdict, found.reasons, found.claimed) == (AGREES, {}, 1)


@pytest.mark.parametrize(("shown", "counts"), [("0.0%", True), ("General", False)])
def test_more_than_all_counts_in_percent_cells_alone(shown: str, counts: bool, office: Office, tmp_path: Path) -> None:
    """110% is a rate where 完成率上限 allows it; the number 1.1 is not, and only the cell's format tells them apart."""

    def edit(book: Workbook) -> None:
        book["参数"]["B22"] = 1.2
        book["任务台账"]["D4"] = 1.1
        book["任务台账"]["D4"].number_format = shown

    found = _scored(office, tmp_path, edit)
    assert (found.verdict, found.reasons, found.claimed) == (AGREES, {}, 1)
    assert (found.lines["综合办"]["一季度得分"] != "") is counts


def test_a_number_means_what_its_cell_shows(office: Office, tmp_path: Path) -> None:
    """95 in a plain cell is 95 %, a mark of 1 is one point, one of 90 % no mark; what is an 错误 leaves a gap."""

    def edit(book: Workbook) -> None:
        plain: dict[str, object] = {"D4": 95, "D5": "96", "E4": 88.5, "D9": 1.5, "E10": -0.5, "F11": 120}
        for cell, value in plain.items():
            book["任务台账"][cell] = value
            book["任务台账"][cell].number_format = "General"
        book["任务台账"]["G12"] = 95  # in a percent cell: 9500 %
        for cell, mark in {"E4": 1, "F4": 0.5, "E5": "Ａ", "F6": 101, "G7": "ｃ"}.items():
            book["履职测评"][cell] = mark
        book["履职测评"]["E8"] = 0.9
        book["履职测评"]["E8"].number_format = "0%"

    found = _scored(office, tmp_path, edit)
    assert (found.verdict, found.reasons, found.claimed) == (AGREES, {}, 1)


def test_rows_past_the_table(office: Office, tmp_path: Path) -> None:
    """Entries far below the end of a table, after a gap, count as for the program."""

    def edit(book: Workbook) -> None:
        for column, value in enumerate(("纪委监委", "补报", 2, 0.5, 0.5, 0.5, 0.5), start=1):
            book["任务台账"].cell(400, column).value = value
        for column, value in enumerate(("纪委监委", "表彰", "补录", "BZ9", "国家级", None), start=1):
            book["加减分"].cell(300, column).value = value
        book["加减分"]["G300"] = datetime(2024, 3, 1)  # noqa: DTZ001 - a cell knows no zone
        book["加减分"]["H300"] = "云发1号"

    found = _scored(office, tmp_path, edit)
    assert (found.verdict, found.reasons, found.claimed) == (AGREES, {}, 1)
    assert found.lines["纪委监委"]["加分"] == 5


def test_rows_and_columns_may_move(office: Office, example: Path) -> None:
    """Sheets reshaped in the usual ways are still read where their headers stand; a column gone is said to be gone."""
    steps = (
        ("insert rows", "任务台账", 10, 3),
        ("remove rows", "任务台账", 10, 3),
        ("insert rows", "任务台账", 0, 1),
        ("insert rows", "履职测评", 200, 5),
        ("insert columns", "履职测评", 2, 1),
        ("insert columns", "加减分", 0, 2),
        ("move", "任务台账", "C1:C500", "R1"),
        ("remove columns", "加减分", 12, 1),
    )
    *kept, gone = [read_sheet(rows) for rows in office.reshaped(example, steps)]
    assert [found.verdict for found in kept] == [AGREES] * len(kept)
    assert gone.verdict == OPEN
    assert "少了" in gone.reasons["加减分、考勤都能识别"]


def _scored(office: Office, folder: Path, edit: Callable[[Workbook], None]) -> Recheck:
    file = folder / "绩效考核.xlsm"
    book = load_workbook(EXAMPLE, keep_vba=True)
    edit(book)
    book.save(file)
    return recheck(office, score(file))
