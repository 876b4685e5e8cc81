"""Rows written alike: how one plain row is written gives a pattern that reads every row written like it.

A ballot sheet has 150,000 rows and three or four ways of writing one; a regular expression made from the first of a
kind reads the others ten times as fast as a parser that is told of every tag. It matches whole rows only, and only
rows that differ from their example in row number, numbers, truth values and plain texts: anything else (a formula, an
unknown attribute, a cell out of order) is no match, and is left to the parser.
"""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Generic, NamedTuple, TypeVar

from jixiao.engines.address import column_number
from jixiao.engines.grid import CellValue
from jixiao.engines.strings import decode

_MAX_LENGTH = 1 << 14
_MAX_CACHED = 1 << 16
_MAX_CACHED_LENGTH = 64

_OPENING = re.compile(rb'<row r="[1-9][0-9]{0,6}"((?: [\w:]+="[^"<&]*")*)>')
_ATTRIBUTE = re.compile(rb' ([\w:]+)="([^"]*)"')
_SPANS = re.compile(rb' spans="[0-9: ]*"')
_CELL = re.compile(
    rb'<c r="(?P<letters>[A-Z]{1,3})[0-9]{1,7}"(?P<looks>(?: s="(?P<style>[0-9]{1,5})")?(?: t="(?P<kind>[a-zA-Z]+)")?)'
    rb"(?:(?P<empty>/>|></c>)|>(?:<v>[^<]*</v>|<is><t[^<>]*>[^<]*</t></is>)</c>)"
)
# What may differ between rows of one shape; what stands between tells shapes apart.
_VARYING = re.compile(rb'>[^<]+| r="([A-Z]*)[0-9]+"| spans="[^"]*"| xml:space="preserve"')

_TEXT = rb"([^<]*)"
_VALUES = {
    b"n": rb"<v>(-?[0-9]{1,99}(?:\.[0-9]{1,99})?(?:[eE][-+]?[0-9]{1,2})?)</v>",
    b"s": rb"<v>([0-9]{1,9})</v>",
    b"b": rb"<v>([01])</v>",
    b"str": rb"<v>%s</v>" % _TEXT,
    b"inlineStr": rb'<is><t(?: xml:space="preserve")?>%s</t></is>' % _TEXT,
}
# Not allowed in XML, or not read as they are written.
_ODD_TEXT = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|]]>")
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_TRUE = (b"1", b"true")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}

_Value = TypeVar("_Value", bound=CellValue)


class _Cached(dict[bytes, _Value], Generic[_Value]):
    """Values by how they are written: short ones are written many times, and equal ones are then one object."""

    def __init__(self, convert: Callable[[bytes], _Value]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, raw: bytes) -> _Value:
        value = self._convert(raw)
        if len(raw) <= _MAX_CACHED_LENGTH:
            if len(self) >= _MAX_CACHED:
                self.clear()
            self[raw] = value
        return value


class RowShape(NamedTuple):
    """What rows written alike have in common, and where they differ.

    `pattern` matches such a row; its first group is the row number, the others, one for each column, go through
    `values`, which raises ValueError or IndexError for one that the parser must judge.
    """

    pattern: re.Pattern[bytes]
    columns: tuple[int, ...]
    styles: tuple[int, ...]
    values: tuple[_Cached[CellValue], ...]
    row_style: int | None
    height: float | None
    hidden: bool


def likeness(row: bytes) -> tuple[bytes, ...]:
    """The row without what may differ: equal for rows of one shape, and hardly ever for others."""
    return tuple(_VARYING.split(row))


class RowShapes:
    """Makes shapes for one workbook."""

    def __init__(self, shared_strings: Callable[[], list[str]]) -> None:
        """`shared_strings` is asked when the first cell refers to the table."""
        texts: _Cached[CellValue] = _Cached(_plain_text)
        self._values: dict[bytes, _Cached[CellValue]] = {
            b"n": _Cached(float),
            b"s": _Cached(lambda raw: shared_strings()[int(raw)]),
            b"b": _Cached(lambda raw: raw == b"1"),
            b"str": texts,
            b"inlineStr": texts,
        }
        self._empty: _Cached[CellValue] = _Cached(lambda _: None)

    def of(self, row: bytes) -> RowShape | None:
        """The shape of a row that the parser has read already, or None when it is not plain enough."""
        opening = _OPENING.match(row) if len(row) <= _MAX_LENGTH else None
        if opening is None:
            return None
        pieces = [rb'<row r="([1-9][0-9]{0,6})"', _SPANS.pattern.join(map(re.escape, _SPANS.split(opening[1]))), b">"]
        columns: list[int] = []
        styles: list[int] = []
        values: list[_Cached[CellValue]] = []
        at = opening.end()
        while cell := _CELL.match(row, at):
            at = cell.end()
            kind = cell["kind"] or b"n"
            if kind not in _VALUES:
                return None
            columns.append(column_number(cell["letters"].decode()))
            styles.append(int(cell["style"] or 0))
            values.append(self._values[kind] if cell["empty"] is None else self._empty)
            content = b">" + _VALUES[kind] + b"</c>" if cell["empty"] is None else b"()" + cell["empty"]
            pieces.append(rb'<c r="%s\1"%s%s' % (cell["letters"], re.escape(cell["looks"]), content))
        pieces.append(b"</row>")
        ordered = all(before < after for before, after in pairwise(columns))
        if not columns or not ordered:
            return None
        attributes = dict(_ATTRIBUTE.findall(opening[1]))
        own_style = attributes.get(b"customFormat") in _TRUE
        return RowShape(
            re.compile(b"".join(pieces)),
            tuple(columns),
            tuple(styles),
            tuple(values),
            int(attributes.get(b"s", 0)) if own_style else None,
            float(attributes[b"ht"]) if b"ht" in attributes else None,
            attributes.get(b"hidden") in _TRUE,
        )


def _plain_text(raw: bytes) -> str:
    text = raw.decode()
    if _ODD_TEXT.search(text):
        raise ValueError("a text for the parser")
    return decode(_REFERENCE.sub(_referred, text) if "&" in text else text)


def _referred(reference: re.Match[str]) -> str:
    """What a reference in XML text stands for; ValueError for one that the parser must judge."""
    name, decimal, hexadecimal = reference.groups()
    if name:
        return _NAMED[name]
    mark = chr(int(decimal) if decimal else int(hexadecimal or "0", 16))
    if (_ODD_TEXT.match(mark) and mark != "\r") or "\ud800" <= mark <= "\udfff":
        raise ValueError("a reference for the parser")
    return mark
