"""Links of one sheet's cells: where they lead, and putting what became of them into the file in one go."""

from collections.abc import Mapping
from contextlib import suppress
from typing import NamedTuple

from jixiao.engines.address import Area, parse_area
from jixiao.engines.ooxml import Element, child, children, namespace
from jixiao.engines.sheetorder import placed
from jixiao.engines.strings import encode


class Link(NamedTuple):
    """Where a cell leads: a `location` in this workbook, or by `relation` to a place outside; and what is shown."""

    location: str = ""
    tip: str = ""
    display: str = ""
    relation: str = ""


class SheetLinks:
    """The links of one sheet by the area they cover, and how they differ from the file's."""

    def __init__(self, found: Mapping[Area, Link]) -> None:
        """`found` are the links in the file."""
        self._filed = dict(found)
        self._now = dict(found)
        self._wide = {area for area in found if area.shape != (1, 1)}

    @property
    def now(self) -> Mapping[Area, Link]:
        """The links as they are to be."""
        return self._now

    @property
    def changed(self) -> bool:
        """Whether the file has others."""
        return self._now != self._filed

    def at(self, row: int, column: int) -> Link | None:
        """The link of a cell."""
        wide = (self._now[area] for area in self._wide if area.holds(row, column))
        return self._now.get(Area(row, column, row, column)) or next(wide, None)

    def put(self, row: int, column: int, link: Link) -> None:
        """Give a cell a link, in place of the one it has."""
        cell = Area(row, column, row, column)
        self.clear(cell)
        self._now[cell] = link

    def clear(self, area: Area) -> None:
        """Take every link away that lies in an area, were it in part."""
        if area.shape == (1, 1):
            gone = [area, *(wide for wide in self._wide if wide.meets(area))]
        else:
            gone = [linked for linked in self._now if linked.meets(area)]
        for linked in gone:
            self._now.pop(linked, None)
            self._wide.discard(linked)

    def apply(self, root: Element) -> None:
        """Put the changes into a worksheet's tree; links that stay keep their elements."""
        gone = {area for area, link in self._filed.items() if self._now.get(area) != link}
        new = {area: link for area, link in self._now.items() if self._filed.get(area) != link}
        group = child(root, "hyperlinks")
        if group is None:
            group = placed(root, "hyperlinks")
        for element in list(children(group, "hyperlink")):
            with suppress(ValueError):
                if parse_area(element.get("ref") or "") in gone:
                    group.remove(element)
        for area, link in sorted(new.items()):
            element = group.makeelement(f"{{{namespace(group)}}}hyperlink")
            shown = {"ref": area.a1(), "location": link.location, "tooltip": link.tip, "display": link.display}
            for name, text in shown.items():
                if text:
                    element.set(name, encode(text))
            group.append(element)
        if not len(group):
            root.remove(group)

    def saved(self) -> None:
        """The file has them now."""
        self._filed = dict(self._now)
