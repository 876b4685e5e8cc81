"""xlwings' defined names over one grid."""

from collections.abc import Mapping
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
        targets = self.book.grid.names()
        return [(name, NameImpl(self.book, name, targets)) for name in targets]

    def contains(self, name: str) -> bool:
        """Whether there is such a name, without regard to case."""
        return name.casefold() in {known.casefold() for known in self.book.grid.names()}

    def __len__(self) -> int:
        """How many."""
        return len(self.book.grid.names())

    def __call__(self, name: str) -> "NameImpl":
        """A name in any case; KeyError when there is none."""
        targets = self.book.grid.names()
        for known in targets:
            if known.casefold() == name.casefold():
                return NameImpl(self.book, known, targets)
        raise KeyError(name)


class NameImpl(Impl):
    """One defined name."""

    __slots__ = ("_book", "_targets", "name")

    def __init__(self, book: "BookImpl", name: str, targets: Mapping[str, str]) -> None:
        """`targets` are those of all names; a program may have to be asked for each."""
        self._book = book
        self._targets = targets
        self.name = name

    @property
    def refers_to(self) -> str:
        """What it stands for, with `=`."""
        return self._targets[self.name]

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
