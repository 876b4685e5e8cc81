"""Formulas of one sheet as the format keeps them: plain, shared between cells, or spread over an array."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import product

from jixiao.engines.address import MAX_COLUMN, MAX_ROW, Area, column_letters, column_number
from jixiao.engines.areaindex import AreaIndex

Cell = tuple[int, int]

# Text, quoted sheet names and bracketed parts hold no references to shift; a name or function is no reference.
_TOKEN = re.compile(
    r"""(?P<skip>"[^"]*" | '[^']*' | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])
      | (?P<cell>(?<![\w.\\])(?P<c_abs>\$?)(?P<column>[A-Za-z]{1,3})(?P<r_abs>\$?)(?P<row>[0-9]{1,7})(?![\w.(!\[]))
      | (?P<columns>(?<![\w.$\\])\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}(?![\w.(!\[$]))
      | (?P<rows>(?<![\w.$:])\$?[0-9]{1,7}:\$?[0-9]{1,7}(?![\w.(!:$]))
    """,
    re.VERBOSE,
)
_PLACE = re.compile(r"(\$?)([A-Za-z]+|[0-9]+)")


def translate(formula: str, row_shift: int, column_shift: int) -> str:
    """The formula as it reads when its cell is moved: relative references shift, absolute ones stay.

    A reference shifted off the sheet wraps round its edge, as Excel does with shared formulas.
    """

    def moved(match: re.Match[str]) -> str:
        if match["skip"] is not None:
            return match[0]
        if match["cell"] is not None:
            column = _shift_column(match["c_abs"], match["column"], column_shift)
            return column + _shift_row(match["r_abs"], match["row"], row_shift)
        if match["columns"] is not None:
            return _PLACE.sub(lambda place: _shift_column(place[1], place[2], column_shift), match[0])
        return _PLACE.sub(lambda place: _shift_row(place[1], place[2], row_shift), match[0])

    return _TOKEN.sub(moved, formula)


def _shift_column(dollar: str, letters: str, shift: int) -> str:
    if dollar:
        return dollar + letters
    try:
        number = column_number(letters)
    except ValueError:
        return letters
    return column_letters((number - 1 + shift) % MAX_COLUMN + 1)


def _shift_row(dollar: str, digits: str, shift: int) -> str:
    return dollar + digits if dollar else str((int(digits) - 1 + shift) % MAX_ROW + 1)


@dataclass(slots=True)
class FormulaStore:
    """Which cells hold which formula; texts are kept without the leading `=`."""

    plain: dict[Cell, str] = field(default_factory=dict)
    shared: dict[Cell, int] = field(default_factory=dict)
    masters: dict[int, tuple[Cell, str]] = field(default_factory=dict)
    arrays: list[Area] = field(default_factory=list)
    _array_index: AreaIndex | None = None

    def __contains__(self, cell: Cell) -> bool:
        """Whether the cell holds a formula of its own."""
        return cell in self.plain or cell in self.shared

    def cells(self) -> Iterable[Cell]:
        """All cells that hold a formula."""
        yield from self.plain
        yield from self.shared

    def cells_in(self, area: Area) -> Iterable[Cell]:
        """The cells of an area that hold a formula, in no certain order."""
        rows, columns = area.shape
        if rows * columns > len(self.plain) + len(self.shared):
            return (cell for cell in self.cells() if area.holds(*cell))
        places = product(range(area.top, area.bottom + 1), range(area.left, area.right + 1))
        return (cell for cell in places if cell in self)

    def text(self, cell: Cell) -> str | None:
        """The formula of a cell, translated when it is shared; None for a cell without one."""
        if (group := self.shared.get(cell)) is None:
            return self.plain.get(cell)
        if group not in self.masters:
            return ""
        (row, column), text = self.masters[group]
        return translate(text, cell[0] - row, cell[1] - column)

    def arrays_in(self, area: Area) -> list[Area]:
        """The array formulas that meet an area."""
        if self._array_index is None:
            self._array_index = AreaIndex(self.arrays)
        return self._array_index.meeting(area)

    def put(self, cell: Cell, text: str) -> None:
        """Give a cell a formula of its own."""
        self.drop(cell)
        self.plain[cell] = text

    def drop(self, cell: Cell) -> None:
        """Forget a cell's formula; ask `unshare` first, the cell may lead a group."""
        self.plain.pop(cell, None)
        self.shared.pop(cell, None)

    def unshare(self, leaving: set[Cell]) -> dict[Cell, str]:
        """Split up the shared groups whose master is about to be overwritten.

        Returns the members that stay, each with its own text from now on.
        """
        lost = {group for group, (cell, _) in self.masters.items() if cell in leaving}
        if not lost:
            return {}
        members = [cell for cell, group in self.shared.items() if group in lost]
        texts = {cell: self.text(cell) or "" for cell in members if cell not in leaving}
        for cell in members:
            del self.shared[cell]
        for group in lost:
            del self.masters[group]
        self.plain.update(texts)
        return texts
