"""The differences between the engines are those that are listed, in the docs as in the code."""

import re
from pathlib import Path

import pytest

from tests.engines import files
from tests.engines.differences import DIFFERENCES, SHEET

DOCS = Path(__file__).parents[2] / "docs" / "engines.md"


def build(book):
    sheet = book.add_worksheet(SHEET)
    sheet.write_string("B1", "空")
    sheet.write_boolean("C1", True, book.add_format({"num_format": "0.00%"}))
    sheet.write_row("G1", ["数", "文"])
    sheet.write_column("G2", [1, 2])
    sheet.add_table("G1:H3", {"name": "tbl", "columns": [{"header": "数"}, {"header": "文"}]})
    sheet.write_formula("E1", "=SUM(tbl[数])", None, 3)


@pytest.fixture
def sheet(tmp_path, open_engine_book):
    path = files.make(tmp_path / "差别.xlsx", build)
    files.patch(path, {"xl/sharedStrings.xml": lambda text: text.replace("<t>空</t>", "<t></t>")})
    book = open_engine_book(path)
    yield book.sheets[SHEET]
    book.close()


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda item: item.what)
def test_each_engine_answers_as_listed(sheet, difference):
    expected = difference.file if sheet.book.app.engine.name == "file" else difference.libreoffice
    assert repr(difference.attempt(sheet)) == repr(expected), "1.0 and True are not the same here"
    assert repr(difference.file) != repr(difference.libreoffice)


def test_the_docs_list_them():
    rows = re.findall(r"^\| ([^|]+?) \|", DOCS.read_text("utf-8"), re.MULTILINE)
    assert [row for row in rows if row in {item.what for item in DIFFERENCES}] == [item.what for item in DIFFERENCES]
