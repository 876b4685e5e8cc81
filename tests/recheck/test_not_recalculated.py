"""Until the program at hand has recalculated, every verdict reads 未重算: never a stale all-clear."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped, unused-ignore]

from jixiao.cli import main
from jixiao.sheets.recheck import BLOCKS, RECHECK_SHEET
from jixiao.text import NOT_CALCULATED
from tests.engines import files
from tests.office.office import Office
from tests.recheck.sheet import AGREES
from tests.workbooks import EXAMPLE, TEMPLATE

VERDICTS = 2 + 10 + 60


def verdicts(file: Path) -> list[object]:
    """The cached values of all verdict cells, found by the names the program uses."""
    book = load_workbook(file, data_only=True)
    return list(_cells(book))


def _cells(book: object) -> Iterator[object]:
    for name in BLOCKS:
        ((sheet, area),) = book.defined_names[name].destinations  # type: ignore[attr-defined]
        block = book[sheet][area.replace("$", "")]  # type: ignore[index]
        rows = block if isinstance(block, tuple) else ((block,),)
        yield from (cell.value for row in rows for cell in row)


@pytest.mark.parametrize("file", [TEMPLATE, EXAMPLE], ids=["template", "example"])
def test_as_built(file: Path) -> None:
    assert verdicts(file) == [NOT_CALCULATED] * VERDICTS


def test_as_scored(example: Path) -> None:
    assert verdicts(example) == [NOT_CALCULATED] * VERDICTS


@pytest.mark.parametrize("command", ["score", "check"])
def test_an_all_clear_does_not_outlive_a_run(command: str, example: Path, tmp_path: Path) -> None:
    """A workbook that a spreadsheet program calculated and saved says 一致; after the next run it says 未重算."""
    file = tmp_path / "算过.xlsm"
    _all_clear(example, file)
    assert verdicts(file) == [AGREES] * VERDICTS
    assert main([command, str(file)]) == 0
    assert verdicts(file) == [NOT_CALCULATED] * VERDICTS
    before = file.read_bytes()
    assert main([command, str(file)]) == 0
    assert file.read_bytes() == before


def test_a_sheet_of_another_spelling_is_reached(example: Path, tmp_path: Path) -> None:
    """Sheets are found by name whatever blanks staff put into it; an all-clear must not survive by one."""
    file = tmp_path / "改过名.xlsm"
    _all_clear(example, file)
    renamed = "公式 复核"
    files.patch(
        file,
        {
            "xl/workbook.xml": lambda xml: xml.replace(f"{RECHECK_SHEET}!", f"'{renamed}'!").replace(
                f'"{RECHECK_SHEET}"', f'"{renamed}"'
            )
        },
    )
    assert verdicts(file) == [AGREES] * VERDICTS
    assert main(["score", str(file)]) == 0
    assert verdicts(file) == [NOT_CALCULATED] * VERDICTS


def test_opened_but_not_recalculated(office: Office, example: Path) -> None:
    """LibreOffice opens a workbook with its cached values, so it must not show a verdict nobody computed."""
    rows = office.pages(example, hard=False)[0]
    shown = {str(value) for row in rows for value in row}
    assert NOT_CALCULATED in shown
    assert not shown & {AGREES, "满足"}


def test_a_workbook_without_the_sheet_is_scored_all_the_same(example: Path, tmp_path: Path) -> None:
    file = tmp_path / "没有复核.xlsm"
    book = load_workbook(example, keep_vba=True)
    del book[RECHECK_SHEET]
    book.save(file)
    assert main(["score", str(file)]) == 0
    assert RECHECK_SHEET not in load_workbook(file, read_only=True).sheetnames


@pytest.mark.parametrize("target", [None, "#REF!", "公式复核!#REF!", "科室!$A$1"])
def test_a_sheet_taken_apart_is_left_alone(target: str | None, example: Path, tmp_path: Path) -> None:
    """Names deleted, or pointing nowhere or elsewhere after rows were deleted: nothing is written by them."""
    file = tmp_path / "拆散.xlsm"
    shutil.copy(example, file)
    book = load_workbook(file, keep_vba=True)
    for name in BLOCKS:
        if target is None:
            del book.defined_names[name]
        else:
            book.defined_names[name].value = target
    book.save(file)
    assert main(["score", str(file)]) == 0


def _all_clear(source: Path, target: Path) -> None:
    """The workbook with 一致 in every verdict, as a spreadsheet program would have saved it."""
    with zipfile.ZipFile(source) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for item in given.infolist():
            content = given.read(item)
            if item.filename.startswith("xl/worksheets/") and f"<v>{NOT_CALCULATED}</v>".encode() in content:
                content = re.sub(f"<v>{NOT_CALCULATED}</v>".encode(), f"<v>{AGREES}</v>".encode(), content)
            made.writestr(item, content)
