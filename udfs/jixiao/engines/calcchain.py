"""The calculation chain: the list of formula cells that Excel refuses when it names a cell without one."""

from collections.abc import Set as AbstractSet

from jixiao.engines.address import cell_name
from jixiao.engines.ooxml import Element, children


def prune(root: Element, lost: AbstractSet[tuple[str, int, int]]) -> bool:
    """Take cells (sheet id, row, column) out of the chain; True when none is left."""
    names = {(sheet_id, cell_name(row, column)) for sheet_id, row, column in lost}
    sheet_id = ""
    kept_id = ""
    left = 0
    for cell in list(children(root, "c")):
        # An entry without a sheet id belongs to the sheet of the entry before it.
        sheet_id = cell.get("i") or sheet_id
        if (sheet_id, str(cell.get("r"))) in names:
            root.remove(cell)
            continue
        if sheet_id != kept_id:
            cell.set("i", sheet_id)
        kept_id = sheet_id
        left += 1
    return left == 0
