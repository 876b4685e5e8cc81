"""A file that is no workbook is told what it is, and what helps; “另存为” only where that can help."""

import random
import zipfile
from pathlib import Path

import pytest

from jixiao.engines.file import open_book
from jixiao.engines.identify import sentence
from jixiao.errors import WorkbookError
from tests.engines import files
from tests.workbooks import EXAMPLE

NOISE = random.Random(130).randbytes(40_000)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 4
XML_2003 = '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{}"></Workbook>'
PAGE = "<html><head><meta charset='gbk'></head><body><table><tr><td>科室</td></tr></table></body></html>"

UNLOCK, STUB, HALF = "文件加密软件", "全是空字节，没有内容", "后面全是空字节"
KINDS = {
    "encrypted with a header": (b"%TSD-Header-###%" + NOISE, UNLOCK),
    "encrypted with four bytes": (b"\x62\x14\x23\x65" + NOISE, UNLOCK),
    "encrypted with a name": (b"\0\x01\x02\x03  E-SafeNet  LOCK" + NOISE, UNLOCK),
    "all zeros": (bytes(218_177), STUB),
    "one zero": (b"\0", STUB),
    "zeros after the head": (EXAMPLE.read_bytes()[:4096] + bytes(200_000), HALF),
    "zeros after the head of an xls": (OLE + bytes(200_000), HALF),
    "web page in GBK": (PAGE.encode("gbk"), "网页（HTML）"),
    "web page with a mark": (("\n" + PAGE).encode("utf-8-sig"), "网页（HTML）"),
    "web page in UTF-16": (PAGE.encode("utf-16"), "网页（HTML）"),
    "web page after an XML line": (f'<?xml version="1.0"?>{PAGE}'.encode(), "网页（HTML）"),
    "web archive": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n", "网页（MHT）"),
    "XML 2003": (XML_2003.format("urn:schemas-microsoft-com:office:spreadsheet").encode(), "XML 电子表格 2003"),
    "other XML": (b'<?xml version="1.0"?><a/>', "XML 文本"),
    "CSV in GBK": ("科室,任务\r\n综合办,x\r\n".encode("gbk"), "文本表格（CSV）"),
    "CSV in UTF-16": ("科室\t任务\r\n综合办\tx\r\n".encode("utf-16"), "文本表格（CSV）"),
    "a long CSV cut within a character": (("科室,任务\n" + "综合办,党建办x\n" * 500).encode("gbk"), "文本表格（CSV）"),
    "text": ("综合办\n".encode(), "文本文件"),
    "PDF": (b"%PDF-1.7\n" + NOISE, "PDF"),
    "PNG": (b"\x89PNG\r\n\x1a\n" + NOISE, "图片"),
    "JPEG": (b"\xff\xd8\xff\xe0" + NOISE, "图片"),
    "RAR": (b"Rar!\x1a\x07" + NOISE, "先解压"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + NOISE, "先解压"),
    "zip around a workbook": (files.zip_bytes({"考核/绩效考核.xlsm": b"x"}), "先解压"),
    "shortcut": (b"L\0\0\0\x01\x14\x02\0" + NOISE, "快捷方式"),
    "docx": (files.zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<a/>"}), "Word 文档"),
    "pptx": (files.zip_bytes({"ppt/presentation.xml": b"<a/>"}), "演示文稿"),
    "ods": (files.zip_bytes({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument"),
    "doc": (OLE + "WordDocument".encode("utf-16-le"), "Word 文档"),
    "ppt": (OLE + "PowerPoint Document".encode("utf-16-le"), "演示文稿"),
    "rights": (OLE + "EncryptedPackage DRMEncryptedDataSpace".encode("utf-16-le"), "限制访问"),
    "xls": (OLE + "Workbook".encode("utf-16-le"), "旧格式"),
    "noise": (b"\x07" + NOISE, "不是 Excel 工作簿"),
}
# Where a spreadsheet program opens the file with all its sheets, saving it again helps; nowhere else.
SAVED_AGAIN = {"XML 2003", "ods", "xls", "noise"}


def refused(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    with pytest.raises(WorkbookError) as caught:
        open_book(path)
    return str(caught.value)


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_named_in_one_sentence(tmp_path, name):
    content, words = KINDS[name]
    told = refused(tmp_path / "绩效考核.xlsm", content)
    assert words in told
    assert told.startswith("文件“绩效考核.xlsm”")
    assert (told[-1], told.count("。")) == ("。", 1)
    assert ("另存为 .xlsm" in told) == (name in SAVED_AGAIN)


def test_a_workbook_whose_parts_hold_zeros_is_read(tmp_path):
    """Protects sound files from the rule about zeros: a stored picture may be nothing else."""
    path = tmp_path / "好.xlsm"
    path.write_bytes(EXAMPLE.read_bytes())
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image9.bin", bytes(10_000))
    with open_book(path) as book:
        assert "任务台账" in [sheet.name for sheet in book.sheets]


def test_a_broken_zip_is_damaged_and_not_called_a_stub():
    """Protects the advice: a workbook cut short does not come back by downloading it again."""
    assert "损坏" in sentence(EXAMPLE.read_bytes()[:5000], "文件“断.xlsm”")
