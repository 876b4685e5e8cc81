"""The last step: the same parts in the same order with the same dates, so that equal sources give equal files."""

import io
import re
import zipfile

from .unseen import unseen

_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say

# Rows of data: a height without the mark "set by hand" is what a viewer shows until the row is edited, and then Excel
# fits it again. XlsxWriter always writes the mark, and the rows would stay as they are for good.
_DATA_ROW = re.compile(rb'(<row r="(?:[4-9]|\d{2,})"[^>]*?) customHeight="1"')


def loosen_rows(sheet: bytes) -> bytes:
    """A sheet part whose data rows (below the header, row 3) may be fitted to their text."""
    return _DATA_ROW.sub(rb"\1", sheet)


# On the hidden sheets of 公式复核 an array formula stands in its first cell only, and nothing is cached: XlsxWriter
# fills the rest with zeros, 50,000 cells nobody needs, and a program that keeps cached values would trust them.
_WORKINGS = re.compile(rb'<sheetPr codeName="shtRecheck[A-Z]')
_PADDING = re.compile(rb'<c r="[A-Z]+\d+"(?: s="\d+")?><v>0</v></c>')
_CACHED = re.compile(rb"</f><v>[^<]*</v>")
_EMPTY_ROW = re.compile(rb"<row [^>]*></row>")


def thin_out(sheet: bytes) -> bytes:
    """A sheet part; one of the workings without padding and cached values."""
    if not _WORKINGS.search(sheet):
        return sheet
    return _EMPTY_ROW.sub(b"", _CACHED.sub(b"</f>", _PADDING.sub(b"", sheet)))


def repack(raw: bytes) -> bytes:
    """The same parts in the same order, with fixed dates, data rows that fit their text, and helpers out of sight."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = thin_out(loosen_rows(content))
            elif name == "xl/workbook.xml":
                content = unseen(content)
            info = zipfile.ZipInfo(name, _DATE)
            info.create_system = 0  # the same on every machine
            target.writestr(info, content, zipfile.ZIP_DEFLATED, compresslevel=9)
    return out.getvalue()
