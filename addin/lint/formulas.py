"""Formulas, rules, checks and names: each can be read, and whatever it names is there."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError
from openpyxl.utils import FORMULAE

from addin.lint.book import MAIN, parse, sheets

# Newer than openpyxl's list, but known to Excel 2010 and later.
_NEWER = {"_xlfn.STDEV.S", "_xlfn.PERCENTILE.INC", "AGGREGATE"}
_PLACE = re.compile(r"\$?[A-Z]{1,3}\$?\d+|\$?[A-Z]{1,3}|\$?\d+|#REF!")
_FORMULAS = ("f", "formula", "formula1", "formula2")


def formula_faults(parts: Mapping[str, bytes]) -> list[str]:
    """Everything a program would stumble over when it reads the formulas."""
    known = set(sheets(parts))
    book = parse(parts["xl/workbook.xml"])
    names = {str(name.get("name")) for name in book.iter(f"{MAIN}definedName")}
    found = []
    for where, formula in _formulas(parts):
        found += [f"{where}: {fault}" for fault in _faults_of(formula, known, names)]
    return sorted(set(found))


def _formulas(parts: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    for name in parse(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        yield f"name {name.get('name')!s}", name.text or ""
    for title, sheet in sheets(parts).items():
        for kind in _FORMULAS:
            for element in sheet.iter(f"{MAIN}{kind}"):
                if element.text and not (kind == "formula1" and element.text.startswith('"')):
                    yield title, element.text


def _faults_of(formula: str, known: set[str], names: set[str]) -> list[str]:
    try:
        tokens = Tokenizer("=" + formula.removeprefix("=")).items
    except TokenizerError as error:
        return [f"{formula}: {error}"]
    found = []
    if _unbalanced(tokens):
        found.append(f"{formula}: brackets do not match")
    for token in tokens:
        if token.type == Token.FUNC and token.subtype == Token.OPEN:
            # A4:INDEX( is a reference that ends in a function.
            start, _, name = token.value.rstrip("(").rpartition(":")
            found += _missing(start, known, names) if start else []
            if name not in FORMULAE and name not in _NEWER and not name.startswith("JIXIAO_"):
                found.append(f"no function {name}")
        elif token.type == Token.OPERAND and token.subtype == Token.RANGE:
            found += _missing(token.value, known, names)
        elif token.type == Token.OPERAND and token.subtype == Token.ERROR:
            found.append(f"{formula}: {token.value}")
    return found


def _unbalanced(tokens: list[Token]) -> bool:
    counted = Counter(str(token.subtype) for token in tokens)
    return counted[Token.OPEN] != counted[Token.CLOSE]


def _missing(reference: str, known: set[str], names: set[str]) -> list[str]:
    """A reference to a sheet or a name that is not there."""
    found = []
    for part in reference.split(":"):
        sheet, mark, place = part.rpartition("!")
        title = sheet.strip("'").replace("''", "'")
        if mark and title not in known:
            found.append(f"{reference}: no sheet {title}")
        if not _PLACE.fullmatch(place) and place not in names:
            found.append(f"{reference}: no name {place}")
    return found
