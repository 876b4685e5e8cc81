"""A sheet's notes among the parts of its package: finding them, and putting what became of them back."""

from jixiao.engines import ooxml
from jixiao.engines.notebox import VML_TYPE, change_drawing, empty_drawing, understood
from jixiao.engines.notes import COMMENTS_TYPE, SheetNotes, change_part, empty_part, read_notes
from jixiao.engines.ooxml import Element, child
from jixiao.engines.parts import EditedParts
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.sheetorder import placed
from jixiao.errors import WorkbookError

_COMMENTS = "xl/comments{}.xml"
_DRAWINGS = "xl/drawings/vmlDrawing{}.vml"


def has_notes(parts: EditedParts, sheet_part: str) -> bool:
    """Whether the file has a list of notes for a sheet."""
    try:
        return any(relation.kind == "comments" for relation in parts.package.relations(sheet_part))
    except WorkbookError:  # a damaged list of what belongs to the sheet: left as it is
        return False


def load_notes(parts: EditedParts, sheet_part: str, drawing_id: str, label: str) -> SheetNotes:
    """The notes of a sheet; what cannot be read is left alone: no notes, and closed to new ones.

    `label` names the sheet in messages.
    """
    try:
        relations = parts.package.relations(sheet_part)
    except WorkbookError:
        return SheetNotes(label=label, closed=True)
    part = next((relation.target for relation in relations if relation.kind == "comments"), None)
    drawing = next((relation.target for relation in relations if relation.id == drawing_id), None)
    threads = any(relation.kind == "threadedComment" for relation in relations)
    try:
        filed = {} if part is None else read_notes(parts.view(part))
        usable = understood(parts.content(drawing)) if drawing else not drawing_id
    except (WorkbookError, ValueError, IndexError):
        return SheetNotes(label=label, closed=True)
    return SheetNotes(filed, label, part, drawing, closed=threads or not usable)


class NotesSaver:
    """Puts changed notes into a package. A second saving after a failed one changes nothing more."""

    def __init__(self, parts: EditedParts, *, strict: bool) -> None:
        """`strict`: the flavour of the format."""
        self._parts = parts
        self._main = ooxml.STRICT_MAIN if strict else ooxml.MAIN
        self._relations = ooxml.STRICT_RELATIONS if strict else ooxml.RELATIONS

    def put(self, sheet_part: str, notes: SheetNotes, data: SheetData) -> None:
        """Bring the parts up to date with `notes`; `data.drawing_id` is then what the sheet must refer to."""
        if notes.part is None:
            notes.part = self._parts.free_name(_COMMENTS)
            self._parts.add(notes.part, empty_part(self._main), COMMENTS_TYPE)
            self._parts.relate(sheet_part, f"{self._relations}/comments", notes.part)
        if change_part(self._parts.edit(notes.part), notes.gone, notes.new):
            self._parts.drop(notes.part, sheet_part)
            notes.part = None
        if notes.drawing is None and notes.new:
            notes.drawing = self._parts.free_name(_DRAWINGS)
            block = int("".join(filter(str.isdigit, notes.drawing)))
            self._parts.add(notes.drawing, empty_drawing(block), VML_TYPE)
            data.drawing_id = self._parts.relate(sheet_part, f"{self._relations}/vmlDrawing", notes.drawing)
        before = self._parts.content(notes.drawing) if notes.drawing else b""
        if notes.drawing is None or not understood(before):
            return
        after = change_drawing(before, notes.gone, notes.new, data)
        if after is None:
            self._parts.drop(notes.drawing, sheet_part)
            notes.drawing = None
            data.drawing_id = ""
        elif after != before:
            self._parts.put(notes.drawing, after)


def refer_to_drawing(root: Element, drawing_id: str) -> None:
    """Make a worksheet refer to the drawing of its notes, or to none."""
    element = child(root, "legacyDrawing")
    if not drawing_id:
        if element is not None:
            root.remove(element)
        return
    if element is None:
        element = placed(root, "legacyDrawing")
        strict = ooxml.namespace(root) == ooxml.STRICT_MAIN
        element.set(f"{{{ooxml.STRICT_RELATIONS if strict else ooxml.RELATIONS}}}id", drawing_id)
