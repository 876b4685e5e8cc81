"""Reading a freshly written workbook back, before it takes the place of the old one."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from jixiao.engines.notesheet import load_notes
from jixiao.engines.package import Package
from jixiao.engines.parts import EditedParts
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.sheetedit import EditedSheet
from jixiao.engines.sheetload import SheetLoader
from jixiao.engines.workbook import WorkbookPart
from jixiao.errors import SaveError, WorkbookError


def verify_written(
    path: Path,
    entries: AbstractSet[str],
    changed: AbstractSet[str],
    sheets: Mapping[str, EditedSheet],
) -> None:
    """Check a written file: checksums, its set of parts, changed XML parts, every changed cell, links and notes.

    `entries` are the zip entries it must have, `changed` the XML ones to parse again, `sheets` the edited sheets;
    all by entry name.
    Raises SaveError when anything differs.
    """
    try:
        package = Package.load(path)
        package.check_all()
        parts = EditedParts(package)
        workbook = WorkbookPart(parts)
        loader = SheetLoader(parts, workbook.related("sharedStrings"))
        wrong = package.entries() != entries
        for part in changed - sheets.keys():
            if not part.endswith(".vml"):
                package.tree(part)
        for part, sheet in sheets.items():
            written = loader.load(part, part)
            wrong = wrong or not _reads_back(written, sheet)
            if sheet.notes is not None:
                notes = load_notes(parts, part, written.drawing_id, part)
                wrong = wrong or notes.closed > sheet.notes.closed or notes.now != sheet.notes.now
    except (WorkbookError, ValueError) as error:
        raise _failed() from error
    if wrong:
        raise _failed()


def _failed() -> SaveError:
    return SaveError("写出的文件没有通过核对，没有保存，原文件未动，请重试一次；仍不行请把原文件交给维护人员。")


def _reads_back(written: SheetData, sheet: EditedSheet) -> bool:
    for row, cells in sheet.changes.items():
        for column in cells:
            cell = row, column
            old, new = sheet.data.value(*cell), written.value(*cell)
            if type(old) is not type(new) or old != new:
                return False
            if sheet.data.formulas.text(cell) != written.formulas.text(cell):
                return False
            if sheet.data.style(*cell) != written.style(*cell):
                return False
    heights = all(sheet.data.height(row) == written.height(row) for row in sheet.row_changes)
    return heights and written.links == sheet.links.now and written.drawing_id == sheet.data.drawing_id
