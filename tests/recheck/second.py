"""公式复核 calculated by Formulon, an engine checked against Excel: values are ordered as Excel orders them.

It reads the file as it is but for two forms, which are spelled otherwise for it: LOOKUP of several values at once is
written as INDEX of as many places, and the name in ROW(name) is written out.
"""

import html
import re
import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any

import formulon
from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from jixiao.sheets.recheck import RECHECK_SHEET
from tests.recheck.sheet import Recheck, read_sheet

_HEIGHT, _WIDTH = 70, 17  # of 公式复核
_NAME = re.compile(r'(<definedName name="([^"]+)"[^>]*>)([^<]*)<')
_FORMULA = re.compile(r"(<f[^>/]*>)([^<]*)</f>")
_ROW = re.compile(r"ROW\((\w+)\)")
_LOOKUP = "LOOKUP("


class Second:
    """A workbook opened by the second engine."""

    def __init__(self, file: Path) -> None:
        """Open it."""
        self._book = formulon.Workbook.load(spelled(file.read_bytes()))
        self._book.set_excel_profile_id("win-365-zh_CN")
        self._sheets = {self._book.sheet_name(place): place for place in range(self._book.sheet_count())}

    def __enter__(self) -> "Second":
        """The open workbook."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self._book.close()

    def recheck(self, cells: Mapping[str, object] | None = None) -> Recheck:
        """What 公式复核 says while these cells, such as 科室!B4, hold something else."""
        before = {place: self._book.get_value(*self._at(place)).to_python() for place in cells or {}}
        for place, value in (cells or {}).items():
            self._put(place, value)
        self._book.recalc()
        found = read_sheet([[self._shown(row, column) for column in range(_WIDTH)] for row in range(_HEIGHT)])
        for place, value in before.items():
            self._put(place, value)
        return found

    def _at(self, place: str) -> tuple[int, int, int]:
        title, _, address = place.partition("!")
        letters, row = coordinate_from_string(address)
        return self._sheets[title], row - 1, column_index_from_string(letters) - 1

    def _put(self, place: str, value: object) -> None:
        at = self._at(place)
        match value:
            case None:
                self._book.set_blank(*at)
            case bool():
                self._book.set_bool(*at, value)
            case int() | float():
                self._book.set_number(*at, float(value))
            case _:
                self._book.set_text(*at, str(value))

    def _shown(self, row: int, column: int) -> Any:
        value = self._book.get_value(self._sheets[RECHECK_SHEET], row, column).to_python()
        return "" if value is None else value


def spelled(raw: bytes) -> bytes:
    """The file with the two forms spelled otherwise."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        book = source.read("xl/workbook.xml").decode()
        names = {name: html.unescape(text) for _, name, text in _NAME.findall(book)}

        def spell(text: str) -> str:
            return html.escape(_places(_written_out(html.unescape(text), names)), quote=False)

        for name in source.namelist():
            content = source.read(name)
            if name == "xl/workbook.xml":
                content = _NAME.sub(lambda found: f"{found[1]}{spell(found[3])}<", book).encode()
            elif name.startswith("xl/worksheets/sheet"):
                content = _FORMULA.sub(lambda found: f"{found[1]}{spell(found[2])}</f>", content.decode()).encode()
            target.writestr(name, content)
    return out.getvalue()


def _written_out(formula: str, names: Mapping[str, str]) -> str:
    return _ROW.sub(
        lambda found: f"ROW({_written_out(names[found[1]], names)})" if found[1] in names else found[0], formula
    )


def _places(formula: str) -> str:
    """LOOKUP(place,numbers,column) as INDEX(column,places): the numbers always are 1, 2, 3 …"""
    start = formula.find(_LOOKUP)
    if start < 0:
        return formula
    (place, _, column), end = _arguments(formula, start + len(_LOOKUP))
    inner = f"INDEX({_places(column)},N(IF({{1}},{_places(place)})))"
    return formula[:start] + inner + _places(formula[end + 1 :])


def _arguments(formula: str, at: int) -> tuple[list[str], int]:
    """The arguments of a call from behind its bracket on, and where the closing bracket stands."""
    found: list[str] = []
    start, depth, quoted = at, 0, False
    while True:
        mark = formula[at]
        if mark == '"':
            quoted = not quoted
        elif not quoted and mark in "({":
            depth += 1
        elif not quoted and mark in ")}":
            if depth == 0:
                return [*found, formula[start:at]], at
            depth -= 1
        elif not quoted and mark == "," and depth == 0:
            found.append(formula[start:at])
            start = at + 1
        at += 1
