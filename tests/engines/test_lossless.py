"""Everything that is not touched stays as it was, byte for byte."""

import io
import re
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from jixiao.engines.file import open_book
from tests.engines import files


@pytest.fixture
def rich(tmp_path):
    """A workbook with much that other writers drop, and Chinese names of parts."""

    def build(book):
        sheet = book.add_worksheet("数据")
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["科室", "得分", "占比"], bold)
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"科室{row}", 90 + row, row / 10])
        sheet.write_comment("A2", "批注")
        sheet.conditional_format("B2:B6", {"type": "data_bar", "data_bar_2010": True})
        sheet.conditional_format("C2:C6", {"type": "cell", "criteria": ">", "value": 0.3, "format": bold})
        sheet.data_validation("A2:A6", {"validate": "list", "source": ["甲", "乙"]})
        sheet.add_sparkline("D2", {"range": "数据!B2:B6"})
        sheet.autofilter("A1:C6")
        sheet.filter_column("B", "x > 92")
        sheet.freeze_panes(1, 0)
        sheet.insert_image("F2", "logo.png", {"image_data": io.BytesIO(_png())})
        sheet.insert_textbox("F10", "文本框")
        sheet.insert_button("F20", {"macro": "Go"})
        sheet.protect("x")
        sheet.set_row(3, None, None, {"hidden": True})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=数据!$B$2:$B$6"})
        sheet.insert_chart("H2", chart)
        other = book.add_worksheet("另一张")
        other.write_formula("A1", "=数据!B2", value=91)
        book.define_name("得分", "=数据!$B$2:$B$6")

    path = files.make(tmp_path / "绩效.xlsm.xlsx", build)
    contents = files.parts(path)
    contents["xl/media/图片一.bin"] = b"\x00\x01" * 100
    contents["customUI/customUI14.xml"] = b"<customUI xmlns='x'/>"
    contents["xl/vbaProject.bin"] = bytes(range(256))
    return files.repack(contents, path)


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def save_with(path: Path, cell: str = "B2", value: Any = 99.5, sheet: int | str = "数据") -> None:
    with open_book(path) as book:
        book.sheets[sheet].range(cell).value = value
        book.save()


def test_only_the_sheet_and_the_workbook_part_change(rich):
    before = files.parts(rich)
    save_with(rich)
    after = files.parts(rich)
    assert list(after) == list(before)
    assert {name for name in after if after[name] != before[name]} <= {files.SHEET1, "xl/workbook.xml"}
    assert after[files.SHEET1] != before[files.SHEET1]


def test_untouched_entries_keep_their_raw_bytes_and_times(rich):
    old_raw = rich.read_bytes()
    old = {info.filename: info for info in zipfile.ZipFile(rich).infolist()}
    save_with(rich)
    raw = rich.read_bytes()
    for info in zipfile.ZipFile(rich).infolist():
        before = old[info.filename]
        assert info.date_time == before.date_time
        assert info.flag_bits & 0x800 == before.flag_bits & 0x800
        assert info.compress_type == before.compress_type
        assert info.external_attr == before.external_attr
        if info.filename not in (files.SHEET1, "xl/workbook.xml"):
            size = 30 + len(info.orig_filename.encode()) + len(info.extra) + info.compress_size
            assert (
                raw[info.header_offset : info.header_offset + size]
                == old_raw[before.header_offset : before.header_offset + size]
            )


def test_inside_a_touched_sheet_only_the_cell_changes(rich):
    before = etree.fromstring(files.parts(rich)[files.SHEET1])
    save_with(rich)
    after = etree.fromstring(files.parts(rich)[files.SHEET1])
    cell = f"{{{files.MAIN}}}c"
    for tree in (before, after):
        (touched,) = [element for element in tree.iter(cell) if element.get("r") == "B2"]
        row = touched.getparent()
        assert row is not None
        row.remove(touched)
    assert etree.tostring(before, method="c14n") == etree.tostring(after, method="c14n")
    assert before.nsmap == after.nsmap


def test_setting_a_value_back_restores_the_very_cell(rich):
    """Scoring twice gives the same file: what one run wrote, the next finds equal."""
    save_with(rich)
    once = rich.read_bytes()
    save_with(rich)
    assert rich.read_bytes() == once


def test_markup_compatibility_and_unknown_extensions_stay(tmp_path):
    head = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
        'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
        'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision" xr:uid="{00000000-0001}"'
    )
    extension = '<extLst><ext xmlns:z="urn:z" uri="{X}"><z:a b="1&#10;2">文<z:c/></z:a></ext></extLst>'
    path = files.with_cells(
        tmp_path / "扩展.xlsx",
        '<row r="1" spans="1:2" x14ac:dyDescent="0.25"><c r="A1"><v>1</v></c></row>',
        after=extension,
    )
    files.patch(path, {files.SHEET1: lambda xml: xml.replace("<worksheet ", f"<worksheet {head} ")})
    save_with(path, "C1", "x", sheet=0)
    xml = files.text(path)
    assert head.rsplit(maxsplit=1)[-1] in xml
    assert 'mc:Ignorable="x14ac xr"' in xml
    assert 'x14ac:dyDescent="0.25"' in xml
    assert extension in xml
    assert 'spans="1:3"' in xml


def _streamed(contents):
    """A zip as streaming writers make it: sizes after the data, in descriptors."""
    buffer = io.BytesIO()

    class Unseekable(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            return buffer.write(data)

    with zipfile.ZipFile(Unseekable(), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _stored(contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, (2020, 2, 3, 4, 5, 6))
            info.external_attr = 0o644 << 16
            info.extra = b"\x99\x99\x04\x00abcd"
            archive.writestr(info, content)
        archive.comment = "说明".encode()
    return buffer.getvalue()


def _after_other_bytes(contents):
    return b"PK??" + b"x" * 60 + files.zip_bytes(contents)


def _zip64(contents):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            with archive.open(name, "w", force_zip64=True) as entry:
                entry.write(content)
    return buffer.getvalue()


@pytest.mark.parametrize("packer", [_streamed, _stored, _zip64, _after_other_bytes])
def test_zips_of_other_writers_are_kept(rich, packer):
    contents = files.parts(rich)
    rich.write_bytes(packer(contents))
    comment = zipfile.ZipFile(rich).comment
    save_with(rich)
    after = files.parts(rich)
    changed = {name for name in after if after[name] != contents[name]}
    assert list(after) == list(contents)
    assert changed <= {files.SHEET1, "xl/workbook.xml"}
    assert zipfile.ZipFile(rich).testzip() is None
    assert zipfile.ZipFile(rich).comment == comment
    with open_book(rich) as book:
        assert book.sheets["数据"].range("B2").value == 99.5


@pytest.mark.parametrize("rename", [str.lower, lambda name: name.replace("/", "\\"), lambda name: name])
def test_part_names_in_another_case_or_with_backslashes(rich, rename):
    """What old writers do, and Excel bears with."""
    contents = {rename(name): content for name, content in files.parts(rich).items()}
    raw = files.zip_bytes(contents)
    rich.write_bytes(raw)
    save_with(rich)
    assert set(files.parts(rich)) == set(contents)
    with open_book(rich) as book:
        assert book.sheets["数据"].range("B2").value == 99.5


def test_the_declaration_of_a_part_keeps_its_shape(rich):
    for declaration in (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n',
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n',
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    ):
        contents = files.parts(rich)
        xml = contents[files.SHEET1].decode()
        contents[files.SHEET1] = (declaration + re.sub(r"<\?xml[^>]*\?>\s*", "", xml)).encode()
        files.repack(contents, rich)
        save_with(rich, value=len(declaration))
        assert files.text(rich).startswith(declaration + "<worksheet")
