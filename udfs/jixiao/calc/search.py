"""Formulas found by what stands in them."""

from collections.abc import Iterator
from typing import Any

Uno = Any

_FORMULAS = 16  # com.sun.star.sheet.CellFlags


def formulas_with(sheet: Uno, text: str) -> Iterator[Uno]:
    """The areas of a sheet whose formulas hold a text, in capitals or not."""
    wanted = sheet.createSearchDescriptor()
    wanted.setSearchString(text)
    wanted.SearchType = 0  # formulas, not what they show
    found = sheet.findAll(wanted)
    for place in range(0 if found is None else found.getCount()):
        cells = found.getByIndex(place).queryContentCells(_FORMULAS)
        yield from (cells.getByIndex(number) for number in range(cells.getCount()))
