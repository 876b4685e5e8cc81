"""Formulas, rules, checks and names: each can be read, and whatever it names is there."""

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE
from pyopenvba.formula import FormulaError
from pyopenvba.formula import parse as read_formula
from pyopenvba.formula._arity import takes  # no public part of it; its version is pinned

from addin.lint.book import sheets
from addin.lint.nodes import called, calls
from addin.lint.places import formulas, names, tree

# Newer than openpyxl's list, but known to Excel 2010 and later: nothing newer than Excel 2016 may stand in a file.
_NEWER = {"_xlfn.STDEV.S", "_xlfn.PERCENTILE.INC", "AGGREGATE"}
_PLACE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}|\$?\d+|#REF!")


def formula_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Everything a program would stumble over when it reads the formulas."""
    known = set(sheets(parts))
    named = set(names(parts))
    read = [(formula.where, *_read(formula.text)) for formula in formulas(parts)]
    references = {reference for _, _, several in read for reference in several}
    missing = {reference: _missing(reference, known, named) for reference in references}
    return sorted(
        {
            f"{where}: {fault}"
            for where, faults, several in read
            for fault in (*faults, *(fault for reference in several for fault in missing[reference]))
        }
    )


@cache
def _read(formula: str) -> tuple[list[str], list[str]]:
    """What is wrong with a formula wherever it stands, and the references in it."""
    try:
        tokens = Tokenizer("=" + formula.removeprefix("=")).items
    except TokenizerError as error:
        return [f"{formula}: {error}"], []
    found, references = _unread(formula), []
    if _unbalanced(tokens):
        found.append(f"{formula}: brackets do not match")
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            # A4:INDEX( is a reference that ends in a function.
            start, _, name = token.value.rstrip("(").rpartition(":")
            references += [start] if start else []
            if name.startswith("_xlfn.") and name not in _NEWER:
                found.append(f"function {name} may be newer than Excel 2016")
            elif name not in FORMULAE and name not in _NEWER and not name.startswith("JIXIAO_"):
                found.append(f"no function {name}")
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            references.append(str(token.value))
        elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
            found.append(f"{formula}: {token.value}")
    return found, references


def _unread(formula: str) -> list[str]:
    """What a reader with Excel's grammar stumbles over, and calls with too few or too many arguments."""
    root = tree(formula)
    if root is None:
        try:
            read_formula("=" + formula.removeprefix("="))
        except FormulaError as error:
            return [f"{formula} does not parse: {error}"]
    wrong = [call for call in calls(root) if not takes(called(call), len(call.args))]
    return [f"{formula}: {call.name} does not take {len(call.args)} arguments" for call in wrong]


def _unbalanced(tokens: list[Token]) -> bool:
    counted = Counter(str(token.subtype) for token in tokens)
    return counted[Token.OPEN] != counted[Token.CLOSE]


def _missing(reference: str, known: set[str], named: set[str]) -> list[str]:
    """A reference to a sheet or a name that is not there."""
    found = []
    for part in reference.split(":"):
        sheet, mark, place = part.rpartition("!")
        title = sheet.strip("'").replace("''", "'")
        if mark and title not in known:
            found.append(f"{reference}: no sheet {title}")
        if not _PLACE.fullmatch(place) and place not in named:
            found.append(f"{reference}: no name {place}")
    return found
