"""What lies on the disk after a save from LibreOffice: the Excel file, its macros, and what was typed and scored."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from jixiao import buttons
from jixiao.engines import libreoffice
from jixiao.engines.calc.unoapi import properties, struct
from jixiao.engines.file import open_book
from jixiao.errors import SaveError
from tests.calc.twins import differences, twins
from tests.engines import files
from tests.workbooks import EXAMPLE, TEMPLATE

pytestmark = pytest.mark.usefixtures("calc")


def cell(book, sheet, address):
    """A cell as a person has it before him."""
    return book.impl.grid.document.Sheets.getByName(sheet).getCellRangeByName(address)


def test_what_is_typed_and_scored_reaches_the_excel_file(tmp_path, validator):
    with twins(EXAMPLE, tmp_path) as (in_file, in_calc):
        cell(in_calc, "任务台账", "D5").setFormula("0.81")
        cell(in_calc, "任务台账", "B7").setString("001")
        cell(in_calc, "科室", "C5").setString("=1+1")
        in_file.sheets["任务台账"].range("D5").value = 0.81
        in_file.sheets["任务台账"].range("B7").value = "'001"
        in_file.sheets["科室"].range("C5").value = "'=1+1"
        for book in (in_file, in_calc):
            buttons.score(book)
            buttons.explain(book)
            book.save()
        assert not in_calc.impl.grid.document.isModified()
        path = Path(in_calc.fullname)
        with open_book(in_file.fullname) as one, open_book(path) as other:
            assert differences(one, other) == []
            assert other.sheets["公式复核"].range("A2").value == "一致", "with what LibreOffice calculated"
            assert cell_looks(one) == cell_looks(other)
        kept = {name for name, data in files.parts(EXAMPLE).items() if files.parts(path).get(name) == data}
        assert {"xl/vbaProject.bin", "customUI/customUI14.xml", "xl/tables/table1.xml"} <= kept
        subprocess.run([validator, str(path)], check=True, capture_output=True)
        assert [backup.read_bytes() for backup in (path.parent / "备份").iterdir()] == [EXAMPLE.read_bytes()]


def cell_looks(book):
    """Number formats, heights and links of the output sheets, by sheet."""
    grid = book.impl.grid
    return {
        name: [
            (
                grid.row_height(name, area := book.sheets[name].range((row, 1), (row, 1)).impl.area),
                *(grid.number_format(name, area._replace(left=column, right=column)) for column in range(1, 12)),
                *(grid.link(name, (row, column)) for column in range(1, 9)),
            )
            for row in range(1, 30)
        ]
        for name in ("季度得分", "考核结果", "考核一览", "得分说明", "校验结果", "结果运用")
    }


def test_saving_twice_changes_no_byte(tmp_path):
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        buttons.score(in_calc)
        in_calc.save()
        before = Path(in_calc.fullname).read_bytes()
        buttons.score(in_calc)
        in_calc.save()
        assert Path(in_calc.fullname).read_bytes() == before


def small(folder):
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.write_row("A1", ["甲", "乙", "丙"])
        sheet.write_row("A2", [1, 2, 3])
        sheet.write_formula("A3", "=SUM(A2:C2)", None, 6)
        sheet.set_column("D:D", None, None, {"hidden": True})
        book.add_worksheet("另一张").write("A1", "留")
        book.define_name("名", "=表!$A$1")
        book.define_name("表!本地", "=表!$A$1")

    return files.make(folder / "小.xlsx", build)


@pytest.fixture
def book(tmp_path):
    """A small workbook, open in LibreOffice."""
    opened = libreoffice.open_book(small(tmp_path))
    yield opened
    opened.close()


def test_formulas_come_with_their_results(book):
    cell(book, "表", "A2").setValue(10)
    cell(book, "表", "D3").setFormula('=IFERROR($另一张.A1&"!";1)')
    cell(book, "表", "E3").setFormula("=1/0")
    cell(book, "表", "F3").setFormula('=""')
    book.save()
    with open_book(book.fullname) as saved:
        values = saved.sheets["表"].range("A3:F3").options(err_to_str=True).value
        assert values == [15.0, None, None, "留!", "#DIV/0!", ""]
        formulas: Any = saved.sheets["表"].range("D3:E3").formula
        assert formulas == (('=IFERROR(另一张!A1&"!",1)', "=1/0"),)


def test_formats_colours_notes_and_hidden_rows_are_carried(book):
    cell(book, "表", "A2").FormulaLocal = "95%"
    cell(book, "表", "B2").FormulaLocal = "2024-05-06"
    cell(book, "表", "C2").CellBackColor = 0xFFC7CE
    book.sheets["表"].range("A1").add_note("看这里")
    book.sheets["表"].range("A2").row_height = 0
    book.save()
    with open_book(book.fullname) as saved:
        sheet = saved.sheets["表"]
        assert (sheet.range("A2").value, "%" in sheet.range("A2").number_format) == (0.95, True)
        assert sheet.range("B2").value.isoformat() == "2024-05-06T00:00:00"
        assert sheet.range("C2").color == (255, 199, 206)
        assert [note.text for note in sheet.notes] == ["看这里"]
        assert sheet.range("A2").row_height == 0


def test_a_new_sheet_with_formulas_is_carried(book):
    document = book.impl.grid.document
    document.Sheets.insertNewByName("自己的", 1)
    cell(book, "自己的", "B2").setFormula("=$表.A2*2")
    cell(book, "自己的", "A1").setString("我的表")
    book.save()
    with open_book(book.fullname) as saved:
        assert saved.sheet_names == ["表", "自己的", "另一张"]
        assert saved.sheets["自己的"].range("B2").formula == "=表!A2*2"
        assert saved.sheets["自己的"].range("A1:B2").value == [["我的表", None], [None, 2.0]]


def sheet_of(book, name):
    """A sheet as LibreOffice has it."""
    return book.impl.grid.document.Sheets.getByName(name)


def names_of(book):
    """The names defined for the whole document."""
    return book.impl.grid.document.NamedRanges


LOOKS, NAMES = "字体、边框、对齐等格式", "定义的名称"
LOST = {
    "bold": (LOOKS, lambda book: setattr(cell(book, "表", "A1"), "CharWeight", 150.0)),
    "struck through": (LOOKS, lambda book: setattr(cell(book, "表", "A1"), "CharStrikeout", 1)),
    "turned": (LOOKS, lambda book: setattr(cell(book, "表", "A1"), "RotateAngle", 4500)),
    "indented": (LOOKS, lambda book: setattr(cell(book, "表", "A1"), "ParaIndent", 700)),
    "shrunk": (LOOKS, lambda book: setattr(cell(book, "表", "A1"), "ShrinkToFit", True)),
    "merged": ("合并单元格", lambda book: cell(book, "表", "A5:B5").merge(True)),
    "wider": ("列宽", lambda book: setattr(sheet_of(book, "表").Columns.getByIndex(0), "Width", 9000)),
    "column hidden": ("列的隐藏", lambda book: setattr(sheet_of(book, "表").Columns.getByIndex(1), "IsVisible", False)),
    "column shown": ("列的隐藏", lambda book: setattr(sheet_of(book, "表").Columns.getByIndex(3), "IsVisible", True)),
    "array formula": ("数组公式", lambda book: cell(book, "表", "A8:A9").setArrayFormula("=B1:B2")),
    "sheet hidden": ("工作表的显示和隐藏", lambda book: setattr(sheet_of(book, "另一张"), "IsVisible", False)),
    "tab coloured": ("工作表标签的颜色", lambda book: setattr(sheet_of(book, "表"), "TabColor", 0xFF0000)),
    "sheets moved": ("工作表的次序", lambda book: book.impl.grid.document.Sheets.moveByName("另一张", 0)),
    "name redefined": (NAMES, lambda book: names_of(book).getByName("名").setContent("$表.$B$1")),
    "name gone": (NAMES, lambda book: names_of(book).removeByName("名")),
    "name added": (NAMES, lambda book: names_of(book).addNewByName("新", "$表.$B$1", struct("table.CellAddress"), 0)),
    "sheet's name": (NAMES, lambda book: sheet_of(book, "表").NamedRanges.getByName("本地").setContent("$表.$B$1")),
}


@pytest.mark.parametrize("what", LOST)
def test_what_the_file_cannot_be_given_is_said_before_anything_is_saved(book, what):
    before = Path(book.fullname).read_bytes()
    told, change = LOST[what]
    change(book)
    cell(book, "表", "A2").setValue(7)
    with pytest.raises(SaveError, match=told):
        book.save()
    assert Path(book.fullname).read_bytes() == before
    saving = libreoffice.prepare_save(book)
    assert saving.losses == (told,)
    saving.write()
    with open_book(book.fullname) as saved:
        assert saved.sheets["表"].range("A2").value == 7
    assert libreoffice.prepare_save(book).losses == (), "said once"


@pytest.mark.parametrize("source", [EXAMPLE, TEMPLATE], ids=["example", "template"])
def test_nobody_is_told_of_changes_that_nobody_made(tmp_path, source):
    """Neither what LibreOffice makes of a file while it opens it, nor what buttons do, counts as a person's change."""
    with twins(source, tmp_path) as (_, in_calc):
        assert libreoffice.prepare_save(in_calc).losses == ()
        for button in (buttons.check, buttons.score, buttons.explain, buttons.simulate):
            button(in_calc)
        assert libreoffice.prepare_save(in_calc).losses == ()


def test_print_settings_stay_the_file_s_own(tmp_path):
    """Excel keeps them as names, and LibreOffice's are not carried: docs/engines.md says so."""
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        sheet = sheet_of(in_calc, "考核一览")
        sheet.setPrintAreas((cell(in_calc, "考核一览", "A1:B2").RangeAddress,))
        assert libreoffice.prepare_save(in_calc).losses == ()


def test_all_columns_hidden_hides_no_row(book):
    """Where nothing is to be seen, nothing tells whether rows or columns are hidden."""
    for at in range(20):
        sheet_of(book, "表").Columns.getByIndex(at).IsVisible = False
    saving = libreoffice.prepare_save(book)
    assert saving.losses == ("列的隐藏",)
    saving.write()
    with open_book(book.fullname) as saved:
        assert saved.sheets["表"].range("A1").row_height != 0


def test_all_rows_hidden_hides_no_column(book):
    """Hidden rows are carried, and no column is taken for hidden because none of its cells shows."""
    cell(book, "表", "A1:A1000").Rows.IsVisible = False
    book.save()
    with open_book(book.fullname) as saved:
        assert saved.sheets["表"].range("A2").row_height == 0


def test_a_removed_sheet_stops_the_save(book):
    book.impl.grid.document.Sheets.removeByName("另一张")
    with pytest.raises(SaveError, match="“另一张”被删除或改名了"):
        book.save()


def test_a_file_changed_meanwhile_is_not_overwritten(book):
    path = Path(book.fullname)
    other = path.read_bytes() + b"\0"
    path.write_bytes(other)
    cell(book, "表", "A2").setValue(7)
    with pytest.raises(SaveError, match="打开后又被别人改过"):
        book.save()
    assert path.read_bytes() == other


def test_a_file_changed_before_the_first_press_is_noticed(tmp_path):
    """Inside LibreOffice a document may be open long before a button is pressed: its lock tells since when."""
    path = small(tmp_path)
    book = libreoffice.open_book(path)
    try:
        path.write_bytes(path.read_bytes())
        later = path.stat().st_mtime + 60
        os.utime(path, (later, later))
        grid = book.impl.grid
        grid._hold(grid.document)
        with pytest.raises(SaveError, match="打开后又被别人改过"):
            book.save()
    finally:
        book.close()


def test_another_program_s_lock_stops_the_save(book):
    owner = Path(book.fullname).with_name(f"~${Path(book.fullname).name}")
    owner.write_bytes(b"")
    cell(book, "表", "A2").setValue(7)
    with pytest.raises(SaveError, match="正在 Excel"):
        book.save()


def test_a_document_of_libreoffice_s_own_is_stored(tmp_path):
    office = libreoffice.open_book(small(tmp_path))
    office.impl.grid.document.storeAsURL((tmp_path / "表.ods").as_uri(), ())
    office.close()
    book = libreoffice.open_book(tmp_path / "表.ods")
    book.sheets["表"].range("A2").value = 8
    book.save()
    book.close()
    again = libreoffice.open_book(tmp_path / "表.ods")
    assert again.sheets["表"].range("A2").value == 8
    again.close()


@pytest.mark.parametrize("name", ["另存.xlsx", "另存.ods"])
def test_a_document_saved_under_another_name_is_that_file(book, tmp_path, name):
    """Protects the old file, and what was typed after 另存为, from going into each other's place."""
    first, second = Path(book.fullname), tmp_path / name
    before = first.read_bytes()
    cell(book, "表", "A2").setValue(7)
    kind = "Calc MS Excel 2007 XML" if second.suffix == ".xlsx" else "calc8"
    book.impl.grid.document.storeAsURL(second.as_uri(), properties(FilterName=kind))
    cell(book, "表", "B2").setValue(8)
    book.save()
    assert first.read_bytes() == before
    again = libreoffice.open_book(second)
    assert again.sheets["表"].range("A2:B2").value == [7, 8]
    again.close()


def test_what_ctrl_s_would_cost_is_known(book, tmp_path):
    assert libreoffice.would_lose(book.impl.grid.document) == []
    with twins(EXAMPLE, tmp_path) as (_, example):
        losses = libreoffice.would_lose(example.impl.grid.document)
    assert losses == ["Excel 里的宏和工作表函数", "Excel 功能区的“绩效考核”按钮", "表格的样式和自动扩展"]
    with zipfile.ZipFile(EXAMPLE) as archive:
        assert "xl/vbaProject.bin" in archive.namelist()


@pytest.mark.parametrize("held", ["before", "after"])
@pytest.mark.parametrize("fault", ["moved", "damaged"])
def test_a_file_that_cannot_be_read_is_not_libreoffice_s_to_write(tmp_path, fault, held):
    """Whether or not a button was pressed while the file was whole; back in its place it gets what changed."""
    with twins(EXAMPLE, tmp_path) as (_, in_calc):
        path, document = Path(in_calc.fullname), in_calc.impl.grid.document
        cell(in_calc, "任务台账", "D5").setFormula("0.81")
        aside = path.rename(path.with_name("移开.xlsm"))
        if fault == "damaged":
            path.write_bytes(b"no workbook")
            shutil.copystat(aside, path)
        if held == "after":
            in_calc.impl.grid._hold(document)
        assert "Excel 里的宏和工作表函数" in libreoffice.would_lose(document)
        with pytest.raises(SaveError, match="没有保存") as refused:
            in_calc.save()
        assert str(refused.value).count("。") == 1
        assert document.isModified()
        assert path.exists() == (fault == "damaged")
        aside.replace(path)
        in_calc.save()
        assert not document.isModified()
        with open_book(path) as saved:
            assert saved.sheets["任务台账"].range("D5").value == 0.81
        assert set(files.parts(EXAMPLE)) <= set(files.parts(path))
