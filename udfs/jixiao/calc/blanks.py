"""Empty cells stay empty: Calc hands a single empty cell over as 0, and only its formulas tell which it was.

An area keeps its empty cells, so this is about single cells, and only where an empty cell and a 0 mean different
things. Then the document is searched for the formulas that may be asking, and for what they refer to.
"""

import inspect
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from functools import cache
from itertools import chain
from typing import cast

from jixiao import functions
from jixiao.calc.arguments import given
from jixiao.calc.search import formulas_with
from jixiao.engines.calc.unoapi import FORMULAS, Uno
from jixiao.formulas.cells import FormulaError

# Arguments of which an empty cell and a 0 mean different things; those of which no single cell, let alone a 0, is of
# use. For the others an empty cell counts as 0 anyway.
_TOLD_APART = frozenset(("rates", "weights", "coefficient", "departments", "scores", "days"))
_NEVER_ZERO = frozenset(("quarters", "reviews", "standards", "settings", "posted"))

_AREA = re.compile(r"(?:\$?(?P<sheet>'(?:[^']|'')+'|[^\s.;'\"()]+)\.)?(?P<cells>\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?)")
_CALL = r"(?<![A-Z_]){}\("
_PIECE = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|[^\"']")
_OTHER_CONSTANT = re.compile(r"\"(?:[^\"]|\"\")*\"|(?=.*[1-9])\d*\.?\d*")  # a text, or a number that is not 0
_VALUE, _EMPTY = "VALUE", "EMPTY"  # com.sun.star.table.CellContentType


class _Source(Enum):
    """Where a 0 may come from; NEITHER gives none."""

    BLANK = 1
    ZERO = 2
    NEITHER = 3


_UNCLEAR = {_Source.BLANK, _Source.ZERO}


def needs_document(name: str) -> bool:
    """Whether the document may have to be searched for a function's sake."""
    return not _TOLD_APART.isdisjoint(_arguments_of(name))


def with_blanks(name: str, values: Sequence[object], document: Uno) -> list[object]:
    """The arguments, with None for what was an empty cell; FormulaError where that cannot be told."""
    told = list(values)
    for place, (argument, value) in enumerate(zip(_arguments_of(name), values, strict=False)):
        if type(value) is float and value == 0:
            if argument in _NEVER_ZERO:
                told[place] = None
            elif argument in _TOLD_APART:
                told[place] = _blank_or_zero(name, place, values, document)
    return told


@cache
def _arguments_of(name: str) -> tuple[str, ...]:
    return tuple(inspect.signature(getattr(functions, name)).parameters)


def _blank_or_zero(name: str, place: int, values: Sequence[object], document: Uno) -> float | None:
    for visible in (True, False):  # workings are hidden and many; staff type on the others
        uses = [use for use in _uses(name, document, visible) if place < len(use[1])]
        sources = {_source(arguments[place], sheet, document) for sheet, arguments in uses}
        if sources >= _UNCLEAR:
            asking = [use for use in uses if _may_be_asking(use[1], place, values, use[0], document)]
            sources = {_source(arguments[place], sheet, document) for sheet, arguments in asking}
        if sources >= _UNCLEAR:
            raise FormulaError(f"第 {place + 1} 个参数有的公式里是空格、有的是 0，分不清，请把空格填上")
        if sources & _UNCLEAR:
            return None if _Source.BLANK in sources else 0.0
    return 0.0


def _uses(name: str, document: Uno, visible: bool) -> list[tuple[Uno, list[str]]]:
    """Every call of a function on the sheets in view, or on the hidden ones: its sheet, and its arguments as texts."""
    sheets = document.getSheets()
    chosen = [sheet for sheet in map(sheets.getByIndex, range(sheets.getCount())) if sheet.IsVisible == visible]
    texts = [(sheet, text) for sheet in chosen for area in formulas_with(sheet, name) for text in _texts(area)]
    calls = re.compile(_CALL.format(name))
    return [(sheet, _arguments(text[call.end() :])) for sheet, text in texts for call in calls.finditer(text)]


def _texts(area: Uno) -> Iterator[str]:
    return chain(*area.getFormulaArray())


def _arguments(text: str) -> list[str]:
    """The arguments up to the bracket that closes the call."""
    found, depth = [""], 0
    for piece in _PIECE.findall(text):
        if piece in ")}" and depth == 0:
            break
        depth += (piece in "({") - (piece in ")}")
        if piece == ";" and depth == 0:
            found.append("")
        else:
            found[-1] += piece
    return [argument.strip() for argument in found]


def _may_be_asking(arguments: Sequence[str], place: int, values: Sequence[object], sheet: Uno, document: Uno) -> bool:
    """Whether a call's other arguments, as far as they are plain cells, are the ones that arrived."""
    others = zip(range(max(len(arguments), len(values))), values, strict=False)
    return all(
        at == place or _may_be(arguments[at] if at < len(arguments) else "", value, sheet, document)
        for at, value in others
    )


def _may_be(argument: str, value: object, sheet: Uno, document: Uno) -> bool:
    if not argument:
        return value is None
    cells = _cells(argument, sheet, document)
    if cells is None or cells.queryContentCells(FORMULAS).getCount():
        return True
    rows = cast("list[list[object]]", given(cells.getDataArray(), document))
    arrived = value if isinstance(value, list) else [[value]]
    return len(rows) == len(arrived) and all(map(_alike, chain(*rows), chain(*arrived)))


def _alike(read: object, arrived: object) -> bool:
    """An empty cell may have arrived as 0, and a date as one."""
    return read == arrived or read is None or isinstance(arrived, datetime)


def _source(argument: str, sheet: Uno, document: Uno) -> _Source:
    """What an argument that arrived as 0 may have been; a formula's result is not asked for while others are made."""
    if not argument:
        return _Source.NEITHER
    cells = _cells(argument, sheet, document)
    if cells is None:
        return _Source.NEITHER if _OTHER_CONSTANT.fullmatch(argument) else _Source.ZERO
    cell = cells.getCellByPosition(0, 0)
    kind = cell.getType().value
    if kind == _EMPTY:
        return _Source.BLANK
    return _Source.NEITHER if kind == _VALUE and cell.getValue() else _Source.ZERO


def _cells(argument: str, sheet: Uno, document: Uno) -> Uno:
    """The cells an argument names by their address or by a name of the document; None for anything else."""
    names = document.NamedRanges
    written = names.getByName(argument).getContent() if names.hasByName(argument) else argument
    found = _AREA.fullmatch(written)
    if found is None:
        return None
    if found["sheet"]:
        sheet = document.getSheets().getByName(found["sheet"].strip("'").replace("''", "'"))
    return sheet.getCellRangeByName(found["cells"])
