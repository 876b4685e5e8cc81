"""校验结果 may be filtered while it is protected, and the next 校验数据 shows every line again."""

import re
import shutil
from pathlib import Path

import pytest

from jixiao import buttons
from jixiao.cli import main
from jixiao.engines import libreoffice
from jixiao.engines.file import open_book
from tests.engines import files
from tests.workbooks import EXAMPLE

SHEET = "校验结果"
CHOICE = '<filterColumn colId="0"><filters><filter val="错误"/></filters></filterColumn>'
HIDDEN = range(4, 12)


@pytest.fixture
def checked(tmp_path: Path) -> Path:
    """The example with its findings listed."""
    path = Path(shutil.copy(EXAMPLE, tmp_path / "年.xlsm"))
    assert main(["check", str(path)]) in {0, 1}
    return path


def part_of(path: Path) -> str:
    """The part of 校验结果: the only sheet with a filter of its own."""
    return next(
        name for name in files.parts(path) if "worksheets/sheet" in name and "<autoFilter" in files.text(path, name)
    )


def hidden(path: Path) -> set[int]:
    """The rows of 校验结果 that are hidden."""
    rows = re.findall(r'<row r="(\d+)"[^>]*hidden="1"', files.text(path, part_of(path)))
    return {int(row) for row in rows}


def filtered(xml: str) -> str:
    """As Excel saves it: the choice, and the rows it leaves out."""
    for row in HIDDEN:
        xml = xml.replace(f'<row r="{row}"', f'<row r="{row}" hidden="1"', 1)
    return re.sub(r'<autoFilter ref="([^"]+)"/>', rf'<autoFilter ref="\1">{CHOICE}</autoFilter>', xml)


@pytest.mark.parametrize("command", ["check", "score"])
def test_every_line_is_seen_again_in_a_file(checked: Path, command: str):
    """Protects whoever filtered 校验结果 and saved: new lines in rows that stay hidden would be missed."""
    part = part_of(checked)
    files.patch(checked, {part: filtered})
    assert hidden(checked) == set(HIDDEN)
    assert main([command, str(checked)]) in {0, 1}
    assert hidden(checked) == set()
    xml = files.text(checked, part)
    assert re.search(r'<sheetProtection [^>]*autoFilter="0"', xml)
    assert CHOICE in xml, "the choice stays, to be applied again"


def test_checking_again_changes_no_byte(checked: Path):
    before = checked.read_bytes()
    assert main(["check", str(checked)]) in {0, 1}
    assert checked.read_bytes() == before


@pytest.mark.usefixtures("calc")
def test_every_line_is_seen_again_in_calc(checked: Path):
    """The same where LibreOffice holds the workbook, which keeps what may be done on the protected sheet."""
    book = libreoffice.open_book(checked)
    try:
        sheet = book.impl.grid.document.Sheets.getByName(SHEET)
        rows = sheet.getRows()
        for row in HIDDEN:
            rows.getByIndex(row - 1).IsVisible = False
        buttons.check(book)
        last = book.sheets[SHEET].used_range.last_cell.row
        assert last > max(HIDDEN)
        assert all(rows.getByIndex(row - 1).IsVisible for row in range(1, last + 1))
        assert sheet.isProtected()
        book.save()
    finally:
        book.close()
    assert hidden(checked) == set()
    assert re.search(r'<sheetProtection [^>]*autoFilter="0"', files.text(checked, part_of(checked)))
    with open_book(checked) as saved:
        assert saved.sheets[SHEET].range("A4").value in {"错误", "警告", "提示"}
