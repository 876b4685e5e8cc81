"""Files that are no workbook, or are built to hurt: one clear sentence, within memory, everything untouched."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.checks.plant import town_file
from tests.engines import files
from tests.hostile.warm import Warm, state

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams: str) -> bytes:
    """An OLE container whose directory lists these streams, as Excel, WPS and password tools write them."""
    header = MAGIC + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<10L", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0) + b"\xff" * 436
    fat = struct.pack("<4L", 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFE, 0xFFFFFFFF) + b"\xff" * 496
    entries = b""
    for number, name in enumerate(["Root Entry", *streams]):
        text = name.encode("utf-16-le") + b"\0\0"
        kind = 5 if number == 0 else 2
        entries += text.ljust(64, b"\0") + struct.pack("<HBB3L", len(text), kind, 1, *[0xFFFFFFFF] * 3) + bytes(48)
    return header + fat + entries.ljust(512, b"\0") + bytes(4096)


def town() -> bytes:
    return town_file().read_bytes()


OTHER: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空文件"),
    "password": (lambda: ole("EncryptionInfo", "EncryptedPackage"), "打开密码"),
    "xls": (lambda: ole("Workbook", "\x05SummaryInformation"), "旧格式"),
    "et": (lambda: ole("Workbook", "ETExtData", "\x05DocumentSummaryInformation"), "旧格式"),
    "xls of Excel 95": (lambda: ole("Book"), "旧格式"),
    "xls of Excel 4": (lambda: struct.pack("<3H", 0x0409, 6, 0) + bytes(500), "不是 Excel 工作簿"),
    "html as xls": (lambda: "<html><table><tr><td>科室</td></tr></table></html>".encode("gbk"), "是网页（HTML）"),
    "csv": (lambda: "科室,任务\n综合办,办文\n".encode("utf-8-sig"), "是文本表格（CSV）"),
    "zip": (lambda: files.zip_bytes({"读我.txt": b"x"}), "不是 Excel 工作簿"),
    "empty zip": (lambda: b"PK\x05\x06" + bytes(18), "不是 Excel 工作簿"),
    "ods": (lambda: files.zip_bytes({"mimetype": b"x", "content.xml": b"<a/>"}), "OpenDocument"),
    "garbage": (lambda: bytes(range(256)) * 300, "不是 Excel 工作簿"),
    "encrypted by the office": (lambda: b"%TSD-Header-###%" + bytes(range(256)) * 90, "文件加密软件"),
    "encrypted by another": (lambda: b"\x62\x14\x23\x65" + bytes(range(256)) * 90, "文件加密软件"),
    "a cloud's placeholder": (lambda: bytes(200_000), "全是空字节"),
    "half of it in the cloud": (lambda: town()[:4096] + bytes(200_000), "后面全是空字节"),
    "xml of 2003": (lambda: b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "电子表格 2003"),
    "garbage after PK": (lambda: b"PK\x03\x04" + bytes(range(256)) * 300, "损坏"),
}


@pytest.mark.parametrize("command", ["score", "check"])
@pytest.mark.parametrize("name", OTHER)
@pytest.mark.parametrize("suffix", [".xlsm", ".xls"])
def test_other_files(warm: Warm, tmp_path: Path, name, suffix, command):
    """Protects staff from a riddle: each kind of wrong file is told what it is, whatever it is called."""
    make, words = OTHER[name]
    path = tmp_path / f"文件{suffix}"
    path.write_bytes(make())
    before = state(tmp_path)
    warm.run(command, path).refused(words)
    assert state(tmp_path) == before


def test_truncated_anywhere(warm: Warm, tmp_path: Path, full: bool):
    """Protects against a half-copied file: cut anywhere, it is refused and not repaired by guessing."""
    raw = town()
    step = len(raw) // (400 if full else 40)
    path = tmp_path / "断.xlsm"
    for size in [*range(1, 60, 3 if full else 11), *range(60, len(raw), step), *range(len(raw) - 30, len(raw), 3)]:
        path.write_bytes(raw[:size])
        warm.run("score", path).refused()
        assert path.read_bytes() == raw[:size]
        assert [found.name for found in tmp_path.iterdir()] == [path.name]


def with_part(name: str, content: bytes) -> bytes:
    return files.zip_bytes(files.parts(town_file()) | {name: content})


def forged(size: int) -> bytes:
    """A sheet whose entry claims a small size and inflates to `size`."""
    name = "xl/worksheets/sheet4.xml"
    raw = bytearray(with_part(name, b"<x>" + bytes(size)))
    at = raw.rindex(name.encode()) - 46
    struct.pack_into("<L", raw, at + 24, 1000)
    local = struct.unpack_from("<L", raw, at + 42)[0]
    struct.pack_into("<L", raw, local + 22, 1000)
    return bytes(raw)


def overlapping() -> bytes:
    """A thousand directory entries over one and the same data: small, and half a terabyte when unpacked."""
    data = zlib.compress(bytes(1 << 20), 9)[2:-4]
    name = b"x0000"
    local = struct.pack(
        "<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, zlib.crc32(bytes(1 << 20)), len(data), 1 << 20, 5, 0
    )
    directory = b""
    for number in range(1000):
        fields = (20, 20, 0, 8, 0, 33, zlib.crc32(bytes(1 << 20)), len(data), 1 << 20, 5, 0, 0, 0, 0, 0, 0)
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", *fields) + b"x%04d" % number
    body = local + name + data
    return body + directory + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(directory), len(body), 0)


def nested() -> bytes:
    inner = files.zip_bytes({"a.bin": bytes(40 << 20)})
    for _ in range(3):
        inner = files.zip_bytes({f"{number}.zip": inner for number in range(10)})
    return files.zip_bytes(files.parts(town_file()) | {"xl/embeddings/a.zip": inner})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "ratio": (lambda: with_part("xl/media/a.bin", bytes(100 << 20)), "大得不正常"),
    "a sheet of blanks": (lambda: with_part("xl/worksheets/sheet4.xml", b"<x>" + b" " * (100 << 20)), "大得不正常"),
    "a sheet that lies about its size": (lambda: forged(60 << 20), ""),
    "many entries over one piece of data": (overlapping, "大得不正常|重名|损坏|不是 Excel"),
    "strings": (lambda: with_part("xl/sharedStrings.xml", b"<x>" + b"a" * (100 << 20)), "大得不正常"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_zip_bombs(warm: Warm, tmp_path: Path, name):
    """Protects the machine's memory: what would unpack to far more than it is gets refused."""
    make, words = BOMBS[name]
    path = tmp_path / "弹.xlsm"
    path.write_bytes(make())
    before = state(tmp_path)
    said = warm.run("score", path).refused()
    assert any(word in said for word in words.split("|"))
    assert state(tmp_path) == before


def test_a_zip_within_a_zip_is_only_carried_along(warm: Warm, tmp_path: Path):
    """Protects against unpacking what nobody asked for: an embedded bomb is a part like any other."""
    path = tmp_path / "套.xlsm"
    path.write_bytes(nested())
    answer = warm.run("score", path).well_behaved()
    assert answer.code == 0
    assert answer.peak < 300 << 20


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
DTDS = {
    "billion laughs": f'<!DOCTYPE x [<!ENTITY l0 "lol">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>',
    "file": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "network": '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    "parameter": '<!DOCTYPE x [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
}
PARTS = (
    *("_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/theme/theme1.xml"),
    *("xl/worksheets/sheet4.xml", "xl/worksheets/_rels/sheet7.xml.rels", "xl/worksheets/_rels/sheet4.xml.rels"),
    *("xl/tables/table1.xml", "docProps/core.xml", "[Content_Types].xml"),
)
READ = PARTS[:7]


@pytest.mark.parametrize("dtd", DTDS)
@pytest.mark.parametrize("part", PARTS)
def test_entities_in_any_part(warm: Warm, tmp_path: Path, part, dtd):
    """Protects files and memory of who opens it: no part may declare entities; one nobody reads stays as it is."""
    contents = files.parts(town_file())
    xml = contents[part].decode()
    head, mark, rest = xml.partition("?>") if xml.startswith("<?xml") else ("", "", xml)
    name = {"billion laughs": "l11", "network": "", "parameter": ""}.get(dtd, "a")
    body = rest.replace("</", f"&{name};" * (2000 if dtd == "quadratic" else 1) + "</", 1) if name else rest
    contents[part] = f"{head}{mark}{DTDS[dtd]}{body}".encode()
    path = tmp_path / "实体.xlsm"
    path.write_bytes(files.zip_bytes(contents))
    before = state(tmp_path)
    answer = warm.run("score", path, "--json", "-")
    if answer.code == 0:
        assert part not in READ
        assert files.parts(path)[part] == contents[part]
        assert "root:" not in answer.out
        answer.done()
    else:
        answer.refused("不是合格的 XML" if "sheet4.xml" not in part or "rels" in part else "读不出来")
        assert state(tmp_path) == before


@pytest.mark.parametrize("second", ["xl/workbook.xml", "XL/WORKBOOK.XML", "/xl/workbook.xml", "xl\\workbook.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_parts(warm: Warm, tmp_path: Path, second):
    """Protects against a file that shows one thing to Excel and another to us."""
    path = tmp_path / "重.xlsm"
    path.write_bytes(town())
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(second, files.parts(path)["xl/workbook.xml"])
    before = state(tmp_path)
    warm.run("score", path).refused("重名")
    assert state(tmp_path) == before


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_strange_compression(warm: Warm, tmp_path: Path, method):
    """Protects against what Excel could not open again either."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.parts(town_file()).items():
            archive.writestr(name, content)
    path = tmp_path / "压.xlsm"
    path.write_bytes(buffer.getvalue())
    warm.run("score", path).refused("压缩方式")
