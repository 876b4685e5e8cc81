"""Workbook files made for tests, and ways to look inside them."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import xlsxwriter

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEET1 = "xl/worksheets/sheet1.xml"


def make(path: Path, build: Callable[[xlsxwriter.Workbook], None], **options) -> Path:
    """A workbook by XlsxWriter."""
    book = xlsxwriter.Workbook(str(path), options)
    build(book)
    book.close()
    return path


def parts(path: Path) -> dict[str, bytes]:
    """Every part's bytes, in zip order."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def text(path: Path, part: str = SHEET1) -> str:
    """One part as text."""
    return parts(path)[part].decode()


def repack(contents: Mapping[str, bytes], path: Path) -> Path:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def patch(path: Path, edits: Mapping[str, Callable[[str], str] | None]) -> Path:
    """Change parts of a workbook by text functions; None leaves a part out; a new part is made from ''."""
    contents = parts(path)
    for part, edit in edits.items():
        if edit is None:
            del contents[part]
        else:
            contents[part] = edit(contents.get(part, b"").decode()).encode()
    return repack(contents, path)


def sheet(cells: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part around rows of cells."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{MAIN}">'
        f"{before}<sheetData>{cells}</sheetData>{after}</worksheet>"
    )


def with_cells(path: Path, cells: str, **around: str) -> Path:
    """A minimal workbook whose only sheet has these rows."""
    make(path, lambda book: book.add_worksheet("表"))
    return patch(path, {SHEET1: lambda _: sheet(cells, **around)})


def zip_bytes(contents: Mapping[str, bytes]) -> bytes:
    """The bytes of a zip of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def backups(target: Path) -> list[Path]:
    """The old versions of a file, the oldest first."""
    folder = target.parent / "备份"
    return sorted(folder.iterdir()) if folder.exists() else []


def leftovers(folder: Path) -> list[str]:
    """Temporary files nobody put away."""
    return [path.name for path in folder.rglob("*.tmp")]
