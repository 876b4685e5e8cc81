"""One workbook twice: open in the file engine and open in LibreOffice, to be compared."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import xlwings as xw

from jixiao import clock
from jixiao.engines import libreoffice
from jixiao.engines.file import open_book

# Its formulas are calculated by LibreOffice, and by nobody in a file: there they say so.
CALCULATED = ("公式复核",)


@contextmanager
def twins(source: Path, folder: Path) -> Iterator[tuple[xw.Book, xw.Book]]:
    """The workbook in the file engine and in LibreOffice, each a copy of its own with the same name.

    Time stands still, or the two would not be scored in the same minute.
    """
    moment = clock.now()
    paths = [folder / kind / source.name for kind in ("file", "calc")]
    for path in paths:
        path.parent.mkdir()
        shutil.copy(source, path)
    with pytest.MonkeyPatch.context() as patch, open_book(paths[0]) as in_file:
        patch.setattr(clock, "now", lambda: moment)
        in_calc = libreoffice.open_book(paths[1])
        try:
            yield in_file, in_calc
        finally:
            in_calc.close()


def differences(one: xw.Book, other: xw.Book) -> list[tuple[str, str, Any, Any]]:
    """Every cell of a visible sheet that reads differently, and every link and note that does."""
    found: list[tuple[str, str, Any, Any]] = []
    for sheet in one.sheets:
        if not sheet.visible or sheet.name in CALCULATED:
            continue
        twin = other.sheets[sheet.name]
        used, its = sheet.used_range, twin.used_range
        if used.address != its.address:
            found.append((sheet.name, "used range", used.address, its.address))
        found += cells_apart(sheet, twin)
        notes: list[Any] = [[(note.location.address, note.text) for note in side.notes] for side in (sheet, twin)]
        if notes[0] != notes[1]:
            found.append((sheet.name, "notes", *notes))
    return found


def cells_apart(sheet: xw.Sheet, twin: xw.Sheet) -> list[tuple[str, str, Any, Any]]:
    """The cells of two sheets that read differently."""
    last = sheet.used_range.last_cell
    rows = [
        side.range((1, 1), (last.row, last.column)).options(ndim=2, err_to_str=True).value for side in (sheet, twin)
    ]
    return [
        (sheet.name, sheet.range((row, column)).address, left, right)
        for row, lines in enumerate(zip(*rows, strict=True), 1)
        for column, (left, right) in enumerate(zip(*lines, strict=True), 1)
        if type(left) is not type(right) or left != right
    ]
