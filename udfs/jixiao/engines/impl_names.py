"""xlwings' defined names over one grid."""

from typing import TYPE_CHECKING

from jixiao.engines.address import Area, parse_area
from jixiao.engines.impl_base import Impl
from jixiao.engines.impl_range import RangeImpl

if TYPE_CHECKING:
    from jixiao.engines.impl_book import BookImpl


class NamesImpl(Impl):
    """The defined names of a book."""

    __slots__ = ("book",)

    def __init__(self, book: "BookImpl") -> None:
        """Names are asked for afresh each time."""
        self.book = book

    def snapshot(self) -> list[tuple[str, "NameImpl"]]:
        """All names with their objects."""
        return [(name, NameImpl(self.book, name, target)) for name, target in self.book.grid.names()]

    def contains(self, name: str) -> bool:
        """Whether there is such a name, without regard to case."""
        return name.casefold() in {known.casefold() for known, _ in self.book.grid.names()}

    def __len__(self) -> int:
        """How many."""
        return len(self.book.grid.names())

    def __call__(self, name: str) -> "NameImpl":
        """A name in any case; KeyError when there is none."""
        for known, item in self.snapshot():
            if known.casefold() == name.casefold():
                return item
        raise KeyError(name)


class NameImpl(Impl):
    """One defined name."""

    __slots__ = ("_book", "name", "refers_to")

    def __init__(self, book: "BookImpl", name: str, refers_to: str) -> None:
        """`refers_to` starts with `=`."""
        self._book = book
        self.name = name
        self.refers_to = refers_to

    @property
    def refers_to_range(self) -> RangeImpl:
        """The range it stands for; ValueError when it stands for something else."""
        sheet, _, area = self.refers_to.removeprefix("=").rpartition("!")
        if not sheet:
            raise ValueError(f"the name {self.name} is no range")
        plain = sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet
        return RangeImpl(self._book.sheets(plain), parse_area(area))

    def area_on(self, sheet: str) -> Area:
        """Its area, which must lie on that sheet (ValueError)."""
        found = self.refers_to_range
        if found.sheet.name != sheet:
            raise ValueError(f"the name {self.name} lies on another sheet")
        return found.area
