"""What Excel 2016 demands of the formulas as they stand in the file, and what nobody should see."""

import re
import zipfile
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped, unused-ignore]
from openpyxl.worksheet.formula import ArrayFormula  # type: ignore[import-untyped, unused-ignore]

from jixiao.sheets.recheck import RECHECK_SHEET
from tests.workbooks import EXAMPLE, TEMPLATE

# All in Excel 2010 and LibreOffice 7.4; none needs a prefix in the file or gives a dynamic array.
KNOWN = {
    *("ABS", "AND", "CELL", "CHAR", "CHOOSE", "COLUMN", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "DATEVALUE"),
    *("EXACT", "FALSE", "FIND", "FREQUENCY", "IF", "IFERROR", "INDEX", "INT", "ISBLANK", "ISERROR", "ISNUMBER"),
    *("ISTEXT", "LEFT", "LEN", "LOOKUP", "MATCH", "MAX", "MID", "MIN", "MMULT", "MOD", "NA", "OR", "REPT", "RIGHT"),
    *("ROUND", "ROW", "SMALL", "SUBSTITUTE", "SUM", "SUMIFS", "SUMPRODUCT", "TEXT", "TRANSPOSE", "TRIM", "TRUE"),
    *("VALUE", "YEAR"),
}
LONGEST, DEEPEST = 8192, 64
_TEXT = re.compile(r'"(?:[^"]|"")*"')


@cache
def formulas(file: Path) -> dict[str, str]:
    """Every formula of the sheet, its workings and its names, by place, without the texts in it."""
    book = load_workbook(file)
    found = {f"name {name}": str(item.value) for name, item in book.defined_names.items()}
    for sheet in book.worksheets:
        if sheet.title.startswith("复核") or sheet.title == RECHECK_SHEET:
            for row in sheet.iter_rows():
                for cell in row:
                    value = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                    if isinstance(value, str) and value.startswith("="):
                        found[f"{sheet.title}!{cell.coordinate}"] = value
    return found


@pytest.mark.parametrize("file", [TEMPLATE, EXAMPLE], ids=["template", "example"])
def test_every_function_is_known_to_excel_2016(file: Path) -> None:
    used = {name for text in formulas(file).values() for name in re.findall(r"([A-Z.]+)\(", _TEXT.sub("", text))}
    assert used <= KNOWN
    assert not any("_xl" in text for text in formulas(file).values())


def test_no_formula_is_too_long_or_too_deep() -> None:
    for place, text in formulas(TEMPLATE).items():
        assert len(text) <= LONGEST, place
        depth = deepest = 0
        for mark in _TEXT.sub("", text):
            depth += (mark == "(") - (mark == ")")
            deepest = max(deepest, depth)
        assert depth == 0, place
        assert deepest <= DEEPEST, place


def test_no_word_in_a_formula_is_a_name_nobody_defined() -> None:
    """A misspelt name would be #NAME? only where it is reached."""
    book = load_workbook(TEMPLATE)
    known = set(book.defined_names) | set(book.sheetnames)
    for place, text in formulas(TEMPLATE).items():
        words = set(re.findall(r"[\u4e00-\u9fff][\w\u4e00-\u9fff]*", _TEXT.sub("", text)))
        assert words <= known, place


def test_the_page_holds_no_english() -> None:
    sheet = load_workbook(TEMPLATE)[RECHECK_SHEET]
    texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
    shown = [text for text in texts if not text.startswith("=")]
    shown += [word for text in texts if text.startswith("=") for word in _TEXT.findall(text)]
    assert shown
    assert not any(re.search("[A-Za-z]", text) for text in shown)


def test_the_workings_cost_little() -> None:
    """50,000 cells of workings are a few hundred in the file, and nothing in them is cached."""
    with zipfile.ZipFile(TEMPLATE) as file:
        workings = [raw for raw in map(file.read, file.namelist()) if b'codeName="shtRecheck' in raw]
        packed = sum(item.compress_size for item in file.infolist())
    hidden = [raw for raw in workings if not re.search(b'codeName="shtRecheck"', raw)]
    assert len(hidden) == 8
    assert sum(raw.count(b"<c ") for raw in hidden) < 3000
    assert not any(b"</f><v>" in raw for raw in hidden)
    assert packed < 300_000
