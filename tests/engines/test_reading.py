"""Cells read as xlwings on Windows reads them, whoever wrote the file."""

# ruff: noqa: DTZ001 - cells hold wall-clock time, without a zone

import datetime as dt
import re
from pathlib import Path
from typing import Any

import openpyxl  # type: ignore[import-untyped, unused-ignore]
import pandas as pd
import pytest

from jixiao.engines.file import open_book
from tests.engines import files


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作簿.xlsx"


def read(path: Path, address: str = "A1", sheet: int | str = 0, **options: Any) -> Any:
    with open_book(path) as book:
        return book.sheets[sheet].range(address).options(**options).value


def test_types(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [1, 2.5, "文字", True, None, "  两头空格 ", "换\n行"])
        sheet.write_formula("H1", "=1+1", value=2)
        sheet.write_formula("I1", '=""', value="")
        sheet.write_formula("J1", "=NA()", value="#N/A")

    files.make(path, build)
    files.patch(
        path,
        {
            files.SHEET1: lambda xml: xml.replace('t="str"><f>NA()', 't="e"><f>NA()').replace(
                '<c r="I1">',
                '<c r="I1" t="str">',
            ),
        },
    )
    row = read(path, "A1:J1")
    assert row == [1.0, 2.5, "文字", True, None, "  两头空格 ", "换\n行", 2.0, "", None]
    assert [type(value) for value in row[:4]] == [float, float, str, bool]
    assert read(path, "J1", err_to_str=True) == "#N/A"
    assert read(path, "A1", numbers=int) == 1
    assert read(path, "E1", empty="空") == "空"


def test_a_formula_without_cached_value_is_empty_but_shows_its_formula(path):
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(path)
    with open_book(path) as opened:
        cell = opened.sheets[0].range("A1")
        assert cell.value is None
        assert cell.formula == "=1+1"
        assert opened.sheets[0].used_range.address == "$A$1"


@pytest.mark.parametrize(
    ("number_format", "is_date"),
    [
        ('yyyy"年"m"月"d"日"', True),
        ("[$-804]yyyy-m-d", True),
        ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", True),
        ("h:mm AM/PM", True),
        ("[h]:mm", True),
        ('上午/下午h"时"mm"分"', True),
        ("aaaa", True),
        ("e-m-d", True),
        ("[Red]0.00", False),
        ("0.00E+00", False),
        ('0"天(d)"', False),
        ("0\\d", False),
        ("General", False),
        ("G/通用格式", False),
        ("[DBNum1][$-804]General", False),
        ("#,##0.00_);[Red]\\(#,##0.00\\)", False),
        ("@", False),
        ('_ "¥"* #,##0_ ', False),
        ('0.00;[Red]"d"', False),
    ],
)
def test_date_formats(path, number_format, is_date):
    def build(book):
        book.add_worksheet().write_number(0, 0, 45292, book.add_format({"num_format": number_format}))

    files.make(path, build)
    expected = dt.datetime(2024, 1, 1) if is_date else 45292.0
    assert read(path) == expected
    with open_book(path) as book:
        assert book.sheets[0].range("A1").number_format == number_format


@pytest.mark.parametrize("identifier", [14, 15, 16, 17, 18, 19, 20, 21, 22, *range(27, 37), 45, 46, 47, *range(50, 59)])
def test_built_in_date_formats(path, identifier):
    def build(book):
        book.add_worksheet().write_number(0, 0, 45292, book.add_format({"num_format": identifier}))

    files.make(path, build)
    assert read(path) == dt.datetime(2024, 1, 1)


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        (0.5, dt.datetime(1899, 12, 30, 12)),
        (1, dt.datetime(1900, 1, 1)),
        (59, dt.datetime(1900, 2, 28)),
        (61, dt.datetime(1900, 3, 1)),
        (45292.75, dt.datetime(2024, 1, 1, 18)),
        (2958465, dt.datetime(9999, 12, 31)),
        (2958466, 2958466.0),
        (-1, -1.0),
    ],
)
def test_serials_of_1900(path, serial, moment):
    files.make(path, lambda book: book.add_worksheet().write(0, 0, serial, book.add_format({"num_format": "yyyy/m/d"})))
    assert read(path) == moment


def test_the_1904_system(path):
    def build(book):
        style = book.add_format({"num_format": "yyyy/m/d"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2024, 2, 29, 6), style)

    files.make(path, build, date_1904=True)
    assert read(path) == dt.datetime(2024, 2, 29, 6)
    with open_book(path) as book:
        book.sheets[0].range("A2").value = dt.datetime(2025, 1, 1)
        book.save()
    assert openpyxl.load_workbook(path).active["A2"].value == dt.datetime(2025, 1, 1)
    assert read(path, "A2", dates=dt.date) == dt.date(2025, 1, 1)


def test_rich_text_joins_its_runs_and_leaves_phonetic_guides_out(path):
    files.make(path, lambda book: book.add_worksheet().write(0, 0, "x"))
    files.patch(
        path,
        {
            "xl/sharedStrings.xml": lambda xml: xml.replace(
                "<si><t>x</t></si>",
                "<si><r><t>绩</t></r><r><rPr><b/></rPr><t xml:space='preserve'>效 </t></r>"
                "<rPh sb='0' eb='1'><t>jixiao</t></rPh></si>",
            ),
        },
    )
    assert read(path) == "绩效 "


def test_inline_strings_escapes_and_odd_markup(path):
    files.with_cells(
        path,
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r>'
        '<rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c r="B1" t="str"><v>a_x000D_b_x005F_x0041_</v></c><c r="C1"><v> 7 </v></c><c r="D1" t="b"><v>true</v></c>'
        '<c r="E1" t="d"><v>2024-05-06T00:00:00</v></c><c r="F1" t="inlineStr"/><c r="G1" t="str"><v/></c></row>',
    )
    assert read(path, "A1:G1") == ["甲乙", "a\rb_x0041_", 7.0, True, dt.datetime(2024, 5, 6), None, ""]


def test_cells_without_addresses_follow_one_another(path):
    files.with_cells(path, "<row><c><v>1</v></c><c><v>2</v></c></row><row r='3'><c/><c><v>3</v></c></row>")
    assert read(path, "A1:B3") == [[1.0, 2.0], [None, None], [None, 3.0]]


@pytest.mark.parametrize("prefix", ["x", ""])
@pytest.mark.parametrize("strict", [True, False])
def test_strict_and_prefixed_namespaces(path, prefix, strict):
    def flavoured(xml: str) -> str:
        if strict:
            xml = xml.replace(files.MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main")
            xml = xml.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
        return xml

    def prefixed(xml: str) -> str:
        xml = flavoured(xml)
        if not prefix:
            return xml
        xml = re.sub(r"<(/?)(?!\?)(\w)", rf"<\1{prefix}:\2", xml)
        return xml.replace("xmlns=", f"xmlns:{prefix}=")

    files.make(path, lambda book: book.add_worksheet("表").write_row(0, 0, ["文", 1]))
    files.patch(
        path,
        {
            files.SHEET1: prefixed,
            "xl/workbook.xml": prefixed,
            "xl/sharedStrings.xml": prefixed,
            "xl/_rels/workbook.xml.rels": flavoured,
            "_rels/.rels": flavoured,
        },
    )
    assert read(path, "A1:B1", sheet="表") == ["文", 1.0]
    with open_book(path) as book:
        book.sheets["表"].range("A2").value = ["新", 2]
        book.save()
    assert read(path, "A1:B2", sheet="表") == [["文", 1.0], ["新", 2.0]]


def test_used_range_ends_at_the_last_value_or_formula(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.write(2, 1, 5)
        sheet.write_formula(4, 0, "=B3", value=5)
        sheet.write_blank(99, 50, None, book.add_format({"bg_color": "red"}))
        book.add_worksheet("空")

    files.make(path, build)
    with open_book(path) as book:
        assert book.sheets[0].used_range.address == "$A$1:$B$5"
        assert book.sheets["空"].used_range.address == "$A$1"
        assert book.sheets["空"].used_range.value is None


def test_shared_formulas_read_as_each_cell_shows_them(path):
    files.with_cells(
        path,
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*$A$1</f><v>1</v></c></row>'
        '<row r="2"><c r="B2"><f t="shared" si="0"/><v>2</v></c></row>'
        '<row r="3"><c r="B3"><f t="shared" si="0"/><v>3</v></c></row>',
    )
    with open_book(path) as book:
        formulas: Any = book.sheets[0].range("A1:B3").formula
    assert formulas == (("1", "=A1*$A$1"), ("", "=A2*$A$1"), ("", "=A3*$A$1"))


def test_constants_as_formula_text(path):
    files.make(path, lambda book: book.add_worksheet().write_row(0, 0, [1, 0.1, 1e21, True, "字", 1 / 3]))
    with open_book(path) as book:
        texts: Any = book.sheets[0].range("A1:F1").formula[0]
    assert texts == ("1", "0.1", "1E+21", "TRUE", "字", "0.333333333333333")


def test_number_format_and_colour_of_blocks(path):
    def build(book):
        sheet = book.add_worksheet()
        percent = book.add_format({"num_format": "0.00%", "bg_color": "#FFC7CE"})
        sheet.write(0, 0, 0.5, percent)
        sheet.write(1, 0, 0.5, percent)
        sheet.write(2, 0, 5)
        sheet.set_column("D:D", None, percent)
        sheet.set_row(9, None, book.add_format({"num_format": "0.0"}))

    files.make(path, build)
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("A1:A2").number_format == "0.00%"
        assert sheet.range("A1:A2").color == (255, 199, 206)
        assert sheet.range("A1:A3").number_format is None
        assert sheet.range("A1:A3").color is None
        assert sheet.range("D5").number_format == "0.00%"
        assert sheet.range("A10").number_format == "0.0"
        assert sheet.range("B1:B8").number_format == "General"


def test_theme_and_indexed_colours(path):
    book = openpyxl.Workbook()
    for row, color in enumerate(
        [
            openpyxl.styles.Color(theme=4),
            openpyxl.styles.Color(theme=0, tint=-0.25),
            openpyxl.styles.Color(indexed=10),
        ],
        1,
    ):
        book.active.cell(row, 1).fill = openpyxl.styles.PatternFill("solid", fgColor=color)
    book.save(path)
    with open_book(path) as opened:
        colors = [opened.sheets[0].range((row, 1)).color for row in (1, 2, 3)]
    assert colors == [(79, 129, 189), (191, 191, 191), (255, 0, 0)]


def test_merged_cells(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.merge_range("B2:D3", "标题")
        sheet.write("A1", "x")

    files.make(path, build)
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range("B2:D3").merge_cells is True
        assert sheet.range("A1").merge_cells is False
        assert sheet.range("A1:D3").merge_cells is None
        assert sheet.range("C3").merge_area.address == "$B$2:$D$3"
        assert sheet.range("A1").merge_area.address == "$A$1"
        assert sheet.range("B2:D3").value == [["标题", None, None], [None, None, None]]


def test_names_and_named_ranges(path):
    def build(book):
        book.add_worksheet("一").write("B2", "值")
        book.add_worksheet("二 表")
        book.define_name("全局", "=一!$B$2")
        book.define_name("'二 表'!本地", "='二 表'!$A$1:$B$2")

    files.make(path, build)
    with open_book(path) as book:
        assert {(name.name, name.refers_to) for name in book.names} == {
            ("'二 表'!本地", "='二 表'!$A$1:$B$2"),
            ("全局", "=一!$B$2"),
        }
        assert book.sheets["一"].range("全局").value == "值"
        assert book.names["'二 表'!本地"].refers_to_range.sheet.name == "二 表"
        assert "没有" not in book.names


def test_pandas_and_expand(path):
    files.make(path, lambda book: book.add_worksheet())
    book_frame = pd.DataFrame({"科室": ["甲", "乙"], "分": [1.0, 2.0]})
    with open_book(path) as book:
        corner = book.sheets[0].range("A3")
        corner.options(index=False).value = book_frame
        table = corner.expand()
        assert table.address == "$A$3:$B$5"
        assert corner.options(pd.DataFrame, expand="table", index=False).value.equals(book_frame)
        assert corner.expand("down").address == "$A$3:$A$5"
        assert corner.expand("right").address == "$A$3:$B$3"


def test_chart_sheets_are_passed_over_and_hidden_sheets_told(path):
    def build(book):
        sheet = book.add_worksheet("数")
        sheet.write("A1", 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=数!$A$1:$A$2"})
        book.add_chartsheet("图").set_chart(chart)
        book.add_worksheet("藏").hide()

    files.make(path, build)
    with open_book(path) as book:
        assert [sheet.name for sheet in book.sheets] == ["数", "藏"]
        assert [sheet.visible for sheet in book.sheets] == [True, False]
        assert "数" in book.sheets
        assert "图" not in book.sheets
        with pytest.raises(KeyError):
            book.sheets["没有"]
