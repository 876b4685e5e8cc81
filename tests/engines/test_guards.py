"""Files that are no workbook, or are built to hurt, get one clear sentence and stay as they are."""

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.engines.file import open_book
from jixiao.errors import JixiaoError, WorkbookError
from tests.engines import files
from tests.steps import steps
from tests.waiting import no_hang

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)


@pytest.fixture
def good(tmp_path):
    def build(book):
        sheet = book.add_worksheet("表")
        sheet.write_row(0, 0, ["科室", 1, True])
        sheet.write_formula("A2", "=B1", value=1)
        sheet.add_table("A4:B6", {"name": "tbl"})
        sheet.merge_range("D1:E2", "x")

    return files.make(tmp_path / "好.xlsx", build)


def read_all(path: Path) -> None:
    with open_book(path) as book:
        for sheet in book.sheets:
            sheet.used_range.options(err_to_str=True).value  # noqa: B018
            list(sheet.tables)


def refusal(path: Path, content: bytes) -> str:
    """The sentence a file is refused with, wherever that happens while it is opened and read."""
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught, no_hang("the refusal"):
        read_all(path)
    assert path.read_bytes() == content
    sentence = str(caught.value)
    assert sentence.endswith("。")
    assert sentence.count("。") == 1
    assert "\n" not in sentence
    return sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"plain text", "不是 Excel 工作簿"),
        (b"%PDF-1.4", "是 PDF 文件"),
        (OLE, "旧格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "打开密码"),
        (b"PK\x03\x04" + bytes(40), "损坏"),
        (files.zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "不是 Excel 工作簿"),
    ],
)
def test_other_files(tmp_path, content, words):
    assert words in refusal(tmp_path / "文件.xlsx", content)


def test_no_file(tmp_path):
    with pytest.raises(WorkbookError, match=r"找不到文件“没有\.xlsx”"):
        open_book(tmp_path / "没有.xlsx")
    with pytest.raises(WorkbookError, match="是文件夹"):
        open_book(tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_truncated(tmp_path, good, share):
    raw = good.read_bytes()
    assert "损坏" in refusal(tmp_path / "断.xlsx", raw[: int(len(raw) * share)])


@pytest.mark.parametrize("part", ["xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", files.SHEET1])
def test_missing_parts(tmp_path, good, part):
    contents = files.parts(good)
    del contents[part]
    refusal(tmp_path / "缺.xlsx", files.zip_bytes(contents))


BROKEN = [
    (part, broken)
    for part in ("xl/workbook.xml", "_rels/.rels", "xl/_rels/workbook.xml.rels", files.SHEET1, "xl/styles.xml")
    for broken in (b"", b"<", b"<a><b></a>", b"\xff\xfe", b"<a/>")
    if (part, broken) != ("xl/styles.xml", b"<a/>")  # a style part without styles is poor, not broken
]


@pytest.mark.parametrize(("part", "broken"), BROKEN)
def test_broken_parts(tmp_path, good, part, broken):
    contents = files.parts(good)
    contents[part] = broken
    refusal(tmp_path / "坏.xlsx", files.zip_bytes(contents))


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("dtd", [ENTITIES, EXTERNAL, "<!DOCTYPE x>", '<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", files.SHEET1, "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels"]
)
def test_document_types_are_refused(tmp_path, good, dtd, part):
    contents = files.parts(good)
    xml = contents[part].decode()
    contents[part] = xml.replace("?>", f"?>{dtd}", 1).encode()
    refusal(tmp_path / "实体.xlsx", files.zip_bytes(contents))


@pytest.mark.parametrize(
    "second", [files.SHEET1, files.SHEET1.upper(), "/" + files.SHEET1, files.SHEET1.replace("/", "\\")]
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_parts(tmp_path, good, second):
    path = tmp_path / "重.xlsx"
    path.write_bytes(good.read_bytes())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(second, "<a/>")
    assert "重名" in refusal(path, path.read_bytes())


def test_a_zip_bomb(tmp_path, good):
    contents = files.parts(good)
    contents["xl/media/bomb.bin"] = bytes(64 << 20)
    assert "大得不正常" in refusal(tmp_path / "弹.xlsx", files.zip_bytes(contents))


def test_a_part_that_says_it_is_huge(tmp_path, good):
    raw = bytearray(good.read_bytes())
    at = raw.index(b"PK\x01\x02")
    struct.pack_into("<L", raw, at + 24, 0xF0000000)
    assert "大得不正常" in refusal(tmp_path / "大.xlsx", bytes(raw))


def test_too_many_parts(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"x{number}", b"")
    assert "部件多得不正常" in refusal(tmp_path / "多.xlsx", buffer.getvalue())


def test_encrypted_entries_and_strange_compression(tmp_path, good):
    raw = bytearray(good.read_bytes())
    at = raw.index(b"PK\x01\x02")
    raw[at + 8] |= 1
    assert "密码" in refusal(tmp_path / "密.xlsx", bytes(raw))
    contents = files.parts(good)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    assert "压缩方式" in refusal(tmp_path / "压.xlsx", buffer.getvalue())


def test_a_wrong_checksum(tmp_path, good):
    contents = files.parts(good)
    raw = files.zip_bytes(contents)
    name = files.SHEET1.encode()
    at = raw.index(b"PK\x01\x02", raw.index(name) + 1)
    at = raw.rindex(b"PK\x01\x02", at, raw.rindex(name))
    crc = raw[at + 16 : at + 20]
    refusal(tmp_path / "校验.xlsx", raw.replace(crc, bytes(byte ^ 1 for byte in crc)))


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>abc</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="zz"><v>1</v></c></row>',
        '<row r="1"><c r="A1" s="x"><v>1</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><f t="shared" si="x">1</f></c></row>',
        '<row r="1"><c r="A1"><f t="array" ref="?">1</f></c></row>',
    ],
)
def test_broken_cells(tmp_path, cells):
    path = files.with_cells(tmp_path / "格.xlsx", cells)
    assert "工作表“表”读不出来" in refusal(path, path.read_bytes())


def test_a_stray_cell_in_the_last_corner(tmp_path):
    path = files.with_cells(tmp_path / "角.xlsx", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    assert "A1:XFD1048576 大得不正常" in refusal(path, path.read_bytes())


def test_a_workbook_by_another_name_is_read_all_the_same(tmp_path, good):
    path = tmp_path / "改名 😀 '引号'.xlsm"
    path.write_bytes(good.read_bytes())
    with open_book(path) as book:
        assert book.sheets["表"].range("A1").value == "科室"


def test_merges_and_empty_styled_rows_cost_in_step_with_their_number(tmp_path):
    """Protects sheets whose whole columns somebody formatted: no row and no merge is looked at twice."""

    def taken(count: int) -> int:
        rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/><c r="B{row}" s="0"/></row>' for row in range(1, count))
        merges = "".join(f'<mergeCell ref="D{row}:E{row}"/>' for row in range(1, count))
        path = files.with_cells(tmp_path / f"{count}.xlsx", rows, after=f"<mergeCells>{merges}</mergeCells>")

        def rewrite() -> None:
            with open_book(path) as book:
                sheet = book.sheets["表"]
                assert sheet.used_range.address == "$A$1"
                assert sheet.range(f"D1:E{count - 1}").merge_cells is True
                sheet.range("A1").value = [["x", None, None, "y", "z"]] * 100
                assert sheet.range("D1:E1").value == ["y", None]
                book.save()

        return steps(rewrite)

    taken(200)
    assert taken(5_000) < 12 * taken(500)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_random_damage_is_refused_or_read(good, data):
    """Bytes of the file, or of one of its parts, changed at random: a book or a refusal, never anything else."""
    path = good.with_name("损.xlsx")
    if data.draw(st.booleans()):
        raw = bytearray(good.read_bytes())
        _damage(raw, data)
        path.write_bytes(bytes(raw))
    else:
        contents = files.parts(good)
        part = data.draw(st.sampled_from(sorted(contents)))
        content = bytearray(contents[part])
        _damage(content, data)
        contents[part] = bytes(content)
        files.repack(contents, path)
    before = path.read_bytes()
    out = good.with_name("出.xlsx")
    try:
        with open_book(path) as book:
            for sheet in book.sheets:
                used = sheet.used_range
                used.options(err_to_str=True).value  # noqa: B018
                used.formula, used.number_format, used.color, used.merge_cells  # noqa: B018
                list(sheet.tables)
                sheet.range("A1").value = "写"
            list(book.names)
            book.save(out)
    except JixiaoError as error:
        assert str(error).endswith("。")  # noqa: PT017 - a book is as good an answer
    assert path.read_bytes() == before


def _damage(content: bytearray, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        if not content:
            return
        at = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["byte", "cut", "double"]))
        if kind == "byte":
            content[at] = data.draw(st.sampled_from(list(b'\x00\xff0<>&/"A9-')))
        elif kind == "cut":
            del content[at : at + data.draw(st.integers(1, 40))]
        else:
            content[at:at] = content[at : at + data.draw(st.integers(1, 40))]


@pytest.mark.parametrize("measure", ["nan", "inf", "-1", "x"])
@pytest.mark.parametrize("place", ['<row r="1" ht="{}">', '<col min="1" max="1" width="{}"/>'])
def test_a_height_or_width_that_is_none_is_refused(tmp_path, good, place, measure):
    """Rows are fitted to their texts with these: a height that is no number must not surface there."""
    contents = files.parts(good)
    sheet = contents[files.SHEET1].decode()
    if place.startswith("<row"):
        sheet = re.sub(r'<row r="1"[^>]*>', place.format(measure), sheet, count=1)
    else:
        sheet = sheet.replace("<sheetData>", f"<cols>{place.format(measure)}</cols><sheetData>")
    contents[files.SHEET1] = sheet.encode()
    refusal(tmp_path / "坏.xlsx", files.zip_bytes(contents))
