"""The boxes in which notes are shown: shapes in a sheet's VML drawing.

That part is often no well-formed XML (old writers leave tags open in the text of buttons), so it is not parsed: a
shape is cut out or put in, and every other byte stays.
"""

import re
from collections.abc import Mapping

from jixiao.engines.sheetdata import SheetData
from jixiao.measure import note_size

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"

Cell = tuple[int, int]

_SHAPE = re.compile(rb"<v:shape\b.*?</v:shape>\s*", re.DOTALL)
_EMPTY_SHAPE = re.compile(rb"<v:shape\b[^>]*/>")
_NOTE = re.compile(rb'ObjectType="Note"')
_PLACE = tuple(re.compile(rb"<x:%s>\s*([0-9]{1,7})\s*</x:%s>" % (name, name)) for name in (b"Row", b"Column"))
_NUMBER = re.compile(rb'"_x0000_s([0-9]{1,9})"')
_BLOCK = re.compile(rb'<o:idmap\b[^>]*\bdata="([0-9]{1,6})')
_END = b"</xml>"
_PREFIXES = (
    b'xmlns:v="urn:schemas-microsoft-com:vml"',
    b'xmlns:o="urn:schemas-microsoft-com:office:office"',
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"',
)
_EMPTY = b'<xml %s>\n<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%d"/></o:shapelayout>\n</xml>\n'
_KIND = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>\n'
)
_USES_KIND = b'type="#_x0000_t202"'
_BOX = (
    '<v:shape id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;visibility:hidden"'
    ' fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/>'
    '<v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>\n"
)

_OFF_CELL = 15, 10  # pixels
_MAX_CELLS = 64


def empty_drawing(block: int) -> bytes:
    """A drawing without shapes; each drawing of a workbook numbers its shapes from a block of its own."""
    return _EMPTY % (b" ".join(_PREFIXES), block)


def understood(drawing: bytes) -> bool:
    """Whether boxes can be put in and cut out."""
    whole = drawing.rstrip().endswith(_END) and not _EMPTY_SHAPE.search(drawing)
    return whole and all(prefix in drawing for prefix in _PREFIXES)


def change_drawing(drawing: bytes, gone: set[Cell], new: Mapping[Cell, str], data: SheetData) -> bytes | None:
    """Take the boxes of some cells out and put others in, sized for their texts; None when no shape is left."""
    unwanted = gone | new.keys()
    kept = _SHAPE.sub(lambda shape: b"" if _cell_of(shape[0]) in unwanted else shape[0], drawing)
    if _USES_KIND not in kept:
        kept = kept.replace(_KIND, b"")
    if not new:
        return kept if _SHAPE.search(kept) else None
    block = _BLOCK.search(kept)
    numbers = [int(number) for number in _NUMBER.findall(kept)]
    first = max(numbers, default=1024 * int(block[1] if block else 1)) + 1
    boxes = b"".join(
        _BOX.format(number=number, anchor=_anchor(cell, text, data), row=cell[0] - 1, column=cell[1] - 1).encode()
        for number, (cell, text) in enumerate(new.items(), start=first)
    )
    if b'id="_x0000_t202"' not in kept:
        boxes = _KIND + boxes
    end = kept.rindex(_END)
    return kept[:end] + boxes + kept[end:]


def _cell_of(shape: bytes) -> Cell | None:
    """The cell whose note a shape shows; None for a button or picture."""
    if not _NOTE.search(shape):
        return None
    row, column = (pattern.search(shape) for pattern in _PLACE)
    return (int(row[1]) + 1, int(column[1]) + 1) if row and column else None


def _anchor(cell: Cell, text: str, data: SheetData) -> str:
    """Where a box lies: column, pixels into it, row, pixels into it, for both corners; right of its cell."""
    width, height = note_size(text)
    right, down = _OFF_CELL
    left, top = cell[1], max(cell[0] - 2, 0)
    widths = [int(data.width(column + 1) * 7 + 5) for column in range(left, left + _MAX_CELLS)]
    heights = [int(data.height(row + 1) * 4 / 3) for row in range(top, top + _MAX_CELLS)]
    across, across_into = _reach(right + width, widths)
    along, along_into = _reach(down + height, heights)
    corners = (left, right, top, down, left + across, across_into, top + along, along_into)
    return ", ".join(map(str, corners))


def _reach(distance: int, sizes: list[int]) -> tuple[int, int]:
    """In which of the cells a distance ends, and how far into it."""
    for at, size in enumerate(sizes):
        if distance < size:
            return at, distance
        distance -= size
    return len(sizes), 0
