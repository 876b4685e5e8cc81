"""What `score` may change in the file, and that other programs agree about what it wrote."""

import subprocess
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from jixiao.cli import main
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.outputs import OUTPUT_SHEETS
from tests.workbooks import EXAMPLE

NOTES = ("xl/comments1.xml", "xl/drawings/vmlDrawing1.vml")
MAY_FOLLOW = {"xl/workbook.xml", "xl/styles.xml", "xl/calcChain.xml", "[Content_Types].xml"}


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    target = tmp_path_factory.mktemp("scored") / "示例.xlsm"
    assert main(["score", str(EXAMPLE), "-o", str(target)]) == 0
    return target


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def sheet_parts(path: Path) -> dict[str, str]:
    """Sheet names by the part that holds them."""
    names = load_workbook(path, read_only=True).sheetnames
    return {f"xl/worksheets/sheet{number}.xml": name for number, name in enumerate(names, start=1)}


def test_parts_without_output_are_byte_identical(scored):
    before, after = parts(EXAMPLE), parts(scored)
    assert list(after) == [*before, *NOTES]
    changed = {name for name in before if before[name] != after[name]} - MAY_FOLLOW
    written = {sheet.name for sheet in (*OUTPUT_SHEETS, *INPUT_SHEETS) if sheet.outputs}
    sheets = {name: name.replace("/_rels", "").removesuffix(".rels") for name in changed}
    assert {sheet_parts(EXAMPLE).get(part, part) for part in sheets.values()} == written
    assert [name for name, part in sheets.items() if name != part] == [f"xl/worksheets/_rels/{Path(noted()).name}.rels"]


def noted() -> str:
    """The part of the one input sheet of the example with warnings, which get notes."""
    return next(part for part, name in sheet_parts(EXAMPLE).items() if name == "加减分")


def test_no_input_cell_changes(scored):
    before, after = load_workbook(EXAMPLE), load_workbook(scored)
    for declared in INPUT_SHEETS:
        outputs = {column.header for column in declared.outputs}
        was, now = before[declared.name], after[declared.name]
        headers = {cell.column: cell.value for cell in was[3]}
        for row in was.iter_rows():
            for cell in row:
                if headers.get(cell.column) not in outputs:
                    same = now[cell.coordinate]
                    assert (same.value, same._style) == (cell.value, cell._style), cell.coordinate


def test_the_scored_file_passes_microsofts_validator(scored, validator):
    checked = subprocess.run([validator, str(scored)], check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_libreoffice_opens_it_with_the_same_values(scored, soffice, tmp_path):
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path), str(scored)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    ours, theirs = load_workbook(scored, data_only=True), load_workbook(tmp_path / "示例.xlsx", data_only=True)
    compared = 0
    for sheet in OUTPUT_SHEETS:
        for row in ours[sheet.name].iter_rows():
            for cell in row:
                assert theirs[sheet.name][cell.coordinate].value == cell.value, (sheet.name, cell.coordinate)
                compared += cell.value is not None
    assert compared > 400
