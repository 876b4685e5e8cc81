"""The example with the slips of other programs' users in it, all that one workbook can hold at once."""

import shutil
from pathlib import Path

import xlwings as xw

from jixiao.engines.file import open_book
from tests.workbooks import EXAMPLE

SERIAL = 45461.0  # 2024-6-18, as Excel counts days
TICKED = {"L4:L9": True, "L10:L10": False}


def slipped(folder: Path) -> Path:
    """Ticked cells, totals, footers, numbers that read as identifiers, a date without its format, typed zeros."""
    path = folder / "别人出过的错.xlsm"
    shutil.copy(EXAMPLE, path)
    with open_book(path) as book:
        for edit in (_tick, _add_up, _sign, _number, _forget_formats, _type_zeros):
            edit(book)
        book.save()
    return path


def _tick(book: xw.Book) -> None:
    """是 and 否 as Excel 2024's check boxes in cells."""
    for area, ticked in TICKED.items():
        cells = book.sheets["加减分标准"].range(area)
        cells.value = [[ticked]] * cells.rows.count
    book.sheets["人员"].range("E4").value = False


def _add_up(book: xw.Book) -> None:
    """Totals typed below the entries."""
    for sheet, place, line in (
        ("任务台账", "A67", ["合计", None, 63.5]),
        ("履职测评", "A427", ["平均分", None, None, None, 87.2, 87.2, 87.2, 87.2, 87.2]),
        ("加减分", "A27", ["合　计", None, None, None, None, 12]),
        ("考勤", "A17", ["合计", 13000]),
    ):
        book.sheets[sheet].range(place).value = line


def _sign(book: xw.Book) -> None:
    """Lines to sign, and notes, below them."""
    for sheet, place, words in (
        ("任务台账", "A69", "填表人：李雯　　审核人：陈志远"),
        ("履职测评", "A429", "监票人：　　　计票人："),
        ("加减分", "A29", "注：以上加分均经党委会研究。"),
        ("考勤", "A19", "制表：综合办"),
    ):
        book.sheets[sheet].range(place).value = words


def _number(book: xw.Book) -> None:
    """One and the same work as 1 and 01, ballot 001 as the number 1."""
    book.sheets["加减分"].range("D4").value = 1
    book.sheets["加减分"].range("D5").value = "'01"
    ballots = book.sheets["履职测评"]
    for row in range(4, 15):
        ballots.range((row, 1)).number_format, ballots.range((row, 1)).value = "000", 1


def _forget_formats(book: xw.Book) -> None:
    """A date pasted as values, a slash where nothing is taken off."""
    cell = book.sheets["加减分"].range("G4")
    cell.number_format, cell.value = "General", SERIAL
    book.sheets["考勤"].range("D4").value = "'/"


def _type_zeros(book: xw.Book) -> None:
    """A ballot somebody left empty, typed as five zeros."""
    book.sheets["履职测评"].range("E4:I4").value = [0, 0, 0, 0, 0]
