"""Excel tables: where they lie, and giving one a new last row."""

from typing import NamedTuple

from jixiao.engines.address import Area, parse_area
from jixiao.engines.grid import TableInfo
from jixiao.engines.ooxml import Element, child
from jixiao.engines.parts import EditedParts


class TablePart(NamedTuple):
    """A table and the part that describes it."""

    info: TableInfo
    part: str


def read_tables(parts: EditedParts, sheet_part: str, ids: list[str]) -> list[TablePart]:
    """The tables a worksheet refers to by relationship ids."""
    if not ids:
        return []
    targets = {relation.id: relation.target for relation in parts.package.relations(sheet_part)}
    tables = []
    for identifier in ids:
        if (part := targets.get(identifier)) is None:
            raise parts.package.damaged("表格没有内容")
        root = parts.view(part)
        try:
            info = TableInfo(
                name=str(root.get("displayName") or root.get("name") or ""),
                area=parse_area(str(root.get("ref"))),
                header_rows=int(root.get("headerRowCount", "1")),
                totals_rows=int(root.get("totalsRowCount", "0")),
            )
        except ValueError as error:
            raise parts.package.damaged(f"“{part}”的区域不对") from error
        tables.append(TablePart(info, part))
    return tables


def resize(root: Element, info: TableInfo, area: Area) -> None:
    """Rewrite a table's area and its filter's; ValueError for anything but another last row."""
    old = info.area
    if info.totals_rows:
        raise ValueError(f"table {info.name} has a totals row and cannot be resized")
    if (area.top, area.left, area.right) != (old.top, old.left, old.right):
        raise ValueError(f"table {info.name} can only be given another last row")
    if area.bottom < area.top + info.header_rows:
        raise ValueError(f"table {info.name} needs at least one row of data")
    root.set("ref", area.a1())
    if (auto_filter := child(root, "autoFilter")) is not None:
        auto_filter.set("ref", area.a1())
        # A saved sort points at the old rows only; Excel keeps it within the table.
        if (sort := child(auto_filter, "sortState") or child(root, "sortState")) is not None:
            sort.set("ref", Area(area.top + info.header_rows, area.left, area.bottom, area.right).a1())
