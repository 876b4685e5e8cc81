"""The VBA project: what is in the workbook is what stands in addin/vba, and Excel finds each sheet's module."""

import re
from pathlib import Path

import pytest
from pyopenvba import ExcelFile
from pyopenvba.cfb import CFB

from .workbook_files import BOOK_IDS, BOOKS, ROOT, parts

SOURCES = ROOT / "addin/vba"


def body(source: str) -> str:
    """A module without its attribute lines."""
    lines = source.replace("\r\n", "\n").split("\n")
    return "\n".join(line for line in lines if not line.startswith("Attribute ")).strip()


@pytest.mark.parametrize("path", sorted(SOURCES.iterdir()), ids=lambda path: path.name)
def test_sources_are_ascii(path: Path) -> None:
    """Excel's code page would turn anything else into question marks without a word."""
    assert path.read_bytes().isascii()


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_code_names_match_the_project(book: Path) -> None:
    """Every sheet names a module of the project, and the project has no sheet module that no sheet names."""
    content = dict(parts(book))
    in_sheets = []
    for name, raw in content.items():
        if name.startswith("xl/worksheets/sheet"):
            found = re.search(rb'<sheetPr[^>]* codeName="([^"]+)"', raw)
            assert found, name
            in_sheets.append(found[1].decode())
    found = re.search(rb'<workbookPr[^>]* codeName="([^"]+)"', content["xl/workbook.xml"])
    assert found
    standard = {path.stem for path in SOURCES.glob("*.bas")}
    with ExcelFile(book) as file:
        assert set(file.module_names()) - standard == {found[1].decode(), *in_sheets}
        assert file.validate() == []
    assert len(set(in_sheets)) == len(in_sheets)


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_modules_are_the_sources(book: Path) -> None:
    """Each module's text is its file's; sheets without a file of their own share Sheet.cls."""
    with ExcelFile(book) as file:
        for name, source in file.vba_modules().items():
            candidates = (SOURCES / f"{name}.cls", SOURCES / f"{name}.bas", SOURCES / "Sheet.cls")
            path = next(path for path in candidates if path.exists())
            assert body(source) == body(path.read_text(encoding="ascii")), name


@pytest.mark.parametrize("book", BOOKS, ids=BOOK_IDS)
def test_excel_compiles_from_source(book: Path) -> None:
    """No compiled code of some other Excel version: the cache says so (MS-OVBA 2.3.4.1)."""
    project = CFB.from_bytes(dict(parts(book))["xl/vbaProject.bin"])
    assert project.get_stream_in_storage("VBA", "_VBA_PROJECT") == bytes.fromhex("CC61FFFF000000")
