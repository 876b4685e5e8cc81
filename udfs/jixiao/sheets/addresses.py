"""Where the cells behind a figure stand in this workbook, for people to read and for a link to jump to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from jixiao.explain.record import Source
from jixiao.policy.book import Setting, rule_book
from jixiao.policy.values import RefusedValueError, parse
from jixiao.sheets.locate import Layout, column_letters
from jixiao.sheets.outputs import EXPLANATION
from jixiao.sheets.read import RawSheet
from jixiao.text import is_blank, key

_MOST_AREAS = 4
_MOST_LISTED = 80

Link = tuple[str, str]  # sheet and address


class _Area(NamedTuple):
    """Rows of a block of columns."""

    left: str
    right: str
    first: int
    last: int

    def __str__(self) -> str:
        start, end = f"{self.left}{self.first}", f"{self.right}{self.last}"
        return start if start == end else f"{start}:{end}"

    @property
    def rows(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}至{self.last}"


@dataclass(frozen=True)
class Addresses:
    """The sheets as they were read, and where 得分说明 stands."""

    year: int
    sheets: Mapping[str, RawSheet]
    own_name: str
    own_layout: Layout

    def describe(self, sources: Sequence[Source], own_rows: Mapping[str, int]) -> tuple[str, Link] | None:
        """来源 as a text, sheet by sheet, and the place its link goes to: the first one. None where no cell is known.

        `own_rows` are the lines of 得分说明 that explain this department's other figures.
        """
        found: dict[str, list[str]] = {}
        link: Link | None = None
        for source in sources:
            areas = self._areas(source, own_rows)
            if not areas:
                continue
            name = self.own_name if source.table == EXPLANATION.key else self.sheets[source.table].name or ""
            found.setdefault(name, []).append(_listed(areas))
            link = link or (name, str(areas[0]))
        if link is None:
            return None
        return "\n".join(self.shown(name, "、".join(areas)) for name, areas in found.items()), link

    def shown(self, sheet: str, address: str) -> str:
        """A place as people read it."""
        return f"本表{address}" if sheet == self.own_name else f"{sheet}!{address}"

    def _areas(self, source: Source, own_rows: Mapping[str, int]) -> list[_Area]:
        if source.table == EXPLANATION.key:
            rows = [own_rows[name] for name in source.names if name in own_rows]
            return _runs(self.own_layout, EXPLANATION.columns_between(*source.columns), rows)
        raw = self.sheets[source.table]
        if raw.layout is None:
            return []
        columns = raw.sheet.columns_between(*source.columns)
        if source.table == "settings":
            return self._settings(raw, raw.layout, source.names)
        if source.table == "standards":
            rows = [self._standards[name] for name in map(_standard_key, source.names) if name in self._standards]
            return _runs(raw.layout, columns, rows)
        return _runs(raw.layout, columns, raw.rows if source.whole else source.rows)

    def _settings(self, raw: RawSheet, layout: Layout, fields: Sequence[str]) -> list[_Area]:
        """The values of settings; where one is left to its default, the cell that shows this very default."""
        found: dict[str, list[int]] = {"value": [], "default": []}
        cells = dict(zip(raw.rows, zip(raw.column("value"), raw.column("default"), strict=True), strict=True))
        rules, shown = rule_book(self.year), layout.column("default") is not None
        for field in (field for field in fields if field in self._lines):
            value, default = cells[self._lines[field]]
            by_default = shown and is_blank(value) and _shows_default(rules.named(field), default)
            found["default" if by_default else "value"].append(self._lines[field])
        return [area for column, rows in found.items() for area in _runs(layout, (column,), rows)]

    @cached_property
    def _lines(self) -> dict[str, int]:
        """The rows of 参数 by field; of a line that stands twice the first counts."""
        raw = self.sheets["settings"]
        fields = {key(setting.name): setting.field for setting in rule_book(self.year).settings}
        named = zip(raw.rows, map(key, raw.column("name")), strict=True)
        lines: dict[str, int] = {}
        for row, name in named:
            if name in fields:
                lines.setdefault(fields[name], row)
        return lines

    @cached_property
    def _standards(self) -> dict[tuple[str, ...], int]:
        """The rows of 加减分标准 by category and level."""
        raw = self.sheets["standards"]
        names = zip(raw.rows, raw.column("category"), raw.column("level"), strict=True)
        return {(key(category), key(level)): row for row, category, level in names}


def _shows_default(setting: Setting, cell: object) -> bool:
    """Whether a cell of 默认值 says what the year's rules say; in a workbook of another year it may not."""
    if is_blank(cell) or is_blank(setting.default):
        return is_blank(cell) and is_blank(setting.default)
    try:
        return parse(setting, cell) == parse(setting, None)
    except RefusedValueError:
        return False


def _standard_key(name: str) -> tuple[str, ...]:
    return tuple(map(key, name.split("\n")))


def _listed(areas: Sequence[_Area]) -> str:
    """Areas for people: a few by their addresses, many of one block by their rows, the first of very many."""
    blocks = {(area.left, area.right) for area in areas}
    more = f"等{len(areas)}处" if len(areas) > _MOST_LISTED else ""
    if len(areas) <= _MOST_AREAS or len(blocks) > 1:
        return "、".join(map(str, areas[:_MOST_LISTED])) + more
    left, right = blocks.pop()
    columns = left if left == right else f"{left}至{right}"
    return f"{columns}列第\n{'、'.join(area.rows for area in areas[:_MOST_LISTED])}{more or '行'}"


def _runs(layout: Layout, columns: Sequence[str], rows: Sequence[int]) -> list[_Area]:
    """The cells of some columns in some rows, as few areas; columns that are missing have none."""
    places = sorted(place for column in columns if (place := layout.column(column)) is not None)
    blocks = [(column_letters(first), column_letters(last)) for first, last in _stretches(places)]
    return [_Area(*block, first, last) for block in blocks for first, last in _stretches(sorted(set(rows)))]


def _stretches(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Whole numbers in ascending order as runs without gaps: first and last of each."""
    first = last = None
    for number in numbers:
        if last is not None and first is not None and number > last + 1:
            yield first, last
            first = None
        first, last = number if first is None else first, number
    if first is not None and last is not None:
        yield first, last
