"""What is refused before any of it is parsed: files that are no workbook, or that are built to hurt."""

import io
import zipfile

from jixiao.engines import identify
from jixiao.errors import WorkbookError

MAX_FILE = 200 * 2**20
MAX_PART = 256 * 2**20
MAX_TREE = 24 * 2**20
MAX_TOTAL = 512 * 2**20
MAX_ENTRIES = 20_000
RATIO_FROM = 32 * 2**20
MAX_RATIO = 300

_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x1
_UTF8_NAME = 0x800
_LOCAL_HEADER = 30


def open_zip(raw: bytes, label: str) -> zipfile.ZipFile:
    """The zip inside `raw`, checked for shape and size.

    `label` names the file in the message of the WorkbookError that answers anything else.
    """
    if not raw:
        raise WorkbookError(f"{label}是空文件，请换一个完好的工作簿。")
    if not raw.startswith(b"PK"):
        raise WorkbookError(identify.sentence(raw, label))
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OverflowError, UnicodeError) as error:
        raise WorkbookError(identify.sentence(raw, label)) from error
    _check_entries(archive.infolist(), label)
    if not all(_starts_right(raw, entry, archive.start_dir) for entry in archive.infolist()):
        raise WorkbookError(f"{label}不完整或已损坏，请用备份或重新复制一份完好的文件。")
    return archive


def _starts_right(raw: bytes, entry: zipfile.ZipInfo, directory: int) -> bool:
    """Whether an entry lies before the directory and begins with a header that names it."""
    start = entry.header_offset
    if start < 0 or start + _LOCAL_HEADER > directory or not raw.startswith(b"PK\x03\x04", start):
        return False
    name_size = int.from_bytes(raw[start + 26 : start + 28], "little")
    extra_size = int.from_bytes(raw[start + 28 : start + 30], "little")
    data = start + _LOCAL_HEADER + name_size + extra_size
    name = raw[start + _LOCAL_HEADER : start + _LOCAL_HEADER + name_size]
    encodings = ("utf-8",) if entry.flag_bits & _UTF8_NAME else ("cp437", "utf-8")
    return data + entry.compress_size <= directory and any(
        name.decode(encoding, "replace") == entry.orig_filename for encoding in encodings
    )


def _check_entries(entries: list[zipfile.ZipInfo], label: str) -> None:
    if len(entries) > MAX_ENTRIES:
        raise WorkbookError(f"{label}里的部件多得不正常，已停止读取，请确认文件来源。")
    seen: set[str] = set()
    for entry in entries:
        key = part_key(entry.filename)
        if key in seen:
            raise WorkbookError(f"{label}里有重名的部件，已损坏或被改动过，请用备份或在 Excel 中另存一份。")
        seen.add(key)
        if entry.flag_bits & _ENCRYPTED:
            raise WorkbookError(f"{label}的压缩包设有密码，请先取消密码并保存。")
        if entry.compress_type not in (_STORED, _DEFLATED):
            raise WorkbookError(f"{label}的压缩方式不受支持，请在 Excel 或 WPS 中另存一份再用。")
        oversized = entry.file_size > MAX_PART
        bloated = entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)
        if oversized or bloated:
            raise WorkbookError(f"{label}解压后大得不正常，已停止读取，请删去多余的行列后另存再用。")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise WorkbookError(f"{label}解压后大得不正常，已停止读取，请删去多余的行列后另存再用。")


def part_key(name: str) -> str:
    """Part names are compared without regard to case, leading slash or slash style."""
    return name.replace("\\", "/").lstrip("/").casefold()
