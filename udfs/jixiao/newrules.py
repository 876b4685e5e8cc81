"""The rules of a workbook's year written into it, and 加减分标准 taken over into a year of other rules (四(二)3).

A workbook lists the plan's own rows and defaults too, where a clerk can see them. They must be those of its year: what
stands on a sheet overrides the rules.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import xlwings as xw

from jixiao.exact import percent
from jixiao.policy.book import RuleBook, Setting, rule_book
from jixiao.policy.model import Standard
from jixiao.policy.standards import CATEGORY_WIDE, Identity, identities, merge_levels, standard_of
from jixiao.policy.values import RefusedValueError, parse
from jixiao.sheets.fill import Typed, fill_beside_settings, fill_rows, holds_rows
from jixiao.sheets.inputs import STANDARDS
from jixiao.text import is_blank, key


class _Line(NamedTuple):
    """A row of 加减分标准 by its keys; `says` is its standard under the old rules, None for one they refuse.

    `own`: it says something else than the old rules do.
    """

    category: str
    level: str
    cells: Typed
    says: Standard | None = None
    own: bool = False

    @property
    def identity(self) -> Identity:
        """Category and level."""
        return self.category, self.level


def show_rules(book: xw.Book, year: int) -> None:
    """Write the defaults and rows of the rules of `year` into a blank template; nothing where they stand there."""
    rules = rule_book(year)
    lines: dict[str, Typed] = {
        each.name: {"default": each.default, "clause": each.clause, "note": each.help} for each in rules.settings
    }
    fill_beside_settings(book, lines)
    rows = [standard_cells(each) for each in rules.standards]
    if not holds_rows(book, STANDARDS, rows):
        fill_rows(book, STANDARDS, rows)


def standard_cells(standard: Standard) -> dict[str, object]:
    """A standard as a row of 加减分标准; what it does not have is an empty cell."""
    numbers = {name: getattr(standard, name) for name in ("points", "minimum", "maximum", "category_cap")}
    return {
        "category": standard.category,
        "direction": standard.direction,
        "level": standard.level,
        "method": standard.method,
        **{name: None if number is None else float(number) for name, number in numbers.items()},
        "once": _yes(standard.once),
        "taper": ",".join(map(percent, standard.taper)) or None,
        "grade_ceiling": standard.grade_ceiling or None,
        "enabled": _yes(standard.enabled),
        "clause": standard.clause,
    }


def _yes(value: bool) -> str:
    return "是" if value else "否"


def standards_for(rows: Sequence[Typed], old: RuleBook, new: RuleBook) -> list[Typed]:
    """The rows of 加减分标准 from a workbook of the `old` rules for one of the `new`.

    Those that say what the old rules say become the new rules' rows, those the town changed or added stay. A category
    keeps the town's order of levels, unless all of it is the old rules' own.
    """
    if old.standards == new.standards or not rows:
        return list(rows)
    lines = [_line(row, old.standards) for row in rows if not all(map(is_blank, row.values()))]
    defaults = [_Line(key(each.category), key(each.level), standard_cells(each)) for each in new.standards]
    merged: list[_Line] = []
    for category in dict.fromkeys(line.category for line in [*defaults, *lines]):
        here = [line for line in lines if line.category == category]
        wide = _own_wide(here, old)
        rules = [line._replace(cells={**line.cells, **wide}) for line in defaults if line.category == category]
        found = [] if _untouched(here, old) else _carried(here, rules, wide, old)
        merged += merge_levels(rules, found)
    return [line.cells for line in merged]


def own_against(rows: Sequence[Typed], old: RuleBook, new: RuleBook) -> list[int]:
    """Which rows are the town's own where the new rules say otherwise than the old ones, counted from 0."""
    before, after = identities(old.standards), identities(new.standards)
    lines = [_line(row, old.standards) for row in rows]
    return [at for at, line in enumerate(lines) if line.own and before.get(line.identity) != after.get(line.identity)]


def settings_against(values: Typed, old: RuleBook, new: RuleBook) -> list[str]:
    """The settings, of those filled, whose defaults differ in the new rules, unless the town's value is the new one."""
    named = [(old.setting(name), new.setting(name), value) for name, value in values.items()]
    return [
        after.name
        for before, after, value in named
        if before is not None and after is not None and before.default != after.default
        if not _is_default(after, value)
    ]


def _line(row: Typed, defaults: Sequence[Standard]) -> _Line:
    identity = key(row.get("category")), key(row.get("level"))
    says, default = standard_of(defaults, row), identities(defaults).get(identity)
    return _Line(*identity, row, says, own=says is None or default is None or not _alike(says, default))


def _alike(says: Standard, default: Standard) -> bool:
    """Whether a row says what the rules say, however its texts are spaced."""
    clause = default.clause if key(says.clause) == key(default.clause) else says.clause
    return replace(says, level=default.level, clause=clause) == default


def _untouched(lines: Sequence[_Line], old: RuleBook) -> bool:
    """Whether a category holds the old rules' rows alone, in their order; some may be missing."""
    order = list(identities(old.standards))
    places = [order.index(line.identity) for line in lines if not line.own]
    return len(places) == len(lines) and places == sorted(set(places))


def _category_of(category: str, rules: RuleBook) -> Standard | None:
    return next((each for each in rules.standards if key(each.category) == category), None)


def _own_wide(lines: Sequence[_Line], old: RuleBook) -> dict[str, object]:
    """The town's own cells among those of a category that speak for all of its rows."""
    wide: dict[str, object] = {}
    for line in lines:
        default = _category_of(line.category, old)
        for name in CATEGORY_WIDE:
            cell = line.cells.get(name)
            if line.says is None or is_blank(cell):
                continue
            if default is None or getattr(line.says, name) != getattr(default, name):
                wide.setdefault(name, cell)
    return wide


def _carried(lines: Sequence[_Line], rules: Sequence[_Line], wide: Typed, old: RuleBook) -> list[_Line]:
    """The rows of a category in the town's order, each as the new `rules` have it unless it is the town's own."""
    known = {line.identity: line for line in rules}
    kept = [line for line in lines if line.own or line.identity in known]
    return [
        line._replace(cells=_own_cells(line, rules, wide, old)) if line.own else known[line.identity] for line in kept
    ]


def _own_cells(line: _Line, rules: Sequence[_Line], wide: Typed, old: RuleBook) -> Typed:
    """A row of the town's own, made to mean under the new `rules` of its category what the town wrote."""
    if line.says is None or _category_of(line.category, old) is None:
        return line.cells
    cells = {name: cell for name, cell in line.cells.items() if not is_blank(cell)}
    if line.identity not in {each.identity for each in rules}:  # no default row is left for its empty cells
        cells = {**standard_cells(line.says), **wide, **cells}
    if rules:  # the old rules' word for the whole category gives way to the new ones'
        cells |= {name: rules[0].cells[name] for name in CATEGORY_WIDE if name in cells and name not in wide}
    return cells


def _is_default(setting: Setting, value: object) -> bool:
    try:
        return parse(setting, value) == parse(setting, None)
    except RefusedValueError:
        return False
