"""From a worksheet part to `SheetData`."""

from jixiao.engines.parts import EditedParts
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.sheetread import read_sheet
from jixiao.engines.strings import read_shared_strings


class SheetLoader:
    """Reads sheets of one workbook; the shared string table is read once, when a sheet needs it."""

    def __init__(self, parts: EditedParts, strings_part: str | None) -> None:
        """`strings_part` is None for a workbook without shared strings."""
        self._parts = parts
        self._strings_part = strings_part
        self._strings: list[str] | None = None

    def load(self, part: str, label: str) -> SheetData:
        """Read one worksheet part; WorkbookError, naming the sheet by `label`, when it is malformed."""
        try:
            with self._parts.stream(part) as stream:
                return read_sheet(stream, self._shared_strings)
        except (ValueError, IndexError, KeyError, OverflowError) as error:
            raise self._parts.package.damaged(f"{label}读不出来") from error

    def _shared_strings(self) -> list[str]:
        if self._strings is None:
            if self._strings_part is None:
                raise ValueError("a cell refers to shared strings the workbook does not have")
            with self._parts.stream(self._strings_part) as stream:
                self._strings = read_shared_strings(stream)
        return self._strings
