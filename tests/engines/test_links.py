"""Links: real ones, many at once, and no byte more than needed."""

import subprocess

import openpyxl
import pytest

from jixiao.engines.file import open_book
from jixiao.sheets.links import link_cells
from tests.engines import files
from tests.steps import steps

SHEET2 = "xl/worksheets/sheet2.xml"


@pytest.fixture
def path(tmp_path):
    """Two sheets; on the first a web link, a wide link, checks, margins and protection around where links belong."""

    def build(book):
        sheet = book.add_worksheet("校验结果")
        grey = book.add_format({"bg_color": "#DDDDDD", "border": 1})
        sheet.write_column("A1", ["单元格", "F12", "A2:A5", "D7", 5], grey)
        sheet.write_url("C1", "https://example.com/a", string="网址")
        sheet.data_validation("B1", {"validate": "integer", "criteria": ">", "value": 0})
        sheet.set_landscape()
        sheet.protect()
        book.add_worksheet("任务's 台账").write("F12", 0.5)

    return files.make(tmp_path / "链接.xlsx", build)


def linked(path, sheet="校验结果"):
    """Every link as openpyxl reads it, by cell."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet] for cell in row if cell.hyperlink)
    return {cell.coordinate: cell.hyperlink for cell in cells}


def test_a_link_is_read_by_others_and_leaves_value_and_style(path):
    before = openpyxl.load_workbook(path)["校验结果"]["A2"]
    with open_book(path) as book:
        cell = book.sheets["校验结果"].range("A2")
        cell.add_hyperlink("#'任务''s 台账'!F12", "F12", "转到")
        assert cell.hyperlink == "#'任务''s 台账'!F12"
        assert book.sheets["校验结果"].range("C1").hyperlink == "https://example.com/a"
        with pytest.raises(ValueError, match="hyperlink"):
            _ = book.sheets["校验结果"].range("B1").hyperlink
        book.save()
    found = linked(path)
    assert (found["A2"].location, found["A2"].tooltip, found["A2"].display) == ("'任务''s 台账'!F12", "转到", "F12")
    assert found["C1"].target == "https://example.com/a"
    after = openpyxl.load_workbook(path)["校验结果"]["A2"]
    assert (after.value, after._style) == ("F12", before._style)
    with open_book(path) as book:
        assert book.sheets["校验结果"].range("A2").hyperlink == "#'任务''s 台账'!F12"


def test_a_link_may_bring_its_own_text(path):
    with open_book(path) as book:
        book.sheets["校验结果"].range("E9").add_hyperlink("#'校验结果'!A1", "回到<顶部>")
        book.save()
    cell = openpyxl.load_workbook(path)["校验结果"]["E9"]
    assert (cell.value, cell.hyperlink.display) == ("回到<顶部>", "回到<顶部>")


def test_links_out_of_the_workbook_are_not_made(path):
    with open_book(path) as book, pytest.raises(NotImplementedError, match="leave the workbook"):
        book.sheets[0].range("A2").add_hyperlink("https://example.com", "F12")


def test_link_cells_replaces_every_link_of_its_column(path):
    with open_book(path) as book:
        sheet = book.sheets["校验结果"]
        link_cells(sheet, 1, 1, {2: ("任务's 台账", "F12"), 3: ("任务's 台账", "A2:A5"), 5: ("校验结果", "A1")})
        book.save()
    found = linked(path)
    assert {cell: link.location for cell, link in found.items()} == {
        "A2": "'任务''s 台账'!F12",
        "A3": "'任务''s 台账'!A2:A5",
        "C1": None,
    }, "the number in A5 shows no text to link, and C is another column"
    with open_book(path) as book:
        link_cells(book.sheets["校验结果"], 1, 1, {4: ("校验结果", "A1")})
        book.save()
    assert set(linked(path)) == {"A4", "C1"}
    with open_book(path) as book:
        link_cells(book.sheets["校验结果"], 1, 1, {})
        book.save()
    assert set(linked(path)) == {"C1"}
    values = [cell.value for cell in openpyxl.load_workbook(path)["校验结果"]["A"]]
    assert values == ["单元格", "F12", "A2:A5", "D7", 5]


def test_the_same_links_again_change_no_byte(path):
    links = {2: ("任务's 台账", "F12"), 4: ("校验结果", "A1")}
    for _ in range(2):
        before = path.read_bytes()
        with open_book(path) as book:
            link_cells(book.sheets["校验结果"], 1, 1, links)
            book.save()
    assert path.read_bytes() == before


def test_without_links_the_sheet_is_as_it_was(path):
    files.patch(path, {files.SHEET1: lambda xml: xml.replace("<hyperlinks>", "<hyperlinks >")})
    with open_book(path) as book:
        link_cells(book.sheets["任务's 台账"], 1, 6, {12: ("校验结果", "A1")})
        book.save()
    assert "hyperlink" not in files.text(path, SHEET2), "F12 holds a number"
    original = files.text(path, SHEET2)
    with open_book(path) as book:
        sheet = book.sheets["任务's 台账"]
        sheet.range("A1").value = "文字"
        book.save()
        bare = files.text(path, SHEET2)
        link_cells(sheet, 0, 1, {1: ("校验结果", "A1")})
        book.save()
        link_cells(sheet, 0, 1, {})
        book.save()
    assert files.text(path, SHEET2) == bare != original


def test_wide_and_broken_links_of_others(path):
    """A link over many cells goes with the cell that is cleared; one whose place nobody can read stays as it is."""
    two = '<hyperlink xmlns:xr="urn:x" ref="A2:A4" location="B1" xr:uid="{1}"/><hyperlink ref="?" location="B2"/>'
    files.patch(path, {files.SHEET1: lambda xml: xml.replace("<hyperlinks>", "<hyperlinks>" + two)})
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("A3").hyperlink == "#B1"
        sheet.range("E1").add_hyperlink("#A1", "甲")
        book.save()
        assert two in files.text(path)
        sheet.range("A3").api.ClearHyperlinks()
        book.save()
    xml = files.text(path)
    assert "A2:A4" not in xml
    assert '<hyperlink ref="?"' in xml
    assert "example" in files.text(path, "xl/worksheets/_rels/sheet1.xml.rels")


def test_the_validator_finds_links_in_their_place(path, validator):
    with open_book(path) as book:
        link_cells(book.sheets["校验结果"], 1, 1, {2: ("任务's 台账", "F12"), 3: ("校验结果", "A1")})
        book.sheets["任务's 台账"].range("F12").add_hyperlink("#'校验结果'!A1", "回")
        book.save()
    checked = subprocess.run([validator, str(path)], check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout


def test_thousands_of_links_cost_in_step_with_their_number(tmp_path):
    """Protects a long 校验结果: links go into the file at once when saving, and none is looked for among all others."""

    def spent(rows: int) -> int:
        path = files.make(
            tmp_path / f"{rows}.xlsx",
            lambda book: book.add_worksheet("表").write_column("A1", [f"F{row}" for row in range(1, rows + 1)]),
        )

        def link() -> None:
            with open_book(path) as book:
                link_cells(book.sheets["表"], 0, 1, {row: ("表", f"F{row}") for row in range(1, rows + 1)})
                book.save()

        return steps(link)

    spent(10)
    assert spent(2_000) < 12 * spent(200)
