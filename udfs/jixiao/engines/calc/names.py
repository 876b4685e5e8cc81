"""Defined names and tables of an open document: tables are LibreOffice's database ranges."""

import re
from collections.abc import Iterator, Mapping

from jixiao.engines.address import Area
from jixiao.engines.calc.formulas import FormulaText
from jixiao.engines.calc.unoapi import Uno, area_of, struct
from jixiao.engines.grid import TableInfo
from jixiao.engines.workbook import quoted
from jixiao.errors import WorkbookError

# One area on one sheet, by far the most names; the rest is read by LibreOffice itself.
_AREA = re.compile(r"\$?(?P<sheet>'(?:[^']|'')+'|[^'!.\[\]();]+)\.(?P<place>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")


class Names(Mapping[str, str]):
    """What every defined name stands for, asked for name by name."""

    def __init__(self, document: Uno, formulas: FormulaText) -> None:
        """Names of one sheet are listed as `sheet!name`."""
        self._formulas = formulas
        groups = {"": document.NamedRanges}
        for sheet in document.Sheets:
            if sheet.NamedRanges.getCount():
                groups[f"{quoted(sheet.getName())}!"] = sheet.NamedRanges
        self._owners = {
            f"{prefix}{name}": (group, name) for prefix, group in groups.items() for name in group.ElementNames
        }

    def __getitem__(self, name: str) -> str:
        """Its meaning as Excel writes it, with `=`; KeyError when there is none."""
        group, plain = self._owners[name]
        content = str(group.getByName(plain).Content)
        if (match := _AREA.fullmatch(content)) is not None:
            sheet = match["sheet"]
            shown = sheet if sheet.startswith("'") else quoted(sheet)
            return f"={shown}!{match['place'].partition(':')[0] if _single(match['place']) else match['place']}"
        return self._formulas.to_excel(f"={content}", (0, 1, 1))

    def __iter__(self) -> Iterator[str]:
        """Every name."""
        return iter(self._owners)

    def __len__(self) -> int:
        """How many."""
        return len(self._owners)


def _single(place: str) -> bool:
    first, _, last = place.partition(":")
    return first == last


def tables_on(document: Uno, sheet: Uno) -> list[TableInfo]:
    """The tables of a sheet, from the top left on."""
    return tables_by_sheet(document).get(sheet.getRangeAddress().Sheet, [])


def tables_by_sheet(document: Uno) -> dict[int, list[TableInfo]]:
    """All tables, from the top left on, by the number of their sheet."""
    ranges = document.DatabaseRanges
    found: dict[int, list[TableInfo]] = {}
    for name in ranges.ElementNames:
        table = ranges.getByName(name)
        address = table.getDataArea()
        info = TableInfo(name, area_of(address), int(table.ContainsHeader), int(table.TotalsRow))
        found.setdefault(address.Sheet, []).append(info)
    return {number: sorted(infos, key=lambda info: info.area) for number, infos in found.items()}


def resize_table(document: Uno, sheet: Uno, name: str, area: Area, *, free: bool) -> None:
    """Give a table another last row; `free`: nothing but its own cells is in the way."""
    infos = tables_on(document, sheet)
    info = next(item for item in infos if item.name == name)
    if info.area == area:
        return
    others = [item.area for item in infos if item is not info]
    if any(area.meets(other) for other in others) or not free:
        raise WorkbookError(f"工作表“{sheet.getName()}”的表格“{name}”下方有别的表格或合并单元格，请先移开再试。")
    if info.totals_rows or (area.top, area.left, area.right) != (info.area.top, info.area.left, info.area.right):
        raise ValueError(f"table {name} can only be given another last row")
    if area.bottom < area.top + info.header_rows:
        raise ValueError(f"table {name} needs at least one row of data")
    document.DatabaseRanges.getByName(name).setDataArea(
        struct(
            "table.CellRangeAddress",
            Sheet=sheet.getRangeAddress().Sheet,
            StartRow=area.top - 1,
            StartColumn=area.left - 1,
            EndRow=area.bottom - 1,
            EndColumn=area.right - 1,
        )
    )
