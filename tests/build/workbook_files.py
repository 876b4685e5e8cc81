"""The built workbooks as the tests look at them, and a fresh build to compare with."""

import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped, unused-ignore]  # no stubs among our dependencies

from jixiao.sheets.declare import Sheet

ROOT = Path(__file__).resolve().parents[2]
TEMPLATE = ROOT / "workbook/绩效考核.xlsm"
EXAMPLE = ROOT / "workbook/示例/绩效考核-2024示例.xlsm"
ADDIN = ROOT / "addin/绩效考核.xlam"
PACKAGED = {TEMPLATE: ROOT / "udfs/jixiao/data/template.xlsm", EXAMPLE: ROOT / "udfs/jixiao/data/example.xlsm"}
BOOKS = tuple(PACKAGED)
BOOK_IDS = ("template", "example")

TITLE, PURPOSE, HEADER, FIRST = 1, 2, 3, 4  # rows
GUIDE_SHEET, LIST_SHEET = "使用说明", "下拉选项"
SERVICE_SHEETS = ("jixiao.texts",)
HIDDEN_SHEETS = (LIST_SHEET, *SERVICE_SHEETS)
REACH = {"ballots": 200_003}  # last row that checks and hints must reach
USUAL_REACH = 5_003


def build_into(folder: Path) -> None:
    """Run the build as a contributor does."""
    path = os.pathsep.join(filter(None, (str(ROOT / "udfs"), os.environ.get("PYTHONPATH"))))
    command = [sys.executable, "-m", "addin.build", "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, env=os.environ | {"PYTHONPATH": path}, capture_output=True)


@cache
def fresh_build() -> Path:
    """A folder with a fresh build, made once for all tests."""
    folder = Path(tempfile.mkdtemp(prefix="jixiao-build-"))
    build_into(folder)
    return folder


@cache
def load(path: Path) -> Any:
    """The workbook, for reading only."""
    return openpyxl.load_workbook(path)


@cache
def load_cached(path: Path) -> Any:
    """The workbook with the values its formulas were last seen to give."""
    return openpyxl.load_workbook(path, data_only=True)


@cache
def rules() -> dict[str, Any]:
    """The rules' data file."""
    return tomllib.loads((ROOT / "udfs/jixiao/policy/data/2024.toml").read_text(encoding="utf-8"))


def parts(path: Path) -> list[tuple[str, bytes]]:
    """Entry names in order, each with its uncompressed bytes."""
    with zipfile.ZipFile(path) as file:
        return [(name, file.read(name)) for name in file.namelist()]


def header_row(worksheet: Any, row: int = HEADER) -> list[str]:
    """The texts of a row, without the empty cells."""
    return [cell.value for cell in worksheet[row] if cell.value is not None]


def filled(worksheet: Any, columns: int) -> list[list[Any]]:
    """The data rows that hold something."""
    rows = worksheet.iter_rows(min_row=FIRST, max_col=columns, values_only=True)
    return [list(row) for row in rows if any(value is not None for value in row)]


def validations_of(worksheet: Any, cell: str) -> list[Any]:
    """The checks that hold for a cell."""
    return [each for each in worksheet.data_validations.dataValidation if cell in each.sqref]


def place_of(sheet: Sheet, key: str) -> str:
    """Column letter of a declared column."""
    return chr(ord("A") + [column.key for column in sheet.columns].index(key))
