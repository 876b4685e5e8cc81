"""Notes on cells: ours come and go, people's stay as they are."""

import re
import subprocess
import zipfile
from typing import Any

import openpyxl
import pytest

from jixiao.engines.file import open_book
from jixiao.errors import SaveError, WorkbookError
from tests.engines import files

COMMENTS, DRAWING = "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"
RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"


@pytest.fixture
def bare(tmp_path):
    """A workbook without any note."""

    def build(book):
        for name in ("任务台账", "科室"):
            sheet = book.add_worksheet(name)
            sheet.write_column("A1", ["科室", "综合办", "党建办"])
            sheet.set_column(1, 1, 30)
            sheet.set_row(2, 40)
            sheet.set_header("&C表头")

    return files.make(tmp_path / "没有批注.xlsx", build)


@pytest.fixture
def noted(tmp_path):
    """A workbook whose sheet has people's notes, a button and a picture in the header in its drawings."""

    def build(book):
        sheet = book.add_worksheet("任务台账")
        sheet.write_column("A1", ["科室", "综合办", "党建办"])
        sheet.write_comment("A2", " 老批注\n第二行 <&>", {"author": "张三", "visible": True, "width": 333})
        sheet.write_comment("C9", "另一条", {"author": "李四"})
        sheet.insert_button("E5", {"caption": "按钮"})

    return files.make(tmp_path / "有批注.xlsx", build)


def others_read(path, sheet="任务台账"):
    """Notes as openpyxl reads them."""
    cells = (cell for row in openpyxl.load_workbook(path)[sheet] for cell in row if cell.comment)
    return {cell.coordinate: (cell.comment.text, cell.comment.author) for cell in cells}


def add(path, *cells, sheet="任务台账", text="【校验】请核对"):
    with open_book(path) as book:
        for cell in cells:
            book.sheets[sheet].range(cell).add_note(text)
        book.save()


def note_of(book, sheet, cell) -> Any:
    """The note of a cell that has one."""
    return book.sheets[sheet].range(cell).note


def delete(path, *cells, sheet="任务台账"):
    with open_book(path) as book:
        for cell in cells:
            note_of(book, sheet, cell).delete()
        book.save()


def test_a_note_where_there_was_none(bare):
    add(bare, "B3", "A2", text="【校验】错误：<漏填> & “95”\n请补填")
    expected = ("【校验】错误：<漏填> & “95”\n请补填", "绩效考核")
    assert others_read(bare) == {"A2": expected, "B3": expected}
    with open_book(bare) as book:
        sheet = book.sheets["任务台账"]
        assert [(note.location.address, note.text, note.author) for note in sheet.notes] == [
            ("$A$2", *expected),
            ("$B$3", *expected),
        ]
        assert sheet.range("A1").note is None
        assert len(book.sheets["科室"].notes) == 0
        assert book.notes.count == 2


def test_notes_on_two_sheets_have_parts_of_their_own(bare, validator):
    add(bare, "B3")
    add(bare, "A1", "A2", sheet="科室")
    assert set(others_read(bare)) == {"B3"}
    assert set(others_read(bare, "科室")) == {"A1", "A2"}
    checked = subprocess.run([validator, str(bare)], check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout


def test_the_sheet_changes_by_its_reference_to_the_drawing_only(bare):
    before = files.parts(bare)
    add(bare, "B3")
    after = files.parts(bare)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {files.SHEET1, "[Content_Types].xml"}
    assert re.sub(rb'<legacyDrawing r:id="rId2"/>', b"", after[files.SHEET1]) == before[files.SHEET1]
    assert after.keys() - before.keys() == {COMMENTS, DRAWING, RELATIONS}


def test_when_the_last_note_goes_the_package_is_as_before(bare):
    before = files.parts(bare)
    add(bare, "B3", "A2")
    delete(bare, "B3")
    assert set(others_read(bare)) == {"A2"}
    assert files.parts(bare)[DRAWING].count(b"<v:shape ") == 1
    delete(bare, "A2")
    assert files.parts(bare) == before
    assert list(files.parts(bare)) == list(before)


def test_the_same_notes_again_change_no_byte(bare):
    add(bare, "B3", "A2")
    before = bare.read_bytes()
    with open_book(bare) as book:
        sheet = book.sheets["任务台账"]
        for note in list(sheet.notes):
            note.delete()
        for cell in ("A2", "B3"):
            sheet.range(cell).add_note("【校验】请核对")
        book.save()
    assert bare.read_bytes() == before


def test_peoples_notes_keep_their_very_elements(noted, validator):
    before = files.parts(noted)
    theirs = re.findall(rb"<comment .*?</comment>", before[COMMENTS], re.DOTALL)
    boxes = re.findall(rb"<v:shape .*?</v:shape>", before[DRAWING], re.DOTALL)
    assert (len(theirs), len(boxes)) == (2, 3)
    add(noted, "B3")
    after = files.parts(noted)
    assert re.findall(rb"<comment .*?</comment>", after[COMMENTS], re.DOTALL)[:2] == theirs
    assert re.findall(rb"<v:shape .*?</v:shape>", after[DRAWING], re.DOTALL)[:3] == boxes
    assert others_read(noted) == {
        "A2": (" 老批注\n第二行 <&>", "张三"),
        "C9": ("另一条", "李四"),
        "B3": ("【校验】请核对", "绩效考核"),
    }
    assert after[files.SHEET1] == before[files.SHEET1], "the drawing was there already"
    checked = subprocess.run([validator, str(noted)], check=False, capture_output=True, text=True, timeout=120)
    assert checked.returncode == 0, checked.stdout
    delete(noted, "B3")
    back = files.parts(noted)
    assert re.sub(rb"<\?xml.*?\?>\s*", b"", back.pop(COMMENTS)) == re.sub(
        rb"<\?xml.*?\?>\s*", b"", before.pop(COMMENTS)
    )
    assert back == before


def test_a_button_keeps_its_drawing_when_the_last_note_goes(noted):
    delete(noted, "A2", "C9")
    after = files.parts(noted)
    assert COMMENTS not in after
    assert b'ObjectType="Button"' in after[DRAWING]
    assert b'ObjectType="Note"' not in after[DRAWING]
    assert "legacyDrawing" in files.text(noted)
    add(noted, "B3")
    assert set(others_read(noted)) == {"B3"}


def test_another_text_for_a_note(bare):
    add(bare, "B3")
    with open_book(bare) as book:
        note_of(book, "任务台账", "B3").text = "_x000D_ 另写"
        book.save()
    with open_book(bare) as book:
        assert note_of(book, "任务台账", "B3").text == "_x000D_ 另写"
    assert files.text(bare, COMMENTS).count("<comment ") == 1


def test_a_sheet_with_threaded_comments_gets_no_note(noted):
    thread = '<Relationship Id="rId9" Type="http://x/2017/10/relationships/threadedComment" Target="../threads.xml"/>'
    files.patch(noted, {RELATIONS: lambda xml: xml.replace("</Relationships>", thread + "</Relationships>")})
    before = noted.read_bytes()
    with open_book(noted) as book:
        with pytest.raises(WorkbookError, match="新式批注"):
            book.sheets["任务台账"].range("B3").add_note("【校验】")
        book.save()
    assert noted.read_bytes() == before


@pytest.mark.parametrize("part", [COMMENTS, DRAWING])
@pytest.mark.parametrize("content", [None, lambda _: "<xml", lambda _: "没有"])
def test_notes_that_cannot_be_read_hinder_nobody(noted, part, content):
    files.patch(noted, {part: content})
    with open_book(noted) as book:
        sheet = book.sheets["任务台账"]
        list(sheet.notes)
        with pytest.raises(WorkbookError):
            sheet.range("B3").add_note("【校验】")
        sheet.range("A1").value = "新"
        book.save()
    with open_book(noted) as book:
        assert book.sheets["任务台账"].range("A1").value == "新"


def test_a_failed_saving_can_be_tried_again(bare):
    with open_book(bare) as book:
        book.sheets["任务台账"].range("B3").add_note("【校验】请核对")
        owner = bare.with_name(f"~${bare.name}")
        owner.write_bytes(b"")
        with pytest.raises(SaveError):
            book.save()
        owner.unlink()
        book.sheets["任务台账"].range("A2").add_note("【校验】第二条")
        book.save()
    assert {cell: text for cell, (text, _) in others_read(bare).items()} == {
        "A2": "【校验】第二条",
        "B3": "【校验】请核对",
    }
    assert files.parts(bare)[DRAWING].count(b"<v:shape ") == 2


def test_a_new_sheet_can_have_notes(bare):
    with open_book(bare) as book:
        book.sheets.add("新表").range("A1").add_note("甲")
        book.save()
    assert others_read(bare, "新表") == {"A1": ("甲", "绩效考核")}


def test_libreoffice_shows_them(bare, soffice, tmp_path):
    add(bare, "B3", text="【校验】第一行\n第二行")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    convert = [soffice, profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(bare)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    with zipfile.ZipFile(bare.with_suffix(".ods")) as archive:
        shown = archive.read("content.xml").decode()
    note = re.search(r"<office:annotation .*?</office:annotation>", shown)
    assert note is not None
    assert "【校验】第一行" in note[0]
    assert "第二行" in note[0]
