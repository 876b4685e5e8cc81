"""The small valid year as XlsxWriter writes it, so that everything XlsxWriter can add may stand beside it."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from lxml import etree
from openpyxl import load_workbook

from jixiao.sheets.inputs import INPUT_SHEETS, POINTS
from jixiao.sheets.outputs import OUTPUT_SHEETS, OVERVIEW, QUARTERS
from tests.checks.town import town
from tests.engines import files
from tests.workbooks import DIMENSIONS, as_cell
from tests.workbooks import QUARTERS as RATES

HEADER = 2  # the header row, from 0
NAMES = tuple(sheet.name for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS))
MAY_FOLLOW = {"xl/workbook.xml", "xl/styles.xml", "xl/calcChain.xml", "[Content_Types].xml"}
OUTPUTS = {sheet.name for sheet in OUTPUT_SHEETS} | {POINTS.name}
OUTPUT_HEADERS = {
    sheet.name: {column.header for column in sheet.columns if column.output}
    for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS)
}

Sheets = Mapping[str, Any]
Decorate = Callable[[xlsxwriter.Workbook, Sheets], object]


def headers_of(name: str) -> list[str]:
    """The headers a sheet gets, in the declared order."""
    declared = next(sheet for sheet in (*INPUT_SHEETS, *OUTPUT_SHEETS) if sheet.name == name)
    headers = [column.header for column in declared.columns]
    return [*headers, "", *headers, "", *headers, "", *headers] if declared is QUARTERS else headers


def rows_of(name: str) -> list[dict[str, Any]]:
    """The town's entries of a sheet, by header."""
    year = town()
    if name == "参数":
        return [{"项目": key, "值": value} for key, value in year["参数"].items()]
    lists = {"完成率": RATES, "分": DIMENSIONS}
    rows = []
    for line in year.get(name, ()):
        row = {key: as_cell(value) for key, value in line.items() if key not in lists}
        for key, headers in lists.items():
            row |= dict(zip(headers, map(as_cell, line.get(key, ())), strict=False))
        rows.append(row)
    return rows


def build(
    path: Path,
    decorate: Decorate = lambda *_: None,
    *,
    names: tuple[str, ...] = NAMES,
    inserted: Mapping[str, Mapping[int, str]] | None = None,
) -> Path:
    """Write the year; `inserted` are columns of staff's own, by sheet: place in the header row and header."""
    book = xlsxwriter.Workbook(str(path))
    sheets = {name: book.add_worksheet(name) for name in names}
    shown = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, sheet in sheets.items():
        headers = headers_of(name)
        for place, header in sorted((inserted or {}).get(name, {}).items()):
            headers.insert(place, header)
        sheet.write(0, 0, name)
        sheet.write_row(HEADER, 0, headers)
        for number, row in enumerate(rows_of(name), HEADER + 1):
            for header, value in row.items():
                place = headers.index(header)
                if header == "日期":
                    sheet.write_datetime(number, place, date.fromisoformat(value), shown)
                elif value is not None:
                    sheet.write(number, place, value)
                if header in (inserted or {}).get(name, {}).values():
                    raise AssertionError(header)
    decorate(book, sheets)
    book.close()
    return path


def sheet_names(path: Path) -> dict[str, str]:
    """Sheet names by part, in the way the package says it."""
    contents = files.parts(path)
    links = {
        link.get("Id"): f"xl/{str(link.get('Target')).removeprefix('/xl/')}"
        for link in etree.fromstring(contents["xl/_rels/workbook.xml.rels"])
    }
    book = etree.fromstring(contents["xl/workbook.xml"])
    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {links[sheet.get(relation)]: str(sheet.get("name")) for sheet in book.iter("{*}sheet")}


def check_kept(before: Path, after: Path) -> set[str]:
    """Nothing but output cells differs; returns the sheets that changed."""
    was, now = files.parts(before), files.parts(after)
    assert list(was) == list(now) or set(was) - set(now) == {"xl/calcChain.xml"}
    names = sheet_names(before)
    changed = {names.get(part, part) for part in now if was[part] != now[part]} - MAY_FOLLOW
    assert changed <= OUTPUTS, changed
    texts, stamps = load_workbook(before), load_workbook(after)
    for part, name in names.items():
        if name in changed:
            assert around(now[part]) == around(was[part]), name
            written = {cell.column_letter for cell in texts[name][HEADER + 1] if cell.value in OUTPUT_HEADERS[name]}
            mine, theirs = (own_cells(content, name, written) for content in (was[part], now[part]))
            # Where nothing stood the program may have put its stamp.
            stamped = {
                cell.coordinate for row in stamps[name] for cell in row if str(cell.value).startswith("计算时间 ")
            }
            assert {place: cell for place, cell in theirs.items() if place not in stamped - mine.keys()} == mine, name
    with zipfile.ZipFile(after) as archive:
        assert archive.testzip() is None
    load_workbook(after)
    return changed


def around(sheet: bytes) -> list[bytes]:
    """Everything in a worksheet but its rows, the note of how far they go, and the links the program makes."""
    root = etree.fromstring(sheet)
    rows = {"sheetData", "dimension"}
    for link in list(root.iter("{*}hyperlink")):
        group = link.getparent()
        if group is not None and (link.get("tooltip") or "").startswith("转到“"):
            group.remove(link)
            if not len(group):
                root.remove(group)
    return [etree.tostring(child, method="c14n") for child in root if etree.QName(child).localname not in rows]


def own_cells(sheet: bytes, name: str, written: set[str]) -> dict[str, bytes]:
    """The cells the program must leave alone, and what is said of hidden and grouped rows.

    `written` are the letters of its output columns.
    """
    root = etree.fromstring(sheet)
    if name == OVERVIEW.name:  # a page of the program's own, below its header
        return {}
    found = {}
    for cell in root.iter("{*}c"):
        place = str(cell.get("r"))
        column = place.rstrip("0123456789")
        row = int(place.removeprefix(column))
        output = (row > HEADER + 1 and column in written) or (name != POINTS.name and row <= HEADER)
        if not output and len(cell):
            found[place] = etree.tostring(cell, method="c14n")
    for line in root.iter("{*}row"):
        if line.get("hidden") or line.get("outlineLevel"):
            kept = {key: value for key, value in line.attrib.items() if key not in {"spans", "ht", "customHeight"}}
            found[f"row {line.get('r')}"] = repr(sorted(kept.items())).encode()
    return found
