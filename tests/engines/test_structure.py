"""Tables, new sheets, number formats and colours: what changes beyond single cells."""

import re
from typing import Any

import openpyxl  # type: ignore[import-untyped, unused-ignore]
import pytest

from jixiao.engines.file import open_book
from jixiao.errors import WorkbookError
from tests.engines import files


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作簿.xlsx"


def tabled(book: Any, *, totals: bool = False) -> None:
    sheet = book.add_worksheet("台账")
    sheet.write("A1", "标题")
    columns = [{"header": "科室"}, {"header": "得分"}]
    sheet.add_table("A3:B6", {"name": "tbl", "columns": columns, "total_row": totals})
    sheet.write_row("D3", ["旁", "边"])


def test_a_table_tells_where_it_lies(path):
    files.make(path, tabled)
    with open_book(path) as book:
        sheet = book.sheets["台账"]
        table = sheet.tables["TBL"]
        assert [item.name for item in sheet.tables] == ["tbl"]
        assert "tbl" in sheet.tables
        assert table.range.address == "$A$3:$B$6"
        assert table.header_row_range is not None
        assert table.header_row_range.value == ["科室", "得分"]
        assert table.data_body_range is not None
        assert table.data_body_range.address == "$A$4:$B$6"
        assert table.parent == sheet


def test_a_table_grows_and_shrinks_with_its_filter(path):
    files.make(path, tabled)
    with open_book(path) as book:
        sheet = book.sheets["台账"]
        sheet.range("A4").value = [[f"科室{row}", row] for row in range(10)]
        sheet.tables["tbl"].resize(sheet.range("A3:B13"))
        assert sheet.tables["tbl"].range.address == "$A$3:$B$13"
        book.save()
        xml = files.text(path, "xl/tables/table1.xml")
        assert xml.count('ref="A3:B13"') == 2
        sheet.tables["tbl"].resize(sheet.range("A3:B5"))
        book.save()
    assert openpyxl.load_workbook(path)["台账"].tables["tbl"].ref == "A3:B5"


@pytest.mark.parametrize("area", ["A3:C6", "A2:B6", "A3:B3", "B3:B6"])
def test_a_table_is_given_another_last_row_only(path, area):
    files.make(path, tabled)
    with open_book(path) as book, pytest.raises(ValueError, match="table tbl"):
        book.sheets["台账"].tables["tbl"].resize(book.sheets["台账"].range(area))


def test_a_table_with_totals_is_not_resized(path):
    files.make(path, lambda book: tabled(book, totals=True))
    with open_book(path) as book, pytest.raises(ValueError, match="totals"):
        book.sheets["台账"].tables["tbl"].resize(book.sheets["台账"].range("A3:B9"))


@pytest.mark.parametrize("obstacle", ["merge", "table"])
def test_a_table_does_not_grow_over_something_else(path, obstacle):
    def build(book):
        tabled(book)
        sheet = book.get_worksheet_by_name("台账")
        if obstacle == "merge":
            sheet.merge_range("A9:B9", "合并")
        else:
            sheet.add_table("A9:B10", {"name": "other"})

    files.make(path, build)
    with open_book(path) as book, pytest.raises(WorkbookError, match="表格“tbl”"):
        book.sheets["台账"].tables["tbl"].resize(book.sheets["台账"].range("A3:B9"))


def test_a_table_header_is_not_renamed_behind_the_tables_back(path):
    """A header cell that differs from its table column makes Excel repair the file."""
    files.make(path, tabled)
    with open_book(path) as book:
        sheet = book.sheets["台账"]
        sheet.range("A3").value = [["科室", "得分"], ["甲", 1]]
        with pytest.raises(WorkbookError, match="单元格 B3 是表格的列名"):
            sheet.range("A3").value = [["科室", "总分"], ["乙", 2]]
        assert sheet.range("A4").value == "甲"
        book.save()


def test_adding_a_sheet(path):
    def build(book):
        book.add_worksheet("一")
        book.add_worksheet("二").activate()
        book.add_worksheet("三")
        book.define_name("三!本地", "=三!$A$1")
        book.get_worksheet_by_name("一").write("A1", 1)

    files.make(path, build)
    with open_book(path) as book:
        new = book.sheets.add("新 表", after=book.sheets["一"])
        new.range("A1").value = [["文字", 1.5]]
        book.sheets.add("末", after=book.sheets["三"])
        book.sheets.add("首", before=book.sheets["一"])
        assert book.sheets.add().name == "Sheet1"
        names = [sheet.name for sheet in book.sheets]
        assert names == ["首", "一", "新 表", "Sheet1", "二", "三", "末"]
        assert book.sheets.active.name == "二"
        with pytest.raises(ValueError, match="already present"):
            book.sheets.add("三")
        with pytest.raises(ValueError, match="not a sheet name"):
            book.sheets.add("a/b")
        assert book.sheets["新 表"].range("A1:B1").value == ["文字", 1.5]
        book.save()
        assert book.sheets["新 表"].range("A1:B1").value == ["文字", 1.5]
        book.sheets["新 表"].range("A2").value = "再写"
        book.save()
    with open_book(path) as book:
        assert [sheet.name for sheet in book.sheets] == names
        assert book.sheets["新 表"].range("A1:B2").value == [["文字", 1.5], ["再写", None]]
        assert book.names["三!本地"].refers_to == "=三!$A$1"
    plain = openpyxl.load_workbook(path)
    assert plain.sheetnames == names
    assert plain.active.title == "二"
    assert "本地" in plain["三"].defined_names
    ids = re.findall(r'sheetId="(\d+)"', files.text(path, "xl/workbook.xml"))
    assert len(set(ids)) == 7
    assert files.text(path, "[Content_Types].xml").count("worksheet+xml") == 7


def test_number_formats_and_colours_are_added_once(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.write("A1", 0.5, book.add_format({"bold": True, "bg_color": "#00FF00"}))
        sheet.write("A2", 0.5)

    files.make(path, build)
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("A1:B2").number_format = "0.0000%"
        sheet.range("A2:B2").color = "#ff0000"
        sheet.range("A3").color = (255, 0, 0)
        sheet.range("A1").color = None
        book.save()
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("A1:B2").number_format == "0.0000%"
        assert sheet.range("A2:B2").color == (255, 0, 0)
        assert sheet.range("A1").color is None
        assert sheet.used_range.address == "$A$1:$A$2"
    styles = files.text(path, "xl/styles.xml")
    assert styles.count('formatCode="0.0000%"') == 1
    assert styles.count('rgb="FFFF0000"') == 1
    counted = re.search(r'<cellXfs count="(\d+)"', styles)
    assert counted is not None
    assert int(counted[1]) == styles.split("<cellXfs")[1].split("</cellXfs")[0].count(
        "<xf ",
    )
    cell = openpyxl.load_workbook(path).active["A1"]
    assert cell.font.bold
    assert cell.number_format == "0.0000%"


def test_setting_the_same_format_changes_nothing(path):
    files.make(path, lambda book: book.add_worksheet().write("A1", 0.5, book.add_format({"num_format": "0.00%"})))
    before = path.read_bytes()
    with open_book(path) as book:
        book.sheets[0].range("A1").number_format = "0.00%"
        book.save()
    assert path.read_bytes() == before


def test_a_value_and_a_format_of_one_cell_meet(path):
    files.make(path, lambda book: book.add_worksheet())
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("A1").value = 0.25
        sheet.range("A1").number_format = "0%"
        sheet.range("A2").number_format = "0%"
        sheet.range("A2").value = 0.5
        book.save()
    with open_book(path) as book:
        cells = book.sheets[0].range("A1:A2")
        assert (cells.value, cells.number_format) == ([0.25, 0.5], "0%")
