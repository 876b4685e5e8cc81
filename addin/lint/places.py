"""Where formulas stand in a file: cells, names, conditional formats, checks, charts; and what stands in a cell."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from lxml import etree
from pyopenvba.formula import FormulaError
from pyopenvba.formula import parse as read_formula

from addin.lint.book import MAIN, parse, sheets


class Stand(Enum):
    """What a formula is there for: it decides how a program evaluates it."""

    CELL = auto()
    ARRAY = auto()
    NAME = auto()
    RULE = auto()
    CHECK = auto()
    LIST = auto()
    CHART = auto()


@dataclass(frozen=True)
class Formula:
    """One formula as the file spells it, without =."""

    where: str
    text: str
    stand: Stand


def formulas(parts: Mapping[str, bytes]) -> Iterator[Formula]:
    """Every formula of the file."""
    for name in parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        yield Formula(f"name {name.get('name')!s}", name.text or "", Stand.NAME)
    for title, sheet in sheets(parts).items():
        yield from _on_sheet(title, sheet)
    for path, content in parts.items():
        if path.startswith("xl/charts/chart"):
            yield from (Formula(path, str(element.text), Stand.CHART) for element in parse(content).iter("{*}f"))


def _on_sheet(title: str, sheet: etree._Element) -> Iterator[Formula]:
    for cell in sheet.iter(f"{MAIN}f"):
        if cell.text:
            yield Formula(title, cell.text, Stand.ARRAY if cell.get("t") == "array" else Stand.CELL)
    for rule in sheet.iter(f"{MAIN}formula"):
        yield Formula(title, rule.text or "", Stand.RULE)
    for check in sheet.iter(f"{MAIN}dataValidation"):
        stand = Stand.LIST if check.get("type") == "list" else Stand.CHECK
        for element in check.iter(f"{MAIN}formula1", f"{MAIN}formula2"):
            if element.text and not (stand is Stand.LIST and element.text.startswith('"')):
                yield Formula(title, element.text, stand)


def names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The formula of every name."""
    listed = parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName")
    return {str(name.get("name")): name.text or "" for name in listed}


def cells(parts: Mapping[str, bytes]) -> dict[tuple[str, str], str]:
    """The formula of every cell that has one, by sheet and address."""
    return {
        (title, str(cell.get("r"))): formula.text
        for title, sheet in sheets(parts).items()
        for cell in sheet.iter(f"{MAIN}c")
        if (formula := cell.find(f"{MAIN}f")) is not None and formula.text
    }


@cache
def tree(formula: str) -> object:
    """The formula as a tree, None where it cannot be read: that is a fault of its own."""
    try:
        return read_formula("=" + formula.removeprefix("="))
    except FormulaError:
        return None
