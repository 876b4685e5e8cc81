"""What a formula shows whose result is not known, and rows that are hidden or of a set height."""

import subprocess

import openpyxl
import pytest

from jixiao.engines.file import open_book
from tests.engines import files


@pytest.fixture
def path(tmp_path):
    """Results as Excel left them, beside constants of every kind."""

    def build(book):
        sheet = book.add_worksheet("公式复核")
        sheet.write_row("A1", [0.95, "文字", True, "0.95"])
        sheet.write_formula("A2", "=A1*2", None, 1.9)
        sheet.write_formula("B2", '="甲"&"乙"', None, "甲乙")
        sheet.write_formula("C2", "=A1>1", None, False)
        sheet.write_array_formula("D2:D3", "{=A1:A1*2}", None, 1.9)
        sheet.write_string("A3", "=1+1")
        sheet.write_string("B3", "'单引号")
        sheet.write_blank("C3", None, book.add_format({"bold": True}))

    return files.make(tmp_path / "复核.xlsx", build)


def cached(path):
    """Every cell as a program shows it that does not calculate."""
    sheet = openpyxl.load_workbook(path, data_only=True).active
    return {cell.coordinate: cell.value for row in sheet for cell in row}


def test_a_formula_given_back_loses_its_stale_result(path):
    with open_book(path) as book:
        cells = book.sheets[0].range("A2:C2")
        cells.formula = cells.formula
        assert cells.value == ["未重算"] * 3
        book.save()
    assert [cached(path)[cell] for cell in ("A2", "B2", "C2")] == ["未重算"] * 3
    formulas = openpyxl.load_workbook(path).active
    assert [formulas[cell].value for cell in ("A2", "B2", "C2")] == ["=A1*2", '="甲"&"乙"', "=A1>1"]
    assert '<c r="A2" t="str"><f>A1*2</f><v>未重算</v></c>' in files.text(path)
    assert 'fullCalcOnLoad="1"' in files.text(path, "xl/workbook.xml")


def test_a_block_given_back_changes_its_formulas_only(path):
    before = cached(path)
    with open_book(path) as book:
        block = book.sheets[0].range("A1:D3")
        block.formula = block.formula
        book.save()
    after = cached(path)
    assert {cell for cell in before if before[cell] != after[cell]} == {"A2", "B2", "C2"}
    assert {type(before[cell]) for cell in ("A1", "C1", "D1")} == {type(after[cell]) for cell in ("A1", "C1", "D1")}
    assert "<f>1+1</f>" not in files.text(path), "a text that looks like a formula never becomes one"
    once = path.read_bytes()
    with open_book(path) as book:
        block = book.sheets[0].range("A1:D3")
        block.formula = block.formula
        book.save()
    assert path.read_bytes() == once


def test_a_result_written_over_is_a_value_again(path):
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("A2").formula = "=A1*3"
        sheet.range("A2").value = "未重算"
        assert sheet.range("A2").formula == "未重算"
        book.save()
    assert '<c r="A2" t="inlineStr"><is><t>未重算</t></is></c>' in files.text(path)


def test_libreoffice_shows_that_nothing_is_known(path, soffice, tmp_path):
    """It takes the results in the file of a known program for good: a stale one would show."""
    with open_book(path) as book:
        book.sheets[0].range("A2").formula = "=A1*2"
        book.save()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
        "--outdir",
        str(tmp_path),
        str(path),
    ]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    assert path.with_suffix(".csv").read_text().splitlines()[1].startswith("未重算,甲乙")


def rows(path):
    """Height and hidden of each row, as openpyxl reads them."""
    found = openpyxl.load_workbook(path).active.row_dimensions
    return {number: (row.height, row.hidden) for number, row in found.items()}


def test_hidden_rows_and_heights_reach_the_file(path):
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("A2:A3").row_height = 0
        sheet.range("A5").row_height = 33.5
        sheet.range("A1").row_height = 20
        book.save()
    assert rows(path) == {1: (20, False), 2: (None, True), 3: (None, True), 5: (33.5, False)}
    assert '<row r="5" ht="33.5" customHeight="1"/>' in files.text(path)
    once = path.read_bytes()
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert (sheet.range("A2").row_height, sheet.range("A5").row_height) == (0, 33.5)
        sheet.range("A2:A3").row_height = 0
        sheet.range("A1").row_height = 20
        book.save()
        assert path.read_bytes() == once
        sheet.range("A2:A3").row_height = 18
        book.save()
    assert rows(path)[2] == rows(path)[3] == (18, False)


def test_hiding_keeps_the_height_for_later(path):
    files.patch(path, {files.SHEET1: lambda xml: xml.replace('<row r="2"', '<row r="2" ht="25" customHeight="1"')})
    with open_book(path) as book:
        book.sheets[0].range("A2").row_height = 0
        book.save()
    assert rows(path)[2] == (25, True)
