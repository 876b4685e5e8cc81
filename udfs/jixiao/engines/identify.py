"""What a file is that is no workbook, by its first bytes or its parts: one sentence with what helps here.

“另存为 .xlsm” is said only where a spreadsheet program can open the file and still finds every sheet in it.
"""

import re
from collections.abc import Iterable

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 4096
# A zip's own end holds no such run; what was copied before the cloud had it, or lost its end with the power, does.
_HOLE = bytes(512)

_ENCRYPTED = (b"%TSD-Header-###%", b"\x62\x14\x23\x65")
_ENCRYPTED_WORD = b"E-SafeNet"

_LOCKED = "被单位的文件加密软件加了密，本程序读不出来，请先解密（右键菜单里的“解密”，或请信息管理员办理）再用。"
_IN_EXCEL = "，也可以在能打开它的 Excel 里直接点功能区的按钮。"
_STUB = "里全是空字节，没有内容（多半是网盘只留了占位、还没有下载），请在网盘里把它下载到本机后再用，不行就用备份。"
_HALF = (
    "只有前面一段，后面全是空字节（多半是网盘没有下载完，或保存时断了电），请在网盘里把它下载完整后再用，不行就用备份。"
)
_EXPORTED = "另存为也找不回其余各表，请换成考核工作簿原件或“备份”文件夹里的。"
_OTHER = "请换成考核工作簿。"

_WORKBOOKS = (".xlsm", ".xlsx", ".xls", ".et")

# First bytes, what such a file is.
_KNOWN = (
    (b"%PDF-", "是 PDF 文件"),
    (b"\x89PNG", "是图片"),
    (b"\xff\xd8\xff", "是图片"),
    (b"GIF8", "是图片"),
    (b"Rar!", "是压缩包，请先解压，再用里面的工作簿"),
    (b"7z\xbc\xaf\x27\x1c", "是压缩包，请先解压，再用里面的工作簿"),
    (b"\x1f\x8b", "是压缩包，请先解压，再用里面的工作簿"),
    (b"{\\rtf", "是 Word 文档"),
    (b"L\0\0\0\x01\x14\x02\0", "是快捷方式，不是工作簿本身，请找到原来的工作簿再用"),
)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_PAGE = re.compile(r"<(?:!doctype html|html|head|meta|body|table|div|style)\b", re.IGNORECASE)
_UNSEEN = frozenset("\t\n\r\f\v\x1a")


def hidden(raw: bytes, label: str) -> str | None:
    """Why nobody can see what is in a file, whatever it should be: encrypted by the office, or not downloaded."""
    if raw and not raw.strip(b"\0"):
        return f"{label}{_STUB}"
    if raw.startswith(_ENCRYPTED) or _ENCRYPTED_WORD in raw[:_HEAD]:
        return f"{label}{_LOCKED}"
    return None


def sentence(raw: bytes, label: str) -> str:
    """Why `raw`, which is no zip that can be read, is no workbook; `label` names the file."""
    if told := hidden(raw, label):
        return told if _STUB in told else told.removesuffix("。") + _IN_EXCEL
    if raw.endswith(_HOLE) and raw.startswith(b"PK"):
        return f"{label}{_HALF}"
    if raw.startswith(_OLE):
        return f"{label}{_container(raw)}"
    for magic, words in _KNOWN:
        if raw.startswith(magic):
            return f"{label}{words}，{_OTHER}" if "请" not in words else f"{label}{words}。"
    if raw.startswith(b"PK"):
        return f"{label}不完整或已损坏，请用备份或重新复制一份完好的文件。"
    text = _text(raw[:_HEAD])
    if text is not None:
        return f"{label}{_written(text)}"
    return f"{label}不是 Excel 工作簿，请在 Excel 或 WPS 中试着打开：打得开就另存为 .xlsm，打不开就用备份。"


def archive(names: Iterable[str], label: str) -> str:
    """Why a zip that holds these parts is no workbook."""
    parts = {name.replace("\\", "/").casefold() for name in names}
    if "word/document.xml" in parts:
        return f"{label}是 Word 文档，{_OTHER}"
    if "ppt/presentation.xml" in parts:
        return f"{label}是演示文稿，{_OTHER}"
    if {"mimetype", "content.xml"} <= parts:
        return f"{label}是 OpenDocument 文件（.ods），请用 LibreOffice 打开，另存为 .xlsm 后再用。"
    if any(part.endswith(_WORKBOOKS) for part in parts):
        return f"{label}是压缩包，请先解压，再用里面的工作簿。"
    return f"{label}不是 Excel 工作簿（.xlsm 或 .xlsx），{_OTHER}"


def _container(raw: bytes) -> str:
    """An OLE file by the streams its directory names."""
    if _names(raw, "DRMEncryptedDataSpace"):
        return "设有权限保护（限制访问），请先在 Excel 中取消限制并保存。"
    if _names(raw, "EncryptedPackage"):
        return "设有打开密码，请先在 Excel 或 WPS 中取消密码并保存。"
    if _names(raw, "WordDocument"):
        return f"是 Word 文档，{_OTHER}"
    if _names(raw, "PowerPoint Document"):
        return f"是演示文稿，{_OTHER}"
    # A whole .xls may end in empty sectors too, but its directory names what it holds.
    if raw.endswith(_HOLE) and not _names(raw, "Book") and not _names(raw, "Workbook"):
        return _HALF
    return "是旧格式（.xls 或 .et），请在 Excel 或 WPS 中另存为 .xlsm 后再用。"


def _names(raw: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in raw


def _text(head: bytes) -> str | None:
    """The beginning of a text file; None when it is none. A character cut in two at the end is no matter."""
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    for encoding in ("utf-8", "gb18030"):
        for cut in range(4):
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return text if all(char.isprintable() or char in _UNSEEN for char in text) else None
    return None


def _written(text: str) -> str:
    """A text file by what it begins with."""
    start = text.lstrip()
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        return "是“XML 电子表格 2003”，请在 Excel 中打开，核对各张表都在，再另存为 .xlsm 后用。"
    if _PAGE.match(start) or (start.startswith(("<?xml", "<!--")) and _PAGE.search(start)):
        return f"是网页（HTML），{_EXPORTED}"
    if start.startswith("MIME-Version:"):
        return f"是网页（MHT），{_EXPORTED}"
    if start.startswith("<"):
        return f"是 XML 文本，{_EXPORTED}"
    first = start.splitlines()[0] if start else ""
    if any(mark in first for mark in ",;\t"):
        return f"是文本表格（CSV），只存得下一张表，{_EXPORTED}"
    return f"是文本文件，不是 Excel 工作簿，{_OTHER}"
