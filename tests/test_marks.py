"""Faults show where they are: links from 校验结果, notes and colours on the cells, gone once they are mended."""

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from openpyxl import load_workbook

from jixiao import buttons
from jixiao.engines.file import open_book
from jixiao.sheets.inputs import INPUT_SHEETS
from jixiao.sheets.locate import Layout
from jixiao.sheets.marks import mark_findings
from jixiao.sheets.present import Line
from tests.engines import files
from tests.workbooks import EXAMPLE, TEMPLATE

T, B, P = "任务台账", "履职测评", "加减分"
MARKER = "【校验】"
RED, YELLOW, BLUE = "#FFC7CE", "#FFEB9C", "#DDEBF7"


@pytest.fixture
def example(tmp_path):
    target = tmp_path / "示例.xlsm"
    shutil.copy(EXAMPLE, target)
    return target


def press(path, cells=(), button=buttons.check):
    """Type into cells (`表!A1`, value), press a button, save; returns the lines of 校验结果."""
    with open_book(path) as book:
        for place, value in dict(cells).items():
            sheet, _, address = place.rpartition("!")
            book.sheets[sheet].range(address).value = value
        outcome = button(book)
        book.save()
    return outcome.lines


def notes(path):
    """Every note as openpyxl reads it, by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): cell.comment.text
        for sheet in load_workbook(path).worksheets
        for row in sheet
        for cell in row
        if cell.comment
    }


def links(path):
    """Where each line of 校验结果 leads, beside what it shows."""
    sheet = load_workbook(path)["校验结果"]
    cells = (row[3] for row in sheet.iter_rows(min_row=4) if row[3].value)
    return [(cell.value, cell.hyperlink.location if cell.hyperlink else None) for cell in cells]


def places(path):
    """What the colouring rules look at."""
    return [row[6].value for row in load_workbook(path)["校验结果"].iter_rows(min_row=4) if row[6].value]


@pytest.mark.parametrize("button", [buttons.check, buttons.score])
def test_faults_have_notes_with_type_problem_and_advice(example, button):
    press(example, {f"{T}!D6": 1.5, f"{B}!E5": 200}, button)
    found = notes(example)
    assert found[T, "D6"] == f"{MARKER}错误：完成率 150% 超过了上限 100%。请核对；超额完成也最多填 100%。"
    assert found[B, "E5"].startswith(f"{MARKER}错误：分数 200")
    warned = "退役军人服务站的这一项没有认定依据，作为待认定，暂不计分。请补填文号或会议决定。"
    assert found[P, "H17"] == f"{MARKER}警告：{warned}"


def test_suspicions_have_none_and_everything_else_has_one(example):
    lines = press(example, {f"{T}!D6": 1.5, f"{T}!A12": "不存在科"})
    listed = {(line["工作表"], line["单元格"]) for line in lines if line["类型"] in {"错误", "警告"} and line["单元格"]}
    hinted = {(line["工作表"], line["单元格"]) for line in lines if line["类型"] == "提示"} - listed
    assert hinted
    assert notes(example).keys() == listed


def test_the_next_run_takes_them_away(example):
    press(example)
    before = notes(example)
    value = load_workbook(example)[T]["D6"].value
    press(example, {f"{T}!D6": 1.5})
    assert notes(example).keys() - before.keys() == {(T, "D6")}
    press(example, {f"{T}!D6": value}, buttons.score)
    assert notes(example) == before


def test_a_sheet_that_is_mended_is_as_it_was(example):
    part = "xl/worksheets/sheet5.xml"
    press(example, {f"{T}!D6": 1.5, f"{T}!E6": "很好"})
    mended = {f"{T}!D6": 0.9, f"{T}!E6": 0.9}
    press(example, mended)
    once = files.parts(example)
    assert b"legacyDrawing" not in once[part]
    press(example, {f"{T}!D6": 1.5})
    assert b"legacyDrawing" in files.parts(example)[part]
    press(example, mended)
    assert files.parts(example) == once


def test_only_the_reference_to_the_drawing_comes_into_an_input_sheet(example):
    part = "xl/worksheets/sheet5.xml"
    with open_book(example) as book:
        book.sheets[T].range("D6").value = 1.5
        book.save()
    before = files.text(example, part)
    press(example, button=buttons.score)
    after = files.text(example, part)
    assert after != before
    assert re.sub(r'<legacyDrawing r:id="\w+"/>', "", after) == before


def test_peoples_notes_stay_and_their_cells_get_none_of_ours(example):
    own = {(T, "D6"): "张三：已问过", (T, "D7"): "与【校验】无关"}
    with open_book(example) as book:
        for (sheet, cell), text in own.items():
            book.sheets[sheet].range(cell).add_note(text)
        book.save()
    press(example, {f"{T}!D6": 1.5})
    press(example)
    assert {place: text for place, text in notes(example).items() if place[0] == T} == own


def test_a_note_that_moved_with_its_row_is_found(example):
    """Staff insert rows between two runs, or copy a sheet: the marker tells, not the place."""
    with open_book(example) as book:
        for sheet, cell in ((T, "D99"), ("使用说明", "A1"), ("考核结果", "C9")):
            book.sheets[sheet].range(cell).add_note(f"{MARKER}错误：旧的")
        book.save()
    press(example)
    assert not [text for text in notes(example).values() if text.endswith("旧的")]


def test_findings_of_one_cell_share_a_note(example):
    words = ("错误", "警告", "提示", "错误", "警告", "错误")
    lines: list[Line] = [
        {"类型": word, "工作表": T, "单元格": "D6", "问题": f"第{number}个问题", "建议": "请改"}
        for number, word in enumerate(words)
    ]
    with open_book(example) as book:
        mark_findings(book, Layout(3, {"cell": (4,)}), lines[:4])
        told = {note.location.address: note.text for note in book.sheets[T].notes}
        three = f"{MARKER}错误：第0个问题。请改。\n警告：第1个问题。请改。\n错误：第3个问题。请改。"
        assert told == {"$D$6": three}
        mark_findings(book, Layout(3, {"cell": (4,)}), lines)
        told = {note.location.address: note.text for note in book.sheets[T].notes}
        assert told == {"$D$6": f"{three}\n另有 2 条，见“校验结果”。"}


def test_at_most_two_hundred_notes_gravest_first(example):
    lines = press(example, {f"{T}!{column}{row}": f"约{row}" for column in "DEFG" for row in range(4, 58)})
    found = notes(example)
    assert len(found) == 200
    assert {text.removeprefix(MARKER)[:2] for text in found.values()} == {"错误"}
    assert sum(line["类型"] == "警告" for line in lines) > 0


@pytest.mark.parametrize("faults", [{}, {f"{T}!D6": 1.5, f"{B}!F9": "好的", f"{P}!H9": None}], ids=["clean", "faulty"])
@pytest.mark.parametrize("button", [buttons.check, buttons.score])
def test_a_second_run_changes_no_byte(example, faults, button):
    press(example, faults, button)
    before = example.read_bytes()
    press(example, {}, button)
    assert example.read_bytes() == before


def test_a_blank_workbook_has_no_notes(tmp_path):
    target = tmp_path / "空白.xlsm"
    shutil.copy(TEMPLATE, target)
    press(target, button=buttons.score)
    assert not [place for place in notes(target) if place[0] == P]


def test_a_sheet_that_takes_no_notes_hinders_nothing(example):
    """Threaded comments, a password: the list and the colour still tell, and other sheets have their notes."""
    press(example, {f"{T}!D6": 1.5})
    relations = "xl/worksheets/_rels/sheet5.xml.rels"
    thread = '<Relationship Id="rId99" Type="http://x/threadedComment" Target="../threadedComments/t.xml"/>'
    files.patch(example, {relations: lambda xml: xml.replace("</Relationships>", thread + "</Relationships>")})
    press(example, {f"{T}!D7": 1.5, f"{B}!E5": 200})
    assert {(T, "D6"), (B, "E5")} <= notes(example).keys()
    assert (T, "D7") not in notes(example)
    assert ("D7", f"'{T}'!D7") in links(example)


def test_lines_lead_to_their_cells(example):
    press(example, {f"{T}!D6": 1.5})
    found = links(example)
    lines = press(example)
    assert [shown for shown, _ in found] == [line["单元格"] for line in lines if line["单元格"]]
    assert [place for _, place in found] == [f"'{line['工作表']}'!{line['单元格']}" for line in lines if line["单元格"]]


def test_ranges_and_sheets_of_another_spelling_are_reached(example):
    book = load_workbook(example, keep_vba=True)
    book[T].merge_cells("A5:A6")
    book[T].title = "任务 台账"
    book.save(example)
    press(example)
    assert ("A5:A6", "'任务 台账'!A5:A6") in links(example)
    assert notes(example)["任务 台账", "A5"].startswith(f"{MARKER}错误：表格里有合并单元格 A5:A6")


def test_a_merged_cell_is_coloured_as_its_first(example):
    """A rule asks cell by cell: it would never find A5:A6 listed."""
    book = load_workbook(example, keep_vba=True)
    book[T].merge_cells("A5:A6")
    book.save(example)
    press(example)
    assert f"错误{T}!A5" in places(example)


def test_colours_outlive_a_header_that_was_typed_over(example):
    """The hidden column is none of the sheet's own, and the template's rules look at it for ever."""
    press(example, {f"{T}!D6": 1.5, "校验结果!F3": "怎么改", "校验结果!I3": "备忘"})
    sheet = load_workbook(example)["校验结果"]
    assert [cell.value for cell in sheet[3]][4:9] == ["问题", "建议", "着色用", None, "备忘"]
    assert f"错误{T}!D6" in places(example)


def test_the_marked_file_passes_microsofts_validator(example, validator):
    press(example, {f"{T}!D6": 1.5, f"{T}!E7": "很好", f"{B}!E5": 200, f"{P}!H9": None}, buttons.score)
    checked = subprocess.run([validator, str(example)], check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout


def fills(path: Path, soffice: str, folder: Path) -> dict[str, dict[str, str]]:
    """The fill LibreOffice shows, by sheet and cell; cells without one are left out."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "html", "--outdir", str(folder), str(path)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    page: Any = html.fromstring(path.with_suffix(".html").read_bytes())
    names = [title.text_content() for title in page.xpath("//a/h1/em")]
    shown = {}
    for name, table in zip(names, page.xpath("//table"), strict=True):
        cells = {
            f"{chr(65 + column)}{row}": str(cell.get("bgcolor"))
            for row, line in enumerate(table.xpath(".//tr"), start=1)
            for column, cell in enumerate(line.xpath("./td"))
        }
        shown[name] = {cell: fill for cell, fill in cells.items() if fill in {RED, YELLOW, BLUE}}
    return shown


def below_header(cells: dict[str, str]) -> dict[str, str]:
    return {cell: fill for cell, fill in cells.items() if int(cell[1:]) > 3}


def test_libreoffice_colours_the_cells_that_are_listed_and_no_others(example, soffice, tmp_path):
    """Each type in its colour, on every sheet, in the table and below it; D6 is not taken for D60 or D16."""
    faults = {f"{T}!D16": 1.5, f"{T}!D60": "很好", f"{T}!F10": 0.01, f"{B}!E5": 200, "科室!B5": -1, "考勤!D6": -2}
    lines = press(example, faults | {f"{T}!A70": "不存在科", f"{T}!B70": "新任务"})
    colours = {"错误": RED, "警告": YELLOW, "提示": BLUE}
    wanted: dict[str, dict[str, str]] = {sheet.name: {} for sheet in INPUT_SHEETS}
    for line in reversed(lines):
        if line["单元格"]:
            wanted[str(line["工作表"])][str(line["单元格"])] = colours[str(line["类型"])]
    assert {colour for cells in wanted.values() for colour in cells.values()} == {RED, YELLOW, BLUE}
    shown = fills(example, soffice, tmp_path)
    for name, cells in wanted.items():
        # Some headers are light blue by themselves.
        assert below_header(shown[name]) == below_header(cells), name


def test_every_input_sheet_has_rules_of_its_own():
    with zipfile.ZipFile(TEMPLATE) as archive:
        book = archive.read("xl/workbook.xml").decode()
        assert re.findall(r'name="校验定位" hidden="1">([^<]+)<', book) == ["校验结果!$G$4:$G$2003"]
        for number, sheet in enumerate(INPUT_SHEETS, start=2):
            xml = archive.read(f"xl/worksheets/sheet{number}.xml").decode()
            rules = re.findall(
                r'<cfRule type="expression" dxfId="\d+" priority="(\d+)"><formula>(COUNTIF\(校验.*?)</f', xml
            )
            asked = [re.findall(r'"(\w+)!"', formula) for _, formula in rules]
            assert asked == [[word + sheet.name] for word in ("错误", "警告", "提示")]
            assert [priority for priority, _ in rules] == ["1", "2", "3"], "they decide before any other rule"
