"""Which numbers of a sheet stand in cells that are not shown as percentages.

Nothing but CELL tells how a cell is shown; it answers for one cell at a time, and Excel works it out anew at every
change. So the cells that leave a doubt are listed first, whatever column they stand in, and only the first `most` of
them are asked.
"""

from collections.abc import Mapping

from jixiao.sheets.declare import Sheet

from .areas import cell_below, column_of, row_numbers
from .scratch import Scratch

_COLUMN = 10_000  # more than any row here: column and row in one number


class Formats:
    """The cells of one sheet that are asked how they are shown."""

    def __init__(self, scratch: Scratch, sheet: Sheet, doubtful: Mapping[str, str], most: int) -> None:
        """Ask the first `most` cells for which `doubtful`, an expression for each column, is not 0."""
        self._sheet, self._keys, self._most = sheet, tuple(doubtful), most
        self._listed, self._plain = f"格_{sheet.name}_号", f"格_{sheet.name}_普通"
        count = most + 1
        slots = scratch.stack(f"格_{sheet.name}_序", [(list(range(1, count + 1)), count)])
        pieces = []
        for number, (key, doubt) in enumerate(doubtful.items(), start=1):
            name = f"格_{sheet.by_key[key].header}_行"
            rows = scratch.column(name, f'IFERROR(SMALL(IF({doubt},{row_numbers(sheet)}),{slots}),"")', count)
            pieces.append((f'IF({rows}="","",{number * _COLUMN}+{rows})', count))
        every = scratch.stack(f"格_{sheet.name}_全", pieces)
        scratch.column(self._listed, f'IFERROR(SMALL({every},{slots}),"")', count)
        scratch.stack(self._plain, [([self._ask(slot) for slot in range(1, count)], most), ("0", 1)])

    def is_plain(self, key: str) -> str:
        """Of every row of the column, whether its cell was asked and is no percentage, as a count."""
        number = (self._keys.index(key) + 1) * _COLUMN
        return f"COUNTIFS({self._listed},{number}+{row_numbers(self._sheet)},{self._plain},1)"

    @property
    def too_many(self) -> str:
        """Whether there are more such cells than are asked."""
        return f'(INDEX({self._listed},{self._most + 1})<>"")'

    def _ask(self, slot: int) -> str:
        """0 for a percentage and where there is nothing to ask, 1 for any other cell."""
        place = f"INDEX({self._listed},{slot})"
        columns = ",".join(column_of(self._sheet, key) for key in self._keys)
        column = f"CHOOSE(INT({place}/{_COLUMN}),{columns})"
        cell = cell_below(self._sheet, self._keys[0], f"MOD({place},{_COLUMN})", column)
        return f'=IF({place}="",0,IF(LEFT(CELL("format",{cell}))="P",0,1))'
