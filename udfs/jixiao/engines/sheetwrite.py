"""Pending changes put into the XML tree of a worksheet; every other element stays as it is."""

from bisect import bisect_left
from collections.abc import Callable, Mapping
from functools import partial

from lxml import etree

from jixiao.engines.address import Area, cell_name, parse_area, parse_cell
from jixiao.engines.ooxml import Element, child, children, namespace
from jixiao.engines.sheetedit import Change, Keep, RowChange
from jixiao.engines.strings import encode, needs_preserve

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def apply_changes(
    root: Element, changes: Mapping[int, Mapping[int, Change]], row_changes: Mapping[int, RowChange]
) -> None:
    """Apply changes by row and column, and those of whole rows; ValueError when the tree is no orderly worksheet."""
    sheet_data = child(root, "sheetData")
    if sheet_data is None:
        raise ValueError("a worksheet without sheetData")
    rows = _Ordered(sheet_data, "row", _row_number, str)
    for number in sorted(changes.keys() | row_changes.keys()):
        row = rows.at(number)
        if number in row_changes:
            _change_row(row, row_changes[number])
        if number not in changes:
            continue
        cells = _Ordered(row, "c", _column_number, partial(cell_name, number))
        for column in sorted(changes[number]):
            _change_cell(cells.at(column), changes[number][column])
        _widen_spans(row, min(changes[number]), max(changes[number]))
    _widen_dimension(root, changes)


class _Ordered:
    """Child elements that carry an ascending position in `r`; a missing one is made where it belongs."""

    def __init__(self, parent: Element, local: str, position: Callable[[str], int], name: Callable[[int], str]) -> None:
        self._parent = parent
        self._tag = f"{{{namespace(parent)}}}{local}"
        self._name = name
        self._positions: list[int] = []
        self._elements: list[Element] = []
        last = 0
        for element in children(parent, local):
            reference = element.get("r")
            if reference is None:
                # Without `r` a position follows from the one before: it must be said once others come between.
                last += 1
                element.set("r", name(last))
            else:
                previous, last = last, position(reference)
                if last <= previous:
                    raise ValueError(f"{local} {reference} is out of order")
            self._positions.append(last)
            self._elements.append(element)

    def at(self, position: int) -> Element:
        index = bisect_left(self._positions, position)
        if index < len(self._positions) and self._positions[index] == position:
            return self._elements[index]
        element = etree.SubElement(self._parent, self._tag, r=self._name(position))
        if index < len(self._elements):
            self._elements[index].addprevious(element)
        elif self._elements and element.getprevious() is not self._elements[-1]:
            self._elements[-1].addnext(element)
        elif not self._elements and len(self._parent) > 1:
            self._parent.insert(0, element)
        self._positions.insert(index, position)
        self._elements.insert(index, element)
        return element


def _change_row(row: Element, change: RowChange) -> None:
    if change.height is not None:
        row.set("ht", f"{change.height:g}")
        # Without customHeight the spreadsheet program goes on fitting the row itself.
        row.attrib.pop("customHeight", "")
        if change.fixed:
            row.set("customHeight", "1")
    if change.hidden is not None:
        row.attrib.pop("hidden", "")
        if change.hidden:
            row.set("hidden", "1")


def _row_number(reference: str) -> int:
    return int(reference)


def _column_number(reference: str) -> int:
    return parse_cell(reference)[1]


def _change_cell(cell: Element, change: Change) -> None:
    if int(cell.get("s", "0")) != change.style:
        cell.set("s", str(change.style))
    if change.formula is not Keep.AS_IS:
        _set_formula(cell, change.formula)
    if change.content is not Keep.AS_IS:
        _set_content(cell, change.content, result=isinstance(change.formula, str))


def _set_formula(cell: Element, formula: str | None) -> None:
    old = child(cell, "f") if len(cell) else None
    # Cell and value metadata describe the formula or rich value that is going away.
    for attribute in {"cm", "vm"}.intersection(cell.keys()):
        del cell.attrib[attribute]
    if formula is None:
        if old is not None:
            cell.remove(old)
        return
    if old is None:
        old = cell.makeelement(f"{{{namespace(cell)}}}f")
        cell.insert(0, old)
    for attribute in ("t", "si", "ref"):
        old.attrib.pop(attribute, "")
    old.text = formula


def _set_content(cell: Element, content: float | int | bool | str | None, *, result: bool) -> None:
    """`result`: the content is what the cell's formula shows."""
    if "t" in cell.keys():  # noqa: SIM118 - an element iterates over its children
        del cell.attrib["t"]
    for local in ("v", "is") if len(cell) else ():
        if (old := child(cell, local)) is not None:
            cell.remove(old)
    if content is None:
        return
    if isinstance(content, str) and result:
        cell.set("t", "str")
        _insert(cell, "v").text = encode(content)
        return
    if isinstance(content, str):
        cell.set("t", "inlineStr")
        item = _insert(cell, "is")
        text = etree.SubElement(item, f"{{{namespace(item)}}}t")
        text.text = encode(content)
        if needs_preserve(content):
            text.set(_SPACE, "preserve")
        return
    if isinstance(content, bool):
        cell.set("t", "b")
        _insert(cell, "v").text = "1" if content else "0"
        return
    _insert(cell, "v").text = repr(content)


def _insert(parent: Element, local: str) -> Element:
    """A new child after a formula and before anything else."""
    element = etree.SubElement(parent, f"{{{namespace(parent)}}}{local}")
    if len(parent) > 1:
        parent.insert(0 if child(parent, "f") is None else 1, element)
    return element


def _widen_spans(row: Element, first: int, last: int) -> None:
    if (spans := row.get("spans")) is None:
        return
    bounds = [int(bound) for bound in spans.replace(":", " ").split()]
    if bounds and (first < min(bounds) or last > max(bounds)):
        row.set("spans", f"{min(first, *bounds)}:{max(last, *bounds)}")


def _widen_dimension(root: Element, changes: Mapping[int, Mapping[int, Change]]) -> None:
    dimension = child(root, "dimension")
    filled = [
        (row, column)
        for row, cells in changes.items()
        for column, change in cells.items()
        if change.content is not None or change.formula is not None
    ]
    if dimension is None or not filled:
        return
    old = parse_area(dimension.get("ref", "A1"))
    rows, columns = zip(*filled, strict=True)
    new = Area(
        min(old.top, *rows),
        min(old.left, *columns),
        max(old.bottom, *rows),
        max(old.right, *columns),
    )
    if new != old:
        dimension.set("ref", new.a1())
