"""A workbook's parts as the checks need them: sheets by name, their cells' texts."""

from collections.abc import Iterator, Mapping
from functools import cache

from lxml import etree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"


@cache
def parse(content: bytes) -> etree._Element:
    """The root of a part, to be read only: it is kept. Entities are never resolved."""
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def sheets(parts: Mapping[str, bytes]) -> dict[str, etree._Element]:
    """Every worksheet's root by its name, in tab order."""
    targets = {
        str(relation.get("Id")): "xl/" + str(relation.get("Target"))
        for relation in parse(parts["xl/_rels/workbook.xml.rels"]).iter(f"{_RELATIONS}Relationship")
    }
    book = parse(parts["xl/workbook.xml"])
    found = {str(sheet.get("name")): targets[str(sheet.get(_RELATION))] for sheet in book.iter(f"{MAIN}sheet")}
    return {name: parse(parts[path]) for name, path in found.items() if path.startswith("xl/worksheets/")}


def states(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Every sheet's state by its name, in tab order: visible, hidden or veryHidden."""
    book = parse(parts["xl/workbook.xml"])
    return {str(sheet.get("name")): str(sheet.get("state", "visible")) for sheet in book.iter(f"{MAIN}sheet")}


def in_front(parts: Mapping[str, bytes]) -> int:
    """Which sheet is in front when the file opens, counted from 0."""
    view = parse(parts["xl/workbook.xml"]).find(f"{MAIN}bookViews/{MAIN}workbookView")
    return 0 if view is None else int(view.get("activeTab", "0"))


def shared_texts(parts: Mapping[str, bytes]) -> list[str]:
    """The shared strings, each as plain text."""
    if "xl/sharedStrings.xml" not in parts:
        return []
    root = parse(parts["xl/sharedStrings.xml"])
    return ["".join(text.text or "" for text in item.iter(f"{MAIN}t")) for item in root.iter(f"{MAIN}si")]


def rows_of_texts(sheet: etree._Element, texts: list[str]) -> Iterator[list[str]]:
    """The texts of a sheet row by row; other cells are left out."""
    for row in sheet.iter(f"{MAIN}row"):
        cells = (cell.find(f"{MAIN}v") for cell in row.iter(f"{MAIN}c") if cell.get("t") == "s")
        yield [texts[int(value.text or 0)] for value in cells if value is not None]
