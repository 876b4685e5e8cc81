"""Formulas as Excel writes them, to and from LibreOffice's own notation; LibreOffice itself reads and prints them."""

import re

from jixiao.engines.calc.unoapi import CALC_NOTATION, EXCEL_NOTATION, Uno, struct

# One function, or none, of plain references and numbers: written alike in both.
_ALIKE = re.compile(r"=[A-Z]*\(?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?\)?(?:[-+*/]\d+)?")
# Our functions, which LibreOffice prints in small letters and with the name of the extension that answers them.
_OURS = re.compile(r"(?:cn\.jixiao\.calc\.functions\.)?(jixiao_[a-z_]+)(?=\()", re.IGNORECASE)


class FormulaText:
    """Translates the formulas of one document."""

    def __init__(self, document: Uno) -> None:
        """The document's names and sheets are what formulas speak of."""
        self._parser = document.createInstance("com.sun.star.sheet.FormulaParser")
        self._parser.CompileEnglish = True

    def to_excel(self, formula: str, place: tuple[int, int, int]) -> str:
        """LibreOffice's text, with `=`, as Excel's; `place` is the cell: sheet from 0, row and column from 1."""
        excel = self._translated(formula, place, CALC_NOTATION, EXCEL_NOTATION)
        return _OURS.sub(lambda call: call[1].upper(), excel)

    def to_calc(self, formula: str, place: tuple[int, int, int]) -> str:
        """Excel's text, with `=`, as LibreOffice's."""
        return self._translated(formula, place, EXCEL_NOTATION, CALC_NOTATION)

    def _translated(self, formula: str, place: tuple[int, int, int], read: int, written: int) -> str:
        if _ALIKE.fullmatch(formula):
            return formula
        sheet, row, column = place
        cell = struct("table.CellAddress", Sheet=sheet, Row=row - 1, Column=column - 1)
        self._parser.FormulaConvention = read
        tokens = self._parser.parseFormula(formula, cell)
        self._parser.FormulaConvention = written
        return "=" + str(self._parser.printFormula(tokens, cell)).removeprefix("=")
