"""One streaming pass over a worksheet part into `SheetData`."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from math import inf
from typing import IO
from xml.parsers.expat import XMLParserType

from jixiao.engines import ooxml
from jixiao.engines.address import Area, column_number, parse_area
from jixiao.engines.formulas import FormulaStore
from jixiao.engines.grid import CellError, CellValue
from jixiao.engines.links import Link
from jixiao.engines.rowcollect import RowCollector
from jixiao.engines.rowfeed import Progress, RowFeed
from jixiao.engines.sheetdata import SheetData
from jixiao.engines.strings import decode
from jixiao.engines.xmlstream import feed_chunks, new_parser

_Attributes = dict[str, str]
_Start = Callable[[str, _Attributes], None]
_End = Callable[[str], None]

_DIGITS = "0123456789"
_TRUE = ("1", "true")


def read_sheet(stream: IO[bytes], shared_strings: Callable[[], list[str]]) -> SheetData:
    """Read a worksheet part; ValueError or IndexError when it is malformed.

    `shared_strings` is asked when the first cell refers to the table.
    """
    data = SheetData()
    collector = RowCollector(data)
    progress = Progress()
    parts: list[str] = []
    parser = new_parser()

    def root(name: str, _attributes: _Attributes) -> None:
        main, _, local = name.partition("}")
        if main not in ooxml.MAINS or local != "worksheet":
            raise ValueError(f"not a worksheet: {name}")
        parser.StartElementHandler, parser.EndElementHandler = _handlers(
            main, parts, collector, shared_strings, parser, progress
        )

    parser.StartElementHandler = root
    parser.XmlDeclHandler = progress.declared
    parser.CharacterDataHandler = parts.append
    feed_chunks(parser, RowFeed(progress, collector, shared_strings).chunks(stream))
    if data.disordered:
        data.rows = dict(sorted(data.rows.items()))
    return data


def _handlers(  # noqa: C901, PLR0915 - one closure per event keeps the hot loop free of attribute look-ups
    main: str,
    parts: list[str],
    collector: RowCollector,
    shared_strings: Callable[[], list[str]],
    parser: XMLParserType,
    progress: Progress,
) -> tuple[_Start, _End]:
    row_tag, cell_tag, value_tag, formula_tag = (f"{main}}}{local}" for local in ("row", "c", "v", "f"))
    data = collector.data
    others = _other_starts(main, data)
    inline = _InlineText(main, parts)
    column_numbers: dict[str, int] = {}
    strings: list[str] | None = None
    row, row_text = 0, "0"
    column = 0
    style = kind = ""
    text: str | None = None
    formula: _Attributes | None = None
    formula_text = ""
    columns: list[int] = []
    styles: list[str] = []
    values: list[CellValue] = []

    def start(name: str, attributes: _Attributes) -> None:  # noqa: C901, PLR0912 - see above
        nonlocal row, row_text, column, style, kind, text, formula
        if name == cell_tag:
            reference = attributes.get("r")
            if reference is None:
                column += 1
            else:
                letters = reference.removesuffix(row_text)
                column = column_numbers.get(letters, 0)
                if not column or len(letters) == len(reference):
                    if letters.rstrip(_DIGITS) + row_text != reference:
                        raise ValueError(f"cell {reference} in row {row_text}")
                    column = column_numbers[letters] = column_number(letters)
            style = attributes.get("s", "0")
            kind = attributes.get("t", "n")
            text = None
        elif name == value_tag:
            parts.clear()
        elif name == row_tag:
            row = int(attributes["r"]) if "r" in attributes else collector.last + 1
            row_text = str(row)
            column = 0
            if attributes.get("customFormat") in _TRUE:
                data.row_styles[row] = int(attributes.get("s", "0"))
            if "ht" in attributes:
                data.row_heights[row] = _measure(attributes["ht"])
            if attributes.get("hidden") in _TRUE:
                data.hidden_rows.add(row)
        elif name == formula_tag:
            formula = attributes
            parts.clear()
        elif name in others:
            others[name](attributes)
        else:
            inline.start(name)

    def value() -> CellValue:
        nonlocal strings
        if not text:
            if kind == "inlineStr":
                return inline.take()
            return "" if kind == "str" and text is not None else None
        if kind == "n":
            number = float(text)
            if number - number != 0.0:
                raise ValueError(f"not a number: {text}")
            return number
        if kind == "s":
            if strings is None:
                strings = shared_strings()
            return strings[_index(text)]
        return _convert(kind, text)

    def end(name: str) -> None:
        nonlocal text, formula, formula_text
        if name == value_tag:
            text = "".join(parts)
        elif name == cell_tag:
            columns.append(column)
            styles.append(style)
            values.append(None if text is None and kind == "n" else value())
            if formula is not None:
                _add_formula(data.formulas, (row, column), formula, formula_text)
                formula = None
        elif name == row_tag:
            collector.add(row, columns, styles, values)
            progress.row_end = parser.CurrentByteIndex
            columns.clear()
            styles.clear()
            values.clear()
        elif name == formula_tag:
            formula_text = "".join(parts)
        else:
            inline.end(name)

    return start, end


def _measure(text: str) -> float:
    """A height or width; ValueError for what is none."""
    measure = float(text)
    if not 0 <= measure < inf:
        raise ValueError(f"not a measure: {text}")
    return measure


def _index(text: str) -> int:
    index = int(text)
    if index < 0:
        raise ValueError(f"not an index: {text}")
    return index


def _convert(kind: str, text: str) -> CellValue:
    if kind == "str":
        return decode(text)
    if kind == "b":
        return text.strip() in _TRUE
    if kind == "e":
        return CellError(text)
    if kind == "d":
        return datetime.fromisoformat(text.removesuffix("Z"))
    if kind == "inlineStr":
        return decode(text)
    raise ValueError(f"unknown cell type {kind!r}")


def _add_formula(store: FormulaStore, cell: tuple[int, int], attributes: _Attributes, text: str) -> None:
    kind = attributes.get("t", "normal")
    if kind == "shared" and "si" in attributes:
        group = int(attributes["si"])
        store.shared[cell] = group
        if text:
            store.masters[group] = (cell, text)
        return
    if kind in ("array", "dataTable"):
        store.arrays.append(parse_area(attributes["ref"]) if "ref" in attributes else Area(*cell, *cell))
    if text or kind in ("array", "dataTable"):
        store.plain[cell] = text


def _other_starts(main: str, data: SheetData) -> dict[str, Callable[[_Attributes], None]]:
    def merge(attributes: _Attributes) -> None:
        data.merges.append(parse_area(attributes["ref"]))

    def column(attributes: _Attributes) -> None:
        first, last = int(attributes["min"]), int(attributes["max"])
        if style := int(attributes.get("style", "0")):
            data.column_styles.append((first, last, style))
        if "width" in attributes:
            data.column_widths.append((first, last, _measure(attributes["width"])))

    def defaults(attributes: _Attributes) -> None:
        data.default_height = _measure(attributes.get("defaultRowHeight", str(data.default_height)))

    def table(attributes: _Attributes) -> None:
        if (found := _relation(attributes)) is not None:
            data.table_ids.append(found)

    def link(attributes: _Attributes) -> None:
        # A link with a strange reference leads nowhere, but hinders nobody.
        with suppress(ValueError):
            location, tip, display = (decode(attributes.get(name, "")) for name in ("location", "tooltip", "display"))
            area = parse_area(attributes.get("ref", ""))
            data.links[area] = Link(location, tip, display, _relation(attributes) or "")

    def drawing(attributes: _Attributes) -> None:
        data.drawing_id = _relation(attributes) or ""

    starts = {
        "mergeCell": merge,
        "col": column,
        "tablePart": table,
        "sheetFormatPr": defaults,
        "hyperlink": link,
        "legacyDrawing": drawing,
    }
    return {f"{main}}}{local}": handler for local, handler in starts.items()}


def _relation(attributes: _Attributes) -> str | None:
    """The `r:id` of an element, in either flavour of the format."""
    found = (attributes.get(f"{relations}}}id") for relations in (ooxml.RELATIONS, ooxml.STRICT_RELATIONS))
    return next((identifier for identifier in found if identifier is not None), None)


class _InlineText:
    """Gathers `<is>`: its runs joined, phonetic guides left out."""

    def __init__(self, main: str, parts: list[str]) -> None:
        self._item, self._run, self._phonetic = (f"{main}}}{local}" for local in ("is", "t", "rPh"))
        self._parts = parts
        self._texts: list[str] | None = None
        self._silent = False

    def start(self, name: str) -> None:
        if name == self._run:
            self._parts.clear()
        elif name == self._item:
            self._texts = []
        elif name == self._phonetic:
            self._silent = True

    def end(self, name: str) -> None:
        if name == self._run:
            if self._texts is not None and not self._silent:
                self._texts.append("".join(self._parts))
        elif name == self._phonetic:
            self._silent = False

    def take(self) -> str | None:
        texts, self._texts = self._texts, None
        return None if texts is None else decode("".join(texts))
