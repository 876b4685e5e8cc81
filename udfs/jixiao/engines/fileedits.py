"""What an open workbook file must be given when it is saved: new contents of its parts, from all edits."""

from collections.abc import Callable, Mapping
from functools import partial

from jixiao.engines import calcchain
from jixiao.engines.notesheet import NotesSaver, refer_to_drawing
from jixiao.engines.ooxml import Element
from jixiao.engines.parts import EditedParts
from jixiao.engines.rowsplice import TooLargeError, changed_part
from jixiao.engines.sheetedit import EditedSheet
from jixiao.engines.workbook import SheetEntry, WorkbookPart
from jixiao.errors import WorkbookError

Sheets = Mapping[SheetEntry, EditedSheet]


def pending_edits(
    parts: EditedParts, workbook: WorkbookPart, sheets: Sheets, changed_styles: str | None
) -> dict[str, bytes | None]:
    """New contents by zip entry, None for one to be left out; `changed_styles` is the styles part if it has new ones.

    Raises WorkbookError when a sheet cannot take its changes.
    """
    _put_notes(parts, workbook, sheets)
    written = {entry.part: _written(parts, entry, sheet) for entry, sheet in sheets.items() if sheet.edited}
    if any(sheet.unsettled for sheet in sheets.values()):
        workbook.demand_full_calculation()
        _prune_calculation_chain(parts, workbook, sheets)
    if changed_styles is not None:
        parts.edit(changed_styles)
    return {_entry(parts, part): new for part, new in {**parts.edits(), **written}.items()}


def touched(parts: EditedParts, sheets: Sheets) -> dict[str, EditedSheet]:
    """The sheets with changes of any kind, by zip entry."""
    return {
        _entry(parts, entry.part): sheet
        for entry, sheet in sheets.items()
        if sheet.edited or (sheet.notes is not None and sheet.notes.changed)
    }


def _entry(parts: EditedParts, part: str) -> str:
    return parts.package.entry(part) or part


def _put_notes(parts: EditedParts, workbook: WorkbookPart, sheets: Sheets) -> None:
    saver = NotesSaver(parts, strict=workbook.strict)
    for entry, sheet in sheets.items():
        if sheet.notes is not None and sheet.notes.changed:
            try:
                saver.put(entry.part, sheet.notes, sheet.data)
            except ValueError as error:
                raise _unfit(entry) from error


def _written(parts: EditedParts, entry: SheetEntry, sheet: EditedSheet) -> bytes:
    others: list[Callable[[Element], None]] = []
    if sheet.links.changed:
        others.append(sheet.links.apply)
    if sheet.redrawn:
        others.append(partial(refer_to_drawing, drawing_id=sheet.data.drawing_id))
    try:
        return changed_part(parts.content(entry.part), sheet.changes, sheet.row_changes, others)
    except TooLargeError as error:
        raise WorkbookError(f"工作表“{entry.name}”要写入的行太多，请删去多余的行后另存再试。") from error
    except ValueError as error:
        raise _unfit(entry) from error


def _unfit(entry: SheetEntry) -> WorkbookError:
    return WorkbookError(f"工作表“{entry.name}”的内部结构不合格，请在 Excel 或 WPS 中打开并另存后再试。")


def _prune_calculation_chain(parts: EditedParts, workbook: WorkbookPart, sheets: Sheets) -> None:
    lost = {(entry.sheet_id, row, column) for entry, sheet in sheets.items() for row, column in sheet.lost_formulas}
    part = workbook.related("calcChain")
    if lost and part is not None and calcchain.prune(parts.edit(part), lost):
        parts.drop(part, workbook.part)
