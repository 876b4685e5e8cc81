"""Writing puts exactly what was asked into the file, refuses what it cannot keep, and touches nothing else."""

# ruff: noqa: DTZ001 - cells hold wall-clock time, without a zone

import datetime as dt
import enum
import math
import re
import zipfile
from typing import Any

import numpy as np
import openpyxl  # type: ignore[import-untyped, unused-ignore]
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.engines.file import open_book
from jixiao.errors import WorkbookError
from tests.engines import files


@pytest.fixture
def path(tmp_path):
    return tmp_path / "工作簿.xlsx"


class Word(enum.StrEnum):
    GOOD = "优秀"


class Number(enum.IntEnum):
    ONE = 1


def test_values_come_back_after_saving(path):
    files.make(path, lambda book: book.add_worksheet("表"))
    block = [
        [1, 2.5, 0.1 + 0.2, -1e-300, 2**60],
        ["文字", "=1+1", "'=2+2", "''x", " 前后 "],
        [True, False, None, "", "第一行\n第二行\t完"],
        [dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 8, 9), pd.Timestamp("2024-01-02"), pd.NaT, math.nan],
        [np.float64(1.5), np.int64(3), np.bool_(True), Word.GOOD, Number.ONE],
        ["\x00\x1f_x0041_\r", "a\ufffe", "😀𠮷", "\ud800", "+1"],
    ]
    expected = [
        [1.0, 2.5, 0.1 + 0.2, -1e-300, float(2**60)],
        ["文字", "=1+1", "=2+2", "'x", " 前后 "],
        [True, False, None, None, "第一行\n第二行\t完"],
        [dt.datetime(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 8, 9), dt.datetime(2024, 1, 2), None, None],
        [1.5, 3.0, True, "优秀", 1.0],
        ["\x00\x1f_x0041_\r", "a\ufffe", "😀𠮷", "\ud800", "+1"],
    ]
    with open_book(path) as book:
        target = book.sheets["表"].range("B2")
        target.value = block
        assert target.resize(6, 5).value == expected
        book.save()
    with open_book(path) as book:
        assert book.sheets["表"].range("B2:F7").value == expected
        assert book.sheets["表"].range("B5").number_format == "yyyy/m/d"
        assert book.sheets["表"].range("C5").number_format == "yyyy/m/d h:mm"
        assert book.sheets["表"].range("C3").formula == "=1+1"  # text that looks like one: the file has no <f>
    assert "<f>" not in files.text(path)
    assert '<t xml:space="preserve"> 前后 </t>' in files.text(path)
    plain = openpyxl.load_workbook(path)["表"]
    assert plain["B2"].value == 1
    assert plain["D2"].value == 0.1 + 0.2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.one_of(
            st.none(),
            st.booleans(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.integers(-(10**18), 10**18),
            st.text(st.characters(codec=None), max_size=12),
            st.datetimes(dt.datetime(1900, 3, 1), dt.datetime(9999, 12, 30)).map(lambda d: d.replace(microsecond=0)),
        ),
        min_size=1,
        max_size=8,
    ),
)
def test_any_value_round_trips(tmp_path, values):
    """What is read back after saving is what was written, as Excel would have taken it."""
    path = files.make(tmp_path / "属性.xlsx", lambda book: book.add_worksheet())
    with open_book(path) as book:
        book.sheets[0].range("A1").value = [values]
        before = book.sheets[0].range((1, 1), (1, len(values))).options(ndim=1).value
        book.save()
    with open_book(path) as book:
        after = book.sheets[0].range((1, 1), (1, len(values))).options(ndim=1).value
    expected = [_as_excel(value) for value in values]
    assert after == before == expected
    assert [type(value) for value in after] == [type(value) for value in expected]


def _as_excel(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return float(value)
    if isinstance(value, str):
        joined = value.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")
        return joined.removeprefix("'") or None
    return value


@pytest.mark.parametrize("value", [math.inf, -math.inf, 10**400, object(), b"x", dt.timedelta(1), dt.date(1850, 1, 1)])
def test_values_no_cell_holds_are_the_callers_fault(path, value):
    files.make(path, lambda book: book.add_worksheet())
    with open_book(path) as book, pytest.raises((TypeError, ValueError, OverflowError)):
        book.sheets[0].range("A1").value = value


def test_too_long_a_text_is_refused_with_its_place(path):
    files.make(path, lambda book: book.add_worksheet("表"))
    with open_book(path) as book:
        book.sheets[0].range("A1").value = "字" * 32767
        with pytest.raises(WorkbookError, match=r"工作表“表”的单元格 B2 .*32767"):
            book.sheets[0].range("A1").value = [["改", "x"], ["y", "字" * 32768]]
        assert book.sheets[0].range("A1").value == "字" * 32767


def test_equal_values_leave_the_file_as_it_is(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [1, 0.1, "甲", True, None])
        sheet.write_rich_string("A2", "粗", book.add_format({"bold": True}), "体")
        sheet.write_datetime("B2", dt.datetime(2024, 5, 6), book.add_format({"num_format": "yyyy-mm-dd"}))

    files.make(path, build)
    before = path.read_bytes()
    with open_book(path) as book:
        used = book.sheets[0].used_range
        used.value = used.value
        book.sheets[0].range("A1").value = [1, 0.1, "甲", True, None]
        book.sheets[0].range("B2").value = dt.date(2024, 5, 6)
        book.save()
    assert path.read_bytes() == before
    assert not (path.parent / "备份").exists()


@pytest.mark.parametrize(("old", "new"), [(1, True), (True, 1), (1, "1"), ("1", 1), ("TRUE", True)])
def test_equal_means_the_same_type(path, old, new):
    files.make(path, lambda book: book.add_worksheet().write(0, 0, old))
    with open_book(path) as book:
        book.sheets[0].range("A1").value = new
        book.save()
    with open_book(path) as book:
        value = book.sheets[0].range("A1").value
    assert value == new
    assert isinstance(value, str | bool) == isinstance(new, str | bool)


def test_emptying_keeps_the_looks(path):
    def build(book):
        red = book.add_format({"bg_color": "#FF0000", "num_format": "0.00"})
        book.add_worksheet().write_row(0, 0, [1, "x", 3], red)

    files.make(path, build)
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("A1").value = None
        sheet.range("B1:Z9").clear_contents()
        book.save()
    with open_book(path) as book:
        cells = book.sheets[0].range("A1:C1")
        assert cells.value == [None, None, None]
        assert cells.color == (255, 0, 0)
        assert cells.number_format == "0.00"


def test_new_cells_take_the_style_of_their_row_or_column(path):
    def build(book):
        sheet = book.add_worksheet()
        sheet.set_column("B:B", None, book.add_format({"num_format": "0.00%"}))
        sheet.set_row(4, None, book.add_format({"num_format": "0.0"}))

    files.make(path, build)
    with open_book(path) as book:
        book.sheets[0].range("A1").value = [[0.5, 0.5]]
        book.sheets[0].range("A5").value = [[0.5, 0.5]]
        book.save()
    with open_book(path) as book:
        formats = {cell: book.sheets[0].range(cell).number_format for cell in ("A1", "B1", "A5", "B5")}
    assert formats == {"A1": "General", "B1": "0.00%", "A5": "0.0", "B5": "0.0"}


def test_rows_and_cells_stay_in_order_with_spans_and_dimension(path):
    files.make(path, lambda book: book.add_worksheet().write(3, 3, 1))
    with open_book(path) as book:
        sheet = book.sheets[0]
        for address in ("F4", "A4", "E9", "C2", "D4", "B9", "XFD1"):
            sheet.range(address).value = address
        book.save()
    xml = files.text(path)
    assert re.findall(r'<c r="([A-Z]+\d+)"', xml) == ["XFD1", "C2", "A4", "D4", "F4", "B9", "E9"]
    assert 'spans="1:6"' in xml
    assert '<dimension ref="A1:XFD9"/>' in xml


def test_text_goes_under_no_merged_cell(path):
    files.make(path, lambda book: book.add_worksheet().merge_range("A1:B2", "头"))
    with open_book(path) as book:
        book.sheets[0].range("A1").value = [["新", "x", "右"], ["y", "z", "下"]]
        assert book.sheets[0].range("A1:C2").value == [["新", None, "右"], [None, None, "下"]]
        book.save()
    with open_book(path) as book:
        assert book.sheets[0].range("A1:C2").value == [["新", None, "右"], [None, None, "下"]]


def test_formulas_are_written_only_as_formulas(path):
    files.make(path, lambda book: book.add_worksheet().write_column(0, 0, [1, 2, 3]))
    with open_book(path) as book:
        sheet = book.sheets[0]
        sheet.range("B1:B3").formula = "=A1*2"
        sheet.range("C1").formula = [["=SUM(A1:A3)", "文字", 5]]
        assert sheet.range("B3").formula == "=A3*2"
        assert sheet.range("C1").value == "未重算"
        book.save()
    ws = openpyxl.load_workbook(path).active
    assert [ws[cell].value for cell in ("B1", "B2", "B3", "C1", "D1", "E1")] == [
        "=A1*2",
        "=A2*2",
        "=A3*2",
        "=SUM(A1:A3)",
        "文字",
        5,
    ]


SHARED = (
    '<row r="1"><c r="B1" s="0"><f t="shared" ref="B1:B3" si="4">A1*$A$1+"A1"</f><v>1</v></c></row>'
    '<row r="2"><c r="B2"><f t="shared" si="4"/><v>2</v></c></row>'
    '<row r="3"><c r="B3"><f t="shared" ca="1" si="4"/><v>3</v></c></row>'
)


def test_overwriting_the_master_of_a_shared_formula_keeps_the_others(path):
    files.with_cells(path, SHARED)
    with open_book(path) as book:
        book.sheets[0].range("B1").value = 9
        book.save()
    with open_book(path) as book:
        cells = book.sheets[0].range("B1:B3")
        formulas: Any = cells.formula
        assert formulas == (("9",), ('=A2*$A$1+"A1"',), ('=A3*$A$1+"A1"',))
        assert cells.value == [9.0, 2.0, 3.0]
    assert "shared" not in files.text(path)
    assert '<f ca="1">A3' in files.text(path)


def test_overwriting_a_member_of_a_shared_formula_leaves_the_master(path):
    files.with_cells(path, SHARED)
    with open_book(path) as book:
        book.sheets[0].range("B2").value = None
        book.save()
    with open_book(path) as book:
        formulas: Any = book.sheets[0].range("B1:B3").formula
    assert formulas == (('=A1*$A$1+"A1"',), ("",), ('=A3*$A$1+"A1"',))
    assert files.text(path).count('t="shared"') == 2


@pytest.mark.parametrize("cell", ["A1", "A2", "C3"])
@pytest.mark.parametrize("empty", [True, False])
def test_array_formulas_are_refused_before_anything_is_written(path, cell, empty):
    files.with_cells(
        path,
        '<row r="1"><c r="A1" cm="1"><f t="array" ref="A1:A2">{1;2}</f><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c></row>'
        '<row r="3"><c r="C3"><f t="dataTable" ref="C3:C4" dt2D="0" dtr="0" r1="A1"/><v>2</v></c></row>',
    )
    with open_book(path) as book:
        sheet = book.sheets[0]
        assert sheet.range(cell).has_array
        with pytest.raises(WorkbookError, match=r"属于数组公式"):
            sheet.range("A1:D5").value = [["x", None, None, "y"]] * 5
        if empty:
            with pytest.raises(WorkbookError, match=f"单元格 {cell} 属于数组公式"):
                sheet.range(cell).clear_contents()
        assert sheet.range("D1").value is None
        before = path.read_bytes()
        book.save()
    assert path.read_bytes() == before


def test_metadata_of_an_overwritten_cell_goes_with_its_value(path):
    files.with_cells(
        path, '<row r="1"><c r="A1" t="e" vm="1" cm="1"><v>#VALUE!</v></c><c r="B1" vm="2"><v>1</v></c></row>'
    )
    with open_book(path) as book:
        book.sheets[0].range("A1").value = 5
        book.save()
    xml = files.text(path)
    assert '<c r="A1"><v>5</v></c>' in xml
    assert 'vm="2"' in xml


def test_disordered_rows_are_readable_but_not_writable(path):
    files.with_cells(
        path,
        '<row r="2"><c r="B2"><v>4</v></c><c r="A2"><v>3</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
    )
    with open_book(path) as book:
        assert book.sheets[0].range("A1:B2").value == [[1.0, None], [3.0, 4.0]]
        with pytest.raises(WorkbookError, match="次序错乱"):
            book.sheets[0].range("A3").value = 1


def test_formula_cells_leave_the_calculation_chain(path):
    def chained(book):
        sheet = book.add_worksheet("甲")
        sheet.write_formula("A1", "=1")
        sheet.write_formula("A2", "=2")
        book.add_worksheet("乙").write_formula("A1", "=3")

    files.make(path, chained)
    chain = f'<calcChain xmlns="{files.MAIN}"><c r="A1" i="1"/><c r="A2"/><c r="A1" i="2"/></calcChain>'
    files.patch(
        path,
        {
            "xl/calcChain.xml": lambda _: chain,
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>",
                '<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                'spreadsheetml.calcChain+xml"/></Types>',
            ),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
                'calcChain" Target="calcChain.xml"/></Relationships>',
            ),
        },
    )
    with open_book(path) as book:
        book.sheets["甲"].range("A1").value = "常数"
        book.save()
        assert '<c r="A2" i="1"/><c r="A1" i="2"/>' in files.text(path, "xl/calcChain.xml")
        book.sheets["甲"].range("A2").clear_contents()
        book.sheets["乙"].range("A1").value = 1
        book.save()
    left = files.parts(path)
    assert "xl/calcChain.xml" not in left
    assert b"calcChain" not in left["[Content_Types].xml"] + left["xl/_rels/workbook.xml.rels"]
    assert zipfile.ZipFile(path).testzip() is None


def test_a_change_has_the_spreadsheet_program_recalculate(path):
    files.make(path, lambda book: book.add_worksheet().write("A1", 1))
    files.patch(path, {"xl/workbook.xml": lambda xml: xml.replace('fullCalcOnLoad="1"', "")})
    with open_book(path) as book:
        book.sheets[0].range("A1").value = 2
        book.save()
    assert files.text(path, "xl/workbook.xml").count('fullCalcOnLoad="1"') == 1

    files.patch(path, {"xl/workbook.xml": lambda xml: xml[: xml.index("<calcPr")] + "</workbook>"})
    with open_book(path) as book:
        book.sheets[0].range("A1").value = 3
        book.save()
    assert '</sheets><calcPr fullCalcOnLoad="1"/></workbook>' in files.text(path, "xl/workbook.xml")


def test_autofit_gives_wrapped_rows_the_height_they_need(tmp_path):
    """Rows written anew show all of a long text, and a second fit changes nothing."""
    path = tmp_path / "rows.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    sheet.set_column(0, 0, 11, book.add_format({"text_wrap": True, "font_size": 10}))
    sheet.set_column(1, 1, 11)
    book.close()
    with open_book(path) as opened:
        written = opened.sheets[0]
        written.range("A1").value = [["短", "不折行的文字" * 9], ["五个汉字宽" * 3, None], [None, None]]
        written.range("A1:A3").rows.autofit()
        opened.save()
    heights = {number: row.height for number, row in openpyxl.load_workbook(path).active.row_dimensions.items()}
    assert heights == {1: pytest.approx(10 * 1.36 + 5), 2: pytest.approx(3 * 10 * 1.36 + 5)}
    before = path.read_bytes()
    with open_book(path) as opened:
        opened.sheets[0].range("A1:A3").rows.autofit()
        opened.save()
    assert path.read_bytes() == before


@pytest.mark.parametrize(("number_format", "asks"), [("General", False), ("0%", True)])
def test_only_what_a_formula_can_read_asks_for_a_calculation(number_format, asks, path):
    """A program has calculated and saved: colours, heights and a value that stood there leave its results valid.

    How a number is shown does not: 公式复核 asks for that.
    """
    files.make(path, lambda book: book.add_worksheet().write("A1", 1))
    files.patch(path, {"xl/workbook.xml": lambda xml: xml.replace(' fullCalcOnLoad="1"', "")})
    with open_book(path) as book:
        cell = book.sheets[0].range("A1")
        cell.value, cell.color, cell.row_height, cell.number_format = 1, (255, 0, 0), 40, number_format
        book.save()
    assert ("fullCalcOnLoad" in files.text(path, "xl/workbook.xml")) is asks
