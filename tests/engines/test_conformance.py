"""What buttons need of xlwings, checked on every engine: a new driver is right when it passes these.

Only members of `xw.` objects are used here, nothing of an engine's own.
"""

# ruff: noqa: DTZ001 - cells hold wall-clock time, without a zone

import datetime as dt
from typing import Any

import pandas as pd
import pytest
import xlwings as xw

from jixiao.errors import WorkbookError
from tests.engines import files


@pytest.fixture
def book(tmp_path, open_engine_book):
    """A small workbook, open in an engine."""
    path = files.make(tmp_path / "符合性.xlsx", build)
    opened = open_engine_book(path)
    yield opened
    opened.close()


def build(book: Any) -> None:
    date = book.add_format({"num_format": "yyyy-mm-dd"})
    percent = book.add_format({"num_format": "0.00%", "bg_color": "#FFFF00"})
    entry = book.add_worksheet("任务台账")
    entry.merge_range("A1:D1", "标题")
    entry.write_row("A2", ["科室", "任务", "完成率", "日期"])
    for row, (name, share) in enumerate([("综合办", 0.95), ("党建办", 1), ("民政办", 0.5)], 2):
        entry.write(row, 0, name)
        entry.write(row, 1, f"任务{row}")
        entry.write(row, 2, share, percent)
        entry.write_datetime(row, 3, dt.datetime(2024, 3, row), date)
    entry.write_formula("C7", "=SUM(C3:C5)", None, 2.45)
    entry.write_blank("J40", None, percent)
    entry.add_table("F2:G4", {"name": "tblRaters", "columns": [{"header": "主体"}, {"header": "权重"}]})
    output = book.add_worksheet("考核结果")
    output.write_row("A1", ["名次", "科室"])
    output.protect()
    hidden = book.add_worksheet("下拉选项")
    hidden.hide()
    totals = [{"header": "主体", "total_string": "汇总"}, {"header": "人数", "total_string": "三人"}]
    hidden.add_table("A1:B3", {"name": "tblTotals", "columns": totals, "total_row": True})
    book.define_name("完成率", "=任务台账!$C$3:$C$5")


def test_xlwings_is_the_version_the_engines_were_written_for():
    """The engine interface is undocumented: a new version needs this file looked at again."""
    assert xw.__version__ == "0.37.8"


def test_sheets(book):
    assert [sheet.name for sheet in book.sheets] == ["任务台账", "考核结果", "下拉选项"]
    assert book.sheet_names == ["任务台账", "考核结果", "下拉选项"]
    assert len(book.sheets) == 3
    assert "考核结果" in book.sheets
    assert "没有" not in book.sheets
    assert book.sheets[0].name == book.sheets["任务台账"].name
    assert book.sheets[-1].name == "下拉选项"
    assert book.sheets["任务台账"].index == 1
    assert [sheet.visible for sheet in book.sheets] == [True, True, False]
    assert book.sheets["任务台账"].book == book
    with pytest.raises(Exception, match="没有"):
        book.sheets["没有"]


def test_adding_sheets(book):
    book.sheets.add("后", after=book.sheets["任务台账"])
    book.sheets.add("前", before=book.sheets["任务台账"])
    book.sheets.add("末", after=book.sheets["下拉选项"])
    assert book.sheet_names == ["前", "任务台账", "后", "考核结果", "下拉选项", "末"]
    book.sheets["后"].range("B2").value = "新"
    assert book.sheets["后"].range("A1:B2").value == [[None, None], [None, "新"]]


def test_reading_a_block(book):
    used = book.sheets["任务台账"].used_range
    assert used.address == "$A$1:$G$7"
    rows = used.options(ndim=2, err_to_str=True).value
    assert len(rows) == 7
    assert rows[1][:4] == ["科室", "任务", "完成率", "日期"]
    assert rows[2][:4] == ["综合办", "任务2", 0.95, dt.datetime(2024, 3, 2)]
    assert rows[6][2] == 2.45
    assert rows[5] == [None] * 7


def test_shapes_of_values(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("A3").value == "综合办"
    assert sheet.range("A3:A5").value == ["综合办", "党建办", "民政办"]
    assert sheet.range("A3:B3").value == ["综合办", "任务2"]
    assert sheet.range("A3:B4").value == [["综合办", "任务2"], ["党建办", "任务3"]]
    assert sheet.range("A3").options(ndim=2).value == [["综合办"]]
    assert sheet.range("A3:A4").options(ndim=1).value == ["综合办", "党建办"]
    assert sheet.range("A3:A5").options(ndim=2).value == [["综合办"], ["党建办"], ["民政办"]]
    assert sheet.range("A3:B4").options(transpose=True).value == [["综合办", "党建办"], ["任务2", "任务3"]]
    assert sheet.range("D3").options(dates=dt.date).value == dt.date(2024, 3, 2)
    assert sheet.range("C3:C4").options(numbers=int).value == [1, 1]


def test_ways_to_name_a_range(book):
    sheet = book.sheets["任务台账"]
    for found in (
        sheet.range("A3:B4"),
        sheet.range((3, 1), (4, 2)),
        sheet.range(sheet.range("A3"), sheet.range("B4")),
        sheet["A3:B4"],
        sheet[2:4, 0:2],
        sheet.range("A1:C9")[2:4, :2],
        sheet.range("A1:B2").offset(2),
        sheet.range("A3").resize(2, 2),
    ):
        assert (found.row, found.column, found.shape, found.count) == (3, 1, (2, 2), 4)
        assert found.address == "$A$3:$B$4"
        assert found.sheet == sheet
    assert sheet.range("A3:B4").last_cell.address == "$B$4"
    assert sheet.range("A3").get_address(row_absolute=False, column_absolute=False) == "A3"
    assert [cell.address for cell in sheet.range("A3:B4")] == ["$A$3", "$B$3", "$A$4", "$B$4"]
    assert [row.address for row in sheet.range("A3:B4").rows] == ["$A$3:$B$3", "$A$4:$B$4"]
    assert sheet.range("完成率").address == "$C$3:$C$5"


def test_expand_and_end(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("A2").expand().address == "$A$2:$D$5"
    assert sheet.range("A2").expand("down").address == "$A$2:$A$5"
    assert sheet.range("A2").expand("right").address == "$A$2:$D$2"
    assert sheet.range("A7").expand().address == "$A$7"
    assert sheet.range("A2").end("down").address == "$A$5"
    assert sheet.range("A2").end("right").address == "$D$2"
    assert sheet.range("C5").end("down").address == "$C$7"
    assert sheet.range("C7").end("up").address == "$C$5"
    assert sheet.range("B7").end("right").address == "$C$7"
    assert sheet.range("Z99").end("left").address == "$A$99"
    assert sheet.range("A9").end("down").row == 1_048_576
    assert sheet.range("A2").options(pd.DataFrame, expand="table", index=False).value.columns.tolist()[0] == "科室"


def test_formulas(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("C7").formula == "=SUM(C3:C5)"
    block: Any = sheet.range("A3:C6").formula
    assert block[0] == ("综合办", "任务2", "0.95")
    assert block[3] == ("", "", "")
    dates: Any = sheet.range("D3:D3").formula
    assert dates == "45353"
    assert not sheet.range("A1:D7").has_array
    sheet.range("E3").formula = "=C3*2"
    assert sheet.range("E3").formula == "=C3*2"


def test_number_formats_and_colours(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("C3:C5").number_format == "0.00%"
    assert sheet.range("C2:C3").number_format is None
    assert sheet.range("A1").number_format == "General"
    assert sheet.range("C3:C5").color == (255, 255, 0)
    assert sheet.range("A3").color is None
    sheet.range("A3:B4").number_format = "0.0"
    sheet.range("A3:B4").color = (255, 199, 206)
    assert sheet.range("A3:B4").number_format == "0.0"
    assert sheet.range("A3:B4").color == (255, 199, 206)
    sheet.range("A3").color = None
    assert sheet.range("A3").color is None


def test_merged_cells(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("A1:D1").merge_cells is True
    assert sheet.range("A2:D2").merge_cells is False
    assert sheet.range("A1:D2").merge_cells is None
    assert sheet.range("C1").merge_area.address == "$A$1:$D$1"
    assert sheet.range("A2").merge_area.address == "$A$2"


def test_writing_a_block(book):
    sheet = book.sheets["考核结果"]
    sheet.api.Unprotect()
    sheet.range("A2").value = [[1, "党建办"], [2.5, None], [True, "'=文字"]]
    sheet.api.Protect(DrawingObjects=True, Contents=True, AllowFormattingColumns=True)
    sheet.api.Unprotect()
    assert sheet.range("A2:B4").value == [[1.0, "党建办"], [2.5, None], [True, "=文字"]]
    assert sheet.used_range.address == "$A$1:$B$4"
    sheet.range("A2:B2").value = None
    assert sheet.range("A2:B2").value == [None, None]
    sheet.range("C1:D2").value = 7
    assert sheet.range("C1:D2").value == [[7.0, 7.0], [7.0, 7.0]]
    sheet.range("A1:D9").clear_contents()
    assert sheet.used_range.address == "$A$1"


def test_clearing_keeps_the_looks(book):
    sheet = book.sheets["任务台账"]
    sheet.range("C3:C5").clear_contents()
    assert sheet.range("C3:C5").value == [None, None, None]
    assert sheet.range("C3:C5").number_format == "0.00%"
    sheet.range("C3").value = None
    assert sheet.range("C3").color == (255, 255, 0)


def test_tables(book):
    sheet = book.sheets["任务台账"]
    table = sheet.tables["tblRaters"]
    assert [item.name for item in sheet.tables] == ["tblRaters"]
    assert table.range.address == "$F$2:$G$4"
    assert table.header_row_range.value == ["主体", "权重"]
    assert table.data_body_range.address == "$F$3:$G$4"
    assert (table.show_totals, table.totals_row_range) == (False, None)
    table.resize(sheet.range("F2:G9"))
    assert sheet.tables["tblRaters"].data_body_range.address == "$F$3:$G$9"
    totals = book.sheets["下拉选项"].tables["tblTotals"]
    assert totals.show_totals
    assert totals.totals_row_range.value == ["汇总", "三人"]
    assert totals.data_body_range.address == "$A$2:$B$2"


def test_names(book):
    assert [(name.name, name.refers_to) for name in book.names] == [("完成率", "=任务台账!$C$3:$C$5")]
    assert "完成率" in book.names
    assert book.names["完成率"].refers_to_range.address == "$C$3:$C$5"


def test_application_state_can_be_set_and_restored(book):
    app = book.app
    usual = {
        "screen_updating": True,
        "calculation": "automatic",
        "status_bar": False,
        "display_alerts": True,
        "enable_events": True,
    }
    with app.properties(**usual):  # whatever a test before left behind
        with app.properties(screen_updating=False, calculation="manual", status_bar="正在计算", enable_events=False):
            assert app.calculation == "manual"
            assert app.status_bar == "正在计算"
        assert {name: getattr(app, name) for name in usual} == usual


def test_saving(book, open_engine_book):
    book.sheets["考核结果"].api.Unprotect()
    book.sheets["考核结果"].range("A2").value = [[1, "党建办"]]
    path = book.fullname
    book.save()
    book.close()
    again = open_engine_book(path)
    assert again.sheets["考核结果"].range("A2:B2").value == [1.0, "党建办"]
    again.close()


def test_links(book):
    book.sheets["考核结果"].api.Unprotect()
    cell = book.sheets["考核结果"].range("B1")
    cell.add_hyperlink("#'任务台账'!A3", "科室", "转到任务台账")
    assert cell.hyperlink in ("#'任务台账'!A3", ""), "Excel itself keeps the place apart and says nothing of it"
    assert cell.value == "科室"
    book.sheets["考核结果"].cells.api.ClearHyperlinks()
    assert cell.value == "科室"
    with pytest.raises(Exception, match="hyperlink"):
        _ = cell.hyperlink


def test_notes(book):
    sheet = book.sheets["任务台账"]
    assert sheet.range("C3").note is None
    sheet.range("C3").add_note("【校验】请核对")
    with pytest.raises(ValueError, match="already"):
        sheet.range("C3").add_note("又一条")
    sheet.range("A4").add_note("第二条")
    assert [(note.location.address, note.text) for note in sheet.notes] == [
        ("$C$3", "【校验】请核对"),
        ("$A$4", "第二条"),
    ]
    sheet.range("A4").note.text = "改过"
    assert sheet.range("A4").note.text == "改过"
    sheet.range("C3").note.delete()
    assert sheet.range("C3").note is None
    assert [note.text for note in sheet.notes] == ["改过"]


def test_heights_of_rows(book):
    sheet = book.sheets["任务台账"]
    usual = sheet.range("A3").row_height
    sheet.range("A4:A5").row_height = 0
    assert sheet.range("A4:B5").row_height == 0
    assert sheet.range("A3:A5").row_height is None
    sheet.range("4:4").row_height = 30
    assert sheet.range("A4").row_height == 30
    assert sheet.range("A3").row_height == usual
    assert sheet.range("A5").row_height == 0
    assert sheet.range("A4:A5").value == ["党建办", "民政办"]
    with pytest.raises(Exception, match=r".+"):
        sheet.range("A3").row_height = 500


def test_formulas_given_back_leave_constants_as_they_are(book):
    sheet = book.sheets["任务台账"]
    block = sheet.range("A2:G7")
    before = block.value
    block.formula = block.formula
    assert sheet.range("C7").formula == "=SUM(C3:C5)"
    after = block.value
    after[5][2] = before[5][2]
    assert after == before
    assert sheet.range("C3:C5").number_format == "0.00%"


TEXTS = (
    "001",
    "=1+1",
    "+86",
    "-3",
    "@这里",
    "1/2",
    "95%",
    "TRUE",
    "2024-01-02",
    " 前后 ",
    "甲\n乙",
    "'引号",
    "#REF!",
    "😀",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_stays_the_text_it_is(book, text):
    sheet = book.sheets["任务台账"]
    cell = sheet.range("I3")
    before = cell.number_format
    cell.value = f"'{text}"
    assert cell.value == text
    assert cell.formula == text, "a constant, no formula"
    assert cell.number_format == before, "what is typed there later is what it looks like"
    sheet.range("I4:J4").value = [[f"'{text}", 5]]
    assert sheet.range("I4:J4").value == [text, 5.0]


def test_numbers_dates_and_truth_values_come_back_as_such(book):
    sheet = book.sheets["任务台账"]
    row = [True, False, 0.1, -1e-9, 12345678901234.5, dt.datetime(2024, 2, 29), dt.datetime(2024, 2, 29, 8, 30)]
    sheet.range("I9:O9").value = row
    read = sheet.range("I9:O9").value
    assert list(map(repr, read)) == list(map(repr, row))
    sheet.range("I9:O9").value = [1, 2, 3, 4, 5, None, "文"]
    again = sheet.range("I9:M9").value
    assert list(map(repr, again)) == ["1.0", "2.0", "3.0", "4.0", "5.0"], "a number is no truth value"


def test_errors_are_read_as_their_names(tmp_path, open_engine_book):
    names = ("#DIV/0!", "#N/A", "#NAME?", "#NUM!", "#REF!", "#VALUE!")

    def build_errors(book):
        sheet = book.add_worksheet("错")
        for column, (formula, name) in enumerate(
            zip(("=1/0", "=NA()", "=没有(1)", "=SQRT(-1)", "=INDEX(A1:A2,9)", '="a"+1'), names, strict=True)
        ):
            sheet.write_formula(0, column, formula, None, name)
        sheet.write(1, 0, "好")

    opened = open_engine_book(files.make(tmp_path / "错误值.xlsx", build_errors))
    block = opened.sheets["错"].range("A1:F2").options(err_to_str=True).value
    plain = opened.sheets["错"].range("A1:F2").value
    opened.close()
    assert block[1] == ["好", *[None] * 5]
    assert plain[0] == [None] * 6
    assert all(shown in names for shown in block[0])
    assert block[0][:3] == list(names[:3])


def test_table_headers_and_array_formulas_are_not_overwritten(tmp_path, open_engine_book):
    def build_guarded(book):
        sheet = book.add_worksheet("护")
        sheet.write_column("A1", [1, 2])
        sheet.write_array_formula("C1:C2", "{=A1:A2*2}", None, 2)
        sheet.add_table("E1:F3", {"name": "tbl", "columns": [{"header": "甲"}, {"header": "乙"}]})

    opened = open_engine_book(files.make(tmp_path / "保护.xlsx", build_guarded))
    sheet = opened.sheets["护"]
    assert sheet.range("C1:C2").has_array
    with pytest.raises(WorkbookError, match="数组公式"):
        sheet.range("C2").value = 5
    with pytest.raises(WorkbookError, match="列名"):
        sheet.range("E1").value = "丙"
    sheet.range("E1:F2").value = [["甲", "乙"], [1, 2]]
    assert sheet.range("C1:F2").value == [[2.0, None, "甲", "乙"], [sheet.range("C2").value, None, 1.0, 2.0]]
    opened.close()


def test_nothing_is_written_under_a_merged_cell(book):
    sheet = book.sheets["任务台账"]
    sheet.range("A1:D2").value = [["新标题", "藏", "藏", "藏"], ["科室", "任务", "完成率", "日期"]]
    assert sheet.range("A1:D1").value == ["新标题", None, None, None]


def test_a_hundred_thousand_cells(book):
    sheet = book.sheets["任务台账"]
    block: list[list[Any]] = [[f"科室{row}", row / 7, None, "是", row] for row in range(20_000)]
    sheet.range("I11").value = block
    read = sheet.range("I11:M20010").value
    assert read == [[*line[:4], float(line[4])] for line in block]
    assert sheet.used_range.last_cell.address == "$M$20010"
