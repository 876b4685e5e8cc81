"""What Excel, WPS and staff put into a workbook is still there after `score`, byte for byte; or it is refused first."""

import io
import re
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.engines import files
from tests.hostile.conftest import right
from tests.hostile.warm import Warm
from tests.hostile.yearbook import HEADER, NAMES, Decorate, build, check_kept, headers_of, sheet_names

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


def picture() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">2L5B", 2, 2, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(14))) + chunk(b"IEND", b"")


def looks(book, sheets):
    """Hidden rows and columns, groups, panes, filters with a choice made, protection, print settings."""
    for name, sheet in sheets.items():
        sheet.freeze_panes(HEADER + 1, 1)
        sheet.repeat_rows(HEADER)
        sheet.set_column(30, 35, 3, None, {"hidden": True, "level": 1})
        sheet.set_row(HEADER + 40, 30, book.add_format({"bg_color": "red"}), {"level": 2, "hidden": True})
        if name not in {"参数", "季度得分"}:
            sheet.autofilter(HEADER, 0, HEADER + 20, 3)
            sheet.filter_column(0, "x == 综合办 or x == 党建办")
            sheet.set_row(HEADER + 3, None, None, {"hidden": True})
        sheet.protect("", {"autofilter": True})
        sheet.set_header("&L&P&C表 &A")
        sheet.print_area(0, 0, 30, 8)
        sheet.set_h_pagebreaks([20])


def objects(_book, sheets):
    """Comments, pictures, text boxes, buttons, check boxes, links: what lies on the grid and beside it."""
    for sheet in sheets.values():
        sheet.write_comment(HEADER + 2, 0, "批注：请核对", {"author": "张三", "visible": True})
        sheet.insert_image(25, 2, "图.png", {"image_data": io.BytesIO(picture()), "description": "章"})
        sheet.insert_textbox(25, 6, "说明文字", {"textlink": "=$A$1"})
        sheet.insert_button(1, 12, {"macro": "计算得分", "caption": "计算得分"})
        sheet.write_url(40, 22, "https://example.org/?a=1&b=2", string="链接", tip="提示")
        sheet.write_url(41, 22, "internal:科室!A1", string="=1+1")


def formats(book, sheets):
    """Conditional formats old and new (x14), sparklines, validation, rich text, a background colour in outputs."""
    red = book.add_format({"font_color": "red"})
    for name, sheet in sheets.items():
        sheet.conditional_format("A4:A90", {"type": "duplicate", "format": red})
        sheet.conditional_format("B4:B90", {"type": "data_bar", "data_bar_2010": True, "bar_axis_position": "middle"})
        sheet.conditional_format("C4:C90", {"type": "icon_set", "icon_style": "5_ratings"})
        sheet.conditional_format("D4:D90", {"type": "formula", "criteria": '=$A4="综合办"', "format": red})
        sheet.add_sparkline(60, 20, {"range": f"'{name}'!A4:D4", "markers": True, "style": 12})
        sheet.data_validation("H4:H90", {"validate": "list", "source": ["一", "二"], "error_message": "只能选"})
        sheet.write_rich_string(70, 20, "平", red, "红", "平")
        sheet.set_row(HEADER + 2, None, red)
    sheets["加减分"].write_rich_string(HEADER + 1, 11, red, "旧的", "计分")
    sheets["加减分"].write_rich_string(HEADER + 60, 12, red, "旧的", "说明")


def names(book, _sheets):
    """Defined names of every sort, seen and hidden, broken ones too."""
    book.define_name("全部科室", "=科室!$A$4:$A$8")
    book.define_name("考核结果!本表", "=考核结果!$A$1")
    book.define_name("常数", "=0.4")
    book.define_name("公式", "=SUM(任务台账!$C:$C)")
    book.define_name("坏的", "=#REF!$A$1")


def formulas(_book, sheets):
    """Formulas in inputs and beside outputs, an array beside them, and numbers kept with their formulas."""
    sheets["任务台账"].write_formula("C4", "=2-1", None, 1)
    sheets["科室"].write_formula("B4", "=SUM(1,0)", None, 1)
    for row in range(HEADER + 2, 30):
        sheets["考核结果"].write_formula(row, 25, f"=O{row}*2", None, 7)
        sheets["加减分"].write_formula(row, 25, f"=L{row}&M{row}", None, "旧")
    sheets["考核结果"].write_array_formula("AB4:AB9", "{=ROW(A4:A9)}", None, 4)
    sheets["考核结果"].write_formula("O4", "=1+1", None, 2)
    sheets["考核结果"].write_formula("P5", '="旧"', None, "旧")


def tables(_book, sheets):
    """Excel tables around inputs (larger and smaller than what is in them) and around outputs."""
    for name, last in (("任务台账", 40), ("加减分", 6), ("历年结果", 5), ("考核结果", 10), ("考勤", 5)):
        columns = [{"header": header} for header in headers_of(name)]
        sheets[name].add_table(HEADER, 0, last - 1, len(columns) - 1, {"name": f"表_{name}", "columns": columns})


DECORATIONS: tuple[Decorate, ...] = (looks, objects, formats, names, formulas)


def scored(warm: Warm, path: Path) -> Path:
    """A copy, scored in place; its figures are the town's."""
    after = path.with_name("算.xlsx")
    after.write_bytes(path.read_bytes())
    right(warm.run("score", after, "--json", "-").done())
    return after


@pytest.mark.parametrize("decorate", DECORATIONS, ids=lambda decorate: decorate.__name__)
def test_everything_else_is_kept(warm: Warm, tmp_path: Path, decorate):
    """Protects staff's own work in the workbook: whatever is not an output cell is the same before and after."""
    path = build(tmp_path / "年.xlsx", decorate)
    changed = check_kept(path, scored(warm, path))
    assert {"考核结果", "季度得分", "校验结果", "结果运用", "加减分"} <= changed


def test_all_of_it_at_once_and_sheets_in_another_order(warm: Warm, tmp_path: Path):
    """Protects the same when it all meets in one workbook whose tabs were moved about."""

    def everything(book, sheets):
        for decorate in DECORATIONS:
            decorate(book, sheets)
        sheets["科室"].hide()
        sheets["参数"].very_hidden()
        sheets["加减分"].activate()

    path = build(tmp_path / "年.xlsx", everything, names=tuple(reversed(NAMES)))
    after = scored(warm, path)
    check_kept(path, after)
    assert list(sheet_names(after).values()) == list(reversed(NAMES))
    assert [sheet.sheet_state for sheet in load_workbook(after)][-3:].count("visible") < 3


INSERTED = {
    "任务台账": {0: "序号", 3: "备注", 9: "负责领导"},
    "加减分": {1: "登记人", 12: "复核", 15: "备注"},
    "考核结果": {1: "简称", 5: "备注", 17: "领导意见", 20: "其他"},
    "履职测评": {4: "日期"},
    "科室": {0: "编号"},
}


def test_columns_that_staff_inserted(warm: Warm, tmp_path: Path):
    """Protects columns of staff's own, also between output columns: what stands in them stays, row by row."""

    def fill(_book, sheets):
        for name, places in INSERTED.items():
            for place in places:
                for row in range(HEADER + 1, HEADER + 12):
                    sheets[name].write(row, place, f"自己写的{row}")

    path = build(tmp_path / "年.xlsx", fill, inserted=INSERTED)
    after = scored(warm, path)
    check_kept(path, after)
    sheet = load_workbook(after)["考核结果"]
    assert [sheet.cell(4, column).value for column in (1, 2, 3)] == [1, "自己写的3", "党建办"]


def test_shared_formulas_in_and_beside_output_columns(warm: Warm, tmp_path: Path):
    """Protects formulas that lean on one another: those beside stay what they were, though their leader is replaced."""
    path = build(tmp_path / "年.xlsx")
    part = next(part for part, name in sheet_names(path).items() if name == "考核结果")
    lead = '<c r="O4"><f t="shared" ref="O4:S6" si="0">A4+$A$1*2</f><v>1</v></c>'
    beside = '<c r="{0}{1}"><f t="shared" si="0"/><v>1</v></c>'
    rows = "".join(
        f'<row r="{row}">{lead if row == 4 else beside.format("O", row)}{beside.format("S", row)}</row>'
        for row in (4, 5, 6)
    )
    files.patch(path, {part: lambda xml: xml.replace("</sheetData>", rows + "</sheetData>")})
    after = scored(warm, path)
    sheet = load_workbook(after)["考核结果"]
    assert [sheet[f"S{row}"].value for row in (4, 5, 6)] == ["=E4+$A$1*2", "=E5+$A$1*2", "=E6+$A$1*2"]
    assert sheet["O4"].value == 94.0


@pytest.mark.parametrize(("name", "area"), [("考核结果", "C4:C5"), ("校验结果", "A4:F9"), ("加减分", "L4:L9")])
def test_an_array_formula_in_the_way_is_refused(warm: Warm, tmp_path: Path, name, area):
    """Protects an array formula that cannot be kept: refused in one sentence before anything is written."""
    path = build(
        tmp_path / "年.xlsx", lambda _, sheets: sheets[name].write_array_formula(area, "{=ROW(A1:A9)}", None, 1)
    )
    before = path.read_bytes()
    warm.run("score", path).refused(name, area, "数组公式")
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_tables_of_any_size(warm: Warm, tmp_path: Path):
    """Protects Excel tables: entries pasted below one count, its own description stays as it is."""
    path = build(tmp_path / "年.xlsx", tables)
    check_kept(path, scored(warm, path))


EXTRAS = {
    "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
    "customXml/item1.xml": "<项 xmlns='urn:x'>值</项>".encode(),
    "xl/printerSettings/printerSettings1.bin": bytes(range(256)),
    "xl/ctrlProps/ctrlProp1.xml": b'<formControlPr xmlns="urn:x" objectType="CheckBox" checked="Checked"/>',
    "xl/persons/person.xml": b"<personList/>",
    "xl/threadedComments/threadedComment1.xml": b"<ThreadedComments/>",
    "xl/webextensions/taskpanes.xml": b"<taskpanes/>",
    "customUI/customUI14.xml": b"<customUI/>",
    "_xmlsignatures/origin.sigs": b"",
    "空 的/名字 😀.bin": b"x",
}


def test_parts_nobody_here_knows(warm: Warm, tmp_path: Path):
    """Protects what newer programs put into the file: parts we never heard of are carried along untouched."""
    path = build(tmp_path / "年.xlsx")
    files.repack(files.parts(path) | EXTRAS, path)
    after = scored(warm, path)
    check_kept(path, after)
    assert {name: files.parts(after)[name] for name in EXTRAS} == EXTRAS


def test_elements_and_attributes_of_newer_programs(warm: Warm, tmp_path: Path):
    """Protects extensions Excel 365 and WPS write into sheets: xr:uid, x14ac, extLst, mc:AlternateContent stay."""
    path = build(tmp_path / "年.xlsx", names)
    spaces = (
        ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr etc"'
        ' xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
        ' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xmlns:etc="http://www.wps.cn/et"'
        ' xr:uid="{00000000-0001-0000-0000-000000000000}" etc:v="1"'
    )

    def edit(xml: str) -> str:
        xml = re.sub(r"<worksheet ", f"<worksheet{spaces} ", xml, count=1)
        return re.sub(r"<row ", '<row x14ac:dyDescent="0.2" etc:k="v" ', xml)

    files.patch(path, dict.fromkeys(sheet_names(path), edit))
    after = scored(warm, path)
    check_kept(path, after)
    for part in sheet_names(after):
        assert spaces.split('"')[-4] in files.text(after, part)


def prefixed(xml: str) -> str:
    """The same XML with a prefix on every element, as some programs (Open XML SDK) write it."""
    xml = re.sub(r"<(/?)(?![?!]|\w+:)(\w)", r"<\1x:\2", xml)
    return xml.replace(f'xmlns="{files.MAIN}"', f'xmlns:x="{files.MAIN}"')


def test_prefixed_elements(warm: Warm, tmp_path: Path):
    """Protects files of programs that write `<x:row>`: read, and written in their own way."""
    path = build(tmp_path / "年.xlsx", formulas)
    parts = [*sheet_names(path), "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"]
    files.patch(path, dict.fromkeys(parts, prefixed))
    after = scored(warm, path)
    check_kept(path, after)
    assert "<row" not in files.text(after)


def test_a_workbook_last_saved_by_libreoffice(warm: Warm, soffice: str, tmp_path: Path):
    """Protects whoever has no Excel: what LibreOffice makes of the workbook is scored and kept as well."""
    path = build(tmp_path / "年.xlsx", formats)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    (tmp_path / "出").mkdir()
    convert = [soffice, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(tmp_path / "出"), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    saved = tmp_path / "出" / "年.xlsx"
    check_kept(saved, scored(warm, saved))
